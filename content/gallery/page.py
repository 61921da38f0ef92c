"""The CMS page that gives the list of cases its place in the menu, its title and its description."""

from django.http import HttpRequest

from content.pages import PublishedPage, published_pages

REVERSE_ID = "gallery"


def for_request(request: HttpRequest) -> PublishedPage | None:
    """Return the published page, or None if there is none."""
    return next((page for page in published_pages(request).values() if page.reverse_id == REVERSE_ID), None)
