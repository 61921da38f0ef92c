"""What the staff's side listens to: pages, records that go, sign-ins and sign-outs, practice pages, new drafts."""

from content.staff.accounts import lockout, session
from content.staff.autosave import receivers as autosave
from content.staff.editing import page_kind
from content.staff.help import practice
from content.staff.pictures import drafts


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    for module in (page_kind, lockout, session, practice, autosave, drafts):
        module.connect_receivers()
