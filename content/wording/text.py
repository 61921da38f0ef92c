"""Turn stored text into paragraphs, sentences and words, with typographic variants made the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from content.wording.confusables import LATIN
from content.wording.findings import Passage

# Each has a bound, so that no text makes it slow.
WINDOW, OVERLAP = 800, 200  # characters of a sentence looked at together; how many of them again with the next ones
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,14})?([^<>]*)>")
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
#: Elements that begin a new line; all others, unknown ones too, stand inside one.
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e007f]"
)
VULGAR_FRACTION = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215f])")
ACCENTS = frozenset({"Mn", "Me"})  # categories of Unicode
SPACES = re.compile(r"[^\S\n]+")
#: Dashes, quotation marks and fraction bars of every kind.
VARIANTS = str.maketrans("‐‑‒–—―−⁃‘’‚‛′“”„‟″«»⁄", '--------\'\'\'\'\'"""""""/')
END = re.compile(r"[.!?]{1,4}[\"')\]]{0,3}(?=\s)|\n")
ABBREVIATION = re.compile(r"\b(?:dr|mr|mrs|ms|prof|st|vs|approx|fig|e\.g|i\.e|[a-z])\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Paragraph:
    """A run of words in one element; `tag` is empty for plain text."""

    tag: str
    text: str

    @property
    def sentences(self) -> list[str]:
        """Its sentences, in order."""
        return sentences(self.text)


@dataclass
class Link:
    """A link in rich text."""

    address: str
    words: str = ""


@dataclass
class ParsedText:
    """The paragraphs and links of a text, and the number of items in each of its lists."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)


def normalise(text: str) -> str:
    """Return `text` with entities decoded, variants of a character unified, invisible ones removed, spaces single."""
    plain = unescape(text) if "&" in text else text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", VULGAR_FRACTION.sub(" ", plain))  # "1½" is 1 1/2, not 11/2
        plain = INVISIBLE.sub("", plain).translate(VARIANTS)
    return SPACES.sub(" ", plain).strip()


def fold(text: str) -> str:
    """Return the normalised text casefolded, without accents, and in Latin letters where others look like them."""
    return _fold(text) if len(text) <= WINDOW else _fold.__wrapped__(text)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    plain = normalise(text)
    if plain.isascii():
        return plain.lower()
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if unicodedata.category(mark) not in ACCENTS)
    return bare.translate(LATIN).casefold().translate(LATIN)


def windows(sentence: str) -> list[str]:
    """Return the sentence, or overlapping parts of one that is too long for patterns that look far."""
    if len(sentence) <= WINDOW:
        return [sentence]
    return list(dict.fromkeys(sentence[at : at + WINDOW] for at in range(0, len(sentence), WINDOW - OVERLAP)))


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a new line ends one, "Dr A." does not."""
    parts, start = [], 0
    for end in END.finditer(text):
        rest = text[end.end() : end.end() + 3].lstrip(" \"'([")
        if end[0] != "\n" and (rest[:1].islower() or ABBREVIATION.search(text[max(start, end.end() - 8) : end.end()])):
            continue
        if rest[:1].isdigit() and text.endswith(("No.", "no.", "NO.", "Nr."), start, end.end()):  # "No. 1"
            continue
        parts.append(text[start : end.end()].strip())
        start = end.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def words(text: str) -> list[str]:
    """Return the words of `text`; a number counts as one, a token of a fact too."""
    return re.findall(r"\[\[[a-z-]+\]\]|[^\W_]+(?:['’.,-][^\W_]+)*", text)


def parse(passage: Passage) -> ParsedText:
    """Return the parsed text of a passage, from a cache."""
    return _parse(passage.text, passage.html)


@lru_cache(maxsize=512)
def _parse(text: str, html: str) -> ParsedText:
    if html:
        return _rich(html)
    lines = (normalise(line) for line in normalise(text).splitlines())
    return ParsedText([Paragraph("", line) for line in lines if line])


def _rich(html: str) -> ParsedText:
    parsed, tag, open_lists = ParsedText(), "", list[int]()
    words_so_far: list[str] = []
    link: Link | None = None

    def end_paragraph() -> None:
        text = normalise("".join(words_so_far)).replace("\n", " ")
        if text or tag in {"h3", "h4"}:
            parsed.paragraphs.append(Paragraph(tag, text))
        words_so_far.clear()

    for is_end, name, attributes, text in _pieces(html):
        if name == "a":
            link = None if is_end else Link(_address(attributes))
            if link is not None:
                parsed.links.append(link)
        if name in BREAKS:
            end_paragraph()
            _count_list_items(name, open_lists, parsed, is_end=is_end)
            tag = "" if is_end else name
        words_so_far.append(text)
        if link is not None:
            link.words += text
    end_paragraph()
    for each in parsed.links:
        each.words = normalise(each.words)
    return parsed


def _pieces(html: str) -> Iterator[tuple[bool, str, str, str]]:
    """Yield each tag with the text after it; first the text before any tag."""
    at, is_end, name, attributes = 0, False, "", ""
    for tag in TAG.finditer(html):
        yield is_end, name, attributes, html[at : tag.start()]
        at, is_end, name, attributes = tag.end(), bool(tag[1]), (tag[2] or "").lower(), tag[3]
    yield is_end, name, attributes, html[at:]


def _address(attributes: str) -> str:
    href = HREF.search(attributes)
    return unescape(href[1] or href[2] or href[3] or "").strip() if href else ""


def _count_list_items(name: str, open_lists: list[int], parsed: ParsedText, *, is_end: bool) -> None:
    """Count the items of each list."""
    if name in {"ul", "ol"} and not is_end:
        open_lists.append(len(parsed.lists))
        parsed.lists.append(0)
    elif name in {"ul", "ol"} and open_lists:
        open_lists.pop()
    elif name == "li" and not is_end and open_lists:
        parsed.lists[open_lists[-1]] += 1


def all_text(passages: Sequence[Passage]) -> str:
    """Return the folded text of all passages, a line for each paragraph."""
    return "\n".join(fold(paragraph.text) for passage in passages for paragraph in parse(passage).paragraphs)
