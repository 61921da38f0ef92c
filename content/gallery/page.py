"""The CMS page that gives the list of cases its place in the menu, its title and its description."""

from django.http import HttpRequest

from content.pages import PublishedPage, published_pages

REVERSE_ID = "gallery"  # its reverse_id


def for_request(request: HttpRequest) -> PublishedPage | None:
    """The published page, if there is one."""
    return next((one for one in published_pages(request).values() if one.reverse_id == REVERSE_ID), None)
