"""Has a process that will be forked show some pages once, so that its children share what that brings into memory."""

from django.db import DatabaseError, connections

from content.publishing import internal_client, url_history

MOST = 20  # pages: a large site must start soon as well


def up() -> None:
    """Ask for pages as a visitor would, and leave no connection open; without a database nothing is warmed."""
    try:
        for path in url_history.live().order_by("page__path").values_list("path", flat=True)[:MOST]:
            internal_client.ask(url_history.url(path))
    except DatabaseError:
        return
    finally:
        connections.close_all()
