"""The treatment and its facts: the one place where minutes, weeks, days and numbers of sessions are stored."""

from collections.abc import Sequence
from typing import Any, Self

from cms.models import Page
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

RANGES = (
    ("treatment_minutes", "treatment minutes"),
    ("numbing_minutes", "numbing minutes"),
    ("weeks_between", "weeks between sessions"),
    ("usual_sessions", "usual sessions"),
    ("days_to_settle", "days to settle"),
)

#: Facts of one number; for aftercare the strictest published advice.
SINGLE_FACTS = (
    ("weeks_before_judging", "weeks before judging the result"),
    ("hours_in_cotton", "hours in loose cotton"),
    ("hours_without_make_up", "hours without make-up"),
    ("hours_without_exercise", "hours without exercise"),
    ("days_without_scrubs", "days without scrubs"),
    ("weeks_out_of_sun", "weeks out of the sun"),
)

#: The fields that hold facts; pages quote them by token.
FACTS = (*(f"{field}_{end}" for field, _ in RANGES for end in ("min", "max")), *(field for field, _ in SINGLE_FACTS))


def _limits() -> list[models.BaseConstraint]:
    """Return constraints: 0 < least ≤ most for each range, 0 < number for each single fact."""
    ranges: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=Q(**{f"{field}_min__gt": 0, f"{field}_max__gte": F(f"{field}_min")}),
            name=f"treatment_{field}",
            violation_error_message=f"The least {words} must be 1 or more, and no more than the most.",
        )
        for field, words in RANGES
    ]
    singles: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=Q(**{f"{field}__gt": 0}),
            name=f"treatment_{field}",
            violation_error_message=f"The {words} must be 1 or more.",
        )
        for field, words in SINGLE_FACTS
    ]
    return [*ranges, *singles]


class TreatmentQuerySet(models.QuerySet["Treatment"]):
    """Finds the treatment of a page."""

    def of_page(self, page: Page | None) -> "Treatment | None":
        """Return the treatment whose own page is `page` or its nearest ancestor, else the oldest treatment."""
        return nearest(self.with_pages(), page)

    def with_pages(self) -> "list[Treatment]":
        """Return every treatment with its page, the oldest first."""
        return list(self.select_related("page").order_by("pk"))


class Treatment(models.Model):
    """One treatment. Sources for the seeded values stand with them in `content/seed/treatment.toml`."""

    name = models.CharField(max_length=80, unique=True, help_text="For example: Microneedling for stretch marks")
    page = models.OneToOneField(
        Page,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="The treatment's own page. It and every page below it quote these facts.",
    )
    treatment_minutes_min = models.PositiveSmallIntegerField("treatment minutes, least")
    treatment_minutes_max = models.PositiveSmallIntegerField(
        "treatment minutes, most", help_text="The treatment itself, numbing time not counted."
    )
    numbing_minutes_min = models.PositiveSmallIntegerField("numbing minutes, least")
    numbing_minutes_max = models.PositiveSmallIntegerField(
        "numbing minutes, most", help_text="How long the numbing cream stays on before the treatment."
    )
    weeks_between_min = models.PositiveSmallIntegerField("weeks between sessions, least")
    weeks_between_max = models.PositiveSmallIntegerField("weeks between sessions, most")
    usual_sessions_min = models.PositiveSmallIntegerField("usual sessions, least")
    usual_sessions_max = models.PositiveSmallIntegerField("usual sessions, most")
    days_to_settle_min = models.PositiveSmallIntegerField("days to settle, least")
    days_to_settle_max = models.PositiveSmallIntegerField(
        "days to settle, most", help_text="How long the skin usually takes to calm down after a session."
    )
    weeks_before_judging = models.PositiveSmallIntegerField(
        "weeks before judging the result", help_text="Counted from the last session."
    )
    hours_in_cotton = models.PositiveSmallIntegerField(
        "hours in loose cotton", default=48, help_text="After a session, so that nothing rubs."
    )
    hours_without_make_up = models.PositiveSmallIntegerField(
        "hours without make-up", default=48, help_text="After a session; fake tan and perfume too, on the area."
    )
    hours_without_exercise = models.PositiveSmallIntegerField(
        "hours without exercise", default=72, help_text="After a session; sauna and swimming too."
    )
    days_without_scrubs = models.PositiveSmallIntegerField(
        "days without scrubs",
        default=7,
        help_text="After a session; retinoids, acids, waxing and shaving too, on the area.",
    )
    weeks_out_of_sun = models.PositiveSmallIntegerField(
        "weeks out of the sun", default=2, help_text="After a session: no sunbathing and no sunbed."
    )

    objects = models.Manager.from_queryset(TreatmentQuerySet)()
    _as_loaded: dict[str, Any] | None = None

    class Meta:
        constraints = _limits()

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Treatment":
        """Return the instance with a copy of its facts, so that changes can be described."""
        treatment = super().from_db(*args, **kwargs)
        treatment._as_loaded = {name: treatment.__dict__.get(name) for name in FACTS}
        return treatment

    def __str__(self) -> str:
        return self.name

    def as_loaded(self) -> "Treatment | None":
        """Return the same treatment with its facts as loaded or last saved; None for a new one."""
        facts = self._as_loaded
        return Treatment(name=self.name, **facts) if facts and None not in facts.values() else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in one transaction with everything that its receivers write."""
        with transaction.atomic():
            super().save(*args, **kwargs)
        self._as_loaded = {name: getattr(self, name) for name in FACTS}

    def clean(self: Self) -> None:
        """Refuse what the constraints would, with a message at the field."""
        errors = {}
        for field, words in RANGES:
            least, most = getattr(self, f"{field}_min"), getattr(self, f"{field}_max")
            if least is not None and most is not None and least > most:
                errors[f"{field}_max"] = f"The most {words} can't be fewer than the least ({least})."
            if least == 0:
                errors[f"{field}_min"] = f"The least {words} must be 1 or more."
        for field, words in SINGLE_FACTS:
            if getattr(self, field) == 0:
                errors[field] = f"The {words} must be 1 or more."
        if errors:
            raise ValidationError(errors)


def nearest(treatments: Sequence[Treatment], page: Page | None) -> Treatment | None:
    """Return the treatment whose own page is `page` or its nearest ancestor, else the first; None without any."""
    path = page.path if page else ""
    above = [(treatment.page.path, treatment) for treatment in treatments if treatment.page is not None]
    above = [pair for pair in above if path.startswith(pair[0])]
    if above:
        return max(above, key=lambda pair: len(pair[0]))[1]
    return treatments[0] if treatments else None
