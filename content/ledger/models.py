"""One thing that happened. Nothing points out of this table: people and subjects are copied as text."""

from typing import Any

from django.db import models

START = "0" * 64  # what the first entry follows


class Event(models.TextChoices):
    """What can happen."""

    FACT_CHANGED = "FACT_CHANGED", "a fact of a treatment was changed"
    ORIGINAL_VIEWED = "ORIGINAL_VIEWED", "the original of a photograph was viewed"
    CLINIC_CHANGED = "CLINIC_CHANGED", "the clinic's record was changed"


class Entry(models.Model):
    """An entry and its place in the chain: `hash` is over everything else in it, `previous_hash` included.

    `previous_hash` is unique, so that the chain can't fork. Made by `record()` alone; the database refuses to change or
    delete it (`guard`).
    """

    happened_at = models.DateTimeField()
    event = models.CharField(max_length=40, choices=Event)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=150)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.actor}: {self.get_event_display()} ({self.subject})"

    def content(self) -> dict[str, Any]:
        """What the hash is over."""
        return {
            "happened_at": self.happened_at.isoformat(),
            "event": self.event,
            "subject": self.subject,
            "actor": self.actor,
            "detail": self.detail,
            "previous_hash": self.previous_hash,
        }
