"""What holds for every change of a draft, asked anew when a block is put back: lock, state, rights, slots."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from content.cms_adapter.slot_rules import has_room, misplaced_blocks
from content.ledger.models import Event
from content.ledger.writer import record
from content.publishing import schedule
from content.reviews import draft_locks, signing
from content.topics import SLOT_NAMES

NOT_A_DRAFT = (
    "This version is no draft any more: it went live, or a newer one took its place. Nothing was changed. "
    "Open the page, press “Change this page”, and look under “What changed”."
)
NOT_ALLOWED = "Your account may not put this kind of block there. Nothing was changed."
SLOT_IS_FULL = "There is no room for it in “{slot}” any more: take another one out first. Nothing was changed."


class RefusedError(Exception):
    """A block can't be put back; the message is a sentence for staff, and nothing was changed."""


def locked_draft(content: PageContent, user: Any, now: datetime) -> Version:
    """Return the draft's version, locked in the database until the transaction ends.

    Raises RefusedError if it is no draft any more, or somebody else holds it.
    """
    try:
        version = signing.locked_version(content)
    except signing.RefusedError as gone:
        raise RefusedError(str(gone)) from None
    if version.state != DRAFT:
        raise RefusedError(NOT_A_DRAFT)
    if lock := draft_locks.lock_against(content, user, now):
        raise RefusedError(f"Nothing was changed. {lock.sentence}")
    return version


def require_add(user: Any, slot: Placeholder, kinds: Iterable[str]) -> None:
    """Raise RefusedError unless this person may add these kinds of block to the slot, and it has room for them."""
    for kind in kinds:
        if not slot.has_add_plugin_permission(user, kind):
            raise RefusedError(NOT_ALLOWED)
        if not has_room(slot, kind):
            raise RefusedError(SLOT_IS_FULL.format(slot=slot_name(slot)))
    _require_source(user, slot)


def require_move(user: Any, block: CMSPlugin, slot: Placeholder) -> None:
    """Raise RefusedError unless this person may move the block into the slot."""
    if not block.placeholder.has_move_plugin_permission(user, block, slot):
        raise RefusedError(NOT_ALLOWED)
    _require_source(user, slot)


def _require_source(user: Any, slot: Placeholder) -> None:
    if not slot.check_source(user):
        raise RefusedError(NOT_A_DRAFT)


def refuse_misplaced(slot: Placeholder) -> None:
    """Raise RefusedError if a block of the slot stands where its kind can't; the caller rolls back."""
    if problem := next(iter(misplaced_blocks(slot)), ""):
        raise RefusedError(problem)


def finish(content: PageContent, version: Version, label: str, *, how: str, user: Any, now: datetime) -> None:
    """Do what follows every save of a draft, and write it to the ledger."""
    version.modified = now
    version.save(update_fields=["modified"])
    draft_locks.acquire_if_free(content, user=user, now=now)
    schedule.hold_back(PageContent.admin_manager.filter(pk=content.pk), user=user)
    detail = {"version": version.number, "block": label, "how": how}
    record(Event.BLOCK_PUT_BACK, signing.ledger_subject(content), actor=user.get_username(), now=now, detail=detail)


def slot_name(slot: Placeholder) -> str:
    """Return what staff call the slot."""
    return str(SLOT_NAMES.get(slot.slot, slot.slot))
