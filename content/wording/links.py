"""Check that links lead to live pages, in words that say where they lead."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from content.wording.findings import Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.text import fold, parse

VAGUE = re.compile(
    r"(?:(?:click|tap|press|see|read|learn|find out|go)(?: on)? ?)?"
    r"(?:here|this|more|this link|this page|link|more here|it|page|website)?\W*"
)
STAFF_ONLY = re.compile(r"^/(?:admin|cms_login|staff)(?:/|$)")
EDITING = re.compile(r"(?:^|&)(?:edit|edit_off|structure|preview|toolbar_on|toolbar_off)(?:=|&|$)")
SUGGEST_LINK_BOX = "Choose the page from the list in the editor’s link box, or take the link out."


def check(page: PageText) -> list[Finding]:
    """Return what is wrong with the links of the page."""
    findings: list[Finding] = []
    for passage in page.passages:
        if passage.kind is Kind.ADDRESS:
            findings += _address(passage, passage.text.strip(), passage.text, page)
        for link in parse(passage).links:
            findings += _address(passage, link.address, link.words or link.address, page)
            findings += _words(passage, link.words)
    return findings


def internal_paths(page: PageText) -> set[str]:
    """Return the addresses on this site that the page links to, without query and anchor."""
    addresses = (_split(link.address) for passage in page.passages for link in parse(passage).links)
    return {
        unquote(parts.path) for parts in addresses if parts and _is_internal(parts, page) and parts.path.startswith("/")
    }


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address, or None if it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError if it is no number
    except ValueError:
        return None
    return parts


def _is_internal(parts: SplitResult, page: PageText) -> bool:
    """Whether the address leads to this site."""
    if parts.scheme not in {"", "http", "https"}:
        return False
    return not parts.netloc or parts.netloc in page.hosts or parts.hostname in page.hosts


def _address(passage: Passage, address: str, quoted: str, page: PageText) -> Iterator[Finding]:
    parts = _split(address)
    if parts is None or not address or address == "#":
        yield finding_in(Level.BLOCKING, "link-empty", passage, "This link leads nowhere.", SUGGEST_LINK_BOX, quoted)
    elif _is_internal(parts, page):
        if problem := _internal_problem(parts, page):
            yield finding_in(Level.BLOCKING, "link-broken", passage, problem, SUGGEST_LINK_BOX, quoted)
    elif parts.scheme == "http":
        problem = f"“{address}” is an address without encryption: others can see and change what is read there."
        suggestion = "Try it with https:// in its place."
        yield finding_in(Level.ADVISORY, "link-http", passage, problem, suggestion, quoted)


def _internal_problem(parts: SplitResult, page: PageText) -> str:
    """Return what is wrong with a link to this site, or ""."""
    path = unquote(parts.path)
    if STAFF_ONLY.match(path) or EDITING.search(parts.query):
        return f"“{parts.geturl()}” is for staff: patients would be asked to sign in."
    if not path:
        exists = not parts.fragment or unquote(parts.fragment) in page.anchors
        return "" if exists else f"Nothing on this page is called “#{parts.fragment}”."
    if not path.startswith("/"):
        return f"“{parts.geturl()}” is not a whole address: it should begin with / or https://."
    if path in page.live or f"{path}/" in page.live:
        return ""
    return f"“{path}” is no page that patients can read now: not published, moved or mistyped."


def _words(passage: Passage, words: str) -> Iterator[Finding]:
    if not any(character.isalnum() for character in words):
        problem = "This link has no words: nobody can see or hear it."
        yield finding_in(
            Level.BLOCKING, "link-no-words", passage, problem, "Write where it leads, or take the link out."
        )
    elif VAGUE.fullmatch(fold(words)):
        problem = f"“{words}” does not say where the link leads. Screen readers read links out by themselves."
        yield finding_in(Level.ADVISORY, "link-vague", passage, problem, "Make the words name the page.", words)
