"""Signatures, requests for them, pages to review again, reasons given for words, and draft locks."""

from cms.models import Page, PageContent
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from djangocms_versioning.models import Version


class SignOff(models.Model):
    """A doctor's signature under one version of a page as it read then. Never changed or deleted (`triggers`).

    Nothing points out of this table: a signed draft can be discarded, a page deleted and a person leave, and what was
    signed, by whom and when stays readable. `document` is what was signed (see `signed_document`), `fingerprint` its
    SHA-256.
    """

    page_id = models.PositiveIntegerField(db_index=True)
    content_id = models.PositiveIntegerField(db_index=True)
    fingerprint = models.CharField(max_length=64)
    document = models.JSONField()
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    due_on = models.DateField()
    signed_by = models.CharField(max_length=150)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    register_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("sign_page", "Can sign pages with medical content")]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("signed_on")), name="sign_off_due_after_signed"),
            models.CheckConstraint(condition=Exact(Length("fingerprint"), 64), name="sign_off_has_fingerprint"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(signed_by=""), name="sign_off_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_on:%-d %B %Y}"


class Request(models.Model):
    """A request to sign or publish a draft; deleted once that is done, or with the draft."""

    content = models.OneToOneField(PageContent, on_delete=models.CASCADE, related_name="sign_off_request")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    note = models.CharField("what to look at", max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content} (asked by {self.asked_by})"


class Reopened(models.Model):
    """A live page whose signature no longer matches its text; patients read since when it is being reviewed again."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="reopened")
    since = models.DateField()
    because = models.CharField(max_length=200)

    class Meta:
        ordering = ["since"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}, since {self.since:%-d %B %Y}"


class GivenReason(models.Model):
    """Why a word that needs a reason may stand in this sentence of this page, as a reviewer gave it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="given_reasons")
    word = models.CharField(max_length=60)
    sentence = models.TextField()
    reason = models.CharField(max_length=300)
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="given_reason_says_why"),
        ]

    def __str__(self) -> str:
        return f"“{self.word}”: {self.reason}"


class Takeover(models.Model):
    """A draft that somebody took over from this person, who is told until they have read it.

    It names the page in words: the draft may be discarded.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    taken_by = models.CharField(max_length=310)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.title}: taken over by {self.taken_by}"


class Hold(models.Model):
    """The holder of a draft's lock and since when, which versioning doesn't store."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="hold")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    held_at = models.DateTimeField()
    taken_from = models.CharField(max_length=150, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version}: {self.holder}"
