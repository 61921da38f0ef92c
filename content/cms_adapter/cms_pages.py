"""A page as the CMS itself shows it, at an address that is another view's."""

from cms.views import details
from django.http import HttpRequest, HttpResponse


def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the CMS's own answer for the page at `slug` ("" is the home page), with its toolbar for staff."""
    response: HttpResponse = details(request, slug)
    return response


def is_page_view(view: object) -> bool:
    """Whether this view is the CMS's own that shows pages."""
    return view is details
