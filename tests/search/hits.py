"""Reading a page of results as its reader does."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html

from content.models import Case


@dataclass(frozen=True)
class Seen:
    """A result: where it leads, and all its words."""

    url: str
    text: str


def found(typed: str) -> list[Seen]:
    """Every page of results."""
    client, url, seen = Client(), "/search/", list[Seen]()
    asked: dict[str, str] | None = {"q": typed}
    while url:
        reply = client.get(url, asked)
        assert reply.status_code == 200
        page, asked = html.fromstring(reply.content.decode()), None
        seen += [_seen(item) for one in page.find_class("search-results") for item in one.xpath("./ol/li")]
        url = next((f"/search/{link}" for link in page.xpath("//a[@rel='next']/@href")), "")
    return seen


def _seen(item: Any) -> Seen:
    return Seen(str(item.xpath("./h3/a/@href")[0]), " ".join(item.text_content().split()))


def addresses(typed: str) -> list[str]:
    """Where the results lead."""
    return [one.url for one in found(typed)]


def is_found(case: Case, typed: str = "abdomen medium brown") -> bool:
    """Whether this case is among the results."""
    return any(case.code in one.url or case.code in one.text for one in found(typed))


def main_text(reply: Any) -> str:
    """The words of the main part of the page, as they read."""
    main = html.fromstring(reply.content.decode()).get_element_by_id("main")
    return " ".join(str(main.text_content()).split())
