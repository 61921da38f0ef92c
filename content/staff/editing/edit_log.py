"""What a request changed in drafts, for the ledger: blocks added, changed, moved or deleted, and the page's texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.models import PageContent
from djangocms_versioning.models import Version

from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews import signed_document
from content.reviews.signed_document import ShownBlock
from content.reviews.signing import ledger_subject
from content.topics import SLOT_NAMES

PAGE_TEXTS = {
    "title": "title",
    "menu_title": "short name",
    "page_title": "title in the browser’s tab",
    "meta_description": "first sentence",
    "slug": "address",
    "overwrite_url": "address",
    "redirect": "the page that readers are sent to",
    "in_navigation": "whether it stands in the menu",
}
MAX_WORDS = 60  # of a block's text that name it


@dataclass(frozen=True)
class BlockState:
    """A block at one moment: what it is called, where it stands and what patients read in it."""

    kind: str
    words: str
    part: str
    parent_id: int | None
    siblings: tuple[int, ...]
    document: signed_document.Document


@dataclass(frozen=True)
class DraftState:
    """The blocks of a version by their keys, and the page's own texts by their fields."""

    blocks: dict[int, BlockState]
    texts: dict[str, Any]


def snapshot(contents: Iterable[PageContent]) -> dict[int, DraftState]:
    """Return the state of each of these versions by its key."""
    return {
        content.pk: DraftState(
            _states(signed_document.shown_blocks(content)), {name: getattr(content, name) for name in PAGE_TEXTS}
        )
        for content in contents
    }


def _states(shown: list[ShownBlock], parent_id: int | None = None) -> dict[int, BlockState]:
    states: dict[int, BlockState] = {}
    for each in shown:
        siblings = tuple(other.block.pk for other in shown if other.slot == each.slot)
        words = " ".join(str(each.block).split())[:MAX_WORDS]
        kind, part = str(each.block._meta.verbose_name), SLOT_NAMES.get(each.slot, each.slot)
        document = signed_document.of_block(each)
        states[each.block.pk] = BlockState(kind, words, part, parent_id, siblings, document)
        states |= _states(each.inside, each.block.pk)
    return states


def record_edits(before: dict[int, DraftState], *, user: Any, now: datetime) -> None:
    """Record in the ledger what has changed since `before`, an entry for each version; nothing if nothing has."""
    for content in PageContent.admin_manager.filter(pk__in=before):
        edits = _edits(before[content.pk], snapshot([content])[content.pk])
        if edits:
            detail = {
                "page": content.page_id,
                "version": Version.objects.get_for_content(content).number,
                "edits": edits,
            }
            record(Event.DRAFT_CHANGED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)


def _edits(before: DraftState, after: DraftState) -> list[dict[str, str]]:
    edits = [
        {"did": "changed", "what": label}
        for label in dict.fromkeys(
            PAGE_TEXTS[name] for name in PAGE_TEXTS if _plain(before.texts[name]) != _plain(after.texts[name])
        )
    ]
    for pk, state in after.blocks.items():
        old = before.blocks.get(pk)
        if old is None:
            if state.parent_id not in after.blocks.keys() - before.blocks.keys():
                edits.append(_edit("added", state))
            continue
        if _own(old.document) != _own(state.document):
            edits.append(_edit("changed", state))
    edits += [_edit("deleted", state) for pk, state in before.blocks.items() if _is_gone(pk, state, after.blocks)]
    return edits + [_edit("moved", after.blocks[pk]) for pk in _moved(before.blocks, after.blocks)]


def _is_gone(pk: int, state: BlockState, after: dict[int, BlockState]) -> bool:
    """Whether this block was deleted by itself, not with the one that it stood in."""
    return pk not in after and (state.parent_id is None or state.parent_id in after)


def _moved(before: dict[int, BlockState], after: dict[int, BlockState]) -> list[int]:
    """Return the blocks that left their part, or the one that passed others in it."""
    kept = before.keys() & after.keys()
    left = [pk for pk in kept if (before[pk].part, before[pk].parent_id) != (after[pk].part, after[pk].parent_id)]
    if left:
        return left
    passed = {pk: _passed(before[pk].siblings, after[pk].siblings, pk) for pk in kept}
    most = max(passed.values(), default=0)
    return [pk for pk, count in passed.items() if count == most][:1] if most else []


def _passed(before: tuple[int, ...], after: tuple[int, ...], pk: int) -> int:
    """Return how many of the others this block stood before and now stands after, or the other way round."""
    others = set(before) & set(after) - {pk}
    was_first = {other for other in others if before.index(other) < before.index(pk)}
    return len(was_first ^ {other for other in others if after.index(other) < after.index(pk)})


def _own(document: signed_document.Document) -> signed_document.Document:
    """Return a block's document without its place and the blocks inside it, which are compared by themselves."""
    return {key: value for key, value in document.items() if key not in {"inside", "slot"}}


def _edit(did: str, state: BlockState) -> dict[str, str]:
    return {"did": did, "what": state.kind, "words": state.words, "part": state.part}


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""
