"""Finds the comments of a page beside the blocks that they are about, in whichever version is read.

`writing` adds, answers and settles them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.models import PageContent
from django.db.models import QuerySet

from content.reviews import signed_document
from content.reviews.diff import BlockDiff
from content.reviews.matching import flatten, match_blocks
from content.reviews.signed_document import Document, ShownBlock

from .models import Comment

PAGE_TEXTS = 0  # in place of a block's key: the page's title, first sentence and address


@dataclass(frozen=True)
class CommentedPart:
    """A part of the page as `diff` has it, the key of its block, and what was said about it.

    `block_id` is None for a block that is no longer there, which nobody can comment on.
    """

    part: BlockDiff
    block_id: int | None
    open: list[Comment] = field(default_factory=list)
    settled: list[Comment] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether it is shown under “What changed”: because it has, or because somebody says something about it."""
        return self.part.is_changed or bool(self.open)


@dataclass(frozen=True)
class Threads:
    """A version's parts with their comments, and the open comments on blocks that it no longer has."""

    parts: list[CommentedPart]
    lost: list[Comment]


def open_comments(page_id: int) -> QuerySet[Comment]:
    """Return the comments on this page that nobody has settled."""
    return Comment.objects.filter(page=page_id, settled_at=None)


def count_open(page_ids: Iterable[int]) -> dict[int, int]:
    """Return how many comments are open on each of these pages that has any."""
    counts: dict[int, int] = {}
    for page_id in Comment.objects.filter(page__in=page_ids, settled_at=None).values_list("page_id", flat=True):
        counts[page_id] = counts.get(page_id, 0) + 1
    return counts


def flat_blocks(content: PageContent) -> list[ShownBlock]:
    """Return the blocks that patients see in reading order, the order of the document's (`matching.flatten`)."""
    return _flatten(signed_document.shown_blocks(content))


def _flatten(blocks: list[ShownBlock]) -> list[ShownBlock]:
    return [nested for block in blocks for nested in (block, *_flatten(block.inside))]


def beside(content: PageContent, parts: list[BlockDiff], document: Document) -> Threads:
    """Return the parts of this version, which `diff` made of its document, each with its comments.

    Settled comments are shown in the version in which they were settled, and in no later one.
    """
    keys = [PAGE_TEXTS, *(shown.block.pk for shown in flat_blocks(content))]
    commented = [CommentedPart(part, key) for part, key in zip(parts, keys, strict=False)]
    commented += [CommentedPart(part, None) for part in parts[len(keys) :]]
    comments = [
        comment
        for comment in Comment.objects.filter(page=content.page_id).prefetch_related("answers")
        if comment.settled_at is None or comment.content_id == content.pk
    ]
    places = _places(content, keys, flatten(document["blocks"]), comments)
    lost = []
    for comment in comments:
        place = places.get(comment.pk)
        if place is None:
            lost += [comment] if comment.settled_at is None else []
        else:
            (commented[place].settled if comment.settled_at else commented[place].open).append(comment)
    return Threads(commented, lost)


def _places(content: PageContent, keys: list[int], blocks: list[Document], comments: list[Comment]) -> dict[int, int]:
    """Return for each comment's key the index of the part that it is about; none for a block that isn't there."""
    places: dict[int, int] = {}
    by_version: dict[int | None, list[Comment]] = {}
    for comment in comments:
        by_version.setdefault(comment.content_id, []).append(comment)
    for version, group in by_version.items():
        index_of = {key: index for index, key in enumerate(keys)} if version == content.pk else {PAGE_TEXTS: 0}
        if version not in {content.pk, None}:
            index_of |= _matched_keys(version, blocks)
        found = {one.pk: index_of[one.block_id] for one in group if one.block_id in index_of}
        if version != content.pk:
            found |= _by_their_words([one for one in group if one.pk not in found], blocks)
        places |= found
    return places


def _matched_keys(version: int | None, blocks: list[Document]) -> dict[int, int]:
    """Return for the key of each block of another version the index of the part that it is among `blocks`."""
    other = PageContent.admin_manager.select_related("page").filter(pk=version).first()
    if other is None:
        return {}
    old = flatten(signed_document.build(other)["blocks"])
    keys = [shown.block.pk for shown in flat_blocks(other)]
    partner = match_blocks(old, blocks, _text)
    return {keys[match]: number + 1 for number, match in enumerate(partner) if match is not None}


def _by_their_words(comments: list[Comment], blocks: list[Document]) -> dict[int, int]:
    """Return the index of the part that reads most like the block of each comment, where its key is of no use."""
    snapshots = {_key(comment): comment.block for comment in comments if comment.block}
    partner = match_blocks(list(snapshots.values()), blocks, _text)
    index_of = {list(snapshots)[match]: number for number, match in enumerate(partner, 1) if match is not None}
    return {comment.pk: index_of[_key(comment)] for comment in comments if _key(comment) in index_of}


def _key(comment: Comment) -> str:
    return json.dumps(comment.block, sort_keys=True)


def _text(block: Document) -> str:
    return json.dumps(block["fields"], sort_keys=True, ensure_ascii=False)
