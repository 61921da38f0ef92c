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

#: Rooms, and files of others, whose tests look at words, forms, pages and who may open them; what is asked of the
#: database there is asked by others too.
ANYWHERE = (
    *("blocks", "clinic_site", "planner", "seed", "suitability", "test_house.py", "treatment", "wording"),
    *("faults/test_live_pages.py", "faults/test_rights_by_post.py", "faults/test_sign_in_attacks.py"),
    *("gallery/test_case.py", "management/test_check_wording.py", "management/test_list_due_reviews.py"),
    *("publishing/test_cards.py", "publishing/test_guide.py", "publishing/test_head.py"),
    *("publishing/test_sitemap.py", "publishing/test_structured.py"),
    *("reviews/test_again.py", "reviews/test_checks.py", "reviews/test_compare.py", "reviews/test_document.py"),
    *("reviews/test_stamp.py", "staff/test_check_pages.py", "staff/test_confirm.py", "staff/test_doors.py"),
    *("staff/test_feedback_pages.py", "staff/test_guide.py", "staff/test_keep_to_slots.py", "staff/test_links.py"),
    *("staff/test_lists.py", "staff/test_page_kind.py", "staff/test_practice.py", "staff/test_roles.py"),
    *("staff/test_roles_in_the_editor.py", "staff/test_second_factor.py", "staff/test_sign_in_pages.py"),
    *("staff/test_start.py", "staff/test_topic_page.py"),
)


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
    """Mark what is the same whatever the database, by the room that it is of."""
    tests = Path(__file__).parent
    for item in items:
        file = item.path.relative_to(tests)
        if {file.parts[0], file.as_posix()} & {*ANYWHERE} and file.name != "test_stale.py":  # which races
            item.add_marker("anywhere")


def pytest_sessionstart() -> None:
    """Until the tests are read, nothing is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there when the tests have been read stays to the end."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The first content, as `make serve` puts it in."""
    from content.search import index
    from content.seed import loader

    with django_db_blocker.unblock():
        loader.seed()
        index.rebuild_if_outdated()
    return


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


@pytest.fixture
def var(folder_of_its_own: Path, db: None) -> Path:
    """The VAR_DIR of a test that begins with an empty one."""
    return folder_of_its_own


@pytest.fixture(autouse=True)
def few_words_will_do(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of the tests need not be whole to go live, unless a test asks for `whole_pages` (or runs the site itself)."""
    from content.reviews import checks, gate

    if "whole_pages" not in request.fixturenames:
        monkeypatch.setattr(
            gate, "_publish_checks", [one for one in gate._publish_checks if one is not checks.publish_problem]
        )


@pytest.fixture
def whole_pages() -> None:
    """What the checks of the wording stop neither is signed nor goes live, as on the site."""


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
    """A published tree is open, and the test's own transaction is no reason to remember nothing."""
    from clinic_site.page_cache import process_cache
    from tests.page_cache import activate_page_cache

    process_cache.clear()
    monkeypatch.setattr(process_cache, "_in_transaction", lambda: False)
    activate_page_cache()
