"""During a database outage readers get the last known state, and photographs only while they may be shown."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cms.api import add_plugin
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, ProgrammingError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse

from clinic_site.page_cache import store
from content.models import Case, Clinic
from content.publishing import database_outage
from tests.factories import DAY, LANGUAGE, NOON, TINY, CaseFactory, on_the_shelf, page_of_kind, slot_of
from tests.publishing.wire import rebuild_cache
from tests.rendering import body_of, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.database]
GALLERY, PLANNER, AFTERCARE = (
    "/before-and-after/",
    "/plan-your-sessions/",
    "/microneedling-for-stretch-marks/aftercare/",
)


@contextmanager
def database_away() -> Iterator[Client]:
    """A visitor's browser while every question to the database fails."""

    def fail(*_: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        yield Client(raise_request_exception=False)


def error_of(file: Path) -> Exception:
    """What Django raises for a question to this SQLite file."""
    damaged = DatabaseWrapper({**connection.settings_dict, "NAME": str(file), "OPTIONS": {}}, "damaged")
    try:
        with damaged.cursor() as cursor:
            cursor.execute("SELECT count(*), max(word) FROM words")
            cursor.fetchall()
    except Exception as error:
        return error
    finally:
        damaged.close()
    raise AssertionError("The file is whole.")


@pytest.fixture(params=["cut", "overwritten", "no database"])
def damage(request: pytest.FixtureRequest, tmp_path: Path) -> Exception:
    """What is raised for a damaged file of SQLite's."""
    file = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(file)) as whole:
        whole.execute("CREATE TABLE words (word TEXT)")
        whole.executemany("INSERT INTO words VALUES (?)", [("x" * 500,)] * 500)
        whole.commit()
    data = bytearray(file.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192) if request.param == "overwritten" else data[8192:]
    file.write_bytes({"cut": data[:12288], "no database": b"not a database" * 999}.get(request.param, data))
    return error_of(file)


def test_a_damaged_database_is_an_outage_and_searches_and_filters_are_answered(damage: Exception) -> None:
    rebuild_cache()

    def fail(*_: Any) -> None:
        raise damage

    with connection.execute_wrapper(fail):
        browser = Client(raise_request_exception=False)
        for url in ("/search/?q=pain", f"{GALLERY}?tone=MEDIUM_BROWN", f"{PLANNER}?first=2026-12-07", AFTERCARE):
            assert browser.get(url).status_code == 200, url
        assert browser.get("/staff/").status_code == 302
        assert browser.post("/was-this-clear/", headers={"Sec-Fetch-Site": "same-origin"}).status_code in {400, 503}
        assert browser.get("/readyz").status_code == 503
        assert browser.get("/livez").status_code == 200


def test_a_refused_statement_is_no_outage() -> None:
    for error in (IntegrityError("x"), ProgrammingError("x"), DataError("x"), DatabaseError("did not affect any rows")):
        error.__cause__ = None if type(error) is DatabaseError else sqlite3.DatabaseError("x")
        assert not database_outage.is_outage(error)


def shown_case(**values: Any) -> Case:
    case = CaseFactory(**values)
    for case_photo in case.case_photos.select_related("photo"):
        on_the_shelf(case_photo.photo)
    return case


def token(case: Case) -> str:
    return str(case.pairs.get().before.token)


def test_every_published_page_answers_also_those_never_visited() -> None:
    case = shown_case()
    urls, shown = rebuild_cache(), token(case)
    with database_away() as browser:
        for url in urls:
            assert browser.get(url).status_code == 200, url
        assert shown in browser.get(f"{GALLERY}{case.code}/").content.decode()
        assert browser.head("/").status_code == 200


def test_damaged_page_is_not_shown() -> None:
    rebuild_cache("/about/")
    (body,) = store.root().glob("trees/*/[0-9]*-*-??/about/index.html")
    body.write_bytes(body.read_bytes()[:100])
    with database_away() as browser:
        assert browser.get("/about/").status_code == 503


def test_without_a_cache_readers_get_a_sentence_and_retry_after() -> None:
    with database_away() as browser:
        reply = browser.get("/")
    assert reply.status_code == 503
    assert reply["Retry-After"] == "60"
    assert "no-store" in reply["Cache-Control"]
    assert "call the clinic" in reply.content.decode()


