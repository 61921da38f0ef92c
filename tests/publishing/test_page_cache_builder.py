"""The published tree: what it keeps and hands out, what closes it, and what never comes from it."""

import errno
import gzip
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from cms.models import Page, PageContent
from django.contrib.sites.models import Site
from django.db import OperationalError, connection, connections, transaction

from clinic_site.assets.stylesheet import CSP_META
from clinic_site.page_cache import build_id, store
from clinic_site.page_cache.wsgi_app import parse_accept_encoding
from content.blocks.prose import ProsePlugin
from content.gallery.withdrawal import withdraw
from content.models import Case, CasePhoto, Clinic, Clinician, Reopened, Treatment
from content.publishing import internal_client, offline, page_cache_builder, preload
from tests.factories import DAY, NOON, CaseFactory, PhotoFactory, ProseFactory, author, page_of_kind, signed, slot_of
from tests.publishing.pages import live, next_draft, renamed
from tests.publishing.wire import fresh, from_tree, made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.database]
HOME, GALLERY = "/", "/before-and-after/"


def test_every_public_address_is_kept_and_says_what_a_fresh_render_says() -> None:
    case, covered = CaseFactory(), CaseFactory(is_covered=True)
    urls = made()
    assert {HOME, GALLERY, "/search/", "/whole-guide/", "/sitemap.xml", "/robots.txt", "/site.webmanifest"} <= set(urls)
    assert f"{GALLERY}{case.code}/" in urls
    assert {f"{GALLERY}{covered.code}/", f"{GALLERY}{covered.code}/pictures/"} <= set(urls)
    for url in urls:
        got = from_tree(url)
        assert got is not None, url
        assert (got.status, got.body) == fresh(url), url


def test_a_reply_costs_no_query(django_assert_num_queries: Any) -> None:
    made(HOME)
    with django_assert_num_queries(0):
        assert from_tree(HOME) is not None


def test_the_headers_are_those_of_django_for_a_browser_that_asks_each_time() -> None:
    made(HOME)
    got = from_tree(HOME)
    assert got is not None
    asked = internal_client.get(HOME)
    for name in (
        "Content-Type",
        "Content-Security-Policy",
        "Permissions-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
    ):
        assert got.headers[name] == asked[name]
    assert got.headers["Cache-Control"] == "no-cache"
    assert got.headers["Vary"] == "Accept-Encoding"
    assert got.headers["Content-Length"] == str(len(got.body))
    assert "Set-Cookie" not in got.headers


def test_each_encoding_is_the_same_page_under_a_strong_etag_of_its_own() -> None:
    made(HOME)
    plain, zipped, small = (from_tree(HOME, HTTP_ACCEPT_ENCODING=one) for one in ("", "gzip", "gzip, deflate, br"))
    assert plain
    assert zipped
    assert small
    assert plain.body == gzip.decompress(zipped.body) == brotli.decompress(small.body)
    assert (zipped.headers["Content-Encoding"], small.headers["Content-Encoding"]) == ("gzip", "br")
    etags = {one.headers["ETag"] for one in (plain, zipped, small)}
    assert len(etags) == 3
    assert all(one.startswith('"') for one in etags)


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("br", ("br",)),
        ("gzip;q=1.0, br;q=0", ("gzip",)),
        ("gzip; q=0.0, *", ("br",)),
        ("*;q=0", ()),
        ("identity", ()),
        ("BR, GZIP", ("br", "gzip")),
        ("br;q=0.001", ("br",)),
        ("\x00, ;;=,", ()),
    ],
)
def test_an_encoding_is_used_only_where_it_is_taken(header: str, taken: tuple[str, ...]) -> None:
    assert parse_accept_encoding(header) == taken


def test_a_reader_who_has_the_page_already_is_told_so() -> None:
    made(HOME)
    etag = from_tree(HOME, HTTP_ACCEPT_ENCODING="br").headers["ETag"]
    for asked in (etag, f'W/{etag}, "x"', "*"):
        again = from_tree(HOME, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked)
        assert again is not None
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
        assert again.headers["Vary"] == "Accept-Encoding"
    for asked in ('"x"', etag[:-2] + '"'):
        other = from_tree(HOME, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked)
        assert other is not None
        assert other.status == 200


def test_head_has_the_headers_and_no_body() -> None:
    made(HOME)
    got, whole = from_tree(HOME, REQUEST_METHOD="HEAD"), from_tree(HOME)
    assert got
    assert whole
    assert got.body == b""
    assert got.headers == whole.headers


@pytest.mark.parametrize(
    "asked",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "PURGE"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "localhost:x"},
        {"SCRIPT_NAME": "/x"},
        {"PATH_INFO": "//"},
        {"PATH_INFO": "/./"},
        {"PATH_INFO": "/x/../"},
        {"PATH_INFO": "/../../etc/passwd"},
        {"PATH_INFO": "/tree.json"},
        {"PATH_INFO": "/index.html"},
        {"PATH_INFO": "/search"},
        {"PATH_INFO": "/\x00"},
        {"PATH_INFO": ""},
        {"PATH_INFO": "/" + "a/" * 1000},
    ],
)
def test_what_is_no_plain_visit_of_a_page_goes_to_django(asked: dict[str, str]) -> None:
    made(HOME)
    assert from_tree(HOME) is not None
    assert from_tree(HOME, **asked) is None


