"""The database of the tests: the site's own first content, put in once; every test's changes are rolled back."""

import gc
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker


def pytest_configure() -> None:
    """Plain static files and fast passwords; the built files are tested by the browser tests."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.SECOND_FACTOR = False  # the tests of the second factor turn it on
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that no worker waits for them; in Chromium the order is its own."""
    marked = {item for item in items if item.get_closest_marker("slow") or item.get_closest_marker("full")}
    items.sort(key=lambda item: item not in marked or "browser" in item.path.parts)


def pytest_sessionstart() -> None:
    """Until the tests are read, nothing is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there when the tests have been read stays to the end."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The first content, as `make serve` puts it in, copied from a template."""
    from tests import template

    with django_db_blocker.unblock(), template.copied_for_tests():
        yield


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, db: None) -> date:
    """The clinic's local date is the day on which the factories' cases are showable, and no others."""
    from content.gallery.models import Case, renew_stamp
    from tests.factories import DAY

    Case.objects.update(approved_at=None)
    renew_stamp()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DAY)
    return DAY


@pytest.fixture
def staff(db: None) -> Client:
    """The browser of someone who may do everything, and who made the pages of the tests (drafts are locked)."""
    from tests.factories import author

    client = Client()
    client.force_login(author())
    return client


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path: Path, settings: Any) -> Path:
    """Every test keeps its files to itself."""
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def quick_compression(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest file takes brotli most of the time that a page takes; its size is measured in the browser's tests."""
    from content.publishing import page_cache_builder

    monkeypatch.setattr(page_cache_builder, "BROTLI_QUALITY", 1)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovery codes are hashed as fast as may be; what that costs whoever guesses is tested where it is set."""
    from content.staff.accounts import sealing

    monkeypatch.setattr(sealing, "HASH_COST", 2)


@pytest.fixture
def var(folder_of_its_own: Path, db: None) -> Path:
    """The VAR_DIR of a test that begins with an empty one."""
    return folder_of_its_own


@pytest.fixture
def incomplete_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may be signed and go live with parts still empty; whatever else their words are checked for stops them."""
    _let_pass(monkeypatch, {"missing-part"})


@pytest.fixture
def empty_pages_are_stopped() -> None:
    """A page with nothing to read can't go live, as on a real site; most pages that tests make hold no block."""


@pytest.fixture(autouse=True)
def _let_empty_pages_pass(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "empty_pages_are_stopped" not in request.fixturenames:
        monkeypatch.setattr("content.wording.required_parts.MAIN_SLOTS", {})


@pytest.fixture
def unlisted_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may go live whose questions and lists of who should wait don't agree; all other checks stop them."""
    _let_pass(monkeypatch, {"not-asked", "not-listed", "two-answers"})


def _let_pass(monkeypatch: pytest.MonkeyPatch, codes: set[str]) -> None:
    from content.reviews import page_checks

    run = page_checks.blocking_findings
    monkeypatch.setattr(
        page_checks,
        "blocking_findings",
        lambda content: [finding for finding in run(content) if finding.code not in codes],
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Views read the clock; here it stands at `NOON`, until `set_to` moves it."""

    def set_to(now: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now)

    from tests.factories import NOON

    set_to(NOON)
    return set_to


@pytest.fixture
def asks_for_codes(settings: Any) -> None:
    """The site as it runs on a real host: a password alone opens nothing. Wrong codes aren't slowed down."""
    settings.SECOND_FACTOR = True
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0


@pytest.fixture
def remembers(folder_of_its_own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page cache is active, and the process caches although a test runs in a transaction."""
    from clinic_site.page_cache import process_cache
    from tests.page_cache import activate_page_cache

    process_cache.clear()
    monkeypatch.setattr(process_cache, "_in_transaction", lambda: False)
    activate_page_cache()
