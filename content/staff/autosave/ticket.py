"""The signed ticket in a page with a form: for whom it was shown, and which of its fields may be kept."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core import signing

SALT = "content.staff.autosave"
LIFETIME = timedelta(hours=24)  # longer than any session, so that it never ends before one


@dataclass(frozen=True)
class Ticket:
    """`edition` names one showing of the page at `address` to the user; `names` are those of `kept_fields`."""

    user: int
    edition: str
    address: str
    record: str
    names: list[str]


def seal(ticket: Ticket) -> str:
    """Return the ticket as a signed text."""
    return signing.dumps(asdict(ticket), salt=SALT, compress=True)


def unseal(text: Any, *, user: Any) -> Ticket | None:
    """Return the ticket, or None if it was not signed by this site, is too old, or is another person's."""
    try:
        ticket = Ticket(**signing.loads(str(text), salt=SALT, max_age=LIFETIME))
    except signing.BadSignature:
        return None
    return ticket if ticket.user == user.pk else None
