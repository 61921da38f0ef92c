"""The view of the address `/`."""

from django.http import Http404, HttpRequest, HttpResponse

from content.cms_adapter import anonymous_pages, cms_pages
from content.pages import published_pages


def home(request: HttpRequest) -> HttpResponse:
    """Return the home page; if none is published, visitors get 404, whom the CMS would send to the page list."""
    if not request.user.is_staff and not any(page.is_home for page in published_pages(request).values()):
        raise Http404
    return anonymous_pages.render_page(request) or cms_pages.show_page(request, "")
