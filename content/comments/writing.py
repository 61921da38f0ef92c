"""Leaving a comment, answering, settling and deleting it; the ledger gets no words, which go with the page."""

from datetime import datetime
from typing import Any

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.db import transaction
from djangocms_versioning.constants import DRAFT, PUBLISHED

from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews import signed_document
from content.reviews.draft_locks import display_name
from content.reviews.matching import flatten
from content.reviews.signing import RefusedError, ledger_subject, locked_version

from .models import MAX_LENGTH, Comment, CommentAnswer
from .threads import PAGE_TEXTS, flat_blocks

ABOUT_THE_PAGE = "About the page"
IS_OLD = "Nobody reads this version any more. Comment on the live page or its draft."
NO_SUCH_BLOCK = "This block is no longer on the page, so there is nothing to comment on. Look at the page again."
SETTLED_ALREADY = "Somebody has settled this comment meanwhile."
SAYS_NOTHING = "Write what you want to say."


def leave(content: PageContent, block_id: int, words: str, *, user: Any, now: datetime) -> Comment:
    """Leave a comment on the block with this key, or on the page's own texts (0); raises RefusedError.

    The caller checks that `user` may see the draft.
    """
    words = _checked(words)
    with transaction.atomic():
        version = locked_version(content)
        if version.state not in {DRAFT, PUBLISHED}:
            raise RefusedError([IS_OLD])
        block, name = _block(content, block_id)
        comment = Comment.objects.create(
            page=content.page,
            content=content,
            block_id=block_id,
            block=block,
            block_name=name,
            words=words,
            author=user.get_username(),
            author_name=display_name(user),
            written_at=now,
        )
        _record(Event.COMMENT_LEFT, comment, content, user, now)
    return comment


def _block(content: PageContent, block_id: int) -> tuple[signed_document.Document, str]:
    """Return how this block of the version reads, and its name as staff know it; raises RefusedError."""
    if block_id == PAGE_TEXTS:
        return {}, ABOUT_THE_PAGE
    documents = flatten(signed_document.build(content)["blocks"])
    for shown, document in zip(flat_blocks(content), documents, strict=True):
        if shown.block.pk == block_id:
            plugin = plugin_pool.plugins.get(shown.kind)
            return snapshot(document), str(plugin.name) if plugin else shown.kind
    raise RefusedError([NO_SUCH_BLOCK])


def snapshot(document: signed_document.Document) -> signed_document.Document:
    """Return how a block reads by itself, without the blocks inside it."""
    return {name: value for name, value in document.items() if name != "inside"}


def answer(comment: Comment, words: str, *, user: Any, now: datetime) -> CommentAnswer:
    """Answer an open comment; raises RefusedError."""
    words = _checked(words)
    with transaction.atomic():
        stored = _open_for_update(comment)
        added = CommentAnswer.objects.create(
            comment=stored, words=words, author=user.get_username(), author_name=display_name(user), written_at=now
        )
        _record(Event.COMMENT_ANSWERED, stored, None, user, now)
    return added


def settle(comment: Comment, *, user: Any, now: datetime) -> None:
    """Settle an open comment: nobody has to see to it any more; raises RefusedError."""
    with transaction.atomic():
        stored = _open_for_update(comment)
        stored.settled_by, stored.settled_by_name, stored.settled_at = user.get_username(), display_name(user), now
        stored.save(update_fields=["settled_by", "settled_by_name", "settled_at"])
        _record(Event.COMMENT_SETTLED, stored, None, user, now)


def delete(comment: Comment, *, user: Any, now: datetime) -> None:
    """Delete a comment with its answers, as for a name that should not stand there; the caller checks who may."""
    with transaction.atomic():
        _record(Event.COMMENT_DELETED, comment, None, user, now)
        comment.delete()


def _open_for_update(comment: Comment) -> Comment:
    """Return the comment, locked until the transaction ends; raises RefusedError if it is settled or gone."""
    stored = Comment.objects.select_for_update().filter(pk=comment.pk, settled_at=None).first()
    if stored is None:
        raise RefusedError([SETTLED_ALREADY])
    return stored


def _checked(words: str) -> str:
    """Return the words, stripped, with the line ends that are counted; raises RefusedError for none or too many.

    A NUL, which nobody types and PostgreSQL can't store, is left out.
    """
    words = words.replace("\0", "").replace("\r\n", "\n").strip()
    if not words:
        raise RefusedError([SAYS_NOTHING])
    if len(words) > MAX_LENGTH:
        raise RefusedError([f"That has {len(words)} characters; {MAX_LENGTH} is the most. Shorten it."])
    return words


def _record(event: Event, comment: Comment, content: PageContent | None, user: Any, now: datetime) -> None:
    about = content or comment.content or PageContent.admin_manager.filter(page=comment.page_id).order_by("-pk").first()
    subject = ledger_subject(about) if about else f"page {comment.page_id}"
    detail = {"comment": comment.pk, "block": comment.block_name, "written_by": comment.author}
    record(event, subject, actor=user.get_username(), now=now, detail=detail)
