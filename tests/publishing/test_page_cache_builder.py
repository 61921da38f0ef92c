"""The page cache: what it stores and serves, what invalidates it, and what is never served from it."""

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
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from clinic_site import disk_room
from clinic_site.assets.stylesheet import CSP_META
from clinic_site.page_cache import build_id, store
from clinic_site.page_cache.entries import PageCache
from clinic_site.page_cache.wsgi_app import parse_accept_encoding
from content.blocks.prose import ProsePlugin
from content.consent import withdrawal_journal
from content.gallery.withdrawal import withdraw
from content.management.commands import tick
from content.models import Case, CasePhoto, Clinic, Clinician, Reopened, Treatment
from content.publishing import internal_client, offline, page_cache_builder, preload
from tests.factories import DAY, NOON, CaseFactory, PhotoFactory, ProseFactory, author, page_of_kind, signed, slot_of
from tests.publishing.pages import live, next_draft, renamed
from tests.publishing.wire import from_cache, rebuild_cache, render_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.database]
HOME, GALLERY = "/", "/before-and-after/"


def test_every_public_url_is_cached_as_it_would_be_rendered() -> None:
    case, covered = CaseFactory(), CaseFactory(is_covered=True)
    urls = rebuild_cache()
    assert {HOME, GALLERY, "/search/", "/whole-guide/", "/sitemap.xml", "/robots.txt", "/site.webmanifest"} <= set(urls)
    assert f"{GALLERY}{case.code}/" in urls
    assert {f"{GALLERY}{covered.code}/", f"{GALLERY}{covered.code}/pictures/"} <= set(urls)
    for url in urls:
        got = from_cache(url)
        assert got is not None, url
        assert (got.status, got.body) == render_now(url), url


def test_a_withdrawal_in_the_journal_alone_invalidates_the_cache() -> None:
    """As where the database can't be written to any more: the pages on the disk show what the rule hides."""
    case = CaseFactory()
    url = f"{GALLERY}{case.code}/"
    rebuild_cache(url)
    withdrawal_journal.append(set())
    assert from_cache(url) is not None
    withdrawal_journal.append({case.consent.reference})
    assert from_cache(url) is None


def test_cached_response_costs_no_query(django_assert_num_queries: Any) -> None:
    rebuild_cache(HOME)
    with django_assert_num_queries(0):
        assert from_cache(HOME) is not None


def test_the_headers_are_those_of_django_for_a_browser_that_asks_each_time() -> None:
    rebuild_cache(HOME)
    got = from_cache(HOME)
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
    rebuild_cache(HOME)
    plain, zipped, small = (from_cache(HOME, HTTP_ACCEPT_ENCODING=one) for one in ("", "gzip", "gzip, deflate, br"))
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
def test_encoding_is_used_only_where_it_is_accepted(header: str, taken: tuple[str, ...]) -> None:
    assert parse_accept_encoding(header) == taken


def test_matching_etag_gets_304() -> None:
    rebuild_cache(HOME)
    etag = from_cache(HOME, HTTP_ACCEPT_ENCODING="br").headers["ETag"]
    for asked in (etag, f'W/{etag}, "x"', "*"):
        again = from_cache(HOME, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked)
        assert again is not None
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
        assert again.headers["Vary"] == "Accept-Encoding"
    for asked in ('"x"', etag[:-2] + '"'):
        other = from_cache(HOME, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked)
        assert other is not None
        assert other.status == 200


def test_head_has_the_headers_and_no_body() -> None:
    rebuild_cache(HOME)
    got, whole = from_cache(HOME, REQUEST_METHOD="HEAD"), from_cache(HOME)
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
def test_everything_but_a_plain_page_request_goes_to_django(asked: dict[str, str]) -> None:
    rebuild_cache(HOME)
    assert from_cache(HOME) is not None
    assert from_cache(HOME, **asked) is None


@pytest.mark.parametrize(
    "query", ["area=thighs", "q=", "first=2026-01-01", "page=2", "a=1&from3=x", "size=large", "%61rea=x"]
)
def test_meaningful_query_is_never_answered_from_the_cache(query: str) -> None:
    rebuild_cache(GALLERY)
    assert from_cache(f"{GALLERY}?{query}") is None


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "toolbar_on", "edit&structure", "a" * 900])
def test_meaningless_query_gets_the_same_cached_page(query: str) -> None:
    urls = rebuild_cache(HOME)
    plain, asked = (
        from_cache(HOME),
        from_cache(f"{HOME}?{query}", HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_MARK="x"),
    )
    assert plain == asked
    assert rebuild_cache(HOME) == urls


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
def test_each_change_invalidates_the_cache_before_it_commits(change: str) -> None:
    live(title="One", slug="one")
    CaseFactory()
    rebuild_cache("/one/")
    assert from_cache("/one/") is not None
    with transaction.atomic():
        CHANGES[change]()
        assert store.active_name() == ""
        assert from_cache("/one/") is None
    assert from_cache("/one/") is None


