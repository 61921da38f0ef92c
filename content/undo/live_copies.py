"""Puts single blocks back as they are on the live page, from "What changed": deleted ones, and ones that were moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cms.models import CMSPlugin, PageContent
from django.db import transaction
from djangocms_versioning.constants import DRAFT

from content.blocks.base import Block
from content.cms_adapter import block_trees
from content.cms_adapter.block_trees import Found, Place, Tree
from content.reviews import diff, signed_document
from content.reviews.diff import BlockDiff
from content.reviews.matching import REMOVED, flatten
from content.reviews.signed_document import Document, ShownBlock
from content.undo import changes, draft_rules
from content.undo.draft_rules import RefusedError
from content.undo.labels import label_of

PUT_BACK, MOVE_BACK = "put", "move"
GONE_MEANWHILE = "The page was changed meanwhile, or this block is back already. Look at what differs now."


@dataclass(frozen=True)
class Comparison:
    """A draft beside its live page: the blocks of both in reading order, and what differs."""

    live: list[ShownBlock]
    draft: list[ShownBlock]
    parts: list[BlockDiff]

    @property
    def drafts_key(self) -> dict[int, int]:
        """The key of the draft's block by the key of the live block that it was."""
        return {
            self.live[part.old].block.pk: self.draft[part.new].block.pk
            for part in self.parts
            if part.old is not None and part.new is not None
        }

    @property
    def removed(self) -> set[int]:
        """The keys of the live blocks that the draft has not."""
        return {self.live[part.old].block.pk for part in self.parts if part.state == REMOVED and part.old is not None}


def with_offers(content: PageContent, before: Document | None, parts: Sequence[BlockDiff]) -> list[BlockDiff]:
    """Return the parts of a diff with `before`; each that was deleted or moved offers to be put back, in a draft."""
    compared = _compare(content, before, parts)
    if compared is None:
        return list(parts)
    return [replace(part, offer=_offer(compared, part)) for part in parts]


def _compare(content: PageContent, before: Document | None, parts: Sequence[BlockDiff]) -> Comparison | None:
    """Return None where nothing can be put back: no draft, no live page, or one that no longer is as it was signed."""
    live = PageContent.objects.filter(page=content.page_id, language=content.language).first()
    if live is None or before is None or content.versions.get().state != DRAFT:
        return None
    live_blocks, draft_blocks = _flat(live), _flat(content)
    kinds = [block["kind"] for block in flatten(before["blocks"])]
    if kinds != [shown.kind for shown in live_blocks]:
        return None
    return Comparison(live_blocks, draft_blocks, list(parts))


def _flat(content: PageContent) -> list[ShownBlock]:
    """Return the blocks of a version in the order of `flatten`."""
    return [each for shown in signed_document.shown_blocks(content) for each in (shown, *_nested(shown))]


def _nested(shown: ShownBlock) -> list[ShownBlock]:
    return [each for child in shown.inside for each in (child, *_nested(child))]


def _offer(compared: Comparison, part: BlockDiff) -> str:
    """Return what a form sends for this part: the key of a live block to copy, or of a draft's block to move."""
    if part.state == REMOVED and part.old is not None:
        return f"{PUT_BACK}-{compared.live[part.old].block.pk}"
    if part.is_moved and part.new is not None:
        return f"{MOVE_BACK}-{compared.draft[part.new].block.pk}"
    return ""


def accept(content: PageContent, offer: str, *, user: Any, now: datetime) -> str:
    """Do what an offer says, if it still stands, and return a sentence; raise RefusedError, changing nothing."""
    with transaction.atomic():
        version = draft_rules.locked_draft(content, user, now)
        before, _ = diff.baseline(content)
        parts = diff.diff(before, signed_document.build(content))
        compared = _compare(content, before, parts)
        part = next((part for part in parts if compared and _offer(compared, part) == offer), None)
        if compared is None or part is None or part.old is None:
            raise RefusedError(GONE_MEANWHILE)
        block = compared.live[part.old].block
        label = label_of(block)
        put_back = _copy_from_live if part.state == REMOVED else _move_back
        try:
            found = block_trees.find(_place(content, compared, block))
            put_back(content, compared, block, found, user, now)
        except block_trees.CannotPlaceError as problem:
            raise RefusedError(f"{label} can't be put back. {problem} Nothing was changed.") from None
        draft_rules.refuse_misplaced(found.slot)
        draft_rules.finish(content, version, label, how=f"{part.state} since live", user=user, now=now)
    return changes.sentence(label, found)


def _copy_from_live(
    content: PageContent, compared: Comparison, block: Block, found: Found, user: Any, now: datetime
) -> None:
    tree = _without_kept(block_trees.snapshot(block), compared.removed)
    draft_rules.require_add(user, found.slot, block_trees.kinds_in(tree))
    block_trees.restore(tree, found)
    changes.forget_deletion(content, tree)


def _move_back(
    content: PageContent, compared: Comparison, block: Block, found: Found, user: Any, now: datetime
) -> None:
    moved = CMSPlugin.objects.get(pk=compared.drafts_key[block.pk])
    draft_rules.require_move(user, moved, found.slot)
    with changes.noting_move(moved, user=user, now=now) as note:
        block_trees.move(moved, found)
        note()


def _place(content: PageContent, compared: Comparison, block: Block) -> Place:
    """Return the place in the draft that is the live block's; -1 stands for what the draft has not."""
    live, keys = block_trees.place_of(block), compared.drafts_key
    slot = content.placeholders.filter(slot=block.placeholder.slot).values_list("pk", flat=True).first()
    parent = keys.get(live.parent_id, -1) if live.parent_id else None
    before, after = ([keys[key] for key in row if key in keys] for row in (live.before, live.after))
    return Place(slot or -1, parent, before, after)


def _without_kept(tree: Tree, removed: set[int]) -> Tree:
    """Return the block without those inside it that the draft still has elsewhere."""
    inside = [_without_kept(child, removed) for child in tree["inside"] if child["pk"] in removed]
    return {**tree, "inside": inside}
