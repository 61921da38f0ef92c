"""A version of a page as patients see it: without the bar and everything else that only staff see."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.cms_adapter import cms_pages
from content.staff.views import content_or_404, staff_view


@staff_view("change_page", app="cms")
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show any version, live or not; the browser's Back leads to where it was opened."""
    return cms_pages.show_version(request, content_or_404(pk))
