"""Comments on a page's blocks, and the answers to them; only staff read them."""

from cms.models import Page, PageContent
from django.db import models
from django.db.models import Q

MAX_LENGTH = 600


class Remark(models.Model):
    """Words of one person, who stays by name when they leave."""

    words = models.CharField(max_length=MAX_LENGTH)
    author = models.CharField(max_length=150)
    author_name = models.CharField(max_length=310)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


class Comment(Remark):
    """A comment on one block of a page, or on its title and texts (`block_id` 0); it goes with the page.

    `content` is the version in which the block has the key `block_id`; a new draft takes its open comments along (see
    `receivers`). `block` is how the block read then, by which it is found where it has another key.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")
    content = models.ForeignKey(PageContent, on_delete=models.SET_NULL, null=True, related_name="+")
    block_id = models.PositiveIntegerField(default=0)
    block = models.JSONField(default=dict)
    block_name = models.CharField(max_length=120)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_by_name = models.CharField(max_length=310, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(author_name=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by="") | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="comment_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block_name}: {self.words[:40]} ({self.author_name})"


class CommentAnswer(Remark):
    """An answer to a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="answers")

    class Meta:
        ordering = ["written_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(author_name=""), name="comment_answer_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.words[:40]} ({self.author_name})"