@pytest.mark.parametrize("url", ["/staff/", "/admin/", "/no-such-page/", "/photographs/x/320.jpg", "/tree.json"])
def test_what_nobody_published_answers_nothing(url: str) -> None:
    rebuild_cache("/")
    with database_away() as browser:
        assert browser.get(url).status_code in {302, 404, 503}, url


def test_form_is_refused_during_an_outage() -> None:
    rebuild_cache("/")
    with database_away() as browser:
        assert (
            browser.post("/was-this-clear/", {"clear": "yes"}, headers={"origin": "http://testserver"}).status_code
            == 503
        )


def test_a_photograph_is_shown_while_its_permission_is_known_and_to_its_last_day(clock: Any) -> None:
    case = shown_case(consent__expires_on=DAY + timedelta(days=1), is_covered=False)
    hidden = shown_case(approved_at=None)
    rebuild_cache(GALLERY, f"{GALLERY}{case.code}/")
    picture, never = f"/photographs/{token(case)}/320.jpg", f"/photographs/{token(hidden)}/320.jpg"
    with database_away() as browser:
        reply = browser.get(picture)
        assert body_of(reply) == TINY["jpg"]
        assert reply["Cache-Control"] == "private, no-store"
        assert browser.get(picture.replace("/320.", "/321.")).status_code == 503
        assert browser.get(never).status_code == 503
        clock(NOON + timedelta(days=1))
        assert body_of(browser.get(picture)) == TINY["jpg"]
        clock(NOON + timedelta(days=2))
        assert browser.get(picture).status_code == 503
        assert browser.get(f"{GALLERY}{case.code}/").status_code == 503
        index = browser.get(GALLERY).content.decode()
    assert token(case) not in index
    assert "can’t be shown just now" in index


def test_no_photograph_is_shown_after_a_change_newer_than_the_cache() -> None:
    """It may have been a withdrawal."""
    case = shown_case()
    draft = page_of_kind("home", title="With cases", slug="with-cases")
    add_plugin(slot_of(draft, "home_body"), "CaseGalleryPlugin", LANGUAGE, heading="Cases")
    publish(draft)
    rebuild_cache("/with-cases/", "/about/", GALLERY, f"{GALLERY}{case.code}/")
    store.invalidate()
    picture = f"/photographs/{token(case)}/320.jpg"
    with database_away() as browser:
        assert browser.get("/about/").status_code == 200
        assert browser.get(picture).status_code == 503
        assert browser.get(f"{GALLERY}{case.code}/").status_code == 503
        page = browser.get("/with-cases/")
    assert page.status_code == 200
    assert token(case) not in page.content.decode()
    assert "can’t be shown just now" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_filter_gets_the_whole_list_with_a_sentence() -> None:
    case = shown_case()
    rebuild_cache(GALLERY)
    with database_away() as browser:
        reply = browser.get(f"{GALLERY}?area=thighs")
    assert reply.status_code == 200
    assert "We can’t look up what you chose" in reply.content.decode()
    assert case.code in reply.content.decode()
    assert "no-store" in reply["Cache-Control"]


def test_planner_answers_from_the_cached_facts() -> None:
    asked = {"first": "2026-04-06", "sessions": "3", "from1": "2026-05-04", "to1": "2026-05-10"}
    with_database = Client().get(PLANNER, asked).content.decode()
    rebuild_cache(PLANNER, AFTERCARE)
    with database_away() as browser:
        reply = browser.get(PLANNER, asked)
        calendar = browser.get(reverse("session_plan"), asked)
        wrong = browser.get(PLANNER, {"first": "yesterday"}).content.decode()
    text = reply.content.decode()
    assert reply.status_code == 200
    assert "no-store" in reply["Cache-Control"]
    for part in ("<session-planner", "3 sessions", "data-planned"):
        assert part in text
    inside = [one[one.index("<session-planner") : one.index("</session-planner>")] for one in (with_database, text)]
    assert inside[0].split() == inside[1].split()
    assert calendar.status_code == 200
    assert calendar.content.count(b"BEGIN:VEVENT") == 4  # and the day to judge
    assert "Write the day like this" in wrong


def test_an_error_that_is_not_the_databases_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild_cache("/")
    monkeypatch.setattr(Clinic.objects, "first", lambda: 1 / 0)
    assert Client(raise_request_exception=False).get("/").status_code == 500
