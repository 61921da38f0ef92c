"""A published tree that is open, as after a renewal; without files, so that every request is Django's."""

from datetime import date

from clinic_site import published, release


def open_a_tree(day: date = date(2030, 1, 1)) -> None:
    """From here on a process may remember."""
    begun_in = published.generation()
    assert published.open_up(published.begin(day, release.word(), frozenset(), {}), begun_in)
