"""Every state of a photograph × every address that could show it: only approved and in force answers 200."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cms.api import add_plugin
from cms.models import Page, PageContent
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from clinic_site.page_cache import store
from content.gallery import photographs
from content.gallery.approval import end_approval
from content.gallery.withdrawal import delete_case, finish_due, withdraw
from content.images import specs
from content.models import Case, CasePhoto, Consent, EverPublic
from content.search import index
from tests.factories import (
    DAY,
    LANGUAGE,
    NOON,
    CaseFactory,
    PairFactory,
    PhotoFactory,
    on_the_shelf,
    page_of_kind,
    slot_of,
)
from tests.publishing.wire import from_tree, made
from tests.rendering import body_of
from tests.sizes import tries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.database_full]
GUESSES = tries(30, 100, "GUESSES")  # 1,000,000 takes hours, and finds as much
YESTERDAY = DAY - timedelta(days=1)
NURSE = photographs.Actor("nurse", NOON)
Shown = tuple[str, str]  # a case's code and a photograph's token


def on_shelf(case: Case) -> Case:
    for kept in CasePhoto.objects.filter(case=case):
        on_the_shelf(kept.photo)
    return case


def names(case: Case) -> Shown:
    return case.code, case.pairs.get().before.token


def loose_photo() -> Shown:
    photo = PhotoFactory()
    on_the_shelf(photo)
    return Case().code, photo.token


def uploaded() -> Shown:
    case = CaseFactory(approved_at=None, pairs=0)
    photo = PhotoFactory()
    CasePhoto.objects.create(case=case, photo=photo)
    on_the_shelf(photo)
    return case.code, photo.token


def state(**values: Any) -> Callable[[], Shown]:
    return lambda: names(on_shelf(CaseFactory(**values)))


def afterwards(verb: Callable[[Case], object]) -> Callable[[], Shown]:
    def make() -> Shown:
        case = on_shelf(CaseFactory())
        found = names(case)
        verb(case)
        return found

    return make


def expired() -> Shown:
    """It was public until yesterday."""
    case = on_shelf(CaseFactory())
    Consent.objects.filter(pk=case.consent.pk).update(expires_on=YESTERDAY)
    return names(case)


def replaced() -> Shown:
    """The pair was taken apart, another photograph took the place of one, and a doctor approved again."""
    case = on_shelf(CaseFactory())
    _, token = names(case)
    photographs.unpair(case.pairs.get(), NURSE)
    on_shelf_again = PairFactory(case=case)
    for photo in on_shelf_again.photos:
        on_the_shelf(photo)
    Case.objects.filter(pk=case.pk).update(
        approved_at=NOON, is_own_patient=True, is_this_treatment_only=True, is_unretouched=True
    )
    return "", token


def deleted_photo() -> Shown:
    case = on_shelf(CaseFactory())
    code, token = names(case)
    photographs.unpair(case.pairs.get(), NURSE)
    photographs.remove(CasePhoto.objects.get(photo__token=token), NURSE)
    return code, token


def in_a_draft() -> Shown:
    """Not approved, and chosen on a draft and on a published page."""
    code, token = names(on_shelf(CaseFactory(approved_at=None)))
    draft = page_of_kind("home", title="A draft")
    add_plugin(slot_of(draft, "home_body"), "CaseGalleryPlugin", LANGUAGE, cases=[{"code": code}])
    return code, token


GONE, UNKNOWN, SHOWN = 410, 404, 200
STATES: dict[str, tuple[Callable[[], Shown], int]] = {
    "never a photograph": (lambda: (Case().code, "0" * 32), UNKNOWN),
    "arrived": (loose_photo, UNKNOWN),
    "uploaded": (uploaded, UNKNOWN),
    "no consent": (state(approved_at=None, consent=None), UNKNOWN),
    "ready": (state(approved_at=None), UNKNOWN),
    "in a draft": (in_a_draft, UNKNOWN),
    "for teaching alone": (state(consent__for_website=False, consent__for_search=False), UNKNOWN),
    "withdrawn before it was approved": (state(approved_at=None, consent__withdrawn_at=NOON), UNKNOWN),
    "approved": (state(), SHOWN),
    "approved and covered": (state(is_covered=True), SHOWN),
    "last day": (state(consent__expires_on=DAY), SHOWN),
    "withdrawn": (afterwards(lambda case: withdraw(case.consent, actor="x", now=NOON)), GONE),
    "withdrawn, files still there": (state(consent__withdrawn_at=NOON), GONE),
    "expired": (expired, GONE),
    "expired and settled": (lambda: (expired(), finish_due(now=NOON, on=DAY))[0], GONE),
    "approval ended": (afterwards(lambda case: end_approval(case, actor="x", now=NOON, because="x")), GONE),
    "replaced": (replaced, GONE),
    "photograph deleted": (deleted_photo, GONE),
    "case deleted": (afterwards(lambda case: delete_case(case, actor="x", now=NOON)), GONE),
}

WIDTHS = [*specs.widths_for(800), *specs.WIDTHS[3:], 321]
RENDITIONS = {
    f"{width}.{one.suffix}": f"/photographs/{{token}}/{width}.{one.suffix}" for width in WIDTHS for one in specs.FORMATS
}
#: Addresses that name a case or a photograph, and what each answers while it may be shown.
NAMED: dict[str, tuple[str, int]] = {
    "original": ("/photographs/{token}/original/", UNKNOWN),
    "preview": ("/photographs/{token}/preview/", UNKNOWN),
    **{
        name: (url, SHOWN if int(name.split(".")[0]) in specs.widths_for(800) else UNKNOWN)
        for name, url in RENDITIONS.items()
    },
    "svg": ("/photographs/{token}/320.svg", UNKNOWN),
    "case": ("/before-and-after/{code}/", SHOWN),
    "pictures": ("/before-and-after/{code}/pictures/", SHOWN),
    "social card": ("/cards/case-{code}.png", SHOWN),
}
STAFF_ONLY = {"original", "preview"}
#: Pages that may show it among others: 200 always.
LISTS = [
    "/before-and-after/",
    "/before-and-after/?area=abdomen&skin=medium-brown&page=1",
    "/microneedling-for-stretch-marks/",
    "/",
]


@pytest.fixture
def pages(db: None, var: Path) -> None:
    """The gallery's page is published, and a block on the home page shows the newest cases."""
    home = PageContent.objects.get(page__reverse_id="home")
    add_plugin(slot_of(home, "home_body"), "CaseGalleryPlugin", LANGUAGE, how_many=12)
    assert Page.objects.filter(reverse_id="gallery").exists()


