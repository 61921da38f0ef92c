"""What became of a request to sign, publish or approve something, until whoever asked has seen it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q

from content.gallery.models import Case

from .people import name_of

MAX_COMMENT_LENGTH = 600


class Became(models.TextChoices):
    """What can become of a request."""

    WAITING = "WAITING", "Waiting"
    SENT_BACK = "SENT_BACK", "Sent back"
    SIGNED = "SIGNED", "Signed, not live yet"
    LIVE = "LIVE", "Live"
    TAKEN_BACK = "TAKEN_BACK", "Taken back"
    PUT_ASIDE = "PUT_ASIDE", "Put aside"
    THROWN_AWAY = "THROWN_AWAY", "Thrown away"
    APPROVED = "APPROVED", "Approved"


#: What the next event changes; the others are last words.
OPEN = (Became.WAITING, Became.SENT_BACK, Became.SIGNED)


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Outcomes by whom they are told."""

    def told_to(self, user: Any) -> "OutcomeQuerySet":
        """Return those of this person's requests, and those of cases whose preparer reads them no more.

        A case is prepared together: if its preparer has left or is not known, all who may change cases are told.
        """
        own = Q(asked_by=user.get_username())
        if user.has_perm("content.change_case"):
            gone = get_user_model().objects.filter(is_active=False).values("username")
            own |= Q(case__isnull=False, asked_by="") | Q(case__isnull=False, asked_by__in=gone)
        return self.filter(own)


class Outcome(models.Model):
    """A request about one draft or one case, for one person: `became` by whom (`by`, a user name), and when.

    Nothing points to the draft, because its author has to learn that it was thrown away. What is said about a case goes
    with the case and, since it may speak of a person, when that person withdraws (`receivers`).
    """

    asked_by = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField()
    page_id = models.PositiveIntegerField(null=True)
    content_id = models.PositiveIntegerField(null=True, db_index=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="outcomes")
    title = models.CharField(max_length=255)
    became = models.CharField(max_length=12, choices=Became, default=Became.WAITING)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=MAX_COMMENT_LENGTH, blank=True)
    case_seen = models.CharField(max_length=64, blank=True)  # the case's fingerprint when it was sent back
    changed_by = models.JSONField(default=list)  # the user names of those who changed the draft while it waited
    is_dismissed = models.BooleanField(default=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(case=None, content_id__isnull=False, page_id__isnull=False)
                | Q(case__isnull=False, content_id=None, page_id=None),
                name="outcome_is_of_a_page_or_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(became=Became.SENT_BACK) | ~Q(comment=""), name="outcome_sent_back_with_words"
            ),
            models.UniqueConstraint(fields=["content_id", "asked_by"], name="outcome_once_for_each_who_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_became_display()} (asked by {self.asked_by})"

    @property
    def by_name(self) -> str:
        """The name of whoever it became so by, looked up."""
        return name_of(self.by)
