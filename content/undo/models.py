"""What was deleted and moved in drafts, for as long as it can be put back."""

from typing import Any

from cms.models import PageContent
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class BlockChange(models.Model):
    """A deletion of blocks, or a move of one, in a draft, with what it takes to undo it; deleted once undone.

    A block that was cut out is on its user's clipboard. `block_name` is what staff call it, `trees` holds deleted
    blocks (`cms_adapter.block_trees`), `block_id` is the key of a moved one, `place` is where they stood.
    `is_hidden` if somebody pressed "Hide" on the notice.
    """

    class Kind(models.TextChoices):
        """What was done."""

        DELETED = "DELETED", "deleted"
        CUT = "CUT", "cut out"
        MOVED = "MOVED", "moved"

    content = models.ForeignKey(PageContent, on_delete=models.CASCADE, related_name="block_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    block_name = models.CharField(max_length=200)
    trees = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    block_id = models.PositiveIntegerField(null=True)
    place: Any = models.JSONField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_index=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.block_name} was {self.get_kind_display()}"
