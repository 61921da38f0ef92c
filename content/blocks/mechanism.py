"""How the treatment is meant to work, in up to four steps with drawings."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .drawings import CHOICES
from .rows import Column, RowsField


class Mechanism(Section):
    """Steps of what happens in the skin, with drawings."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    steps = RowsField(
        columns=[
            Column("drawing", "Drawing", choices=CHOICES),
            Column("title", "Title", 60),
            Column("text", "Text", 240, is_long=True),
        ],
        most=4,
        help_text="For example: Needles make tiny channels · The small injuries are meant to start the skin’s repair.",
    )


@plugin_pool.register_plugin
class MechanismPlugin(BlockPlugin):
    """How it works."""

    model = Mechanism
    name = "How it works"
    allowed_slots = ["treatment_what", "topic_body"]
    advice = (
        "Patients want to picture what happens under the skin. Say what the treatment is meant to do; how it works is "
        "not yet proof that it helps. For example: “It is meant to make the skin lay down new fibres.”"
    )
