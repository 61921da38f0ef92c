"""A case: what was treated, its pairs of photographs, how a clinician grades it, and when it may be shown."""

import secrets
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from content.clinic.models import Clinician
from content.consent.models import Consent, in_force
from content.consent.wording import Scope
from content.gallery.choices import SENSITIVE, AgeBand, BodyArea, Cause, Gender, MarkColour, Outcome, SkinTone, View
from content.gallery.public_code import fresh_code
from content.images.models import Photo
from content.treatment.models import Treatment

#: After the last session; collagen is still remodelling before. Source: `treatment.toml`, judging.
FINAL_AFTER_WEEKS = 12
MOST_SESSIONS = 12
SHAPE_TOLERANCE = 0.015  # relative difference of the two aspect ratios of a pair


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by whether they may be shown."""

    def showable(self, on: date, scope: Scope = Scope.WEBSITE) -> "CaseQuerySet":
        """Return those that may be shown for `scope` on the clinic's local date `on`: the one rule for photographs.

        Approved by a clinician, a sample by a sample; under a consent that is in force and allows this use; with pairs,
        each photograph of a day on which the person is known to have been 18 or over. Source: FACTS on photographs of
        patients, after UK GDPR articles 6, 7 and 9.
        """
        pairs = Pair.objects.filter(case=OuterRef("pk"))
        too_young = pairs.filter(
            Q(before__captured_on=None)
            | Q(after__captured_on=None)
            | Q(before__captured_on__lt=F("case__consent__adult_on"))
            | Q(after__captured_on__lt=F("case__consent__adult_on"))
        )
        return self.filter(
            in_force(on, scope, "consent__"),
            Exists(pairs),
            ~Exists(too_young),
            approved_at__isnull=False,
            is_demo=F("consent__is_demo"),  # a sample's consent is nobody's
            attested_by__is_sample=F("is_demo"),  # and so is a sample person's statement
        )

    def consented(self, on: date, scope: Scope = Scope.WEBSITE) -> "CaseQuerySet":
        """Return those whose person allows `scope` on that day, shown or not: the base of the honest range."""
        return self.filter(in_force(on, scope, "consent__"))

    def with_pictures(self) -> "CaseQuerySet":
        """Return the cases with their pairs and photographs prefetched, in two queries."""
        return self.prefetch_related(
            models.Prefetch("pairs", queryset=Pair.objects.select_related("before", "after").order_by("pk"))
        )


class Case(models.Model):
    """One person's course of treatment on one body area, without a name or a date that the public sees."""

    code = models.CharField(max_length=10, unique=True, default=fresh_code, editable=False)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    body_area = models.CharField(max_length=12, choices=BodyArea)
    is_covered = models.BooleanField(
        "cover the pictures",
        default=False,
        help_text="Readers choose to see them first. Breasts, bottom and groin are always covered.",
    )
    cause = models.CharField("came with", max_length=12, choices=Cause, blank=True)
    mark_colour = models.CharField(
        "colour of the marks before", max_length=12, choices=MarkColour, blank=True, help_text="Before treatment."
    )
    skin_tone = models.CharField("skin", max_length=12, choices=SkinTone, blank=True)
    age_band = models.CharField("age", max_length=12, choices=AgeBand, blank=True)
    gender = models.CharField(
        max_length=12, choices=Gender, blank=True, help_text="Leave empty unless the person wants it shown."
    )
    sessions = models.PositiveSmallIntegerField(
        "number of sessions",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)],
    )
    weeks_between = models.PositiveSmallIntegerField(
        "weeks between sessions",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text="About how many; leave empty for a single session.",
    )
    weeks_after = models.PositiveSmallIntegerField(
        "weeks after the last session",
        null=True,
        blank=True,
        validators=[MaxValueValidator(520)],
        help_text=f"When the “after” photograph was taken. Below {FINAL_AFTER_WEEKS} it isn’t called a final result.",
    )
    device = models.CharField(
        max_length=80, blank=True, help_text="For example: motorised pen, 12 needles, 1.5 mm deep"
    )
    other_treatments = models.CharField(
        max_length=160, blank=True, help_text="Anything else used on this area in that time. Write “none” if none."
    )
    outcome = models.CharField("change seen", max_length=12, choices=Outcome, blank=True)
    attested_by = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, blank=True, verbose_name="clinician who vouches for it"
    )
    is_own_patient = models.BooleanField("our own patient", default=False)
    is_this_treatment_only = models.BooleanField("this treatment only", default=False)
    is_unretouched = models.BooleanField("nothing retouched", default=False)
    approved_at = models.DateTimeField("approved", null=True, editable=False)
    is_demo = models.BooleanField("sample", default=False, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-approved_at", "-pk"]
        permissions = [("approve_case", "Can approve case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None)
                | (
                    # A comparison with NULL is neither true nor false, and a CHECK lets that pass.
                    Q(consent__isnull=False, attested_by__isnull=False, weeks_after__isnull=False)
                    & Q(sessions__isnull=False)
                    & Q(is_own_patient=True, is_this_treatment_only=True, is_unretouched=True)
                    & Q(sessions__gt=0)
                    & (Q(sessions=1) | Q(weeks_between__isnull=False, weeks_between__gt=0))
                    & ~Q(outcome="")
                    & ~Q(cause="")
                    & ~Q(mark_colour="")
                    & ~Q(skin_tone="")
                    & ~Q(age_band="")
                    & ~Q(device="")
                    & ~Q(other_treatments="")
                ),
                name="case_is_approved_when_whole",
            ),
            models.CheckConstraint(
                condition=Q(sessions=None) | Q(sessions__gte=1, sessions__lte=MOST_SESSIONS), name="case_has_sessions"
            ),
            models.CheckConstraint(condition=~Q(body_area="") & ~Q(code=""), name="case_has_an_area_and_a_code"),
        ]
        indexes = [models.Index(fields=["-approved_at", "-id"], name="case_newest_first")]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    @property
    def title(self) -> str:
        """The title as patients read it: “Belly, 4 sessions”."""
        if not self.sessions:
            return self.get_body_area_display()
        return f"{self.get_body_area_display()}, {self.sessions} session{'s' if self.sessions > 1 else ''}"

    @property
    def is_mixed(self) -> bool:
        """Whether a sample person vouches for a real case, or a real one for a sample."""
        return self.attested_by is not None and self.attested_by.is_sample != self.is_demo

    @property
    def has_cover(self) -> bool:
        """Whether its pictures are covered until the reader chooses to see them."""
        return self.is_covered or self.body_area in SENSITIVE

    @property
    def is_final(self) -> bool:
        """Whether the “after” photographs may be called a final result. Source: `FINAL_AFTER_WEEKS`."""
        return self.weeks_after is not None and self.weeks_after >= FINAL_AFTER_WEEKS

    @property
    def weeks_of_course(self) -> int:
        """The weeks from the first session to the last."""
        return ((self.sessions or 1) - 1) * (self.weeks_between or 0)

    def is_showable(self, on: date, scope: Scope = Scope.WEBSITE) -> bool:
        """Return whether this case is `showable`, by a query."""
        return Case.objects.filter(pk=self.pk).showable(on, scope).exists()


class CasePhoto(models.Model):
    """A photograph that was uploaded for a case, in a pair or not yet."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_photos")
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="case_photo")

    class Meta:
        ordering = ["photo__captured_on", "pk"]
        verbose_name = "photograph of a case"
        verbose_name_plural = "photographs of cases"

    def __str__(self) -> str:
        return f"{self.photo} of {self.case}"


class Pair(models.Model):
    """The same view before and after. The dates are the photographs' own, and only staff see them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pairs")
    view = models.CharField(max_length=8, choices=View)
    before = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="pair_before")
    after = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="pair_after")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="pair_is_of_two_photographs")]

    def __str__(self) -> str:
        return f"{self.get_view_display()} of {self.case}"

    @property
    def photos(self) -> tuple[Photo, Photo]:
        """The photograph before, then the one after."""
        return self.before, self.after

    @property
    def has_matching_shapes(self) -> bool:
        """Whether both have the same aspect ratio after cropping."""
        before, after = (photo.shown_size[0] / photo.shown_size[1] for photo in self.photos)
        return abs(before - after) <= SHAPE_TOLERANCE * before


class EverPublic(models.Model):
    """A case's code or a photograph's token that was ever public: it answers 410 once it is no longer.

    Written when it becomes public, never changed (see `triggers`); what it names may since have been deleted.
    """

    name = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.name


class Stamp(models.Model):
    """A random word that changes with every change of a case, and so invalidates the facet index."""

    word = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="stamp_is_one")]

    def __str__(self) -> str:
        return self.word


def renew_stamp() -> None:
    """Change the stamp, in the transaction of the change that calls for it."""
    Stamp.objects.update_or_create(pk=1, defaults={"word": secrets.token_hex(16)})
