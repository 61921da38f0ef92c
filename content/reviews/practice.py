"""Practice pages: they look and work like a topic page, and never reach a patient.

`Page.practice` leads from a page to its row here, so a list leaves them out with `page__practice=None`.
"""

from dataclasses import dataclass
from typing import Any

from cms.models import Page, PageContent
from django.conf import settings
from django.db import models
from django.db.models import Q

from . import rules

NEVER_LIVE = "This is a practice page: it never goes live. Change it as you like, then throw it away."


class PracticePage(models.Model):
    """A page that somebody practises on; each person has at most one."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="practice")
    made_by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_page")
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Practice page of {self.made_by}"


class Step(models.TextChoices):
    """A step of practice, noted when it happens on the person's practice page."""

    MADE = "MADE", "Make your practice page"
    CHANGED = "CHANGED", "Change a block on it"
    ASKED = "ASKED", "Look at what changed, then ask for sign-off"
    DISCARDED = "DISCARDED", "Throw the draft away"


class Practised(models.Model):
    """A step that somebody has done; the row stays when their practice page is deleted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practised")
    step = models.CharField(max_length=12, choices=Step)
    done_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "step"], name="practised_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="practised_is_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_step_display()}"


def publish_problem(content: PageContent) -> str:
    """Return why a version of a practice page can't be signed or go live; "" for every other page."""
    return NEVER_LIVE if PracticePage.objects.filter(page_id=content.page_id).exists() else ""


@dataclass(frozen=True)
class StepProgress:
    """A step, and whether the person has done it."""

    step: Step
    is_done: bool


def steps(user: Any) -> list[StepProgress]:
    """Return this person's steps in order; a signer doesn't practise asking for sign-off."""
    done = set(Practised.objects.filter(person=user).values_list("step", flat=True))
    own = [step for step in Step if step != Step.ASKED or not rules.may_sign(user)]
    return [StepProgress(step, step in done) for step in own]


def is_finished(user: Any) -> bool:
    """Whether this person has done all their steps."""
    return all(progress.is_done for progress in steps(user))
