"""The narrow HTML of prose: paragraphs, headings 3 and 4, lists, bold, italic, raised and lowered letters, links."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

import nh3
from django.db import models
from django.forms import Form, ModelForm
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from djangocms_text.fields import HTMLField, HTMLFormField

from content.pasting.converter import Result, convert

INLINE_TAGS = {"strong", "em", "sub", "sup", "a"}
TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", *INLINE_TAGS}
SPACE = re.compile(r"[ \t\r\n]+")
LINE_ENDS = re.compile(r"</(?:p|h[1-6]|li)>|<(?:ul|ol|br)\s*/?>")
SCHEMES = {"https", "http", "mailto", "tel"}


def clean(html: str) -> str:
    """Return `html` reduced to the tags and attributes that prose may hold, with its words kept apart.

    What holds others is converted first. Removing an element can leave its neighbours nested in a way that parses
    differently, so cleaning is repeated until nothing changes.
    """
    if not is_clean(html):
        html = convert(html).html
    while (cleaned := _cleaned_once(html)) != html:
        html = cleaned
    return cleaned


def is_clean(html: str) -> bool:
    """Whether `html` holds nothing but what prose may hold."""
    return _cleaned_once(html) == html


def _cleaned_once(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


def normalise_html(html: str) -> str:
    """Return a normal form of `html`: no space between blocks, no paragraphs inside list items.

    The editor rewrites the markup of an unchanged text when it is saved; both forms normalise to the same.
    """
    reader = _Normaliser()
    reader.feed(clean(html))
    reader.close()
    return "".join(reader.parts).strip()


def text_lines(html: str) -> list[str]:
    """Return the text of `html` without markup, a line for each paragraph, heading, list item or line break."""
    lines = strip_tags(LINE_ENDS.sub("\n", SPACE.sub(" ", html))).split("\n")
    return [words for line in lines if (words := unescape(line).strip())]


class _Normaliser(HTMLParser):
    """Collects the parts of the normal form."""

    BLOCKS = TAGS - INLINE_TAGS

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.items = 0  # depth of nested list items

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the tag; a paragraph inside a list item becomes a line break, or nothing at its beginning."""
        self.items += tag == "li"
        if tag in self.BLOCKS:
            self._end_words()
        if tag == "p" and self.items:
            if not self.parts[-1].startswith("<li"):
                self.parts.append("<br>")
            return
        attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.parts.append(f"<{tag}{attributes}>")

    def handle_endtag(self, tag: str) -> None:
        """Write the end tag, unless it is that of a paragraph inside a list item."""
        self.items -= tag == "li"
        if tag in self.BLOCKS:
            self._end_words()
        if not (tag == "p" and self.items):
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write the text with single spaces, and none at the beginning of a block."""
        words = SPACE.sub(" ", data)
        if not self.parts or re.match(rf"</?({'|'.join(self.BLOCKS)})\b", self.parts[-1]):
            words = words.lstrip(" ")
        if words:
            self.parts.append(escape(words, quote=False))

    def _end_words(self) -> None:
        if self.parts and not self.parts[-1].startswith("<"):
            self.parts[-1] = self.parts[-1].rstrip(" ")
            if not self.parts[-1]:
                self.parts.pop()


class RichTextFormField(HTMLFormField):
    """The box of rich text; `left_out` is the sentence on what was left out of the text that was sent."""

    left_out = ""

    def clean(self, value: Any) -> Any:
        """Return the text converted, before the editor's own cleaning takes marks out and joins words."""
        text = str(value or "")
        result = Result(text) if is_clean(text) else convert(text)
        self.left_out = result.sentence
        return super().clean(result.html)


def sentences_on_left_out(form: Form | ModelForm) -> list[str]:
    """Return what was left out of the rich text in this form, a sentence or more for each box."""
    return [field.left_out for field in form.fields.values() if isinstance(field, RichTextFormField) and field.left_out]


class RichTextField(HTMLField):
    """Rich text, cleaned whenever it is saved."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return the box that says what it left out."""
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Return the value cleaned, its words kept apart."""
        return super().clean(clean(str(value or "")), model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Return the value cleaned."""
        return value if value is None else super().get_prep_value(clean(str(value)))

    def from_db_value(self, value: Any, expression: Any, connection: Any, context: Any = None) -> Any:
        """Mark stored text as safe for templates: it was cleaned when saved."""
        return value if value is None else mark_safe(value)  # noqa: S308  cleaned in get_prep_value

    def normalised(self, value: str) -> str:
        """Return the normal form, by which two texts that read the same are equal."""
        return normalise_html(str(value))

    def as_lines(self, value: str) -> list[str]:
        """Return the text, a line for each paragraph, heading or list item."""
        return text_lines(str(value))

    def deconstruct(self) -> Any:
        """Appear in migrations as a plain text field."""
        name, _, args, kwargs = models.TextField.deconstruct(self)
        return name, "django.db.models.TextField", args, kwargs
