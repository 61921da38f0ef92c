"""Our treatment page, made into a page for a peer: the same words, the same number of blocks and the same photographs."""

import hashlib
import json
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

from lxml.html import HtmlElement, fromstring

from .servers import Server

TEXTS = ("h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td")
BLOCKS = """
from cms.models import CMSPlugin, PageContent
content = PageContent.objects.get(page__reverse_id="treatment")
print(CMSPlugin.objects.filter(placeholder__in=content.get_placeholders()).count())
"""


@dataclass(frozen=True)
class Article:
    """A page's title, the titles in the menu, blocks of simple HTML, and files of pictures."""

    title: str
    menu: list[str]
    blocks: list[str]
    pictures: list[Path]

    def digest(self, program: str) -> str:
        """The same for the same words, laid out by the same program."""
        told = [self.title, self.menu, self.blocks, Path(program).read_text()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]

    def write(self, folder: Path) -> None:
        """As one JSON file, for a program in another environment."""
        told = {
            "title": self.title,
            "menu": self.menu,
            "blocks": self.blocks,
            "pictures": list(map(str, self.pictures)),
        }
        (folder / "article.json").write_text(json.dumps(told))


def check(server: Server, article: Article, tag: str = "<img") -> None:
    """End where a peer's page lacks a block or a picture: a page that failed would be a cheap one."""
    body = server.fetched(is_plain=True)[2].decode()
    shown = " ".join(fromstring(body).text_content().split())
    wanted = [" ".join(fromstring(f"<div>{one}</div>").find("*").text_content().split()) for one in article.blocks]
    lost = [words for words in wanted if words not in shown]
    if lost or body.count(tag) != len(article.pictures):
        raise SystemExit(f"{server.name} shows {body.count(tag)} pictures and lacks {len(lost)} blocks: {lost[:2]}")


def article(server: Server, blocks: int, folder: Path) -> Article:
    """What our page says, in so many blocks, of which each photograph is one."""
    tree = fromstring(server.fetched(is_plain=True)[2].decode())
    main = tree.get_element_by_id("main")
    files = []
    for number, image in enumerate(main.xpath(".//picture//img")):
        file = folder / f"picture-{number}.jpg"
        file.write_bytes(server.fetched(urljoin(server.path, image.get("src")))[2])
        files.append(file)
    menu = [" ".join(one.text_content().split()) for one in tree.xpath("//header//nav//a")]
    title = " ".join(tree.find(".//h1").text_content().split())
    return Article(title, menu, cut(paragraphs(main), blocks - len(files)), files)


def paragraphs(main: HtmlElement) -> list[str]:
    """All words of the page as headings and paragraphs."""
    found = []
    for one in main.iter(*TEXTS):
        words = " ".join(one.text_content().split())
        if words and next(one.iterdescendants(*TEXTS), None) is None:
            tag = one.tag if one.tag in {"h2", "h3", "h4"} else "p"
            found.append(f"<{tag}>{escape(words)}</{tag}>")
    return found


def cut(parts: list[str], pieces: int) -> list[str]:
    """The parts in order, joined to so many pieces of nearly the same number of parts."""
    ends = [round(number * len(parts) / pieces) for number in range(pieces + 1)]
    return ["".join(parts[begin:end]) for begin, end in pairwise(ends)]
