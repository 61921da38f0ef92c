"""Every page that a role can reach speaks a nurse's words: nothing of the CMS's, and “sign in” and “sign out”."""

import re
from ast import literal_eval
from collections import Counter
from gettext import GNUTranslations
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.formats import date_format, time_format
from lxml import html

from tests.factories import NOON, CaseFactory, ConsentFactory, page_of_kind
from tests.staff.rights import person, writer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BANNED = re.compile(
    r"\b(plugins?|placeholders?|slugs?|objects?|page contents?|log(ged)?[ -]?(in|out)|login|logout)\b", re.IGNORECASE
)
ROLES = ["Reception", "Nurse", "Doctor", "Owner"]
PER_VIEW = 2  # pages that are read of each view


def said(text: str) -> str:
    """What a page says, the names of its controls and hints in its boxes included."""
    tree = html.fromstring(text)
    for node in tree.xpath("//script | //style | //template"):
        node.drop_tree()
    names = tree.xpath("//@aria-label | //@title | //@alt | //@placeholder | //input[@type='submit']/@value")
    return " ".join([" ".join(tree.text_content().split()), *map(str, names)])


def reachable(browser: Client, *first: str) -> dict[str, str]:
    """The text of each page that links lead to, from these on, a few of each view."""
    waiting, read, seen = list(first), Counter[object](), {}
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        if address in seen or not parts.path.startswith(("/staff/", "/admin/")):
            continue
        view = resolve(parts.path).view_name or parts.path
        if read[view] >= PER_VIEW or view == "admin:jsi18n":
            continue
        reply = browser.get(address, follow=True)
        if not reply.headers["content-type"].startswith("text/html") or reply.streaming or not reply.content.strip():
            continue
        read[view] += 1
        seen[address] = reply.content.decode()
        for link in html.fromstring(seen[address]).xpath("//a/@href"):
            waiting.append(urljoin(address, str(link)).partition("#")[0].removeprefix("http://testserver"))
    return seen


def test_dates_and_hours_have_one_form() -> None:
    at = NOON.replace(hour=9, minute=30)
    for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"):
        assert date_format(at, name) == "1 March 2026, 09:30"
    assert [date_format(at, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")] == ["1 March 2026"] * 2
    assert time_format(at, "TIME_FORMAT") == "09:30"


def test_the_compiled_words_are_those_of_the_readable_file() -> None:
    folder = settings.LOCALE_PATHS[0] / "en_GB" / "LC_MESSAGES"
    found = re.findall(r'^msgid (".+")\nmsgstr (".+")$', (folder / "django.po").read_text(), re.MULTILINE)
    pairs = [(literal_eval(word), literal_eval(instead)) for word, instead in found]
    with (folder / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert len(pairs) > 10
    assert [(word, compiled.gettext(word)) for word, _ in pairs] == pairs


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_role_speaks_the_cms_language(role: str) -> None:
    browser = writer(role)
    CaseFactory()
    ConsentFactory()
    draft = page_of_kind("clinic", title="Prices")
    draft.versions.update(locked_by=person(role), created_by=person(role))
    pages = reachable(
        browser,
        "/staff/",
        f"/staff/pages/{draft.pk}/changes/",
        f"/staff/pages/{draft.pk}/ask/",
        f"/admin/cms/pagecontent/{draft.pk}/change/",
        f"/admin/djangocms_versioning/pagecontentversion/?page={draft.page_id}",
    )
    assert len(pages) > 15
    wrong = {address: sorted({found[0] for found in BANNED.finditer(said(text))}) for address, text in pages.items()}
    assert "\n".join(f"{address}: {words}" for address, words in wrong.items() if words) == ""
