"""A published tree that is open, as after a renewal; without files, so that every request is Django's."""

from datetime import date

from clinic_site.page_cache import build_id, store


def open_a_tree(day: date = date(2030, 1, 1)) -> None:
    """From here on a process may remember."""
    begun_in = store.generation()
    assert store.activate(store.create(day, build_id.current(), frozenset(), {}), begun_in)
