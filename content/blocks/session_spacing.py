"""A diagram of a course of sessions: when each may fall, computed from the treatment's facts."""

from types import SimpleNamespace
from typing import Any

from cms.plugin_pool import plugin_pool
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest

from content.treatment import current
from content.treatment.course import windows

from .base import BlockPlugin, Section


class SessionSpacing(Section):
    """A diagram of a course with this number of sessions; the weeks come from the treatment and are never typed."""

    quotes = ("weeks-between-sessions",)
    intro = models.TextField("introduction", max_length=600, blank=True)
    sessions = models.SmallIntegerField(
        "number of sessions",
        default=4,
        validators=[
            MinValueValidator(2, "Draw a course of 2 to 8 sessions."),
            MaxValueValidator(8, "Draw a course of 2 to 8 sessions."),
        ],
        help_text="The course that is drawn, 2 to 8. Its weeks come from the treatment’s facts.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sessions__gte=2, sessions__lte=8), name="session_spacing_two_to_eight"
            )
        ]


@plugin_pool.register_plugin
class SessionSpacingPlugin(BlockPlugin):
    """Course of sessions."""

    model = SessionSpacing
    name = "Course of sessions, drawn"
    allowed_slots = ["home_body", "topic_body"]
    advice = (
        "Patients want to see how long it all takes, so that they can plan. For example: “Each session comes "
        "[[weeks-between-sessions]] after the one before. If you are late, call us.”"
    )

    def extra_context(self, request: HttpRequest, instance: SessionSpacing, block: SimpleNamespace) -> dict[str, Any]:
        """Return the windows and the diagram: `total` weeks wide, `low` half rows high, the windows as a `fan`."""
        treatment = current.of_request(request)
        if treatment is None:
            return {"course": []}
        course = windows(instance.sessions, treatment.weeks_between_min, treatment.weeks_between_max)
        last = course[-1]
        low = 2 * len(course)
        return {
            "course": course,
            "total": last.latest,
            "low": low,
            "fan": f"0,1 {last.earliest},{low - 1} {last.latest},{low - 1}",
            "ticks": range(0, last.latest + 1, max(treatment.weeks_between_min, -(-last.latest // 6))),
        }