@pytest.mark.parametrize("name", STATES)
def test_no_address_shows_what_may_not_be_shown(name: str, pages: None) -> None:
    twin = on_shelf(CaseFactory())
    make, expected = STATES[name]
    code, token = make()
    client = Client()
    for address, (url, when_shown) in NAMED.items():
        if "{code}" in url and not code:
            continue
        reply = client.get(url.format(code=code, token=token))
        body = body_of(reply)
        if address in STAFF_ONLY:
            want = UNKNOWN
        elif expected == SHOWN:
            want = when_shown
            if address == "pictures" and not Case.objects.get(code=code).has_cover:
                want = 302
        else:
            want = expected
        assert reply.status_code == want, (name, address)
        if want != SHOWN:
            assert token.encode() not in body, (name, address)
            assert not body.startswith((b"\xff\xd8", b"RIFF", b"\x89PNG")), (name, address)
    for url in LISTS:
        reply = client.get(url)
        assert reply.status_code == 200
        text = reply.content.decode()
        is_covered = "covered" in name
        if code:
            assert (f"/before-and-after/{code}/" in text) is (expected == SHOWN), (name, url)
        assert (f"/photographs/{token}/" in text) is (expected == SHOWN and not is_covered), (name, url)
        assert twin.code in text, (name, url)


@pytest.mark.parametrize("name", STATES)
def test_sitemap_and_structured_data_tell_only_of_what_is_shown_and_may_be_searched(name: str, pages: None) -> None:
    twin = on_shelf(CaseFactory())
    make, expected = STATES[name]
    code, token = make()
    client = Client()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert twin.code in sitemap
    assert names(twin)[1] in sitemap
    if code:
        assert (f"/before-and-after/{code}/" in sitemap) is (expected == SHOWN)
    assert (f"/photographs/{token}/" in sitemap) is (expected == SHOWN and "covered" not in name)
    if expected == SHOWN:
        data = client.get(f"/before-and-after/{code}/").content.decode().split("application/ld+json")[1]
        assert (token in data) is ("covered" not in name)


@pytest.mark.parametrize("name", STATES)
def test_search_finds_only_what_is_shown_and_names_no_photograph(name: str, pages: None) -> None:
    twin = on_shelf(CaseFactory())
    make, expected = STATES[name]
    code, token = make()
    index.index_cases([one for one in (twin.code, code) if one])
    replies = [Client().get("/search/", {"q": typed}) for typed in ("abdomen medium brown skin picture", code, token)]
    text = replies[0].content.decode()
    assert twin.code in text
    if code:
        assert (f"/before-and-after/{code}/" in text) is (expected == SHOWN)
    for reply in replies:
        assert reply.status_code == 200
        assert "/photographs/" not in reply.content.decode()
    assert token not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_the_published_tree_keeps_only_what_may_be_shown(name: str, pages: None) -> None:
    twin = on_shelf(CaseFactory())
    make, expected = STATES[name]
    code, token = make()
    urls = [f"/before-and-after/{one}/" for one in (twin.code, code) if one]
    kept = made(*LISTS[:1], "/", "/sitemap.xml", *urls, *(f"{url}pictures/" for url in urls))
    assert urls[0] in kept
    if code:
        assert (urls[1] in kept) is (expected == SHOWN)
    for url in kept:
        text = from_tree(url).body.decode()
        is_covered = "covered" in name and not url.endswith("pictures/")
        if token in text:
            assert expected == SHOWN, url
            assert not is_covered, url
        if url in LISTS:
            assert twin.code in text
            assert (bool(code) and f"/before-and-after/{code}/" in text) is (bool(code) and expected == SHOWN)
    assert names(twin)[1] in from_tree(urls[0]).body.decode()
    tree = store.load(store.active_name())
    assert tree is not None
    assert (token in tree.outage_data["photographs"]) is (expected == SHOWN)
    assert names(twin)[1] in tree.outage_data["photographs"]


