"""The areas of the body where stretch marks appear, with drawings, and the reasons for them."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .drawings import CHOICES
from .rows import Column, RowsField


class BodyAreas(Section):
    """Areas of the body with a drawing each, and a list of reasons below."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    areas = RowsField(
        columns=[
            Column("drawing", "Drawing", choices=CHOICES),
            Column("title", "Area", 60),
            Column("text", "Where on it", 160),
        ],
        most=8,
        help_text="For example: Hips · Curving round the side, towards the back",
    )
    reasons_heading = models.CharField("heading of the reasons", max_length=80, blank=True)
    reasons = RowsField(
        columns=[Column("title", "Reason", 60), Column("text", "What happens", 240, is_long=True)],
        least=0,
        most=10,
        help_text="For example: Pregnancy · The skin of the belly and breasts stretches",
    )


@plugin_pool.register_plugin
class BodyAreasPlugin(BlockPlugin):
    """Body areas."""

    model = BodyAreas
    name = "Body areas and reasons"
    allowed_slots = ["treatment_where", "topic_body"]
    advice = (
        "Patients want to see that their area is ordinary, on skin like theirs, whatever their gender. Say when marks "
        "are a reason to see a doctor. For example: “Marks that appear without a reason: ask your GP.”"
    )
