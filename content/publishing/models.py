"""Scheduled drafts, URLs that were ever public, and snapshots of what visitors were shown."""

from cms.models import PageContent
from django.db import models
from django.db.models import Q

SHA256 = r"^[0-9a-f]{64}$"


class Schedule(models.Model):
    """A draft that goes live by itself at its time; deleted once it has, or with the draft.

    `problem` says in a sentence why it did not: the live page stayed as it was, and somebody has to look.
    """

    content = models.OneToOneField(PageContent, on_delete=models.CASCADE, related_name="schedule")
    goes_live_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["goes_live_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content} goes live at {self.goes_live_at:%Y-%m-%d %H:%M}"


class Tick(models.Model):
    """When the `tick` command last ran: one row."""

    ran_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="tick_is_one")]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"


class Address(models.Model):
    """A URL that was ever public, without its outer slashes, and the page that had it last.

    It names the page and not its current URL, so a page that moves twice leaves no chain, and no two can loop.
    """

    path = models.CharField(max_length=255, unique=True)
    page_id = models.PositiveIntegerField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"/{self.path}/"


class SnapshotDue(models.Model):
    """A page that changed for visitors, noted in the changing transaction and deleted once its snapshot is taken."""

    page_id = models.PositiveIntegerField(db_index=True)
    because = models.CharField(max_length=200)
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"page {self.page_id}: {self.because}"


class ShownHtml(models.Model):
    """HTML that a visitor's browser was sent, stored once however often it recurs. Never changed or deleted."""

    sha256 = models.CharField(max_length=64, unique=True)
    html = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(sha256__regex=SHA256), name="shown_html_has_sha256")]

    def __str__(self) -> str:
        return self.sha256


class Snapshot(models.Model):
    """What visitors saw of a page from `shown_from` on. Never changed or deleted.

    No foreign key leaves this table. `sha256` names its `ShownHtml`, and is empty where the page was offline.
    """

    page_id = models.PositiveIntegerField(db_index=True)
    content_id = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    shown_from = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField()
    because = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(sha256="") | Q(sha256__regex=SHA256), name="snapshot_has_sha256"),
            models.CheckConstraint(condition=~Q(because=""), name="snapshot_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, from {self.shown_from:%Y-%m-%d %H:%M}"

    @property
    def was_offline(self) -> bool:
        """Whether visitors got a 410 for the page."""
        return not self.sha256
