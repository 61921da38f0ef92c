"""Renders some pages in a process that will be forked, so that its children share the memory this takes."""

from django.db import DatabaseError, connections

from content import pages
from content.publishing import internal_client

MAX_PAGES = 20  # a large site must start soon too


def render_pages() -> None:
    """Render pages as for a visitor, and leave no connection open; does nothing without a database."""
    try:
        for path in pages.published_versions().values_list("path", flat=True)[:MAX_PAGES]:
            internal_client.get(pages.url_for_path(path))
    except DatabaseError:
        return
    finally:
        connections.close_all()
