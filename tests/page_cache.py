"""An active page cache without files, as after a rebuild, so that Django answers every request."""

from datetime import date

from clinic_site.page_cache import build_id, store


def activate_page_cache(day: date = date(2030, 1, 1)) -> None:
    """Activate an empty cache, so that the process cache stores values from here on."""
    begun_in = store.generation()
    assert store.activate(store.create(day, build_id.current(), frozenset(), {}), begun_in)