@pytest.mark.parametrize(
    "query", ["area=thighs", "q=", "first=2026-01-01", "page=2", "a=1&from3=x", "size=large", "%61rea=x"]
)
def test_what_a_reader_chose_is_never_answered_from_the_tree(query: str) -> None:
    made(GALLERY)
    assert from_tree(f"{GALLERY}?{query}") is None


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "toolbar_on", "edit&structure", "a" * 900])
def test_words_of_an_address_that_mean_nothing_make_no_copy(query: str) -> None:
    urls = made(HOME)
    plain, asked = from_tree(HOME), from_tree(f"{HOME}?{query}", HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_MARK="x")
    assert plain == asked
    assert made(HOME) == urls


# ruff: noqa: PLW0108  each asks the database when it is called
CHANGES: dict[str, Callable[[], object]] = {
    "a page goes live": lambda: live(title="New", slug="new"),
    "a page is published again": lambda: renamed(live_one(), title="Other"),
    "a page moves": lambda: renamed(live_one(), slug="elsewhere"),
    "a page goes offline": lambda: offline.take_offline(live_one(), user=author(), now=NOON),
    "a page is deleted": lambda: live_one().page.delete(),
    "a fact": lambda: Treatment.objects.get().save(),
    "the clinic": lambda: Clinic.objects.get().save(),
    "a clinician": lambda: Clinician.objects.create(shown_name="Dr New", title="Doctor"),
    "a case": lambda: Case.objects.get().save(),
    "a photograph": lambda: Case.objects.get().pairs.get().before.save(),
    "a consent": lambda: Case.objects.get().consent.save(),
    "a withdrawal": lambda: withdraw(Case.objects.get().consent, actor="x", now=NOON),
    "a signature": lambda: signed(PageContent.objects.get(page__reverse_id="aftercare")),
    "a review begun again": lambda: Reopened.objects.create(page=live_one().page, since=DAY, because="x"),
    "the site's own address": lambda: Site.objects.get().save(),
}


def live_one() -> Any:
    return PageContent.objects.get(slug="one")


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_closes_the_tree_before_it_commits(change: str) -> None:
    live(title="One", slug="one")
    CaseFactory()
    made("/one/")
    assert from_tree("/one/") is not None
    with transaction.atomic():
        CHANGES[change]()
        assert store.active_name() == ""
        assert from_tree("/one/") is None
    assert from_tree("/one/") is None


def test_a_draft_is_nobodys_to_read_and_closes_nothing() -> None:
    content = live(title="One", slug="one")
    made("/one/")
    draft = next_draft(content, title="Not yet")
    ProseFactory.create(placeholder=slot_of(draft, "clinic_body"))
    page_of_kind("clinic", slug="brand-new")
    assert from_tree("/one/") is not None
    assert from_tree("/brand-new/") is None
    assert "/brand-new/" not in made()


def test_a_signed_draft_leaves_the_pages_of_readers_as_they_are() -> None:
    content = live("topic", title="One", slug="one")
    made(HOME)
    signed(next_draft(content, title="Not yet"))
    assert from_tree(HOME) is not None
    signed(content)
    assert from_tree(HOME) is None


def test_a_photograph_that_no_reader_can_see_leaves_their_pages_as_they_are() -> None:
    shown, unapproved = CaseFactory(), CaseFactory(approved_at=None)
    pair = unapproved.pairs.get()
    made(HOME)
    PhotoFactory()
    pair.before.save()
    pair.save()
    CasePhoto.objects.create(case=unapproved, photo=PhotoFactory())
    assert from_tree(HOME) is not None
    shown.pairs.get().after.save()
    assert from_tree(HOME) is None


def test_a_change_while_a_tree_is_begun_keeps_it_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = store.create

    def changed(*told: Any) -> store.PageCache:
        clinic = Clinic.objects.get()
        clinic.name = "Another clinic"
        clinic.save()
        return begin(*told)

    monkeypatch.setattr(store, "create", changed)
    assert made(HOME) == []
    assert store.active_name() == ""
    monkeypatch.undo()
    assert HOME in made(HOME)
    assert b"Another clinic" in from_tree(HOME).body