def test_draft_invalidates_nothing() -> None:
    content = live(title="One", slug="one")
    rebuild_cache("/one/")
    draft = next_draft(content, title="Not yet")
    ProseFactory.create(placeholder=slot_of(draft, "clinic_body"))
    page_of_kind("clinic", slug="brand-new")
    assert from_cache("/one/") is not None
    assert from_cache("/brand-new/") is None
    assert "/brand-new/" not in rebuild_cache()


@pytest.mark.usefixtures("incomplete_pages")
def test_a_signed_draft_leaves_the_pages_of_readers_as_they_are() -> None:
    content = live("topic", title="One", slug="one")
    rebuild_cache(HOME)
    signed(next_draft(content, title="Not yet"))
    assert from_cache(HOME) is not None
    signed(content)
    assert from_cache(HOME) is None


def test_a_photograph_that_no_reader_can_see_leaves_their_pages_as_they_are() -> None:
    shown, unapproved = CaseFactory(), CaseFactory(approved_at=None)
    pair = unapproved.pairs.get()
    rebuild_cache(HOME)
    PhotoFactory()
    pair.before.save()
    pair.save()
    CasePhoto.objects.create(case=unapproved, photo=PhotoFactory())
    assert from_cache(HOME) is not None
    shown.pairs.get().after.save()
    assert from_cache(HOME) is None