def test_without_consent_to_search_a_case_is_in_neither_sitemap_nor_structured_data(pages: None) -> None:
    case = on_shelf(CaseFactory(consent__for_search=False))
    code, token = names(case)
    sitemap = Client().get("/sitemap.xml").content.decode()
    assert code not in sitemap
    assert token not in sitemap
    data = Client().get(f"/before-and-after/{code}/").content.decode().split("application/ld+json")[1]
    assert "ImageObject" not in data


def test_never_public_and_never_existed_get_the_same_answer(pages: None) -> None:
    """nothing in it tells one from the other: neither status, headers nor words."""
    hidden_code, hidden_token = STATES["ready"][0]()
    for url in (
        "/photographs/{token}/320.jpg",
        "/photographs/{token}/original/",
        "/before-and-after/{code}/",
        "/cards/case-{code}.png",
    ):
        replies = [
            Client().get(url.format(code=code, token=token))
            for code, token in ((hidden_code, hidden_token), (Case().code, "f" * 32))
        ]
        assert [reply.status_code for reply in replies] == [404, 404]
        assert replies[0].content == replies[1].content
        assert dict(replies[0].headers) == dict(replies[1].headers)


def test_staff_who_may_not_see_photographs_get_neither_original_nor_preview(pages: None) -> None:
    _, token = STATES["ready"][0]()
    cook = Client()
    cook.force_login(User.objects.create(username="cook", is_staff=True))
    for address in ("original", "preview"):
        assert cook.get(f"/photographs/{token}/{address}/").status_code == 404


def test_a_picture_may_be_searched_for_only_when_the_consent_says_so(pages: None, client: Client) -> None:
    for for_search in (True, False):
        case = on_shelf(CaseFactory(consent__for_search=for_search))
        code, token = names(case)
        page, picture = client.get(f"/before-and-after/{code}/"), client.get(f"/photographs/{token}/320.jpg")
        body_of(picture)
        assert ("noindex" in page.get("X-Robots-Tag", "")) is not for_search
        assert (b'content="noindex' in page.content) is not for_search
        assert ("noindex" in picture.get("X-Robots-Tag", "")) is not for_search
    covered = on_shelf(CaseFactory(consent__for_search=True, body_area="BREASTS"))
    assert "noindex" in client.get(f"/before-and-after/{covered.code}/pictures/")["X-Robots-Tag"]
    picture = client.get(f"/photographs/{names(on_shelf(covered))[1]}/320.jpg")
    body_of(picture)
    assert "noindex" in picture["X-Robots-Tag"]


@pytest.mark.slow
def test_guessing_finds_nothing(pages: None, client: Client) -> None:
    """among 2 to the power of 128 tokens and 30 to the power of 10 codes."""
    on_shelf(CaseFactory())
    for _ in range(GUESSES):
        assert client.get(f"/photographs/{secrets.token_hex(16)}/320.jpg").status_code == 404
        assert client.get(f"/before-and-after/{Case().code}/").status_code == 404


def test_midnight_ends_it_for_the_clinics_own_day(clock: Any, settings: Any, pages: None, client: Client) -> None:
    """in Auckland the last day ends eleven hours before it does in Greenwich."""
    case = on_shelf(CaseFactory(consent__expires_on=date(2026, 3, 1)))
    url = f"/before-and-after/{case.code}/"
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        clock(datetime(2026, 3, 1, 10, 59, 59, tzinfo=UTC))
        assert client.get(url).status_code == 200
        clock(datetime(2026, 3, 1, 11, 0, 0, tzinfo=UTC))
        assert client.get(url).status_code == 410
        assert case.code not in client.get("/before-and-after/").content.decode()


def test_what_was_public_stays_noted_whoever_asks_the_database_to_forget_it() -> None:
    CaseFactory()
    table = EverPublic._meta.db_table
    before = EverPublic.objects.count()
    statements = [f"DELETE FROM {table}", f"UPDATE {table} SET name = 'x'"]
    statements += (
        [f"TRUNCATE {table}"] if connection.vendor == "postgresql" else [f"REPLACE INTO {table} SELECT * FROM {table}"]
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="stays noted"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert EverPublic.objects.count() == before > 0
