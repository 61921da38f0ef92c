"""Notes what is deleted and moved in a draft, and undoes it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from cms.models import CMSPlugin, PageContent, Placeholder
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from djangocms_versioning.constants import DRAFT

from content.cms_adapter import block_trees
from content.cms_adapter.block_trees import Found, Place, Tree
from content.undo import draft_rules
from content.undo.draft_rules import RefusedError
from content.undo.labels import label_of

from .models import BlockChange

KEPT = 30  # changes of one draft
FRESH = timedelta(hours=24)  # for which the notice is shown
KEPT_DAYS = timedelta(days=90)
UNDONE_ALREADY = "This was undone already, or is too long ago. Nothing was changed."
DELETED_SINCE = "This block was deleted after it was moved. Put it back first, then move it."
PARENT_GONE = "What it was inside is gone, so it stands at the end of “{slot}” now."


@contextmanager
def noting_deletion(
    blocks: Sequence[CMSPlugin], *, user: Any, now: datetime, kind: str = BlockChange.Kind.DELETED
) -> Iterator[Callable[[], None]]:
    """Yield a function to call once these blocks, which stand one after the other, are gone from their slot."""
    if not blocks:
        yield lambda: None
        return
    content, place = _draft_of(blocks[0]), block_trees.place_of(blocks[0])
    trees = [block_trees.snapshot(block) for block in blocks]
    labels = [label_of(block.get_bound_plugin()) for block in blocks]

    def note() -> None:
        if content is not None:
            label = labels[0] if len(labels) == 1 else f"{labels[0]}, and {len(labels) - 1} more"
            _note(content, kind, label, place, user=user, now=now, trees=trees)

    yield note


@contextmanager
def noting_move(block: CMSPlugin, *, user: Any, now: datetime) -> Iterator[Callable[[], None]]:
    """Yield a function to call once the block was moved; nothing is noted if it stands where it stood."""
    content, before = _draft_of(block), block_trees.place_of(block)
    label = label_of(block.get_bound_plugin())

    def note() -> None:
        after = CMSPlugin.objects.filter(pk=block.pk).first()
        if content is not None and after is not None and block_trees.place_of(after) != before:
            _note(content, BlockChange.Kind.MOVED, label, before, user=user, now=now, block_id=block.pk)

    yield note


def _draft_of(block: CMSPlugin) -> PageContent | None:
    """Return the draft that the block stands in; None on the clipboard."""
    content = block.placeholder.source
    return content if isinstance(content, PageContent) else None


def _note(
    content: PageContent, kind: str, label: str, place: Place, *, user: Any, now: datetime, **values: Any
) -> BlockChange:
    change = BlockChange.objects.create(
        content=content,
        kind=kind,
        block_name=label,
        place=place.as_data(),
        made_by=user.get_username(),
        made_at=now,
        **values,
    )
    kept = content.block_changes.values_list("pk", flat=True)[:KEPT]
    content.block_changes.exclude(pk__in=list(kept)).delete()
    return change


def undoable(content: PageContent, now: datetime) -> list[BlockChange]:
    """Return what can be undone in this draft and is shown, the newest first; [] for a version that is no draft."""
    if content.versions.get().state != DRAFT:
        return []
    return list(content.block_changes.filter(made_at__gt=now - FRESH, is_hidden=False))


def undo(content: PageContent, key: int, *, user: Any, now: datetime) -> str:
    """Undo one change of a draft and return a sentence that says so; raise RefusedError, changing nothing."""
    with transaction.atomic():
        version = draft_rules.locked_draft(content, user, now)
        change = content.block_changes.filter(pk=key).first()
        if change is None:
            raise RefusedError(UNDONE_ALREADY)
        try:
            found = block_trees.find(Place(**change.place))
            _put_back(change, found, user)
        except block_trees.CannotPlaceError as problem:
            raise RefusedError(f"{change.block_name} can't be put back. {problem} Nothing was changed.") from None
        draft_rules.refuse_misplaced(found.slot)
        draft_rules.finish(content, version, change.block_name, how=f"undo {change.kind}", user=user, now=now)
        change.delete()
    return sentence(change.block_name, found)


def _put_back(change: BlockChange, found: Found, user: Any) -> None:
    if change.kind != BlockChange.Kind.MOVED:
        for tree in change.trees:
            draft_rules.require_add(user, found.slot, block_trees.kinds_in(tree))
            block = block_trees.restore(tree, found)
            position = block.position + sum(1 for _ in block_trees.kinds_in(tree))
            found = Found(found.slot, found.parent, position, found.is_exact)
        return
    block = CMSPlugin.objects.filter(pk=change.block_id, placeholder__in=_slots(change.content)).first()
    if block is None:
        raise RefusedError(DELETED_SINCE)
    draft_rules.require_move(user, block, found.slot)
    block_trees.move(block, found)


def _slots(content: PageContent) -> Any:
    return Placeholder.objects.get_for_obj(content)


def sentence(label: str, found: Found) -> str:
    """Return what is said once a block is back."""
    if found.is_exact:
        return f"{label} is back where it was."
    return f"{label} is back. {PARENT_GONE.format(slot=draft_rules.slot_name(found.slot))}"


def hide(content: PageContent, key: int) -> None:
    """Show this change, and those before it, in the notice no more."""
    content.block_changes.filter(pk__lte=key).update(is_hidden=True)


def forget_cut(content: PageContent, *, user: Any) -> None:
    """Forget that this person cut a block out, now that they pasted it: undoing that would make two of it."""
    newest = content.block_changes.filter(made_by=user.get_username()).first()
    if newest is not None and newest.kind == BlockChange.Kind.CUT:
        newest.delete()


def forget_deletion(content: PageContent, tree: Tree) -> None:
    """Forget the deletions of exactly this block, which is back by another way: undoing them would make two of it."""
    for change in content.block_changes.exclude(kind=BlockChange.Kind.MOVED):
        if [_own(each) for each in change.trees] == [_own(tree)]:
            change.delete()


def _own(tree: Tree) -> tuple[Any, ...]:
    return tree["kind"], json.dumps(tree["fields"], sort_keys=True, cls=DjangoJSONEncoder)


def delete_expired(now: datetime) -> None:
    """Delete what is too long ago, or belongs to a version that is no draft any more."""
    BlockChange.objects.filter(made_at__lt=now - KEPT_DAYS).delete()
    BlockChange.objects.exclude(content__versions__state=DRAFT).delete()
