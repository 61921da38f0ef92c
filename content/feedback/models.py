"""Readers' answers and the counters that limit them, neither of which identifies a reader."""

from django.db import models
from django.db.models import Q

MAX_LENGTH = 500


class Answer(models.Model):
    """One reader's answer about one version of a page.

    Page and version are plain numbers, so that either can be deleted; the day is stored, but never the time.
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
    """The secret of a day's digests; once it is deleted, they can't be linked to addresses any more."""

    on = models.DateField(unique=True)
    secret = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.on}"


class Counter(models.Model):
    """How many answers one limit has let through; `digest` is that of its subject, keyed by the day's secret."""

    digest = models.CharField(max_length=64, unique=True)
    on = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="counter_keeps_digest")]

    def __str__(self) -> str:
        return f"{self.count} on {self.on}"
