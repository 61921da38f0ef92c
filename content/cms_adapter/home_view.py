"""The address `/` while no home page is published."""

from django.http import Http404, HttpRequest, HttpResponse

from content.cms_adapter import anonymous_pages, cms_pages
from content.pages import published_pages


def home(request: HttpRequest) -> HttpResponse:
    """The home page; 404 to visitors where none is published, whom the CMS would send to the staff's page list."""
    if not request.user.is_staff and not any(page.is_home for page in published_pages(request).values()):
        raise Http404
    return anonymous_pages.render_page(request) or cms_pages.show_page(request, "")