def test_a_page_never_outlives_the_day_of_a_consent_shown_on_it(clock: Any) -> None:
    ends, stays = CaseFactory(consent__expires_on=DAY), CaseFactory(consent__expires_on=DAY + timedelta(days=9))
    made(GALLERY, *(f"{GALLERY}{case.code}/" for case in (ends, stays)))
    assert ends.code in from_tree(GALLERY).body.decode()
    clock(NOON + timedelta(hours=11, minutes=59, seconds=59))
    assert from_tree(f"{GALLERY}{ends.code}/") is not None
    clock(NOON + timedelta(hours=12))
    assert from_tree(f"{GALLERY}{ends.code}/") is None
    assert from_tree(GALLERY) is None
    made(GALLERY, f"{GALLERY}{stays.code}/")
    body = from_tree(GALLERY).body.decode()
    assert ends.code not in body
    assert stays.code in body
    assert from_tree(f"{GALLERY}{ends.code}/") is None


def test_a_page_with_a_broken_block_is_not_kept(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    for slug in ("broken", "whole"):
        draft = page_of_kind("clinic", title=slug, slug=slug)
        if slug == "broken":
            ProseFactory.create(placeholder=slot_of(draft, "clinic_body"))
        draft.versions.get().publish(author())
    monkeypatch.setattr(ProsePlugin, "extra_context", lambda *_: 1 / 0)
    made("/whole/", "/broken/")
    assert from_tree("/whole/") is not None
    assert from_tree("/broken/") is None


def test_what_sets_a_cookie_or_fails_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = internal_client.get

    def asked(url: str) -> Any:
        response = ask(url)
        if url == HOME:
            response.set_cookie("a", "b")
        if url == GALLERY:
            response.status_code = 503
        return response

    monkeypatch.setattr(internal_client, "get", asked)
    urls = made()
    assert HOME not in urls
    assert GALLERY not in urls
    assert "/about/" in urls


@pytest.mark.parametrize("lacking", ["policy", "policy that comes first", "robots"])
def test_a_page_that_lacks_what_its_headers_say_is_not_kept(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = internal_client.get

    def asked(url: str) -> Any:
        response = ask(url)
        if url == HOME:
            html = response.content.decode()
            policy = CSP_META.search(html)[0]
            if lacking == "robots":
                response["X-Robots-Tag"] = "noindex"
            else:
                response.content = html.replace(policy, "" if lacking == "policy" else f"<script></script>{policy}")
        return response

    monkeypatch.setattr(internal_client, "get", asked)
    made(HOME, "/about/")
    assert from_tree(HOME) is None
    assert from_tree("/about/") is not None


def test_a_process_that_will_be_forked_shows_some_pages_and_keeps_no_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    closed: list[bool] = []
    monkeypatch.setattr(internal_client, "get", asked.append)
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(True))
    for number in range(preload.MAX_PAGES):
        live(title=f"Page {number}", slug=f"page-{number}")
    preload.render_pages()
    assert asked[0] == HOME
    assert len(asked) == len(set(asked)) == preload.MAX_PAGES
    assert closed == [True]

    def fail(*_: Any) -> None:
        raise OperationalError("no database")

    with connection.execute_wrapper(fail):
        preload.render_pages()
    assert len(asked) == preload.MAX_PAGES
    assert closed == [True, True]


def test_a_full_disk_costs_readers_nothing_and_heals(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    made(HOME)
    Clinic.objects.get().save()
    monkeypatch.setattr(os, "fdopen", full)  # as a new file is opened
    with pytest.raises(OSError, match="No space"):
        page_cache_builder.rebuild(on=DAY)
    assert from_tree(HOME) is None
    monkeypatch.undo()
    assert HOME in made(HOME)
    assert [file for file in store.root().rglob(".*") if file.is_file()] == []


def test_closing_works_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    made(HOME)
    for name in ("write_bytes", "mkdir", "touch", "symlink_to"):
        monkeypatch.setattr(Path, name, full)
    monkeypatch.setattr(os, "fdopen", full)
    Clinic.objects.get().save()
    assert from_tree(HOME) is None


def test_a_deleted_tree_is_made_again() -> None:
    made(HOME)
    shutil.rmtree(store.root())
    assert from_tree(HOME) is None
    assert HOME in made(HOME)


def test_pages_of_another_release_are_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made(HOME)
    monkeypatch.setattr(build_id, "current", lambda: "other")
    assert from_tree(HOME) is None
    made(HOME)
    assert from_tree(HOME) is not None


def test_an_unchanged_page_keeps_its_files_and_older_trees_go() -> None:
    made("/robots.txt")
    before = from_tree("/robots.txt")
    (old,) = (store.root() / "trees").iterdir()
    kept = (old / DAY.isoformat() / "robots.txt").stat().st_ino
    Clinic.objects.get().save()
    made("/robots.txt")
    (new,) = (store.root() / "trees").iterdir()
    assert new != old
    assert (new / DAY.isoformat() / "robots.txt").stat().st_ino == kept
    assert from_tree("/robots.txt") == before


def test_a_moved_page_leaves_nothing_at_its_old_address() -> None:
    content = live(title="One", slug="one")
    made()
    renamed(content, slug="two")
    assert Page.objects.filter(pk=content.page_id).exists()
    urls = made()
    assert "/one/" not in urls
    assert "/two/" in urls
    assert from_tree("/one/") is None