def test_change_during_a_rebuild_prevents_activation(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = store.create

    def changed(*args: Any) -> PageCache:
        clinic = Clinic.objects.get()
        clinic.name = "Another clinic"
        clinic.save()
        return begin(*args)

    monkeypatch.setattr(store, "create", changed)
    assert rebuild_cache(HOME) == []
    assert store.active_name() == ""
    monkeypatch.undo()
    assert HOME in rebuild_cache(HOME)
    assert b"Another clinic" in from_cache(HOME).body


def test_a_page_never_outlives_the_day_of_a_consent_shown_on_it(clock: Any) -> None:
    ends, stays = CaseFactory(consent__expires_on=DAY), CaseFactory(consent__expires_on=DAY + timedelta(days=9))
    rebuild_cache(GALLERY, *(f"{GALLERY}{case.code}/" for case in (ends, stays)))
    assert ends.code in from_cache(GALLERY).body.decode()
    clock(NOON + timedelta(hours=11, minutes=59, seconds=59))
    assert from_cache(f"{GALLERY}{ends.code}/") is not None
    clock(NOON + timedelta(hours=12))
    assert from_cache(f"{GALLERY}{ends.code}/") is None
    assert from_cache(GALLERY) is None
    rebuild_cache(GALLERY, f"{GALLERY}{stays.code}/")
    body = from_cache(GALLERY).body.decode()
    assert ends.code not in body
    assert stays.code in body
    assert from_cache(f"{GALLERY}{ends.code}/") is None


def test_page_with_a_broken_block_is_not_cached(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    for slug in ("broken", "whole"):
        draft = page_of_kind("clinic", title=slug, slug=slug)
        if slug == "broken":
            ProseFactory.create(placeholder=slot_of(draft, "clinic_body"))
        draft.versions.get().publish(author())
    monkeypatch.setattr(ProsePlugin, "extra_context", lambda *_: 1 / 0)
    rebuild_cache("/whole/", "/broken/")
    assert from_cache("/whole/") is not None
    assert from_cache("/broken/") is None


def test_response_with_a_cookie_or_an_error_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = internal_client.get

    def asked(url: str) -> Any:
        response = ask(url)
        if url == HOME:
            response.set_cookie("a", "b")
        if url == GALLERY:
            response.status_code = 503
        return response

    monkeypatch.setattr(internal_client, "get", asked)
    urls = rebuild_cache()
    assert HOME not in urls
    assert GALLERY not in urls
    assert "/about/" in urls


@pytest.mark.parametrize("lacking", ["policy", "policy that comes first", "robots"])
def test_page_that_lacks_what_its_headers_say_is_not_cached(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
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
    rebuild_cache(HOME, "/about/")
    assert from_cache(HOME) is None
    assert from_cache("/about/") is not None


def test_preload_renders_some_pages_and_closes_its_connections(
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


def test_full_disk_leaves_django_to_answer_until_it_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    rebuild_cache(HOME)
    Clinic.objects.get().save()
    monkeypatch.setattr(os, "fdopen", full)  # as a new file is opened
    with pytest.raises(OSError, match="No space"):
        page_cache_builder.rebuild(on=DAY)
    assert from_cache(HOME) is None
    monkeypatch.undo()
    assert HOME in rebuild_cache(HOME)
    assert [file for file in store.root().rglob(".*") if file.is_file()] == []


def test_invalidating_works_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    rebuild_cache(HOME)
    for name in ("write_bytes", "mkdir", "touch", "symlink_to"):
        monkeypatch.setattr(Path, name, full)
    monkeypatch.setattr(os, "fdopen", full)
    Clinic.objects.get().save()
    assert from_cache(HOME) is None


def test_deleted_cache_is_built_again() -> None:
    rebuild_cache(HOME)
    shutil.rmtree(store.root())
    assert from_cache(HOME) is None
    assert HOME in rebuild_cache(HOME)


def test_pages_of_another_build_are_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild_cache(HOME)
    monkeypatch.setattr(build_id, "current", lambda: "other")
    assert from_cache(HOME) is None
    rebuild_cache(HOME)
    assert from_cache(HOME) is not None


def test_unchanged_page_reuses_its_files_and_older_caches_are_deleted() -> None:
    rebuild_cache("/robots.txt")
    before = from_cache("/robots.txt")
    (old,) = (store.root() / "trees").iterdir()
    inode = (old / DAY.isoformat() / "robots.txt").stat().st_ino
    Clinic.objects.get().save()
    rebuild_cache("/robots.txt")
    (new,) = (store.root() / "trees").iterdir()
    assert new != old
    assert (new / DAY.isoformat() / "robots.txt").stat().st_ino == inode
    assert from_cache("/robots.txt") == before


def test_a_moved_page_leaves_nothing_at_its_old_address() -> None:
    content = live(title="One", slug="one")
    rebuild_cache()
    renamed(content, slug="two")
    assert Page.objects.filter(pk=content.page_id).exists()
    urls = rebuild_cache()
    assert "/one/" not in urls
    assert "/two/" in urls
    assert from_cache("/one/") is None


def body_of_home() -> Path:
    (tree,) = (store.root() / "trees").iterdir()
    return tree / DAY.isoformat() / "index.html"


@pytest.mark.parametrize("suffix", ["", ".gz", ".br"])
def test_damaged_body_is_written_anew_and_not_reused(suffix: str) -> None:
    rebuild_cache(HOME)
    file = body_of_home()
    Path(f"{file}{suffix}").write_bytes(b"")
    store.invalidate()
    assert HOME in rebuild_cache(HOME)
    cached = from_cache(HOME)
    assert cached
    assert cached.body == render_now(HOME)[1]
    assert body_of_home() != file
    assert Path(f"{body_of_home()}{suffix}").stat().st_size > 0
    assert store.invalidate_damaged() == []


def test_tick_looks_for_damage_when_it_starts(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    rebuild_cache(HOME)
    monkeypatch.setattr(tick.Command, "tick", lambda self: None)
    call_command("tick")
    assert from_cache(HOME) is not None
    body_of_home().write_bytes(b"")
    assert from_cache(HOME) is None
    assert store.active_name()  # nginx would serve the empty file
    call_command("tick")
    assert not store.active_name()
    assert "damaged" in capsys.readouterr().out


def test_no_cache_is_begun_without_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_room, "has_room", lambda: False)
    with pytest.raises(OSError, match="disk is full"):
        page_cache_builder.rebuild(on=DAY)
    assert not store.root().exists()


def test_rebuilds_that_fail_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild_cache(HOME)
    store.invalidate()
    monkeypatch.setattr(PageCache, "write", lambda *_: 1 / 0)
    for _ in range(6):
        with pytest.raises(ZeroDivisionError):
            rebuild_cache("/robots.txt")
    kept = len(list((store.root() / "trees").iterdir()))
    assert kept <= 3  # the last that was whole, the one that readers had, and the last try
    monkeypatch.undo()
    rebuild_cache(HOME)
    assert len(list((store.root() / "trees").iterdir())) == 1
