"""One of the site's own drawings with its alternative text, labelled as an illustration."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .drawings import CHOICES


class Picture(Section):
    """A drawing with its alternative text and an optional caption."""

    drawing = models.CharField(max_length=40, choices=CHOICES)
    alt = models.CharField(
        "what it shows",
        max_length=250,
        help_text="For readers who can’t see it: area, view, skin tone, what is seen. For example: Belly, front "
        "view, medium brown skin. About 20 upright pale lines below the belly button.",
    )
    caption = models.CharField(max_length=200, blank=True)


@plugin_pool.register_plugin
class PicturePlugin(BlockPlugin):
    """Picture."""

    model = Picture
    name = "Picture (drawing)"
    allowed_slots = [
        "home_hero",
        "home_body",
        "treatment_what",
        "treatment_where",
        "treatment_results",
        "topic_body",
        "clinic_body",
    ]
    advice = (
        "Patients want to see skin like theirs, truly. Never promise in a picture what words may not. "
        "For example, what it shows: “Six skin tones side by side, the same stretch marks on each.”"
    )
