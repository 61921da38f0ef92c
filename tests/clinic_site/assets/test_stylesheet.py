"""The stylesheet inside pages; that browsers take it is tested on the running site (`tests/browser`)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from clinic_site.assets import stylesheet
from clinic_site.assets.storage import STYLESHEET, AssetStorage, flatten, is_own_style
from clinic_site.assets.stylesheet import StylesheetPart
from content.publishing.page_cache_builder import cacheable_urls
from tests.factories import (
    DAY,
    AreaAdviceFactory,
    CaseFactory,
    CaseGalleryFactory,
    TopicLinkFactory,
    page_of_kind,
    slot_of,
)
from tests.rendering import publish
from tests.suitability import test_views as suitability

STATES = (
    "/plan-your-sessions/?first=2027-01-11&sessions=4&from1=2027-02-01&to1=2027-02-20&sun1=on",
    "/plan-your-sessions/?first=1",
    "/before-and-after/?area=no-such",
    "/search/?q=strech",
    "/search/?q=pain",
    "/search/?q=zzzzzz",
    "/microneedling-for-stretch-marks/aftercare/?area=thighs&size=large",
    "/no-such-page/",
)
ROOT = Path(__file__).resolve().parents[3]
#: What staff see, the end of a longer menu, and photographs of the clinic's own.
UNSEEN = {"staff-note", "staff-bar", "menu-more", "session-notice", "undo-notice", "portrait", "focal"}
NAME = re.compile(r"\.([a-z][a-z0-9-]*)|(?<![\w.-])([a-z]+-[a-z-]+)")
EITHER = re.compile(r":(?:is|not|where)\([^()]*\)")
RULE = re.compile(r"([^{}]*)([{}])")
COMMA = re.compile(r",(?![^(]*\))")


def names_of_selectors(css: str) -> Iterator[frozenset[str]]:
    """The classes and custom elements that each selector of the outermost rules asks for all together."""
    above: list[str] = []
    for text, brace in RULE.findall(css):
        if brace == "}":
            above.pop()
            continue
        head = text.rpartition(";")[2].strip()
        if not head.startswith("@") and all(one.startswith("@") for one in above):
            for selector in COMMA.split(EITHER.sub("", head)):
                yield frozenset(name for found in NAME.findall(selector) for name in found if name)
        above.append(head)


@pytest.fixture
def parts(tmp_path: Path) -> tuple[StylesheetPart, ...]:
    """The files of the stylesheet as they are built."""
    paths = {path: (storage, path) for finder in finders.get_finders() for path, storage in finder.list([])}
    return stylesheet.split(AssetStorage(location=tmp_path, base_url="/static/").bundle(STYLESHEET, paths))


@pytest.fixture
def public_pages(today: None, incomplete_pages: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The HTML of every public page, with cases in the gallery, and of what tools answer."""
    monkeypatch.setattr("content.search.views.PAGE_SIZE", 1)
    CaseFactory()
    CaseFactory(is_covered=True)
    slot = slot_of(page_of_kind("topic"), "topic_body")
    for block in (CaseGalleryFactory, TopicLinkFactory, AreaAdviceFactory):
        block(placeholder=slot)
    publish(slot.source)
    client = Client()
    replies = {url: client.get(url) for url in [*cacheable_urls(DAY), *STATES]}
    replies |= {f"answer {yes}": suitability.send(suitability.filled(*yes)) for yes in [(), (1,), (4,)]}
    replies["answer missing"] = suitability.send(suitability.form()[0])
    replies["no words"] = client.post("/was-this-clear/words/", {}, headers=suitability.HERE)
    return {url: one.content.decode() for url, one in replies.items() if one["Content-Type"].startswith("text/html")}


def test_archived_page_links_to_the_stylesheet_and_has_no_script() -> None:
    page = '<head><style>a{color:red}\nb{}</style><script type="module">go()</script><title>A</title></head><p>Text</p>'
    link = '<link rel="stylesheet" href="/static/css/site.css">'
    assert stylesheet.with_linked_stylesheet(page) == f"<head>{link}<title>A</title></head><p>Text</p>"


