"""What a reader answered, and the counters that hold back a flood; neither knows whom it is from."""

from django.db import models
from django.db.models import Q

MAX_LENGTH = 500


class Answer(models.Model):
    """One reader's answer about one version of a page.

    Page and version are plain numbers, so that either can be deleted; the day is kept and never the time.
    """

    page_id = models.PositiveIntegerField()
    content_id = models.PositiveIntegerField()
    is_clear = models.BooleanField()
    words = models.TextField(blank=True, max_length=MAX_LENGTH)
    answered_on = models.DateField()

    class Meta:
        ordering = ["-answered_on", "-pk"]
        default_permissions = ("view",)
        permissions = [("delete_words", "Can delete the words of a reader")]
        indexes = [models.Index(fields=["page_id", "content_id"], name="answer_of_version")]

    def __str__(self) -> str:
        return f"page {self.page_id}: {'clear' if self.is_clear else 'not clear'}"


class DayKey(models.Model):
    """The secret that makes a day's addresses unreadable; once it is deleted, nobody can tell them any more."""

    on = models.DateField(unique=True)
    secret = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.on}"


class Counter(models.Model):
    """How many answers one limit has let through; `digest` says of what, and can't be read back."""

    digest = models.CharField(max_length=64, unique=True)
    on = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="counter_keeps_digest")]

    def __str__(self) -> str:
        return f"{self.count} on {self.on}"
