"""Who should not be treated now, and who should speak to the clinic first."""

from cms.plugin_pool import plugin_pool
from django.db import models

from .base import BlockPlugin, Section
from .rows import Column, RowsField


class WhoShouldWait(Section):
    """Two lists: not now, and speak to us first."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    not_now = RowsField(
        columns=[Column("text", "Not now if you …", 200)],
        most=12,
        row_prefix="We do not treat you now if you",
        help_text="Finish “We do not treat you now if you …”. For example: are pregnant",
    )
    speak_first = RowsField(
        columns=[Column("text", "Speak to us first if you …", 200)],
        most=12,
        row_prefix="Speak to us first if you",
        help_text="Finish “Speak to us first if you …”. For example: have had raised or keloid scars",
    )


@plugin_pool.register_plugin
class WhoShouldWaitPlugin(BlockPlugin):
    """Who should wait."""

    model = WhoShouldWait
    name = "Who should wait"
    allowed_slots = ["treatment_risks", "topic_body"]
    advice = (
        "Patients want to find themselves in a list, in their own words, before they book. Say what waiting is for. "
        "For example: “are pregnant”; “take blood thinners (never stop a prescribed medicine yourself)”."
    )
