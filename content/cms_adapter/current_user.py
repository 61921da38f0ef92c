"""Who the CMS takes to be asking in this thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from cms.utils.permissions import get_current_user, set_current_user


@contextmanager
def restored_afterwards() -> Iterator[None]:
    """Within this block the site may be asked as somebody else; afterwards the CMS knows the same person as before."""
    before = get_current_user()
    try:
        yield
    finally:
        set_current_user(before)
