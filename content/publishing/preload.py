"""Has a process that will be forked show some pages once, so that its children share what that brings into memory."""

from django.db import DatabaseError, connections

from content.publishing import internal_client, url_history

MAX_PAGES = 20  # pages: a large site must start soon as well


def render_pages() -> None:
    """Ask for pages as a visitor would, and leave no connection open; without a database nothing is warmed."""
    try:
        for path in url_history.published_contents().order_by("page__path").values_list("path", flat=True)[:MAX_PAGES]:
            internal_client.get(url_history.url_for_path(path))
    except DatabaseError:
        return
    finally:
        connections.close_all()
