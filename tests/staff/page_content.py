"""A page of the staff's as they read it."""

from django.test import Client
from lxml import html

Element = html.HtmlElement


def main_of(browser: Client, address: str) -> Element:
    """The part of the page between head and foot."""
    reply = browser.get(address)
    assert reply.status_code == 200, address
    return main_in(reply.content.decode())


def main_in(text: str) -> Element:
    """The same, of a page that is there already."""
    return html.fromstring(text).find(".//main")


def of_class(node: Element, name: str) -> list[Element]:
    """The elements of this class inside `node`, in their order."""
    return list(node.find_class(name))


def words(node: Element) -> str:
    """What it says, with single spaces."""
    return " ".join(node.text_content().split())


def links(node: Element) -> list[str]:
    """Where its links lead."""
    return [str(address) for address in node.xpath(".//a/@href")]
