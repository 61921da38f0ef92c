"""A consent: what someone agreed to, in which words, until when, and whether they have withdrawn it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from content.consent import form_storage, withdrawal_journal

from .reference import fresh, normalised, validate_reference
from .wording import CURRENT, VERSIONS, Scope

FIELD_BY_SCOPE = {scope: f"for_{scope.value.lower()}" for scope in Scope}


class HowGiven(models.TextChoices):
    """How consent was given; never orally, as the clinic must be able to show it."""

    PAPER = "PAPER", "signed on paper"
    SCREEN = "SCREEN", "signed on a screen"


def in_force(on: date, scope: Scope, path: str = "") -> Q:
    """Return the condition that a consent allows `scope` on the clinic's local date `on`; `path` is a lookup prefix.

    Given, not withdrawn, not expired: the only definition. The withdrawal journal counts too, as the database may be
    restored from an older backup. Source: UK GDPR, article 7(3).
    """
    lookups = {"given_on__lte": on, "expires_on__gte": on, "withdrawn_at__isnull": True, FIELD_BY_SCOPE[scope]: True}
    condition = Q(**{f"{path}{lookup}": value for lookup, value in lookups.items()})
    withdrawn = withdrawal_journal.references()
    return condition & ~Q(**{f"{path}reference__in": sorted(withdrawn)}) if withdrawn else condition


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents by what they allow when."""

    def in_force(self, on: date, scope: Scope) -> "ConsentQuerySet":
        """Return those that allow `scope` on the clinic's local date `on`."""
        return self.filter(in_force(on, scope))


class Consent(models.Model):
    """One person's signed permission, without a name: the reference code leads to them in the clinic's own records."""

    reference = models.CharField(
        "reference code",
        max_length=9,
        unique=True,
        default=fresh,
        validators=[validate_reference],
        help_text="From the signed form. It stands for the patient here: never write a name on this site.",
    )
    for_website = models.BooleanField("on this website", default=False)
    for_leaflet = models.BooleanField("in printed leaflets", default=False)
    for_search = models.BooleanField("in search engines", default=False)
    for_social = models.BooleanField("on social media", default=False)
    for_teaching = models.BooleanField("for teaching", default=False)
    adult_on = models.DateField(
        "18 or over on",
        help_text="The earliest day on which you know that the person was 18 or over, from their identity document: "
        "the day of the first photograph, for example. A photograph from before this day is refused.",
    )
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        help_text="If the same person signed again: the code of the earlier form. Withdrawing one withdraws both.",
    )
    how_given = models.CharField(max_length=10, choices=HowGiven, default=HowGiven.PAPER)
    given_on = models.DateField("signed on")
    expires_on = models.DateField(
        "last day", help_text="The last day on which photographs may be shown; two years after signing is usual."
    )
    is_not_a_condition = models.BooleanField(
        "care did not depend on it", default=False, help_text="Tick when you have told the person so."
    )
    has_copy = models.BooleanField("the person was given a copy", default=False)
    wording_version = models.PositiveSmallIntegerField(
        "wording on the form",
        choices=[(number, f"version {number}") for number in VERSIONS],
        default=CURRENT.version,
        help_text="It stands at the foot of the form.",
    )
    wording = models.TextField(editable=False)
    wording_sha256 = models.CharField(max_length=64, editable=False)
    form = models.CharField(max_length=40, blank=True, editable=False)
    form_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, editable=False)
    is_demo = models.BooleanField("sample", default=False, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "pk"]
        permissions = [("withdraw_consent", "Can withdraw consent"), ("export_consent", "Can export consent")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_on__gte=F("given_on")), name="consent_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(is_not_a_condition=True), name="consent_is_no_condition_of_care"),
            models.CheckConstraint(condition=Q(has_copy=True), name="consent_copy_was_given"),
            models.CheckConstraint(
                condition=Q(for_website=True)
                | Q(for_leaflet=True)
                | Q(for_search=True)
                | Q(for_social=True)
                | Q(for_teaching=True),
                name="consent_is_to_something",
            ),
            models.CheckConstraint(
                condition=Q(for_search=False) | Q(for_website=True), name="consent_to_search_is_to_website"
            ),
            models.CheckConstraint(condition=~Q(wording="") & ~Q(wording_sha256=""), name="consent_keeps_its_wording"),
            models.CheckConstraint(condition=~Q(reference=""), name="consent_has_a_reference"),
        ]

    def __str__(self) -> str:
        return self.reference

    def linked_consent_ids(self) -> set[int]:
        """Return the ids of this consent, those it renews and those that renew it: all that this person signed."""
        ids = {self.pk}
        while True:
            linked = Consent.objects.filter(Q(renews__in=ids) | Q(renewals__in=ids)).values_list("pk", flat=True)
            added = set(linked) - ids
            if not added:
                return ids
            ids |= added

    def allowed_scopes(self) -> list[Scope]:
        """Return the scopes that it allows while in force."""
        return [scope for scope, field in FIELD_BY_SCOPE.items() if getattr(self, field)]

    def has_expired(self, on: date) -> bool:
        """Return whether its last day is over."""
        return self.expires_on < on

    def clean(self) -> None:
        """Explain what the database would refuse, beside the field concerned."""
        errors: dict[str, str] = {}
        if self.given_on and self.expires_on and self.expires_on < self.given_on:
            errors["expires_on"] = "The last day can't be before the day it was signed."
        if self.given_on and self.expires_on and (self.expires_on - self.given_on).days > MAX_DAYS:
            errors["expires_on"] = "Five years is the longest: choose an earlier day, and ask again before it."
        if not self.allowed_scopes():
            errors["for_website"] = "Tick at least one use that the person said yes to."
        if self.for_search and not self.for_website:
            errors["for_search"] = "Search engines list what is on the website: this needs “on this website” as well."
        if not self.is_not_a_condition:
            errors["is_not_a_condition"] = "Without this the consent isn't free, and can't be recorded."
        if not self.has_copy:
            errors["has_copy"] = "Give the person a copy of the form first, then tick this."
        if errors:
            raise ValidationError(errors)

    def clean_fields(self, exclude: Any = None) -> None:
        """Normalise the code, which may be typed in lower case or without its hyphen."""
        self.reference = normalised(self.reference)
        self._copy_wording()
        super().clean_fields(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the wording of the version that was signed."""
        self._copy_wording()
        super().save(*args, **kwargs)

    def _copy_wording(self) -> None:
        signed = VERSIONS.get(self.wording_version)
        if signed:
            self.wording, self.wording_sha256 = signed.text(), signed.sha256

    def form_exists(self) -> bool:
        """Return whether the signed form is stored as a file."""
        return bool(self.form) and form_storage.path(self.form).exists()


MAX_DAYS = 5 * 366
