"""The user that the CMS has stored for this thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from cms.utils.permissions import get_current_user, set_current_user


@contextmanager
def restored_afterwards() -> Iterator[None]:
    """Within this block a request may be made as somebody else; afterwards the CMS's current user is restored."""
    user = get_current_user()
    try:
        yield
    finally:
        set_current_user(user)
