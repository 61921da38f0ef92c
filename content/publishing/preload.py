"""Renders some pages in a process that will be forked, so that its children share the memory this takes."""

from django.db import DatabaseError, connections

from content.publishing import internal_client, url_history

MAX_PAGES = 20  # a large site must start soon too


def render_pages() -> None:
    """Render pages as for a visitor, and leave no connection open; does nothing without a database."""
    try:
        for path in url_history.published_contents().order_by("page__path").values_list("path", flat=True)[:MAX_PAGES]:
            internal_client.get(url_history.url_for_path(path))
    except DatabaseError:
        return
    finally:
        connections.close_all()
