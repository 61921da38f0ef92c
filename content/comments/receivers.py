"""What comments listen to: a draft that is made takes the open comments of the version it was copied from along."""

from typing import Any

from cms.models import PageContent
from djangocms_versioning.constants import OPERATION_DRAFT
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.reviews import signed_document
from content.reviews.matching import flatten

from .models import Comment
from .threads import PAGE_TEXTS, flat_blocks
from .writing import snapshot


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    post_version_operation.connect(take_along, sender=PageContent, dispatch_uid="comments")


def take_along(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Point the open comments of the copied version to the same blocks of its copy.

    A copy has the same blocks in the same order, so that this is exact, however similar two blocks are.
    """
    if operation != OPERATION_DRAFT or obj.source is None:
        return
    comments = list(Comment.objects.filter(content=obj.source.object_id, settled_at=None))
    if not comments:
        return
    source, copy = flat_blocks(obj.source.content), flat_blocks(obj.content)
    if [shown.kind for shown in source] != [shown.kind for shown in copy]:
        return  # found by their words instead
    documents = flatten(signed_document.build(obj.content)["blocks"])
    new = {
        old.block.pk: (at.block.pk, snapshot(document))
        for old, at, document in zip(source, copy, documents, strict=True)
    }
    for comment in comments:
        if comment.block_id == PAGE_TEXTS:
            comment.content = obj.content
        elif comment.block_id in new:
            comment.content = obj.content
            comment.block_id, comment.block = new[comment.block_id]
    Comment.objects.bulk_update(comments, ["content", "block_id", "block"])
