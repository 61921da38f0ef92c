"""A session, step by step, each step numbered, with a drawing on another skin tone."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .drawings import CHOICES
from .rows import Column, RowsField


class SessionSteps(Section):
    """The steps of a session in their order."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    steps = RowsField(
        columns=[
            Column("drawing", "Drawing", choices=CHOICES),
            Column("title", "Step", 60),
            Column("text", "What happens, and how it feels", 360, is_long=True),
        ],
        most=8,
        help_text="For example: Numbing cream, then gel · The cream stays on for [[numbing-minutes]].",
    )


@plugin_pool.register_plugin
class SessionStepsPlugin(BlockPlugin):
    """Session, step by step."""

    model = SessionSteps
    name = "Session, step by step"
    allowed_slots = ["topic_body"]
    advice = (
        "Patients want to know what is done, how it feels and how their own skin will look. Begin with what everyone "
        "feels, then name the colour on brown and black skin too. For example: “Your skin feels warm and tight.”"
    )
