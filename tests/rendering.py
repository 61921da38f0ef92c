"""Seeing a block as a patient does, and filling in its form as staff do."""

import re
from html import unescape
from typing import Any

from cms.models import PageContent, Placeholder
from django.test import Client
from django.urls import reverse
from lxml import html

from content.blocks.base import Block
from content.reviews import rules
from tests.factories import LANGUAGE, author, signed

Element = html.HtmlElement
# What the CMS has read from addresses in this version and earlier ones; written out, so that a word the site forgets shows.
TOOLBAR_WORDS = [
    "edit",
    "edit_off",
    "structure",
    "preview",
    "toolbar_on",
    "toolbar_off",
    "toolbar_persist",
    "persist",
    "disable_toolbar",
]


def publish(draft: PageContent) -> None:
    """As a doctor's button does: a medical page is signed first."""
    if rules.needs_signature(draft):
        signed(draft)
    draft.versions.get().publish(author())


def address(draft: PageContent) -> str:
    """Where visitors find it."""
    url: str = draft.page.get_absolute_url(LANGUAGE)
    return url


def seen(block: Block) -> Element:
    """The whole page of `block`, published and fetched by a visitor, as a tree."""
    draft = block.placeholder.source
    version = draft.versions.get()
    if version.state == "draft":
        publish(draft)
    response = Client().get(address(draft))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def body_of(reply: Any) -> bytes:
    """What was sent, read to its end: closing a file's reply by hand would close PostgreSQL's connection as well."""
    return b"".join(reply) if reply.streaming else reply.content


def main_of(tree: Element) -> Element:
    """What stands between header and footer."""
    return tree.get_element_by_id("main")


def text_of(element: Element) -> str:
    """Its words, with single spaces."""
    return " ".join(" ".join(element.itertext()).split())


def shown(block: Block) -> Element:
    """The block's own wrapper on its page."""
    css = type(block.get_plugin_instance()[1]).noun().replace("_", "-")
    found = [one for one in main_of(seen(block)).find_class(css) if "block" in one.classes]
    assert len(found) == 1, f"{css}: {len(found)} found"
    return found[0]


def filled_in(block_values: dict[str, Any]) -> dict[str, str]:
    """What a browser sends for these values: rows as one box a cell."""
    data: dict[str, str] = {}
    for name, value in block_values.items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                data[f"{name}-{number}-order"] = str(number + 1)
                data |= {f"{name}-{number}-{key}": text for key, text in row.items()}
        elif value is True:
            data[name] = "on"
        elif value is not False:
            data[name] = str(value)
    return data


def add_form(
    client: Client, placeholder: Placeholder, model: type[Block], data: dict[str, str], parent: Any = ""
) -> Any:
    """POST the form that adds a block of this kind to the slot."""
    query = {
        "cms_path": "/",
        "placeholder_id": placeholder.pk,
        "plugin_type": f"{model.__name__}Plugin",
        "plugin_language": LANGUAGE,
        "plugin_position": placeholder.get_next_plugin_position(LANGUAGE, insert_order="last"),
    }
    if parent:
        query["plugin_parent"] = parent.pk
    return client.post(reverse("admin:cms_placeholder_add_plugin", query=query), data)


def opened(client: Client, url: str) -> dict[str, str]:
    """What a form that is opened now carries unseen; to be sent with what is typed into it."""
    tree = html.fromstring(client.get(url).content.decode())
    return {"opened_as": next(str(box.get("value")) for box in tree.iter("input") if box.get("name") == "opened_as")}


def complaints(response: Any) -> list[str]:
    """The sentences that the form answers with; the form must still be there."""
    assert response.status_code == 200, response.content[:400]
    tree = html.fromstring(response.content.decode())
    return [text_of(item) for error_list in tree.find_class("errorlist") for item in error_list.iter("li")]


def typed(response: Any) -> set[str]:
    """All that stands in the form's boxes."""
    tree = html.fromstring(response.content.decode())
    boxes = [box.get("value", "") for box in tree.iter("input")]
    return {*boxes, *((box.text or "").lstrip("\n") for box in tree.iter("textarea"))}


def unescaped(response: Any) -> str:
    """The reply's text with the escapes of HTML and of the data for scripts undone."""
    text = unescape(response.content.decode())
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
