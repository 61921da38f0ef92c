"""Has a process that will be forked show some pages once, so that its children share what that brings into memory."""

from django.db import DatabaseError, connections

from content import pages
from content.publishing import internal_client

MAX_PAGES = 20  # pages: a large site must start soon as well


def render_pages() -> None:
    """Ask for pages as a visitor would, and leave no connection open; without a database nothing is warmed."""
    try:
        for path in pages.published_versions().values_list("path", flat=True)[:MAX_PAGES]:
            internal_client.get(pages.url_for_path(path))
    except DatabaseError:
        return
    finally:
        connections.close_all()
