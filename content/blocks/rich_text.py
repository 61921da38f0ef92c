"""The narrow HTML of prose: paragraphs, headings 3 and 4, lists, bold, italic and links; nothing else is kept."""

from typing import Any

import nh3
from django.db import models
from django.utils.safestring import mark_safe
from djangocms_text.cms_plugins import TextPlugin
from djangocms_text.fields import HTMLField
from djangocms_text.html import cms_parser

TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a"}
SCHEMES = {"https", "http", "mailto", "tel"}


def clean(html: str) -> str:
    """`html` with everything outside the narrow set gone; cleaning twice changes nothing more.

    Taking an element out can leave its neighbours nested in a way that is read differently, so it is repeated until
    nothing changes.
    """
    while (cleaned := _cleaned_once(html)) != html:
        html = cleaned
    return cleaned


def _cleaned_once(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


def narrow_the_editor() -> None:
    """Take `style` from what the editor's own cleaner lets through, and its free-form plugin out of every slot.

    Every block is typed; a free-form one would go round the rules of all others. The plugin stays registered because
    the editor's link box asks it for the site's pages. Called once, when the apps are ready.
    """
    cms_parser.ALLOWED_ATTRIBUTES["*"].discard("style")
    TextPlugin.allowed_slots = []


class RichTextField(HTMLField):
    """Rich text that is cleaned on every way into the database."""

    def get_prep_value(self, value: Any) -> Any:
        """Clean what is stored."""
        value = super().get_prep_value(value)
        return value if value is None else clean(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any, context: Any = None) -> Any:
        """Stored text is clean, so templates may show it as it is."""
        return value if value is None else mark_safe(value)  # noqa: S308  cleaned in get_prep_value

    def deconstruct(self) -> Any:
        """A plain text field to migrations."""
        name, _, args, kwargs = models.TextField.deconstruct(self)
        return name, "django.db.models.TextField", args, kwargs