def test_where_no_style_is_built_pages_link_to_it_and_the_policy_names_no_hash(client: Client, db: None) -> None:
    reply = client.get("/")
    assert '<link rel="stylesheet" href="/static/css/site.css"><script type="module" src="/static/js/site.js">' in (
        reply.content.decode()
    )
    assert "sha256" not in reply["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ("<p>Text</p>", ["@layer a, b;", "every"]),
        ('<p class="small note">', ["@layer a, b;", "every", "note"]),
        ('<p class="notes">note', ["@layer a, b;", "every"]),
        ("<before-after><p class='x'>", ["@layer a, b;", "every", "before"]),
        ('<case-filters data-style="big tag">', ["@layer a, b;", "every", "note"]),
    ],
)
def test_a_page_needs_the_files_that_are_for_one_of_its_classes_or_elements(html: str, files: list[str]) -> None:
    parts = stylesheet.split("@layer a, b;\n/* why */\n/**/\nevery\n/*note tag*/\nnote\n/*before-after*/\nbefore\n")
    assert [part.text for part in stylesheet.needed(parts, stylesheet.names_in(html))] == files


def test_a_file_is_for_the_classes_named_behind_its_import_else_for_its_name(parts: tuple[StylesheetPart, ...]) -> None:
    names = [part.names for part in parts]
    assert names[:4] == [set(), set(), set(), set()]  # the layers, tokens, base and layout: on every page
    assert {"hero"} in names
    assert {"card", "cards", "tag"} in names


def nested(css: str) -> list[str]:
    """The heads of rules inside other rules, and conditions that phones without nesting don't know."""
    above: list[str] = []
    found = [condition for condition in ("@media not (", "&") if condition in css]
    for text, brace in RULE.findall(css):
        if brace == "}":
            above.pop()
            continue
        head = text.rpartition(";")[2].strip()
        found += [f"{above[-1]} {{ {head}" for outer in above if not outer.startswith("@")]
        above.append(head)
    return found


def test_built_styles_are_ones_that_old_phones_understand(parts: tuple[StylesheetPart, ...]) -> None:
    sources = {path: storage for finder in finders.get_finders() for path, storage in finder.list([])}
    others = {path: Path(storage.path(path)).read_text() for path, storage in sources.items() if is_own_style(path)}
    assert {"css/staff.css", "css/alone.css", "css/guide.css"} <= others.keys()
    assert nested(others["css/staff.css"])  # it is written with nesting, and built without
    assert [found for part in parts for found in nested(part.text)] == []
    assert [found for css in others.values() for found in nested(flatten(css))] == []


def test_colours_for_light_and_dark_follow_the_scheme_that_the_same_file_sets() -> None:
    built = flatten((ROOT / "static/css/staff.css").read_text())
    assert "var(--lightningcss-dark," in built
    for scheme in ("html:root{", "html:root[data-theme=light]{", "html:root[data-theme=dark]{"):
        assert f"{scheme}--lightningcss-light:" in built


def test_rules_keep_their_meaning_when_they_are_flattened() -> None:
    nested_css = ".a, b .c { & :is(d, e) { x: y } &[f]::before { x: z } .g & { x: 0 } }"
    assert flatten(nested_css) == (":is(.a,b .c) :is(d,e){x:y}:is(.a,b .c)[f]:before{x:z}.g :is(.a,b .c){x:0}")


def test_no_public_page_lacks_a_file_that_styles_what_it_shows(
    parts: tuple[StylesheetPart, ...], public_pages: dict[str, str]
) -> None:
    lacking, seen = [], set()
    for url, html in public_pages.items():
        names = stylesheet.names_in(html)
        taken = stylesheet.needed(parts, names)
        seen |= set(taken)
        others = [(part, wanted) for part in parts if part not in taken for wanted in names_of_selectors(part.text)]
        lacking += [(url, sorted(part.names), sorted(wanted)) for part, wanted in others if wanted <= names]
    assert lacking == []
    assert {name for part in parts if part not in seen for name in part.names} <= UNSEEN
