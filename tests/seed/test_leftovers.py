"""A real host that still shows samples says so to its owner at each start, and does not start if it is told so."""

import importlib.util
import logging
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from content.management.commands.prepare import Command
from content.models import Clinic, Clinician
from content.pages import published_versions
from content.publishing import preload
from content.seed import leftovers
from content.seed.leftovers import SamplesRefusedError, check_start
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def real_host(settings: Any) -> Any:
    """What the settings say once ALLOWED_HOSTS names another machine."""
    settings.IS_LOCAL, settings.SITE_DOMAIN = False, "clinic.example"
    return settings


def without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages signed, and the clinic's record no sample."""
    Clinic.objects.update(has_sample_content=False)
    monkeypatch.setattr("content.seed.leftovers.stamp.of", lambda content: object())


@pytest.mark.parametrize("is_local", [True, False])
def test_only_a_real_host_says_what_is_left_of_the_samples(settings: Any, *, is_local: bool) -> None:
    settings.IS_LOCAL = is_local
    assert bool(check_start()) != is_local


def test_each_kind_of_sample_is_named_with_its_number(real_host: Any) -> None:
    CaseFactory(is_demo=True)
    CaseFactory()
    User.objects.create(username="sample-nurse")
    User.objects.create(username="sample-owner", is_active=False)
    assert check_start().startswith(
        f"clinic.example still shows samples: 1 drawn case, {Clinician.objects.filter(is_sample=True).count()} sample "
        f"people, 1 sample sign-in, {published_versions().count()} pages of sample text. "
    )
    assert "`manage.py remove_samples`" in check_start()


def test_a_page_is_a_sample_for_as_long_as_it_says_so(real_host: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    medical = leftovers.rules.MEDICAL_TEMPLATES
    Clinic.objects.update(has_sample_content=False)
    pages = [content for content in published_versions() if content.template in medical or content.page.is_home]
    assert f"{len(pages)} pages of sample text" in leftovers.leftovers()
    monkeypatch.setattr("content.seed.leftovers.stamp.of", lambda content: object() if content != pages[0] else None)
    assert "1 page of sample text" in leftovers.leftovers()


def test_a_site_of_its_own_has_nothing_to_say_and_starts(real_host: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real_host.REFUSE_SAMPLES = True
    with pytest.raises(SamplesRefusedError):
        check_start()
    without_texts(monkeypatch)
    call_command("remove_samples", stdout=StringIO())
    CaseFactory()
    assert check_start() == ""


@pytest.mark.parametrize("left", ["a drawn case", "texts"])
def test_a_start_is_refused_over_drawn_cases_and_over_texts_alone(
    real_host: Any, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    real_host.REFUSE_SAMPLES = True
    call_command("remove_samples", stdout=StringIO())
    if left == "a drawn case":
        without_texts(monkeypatch)
        CaseFactory(is_demo=True)
    with pytest.raises(SamplesRefusedError, match="does not start"):
        check_start()


# --- where it is said -------------------------------------------------------------------------------------------------
@pytest.fixture
def prepare_alone() -> Any:
    """The last step of `manage.py prepare`, without the others."""
    out = StringIO()
    command = Command(stdout=out, no_color=True)
    return SimpleNamespace(run=command.tell_of_samples, said=out.getvalue)


def test_prepare_says_it_and_refuses_where_it_is_told_to(real_host: Any, prepare_alone: Any) -> None:
    prepare_alone.run()
    assert prepare_alone.said().startswith("clinic.example still shows samples: ")
    real_host.REFUSE_SAMPLES = True
    with pytest.raises(CommandError, match="REFUSE_SAMPLES"):
        prepare_alone.run()


def test_gunicorn_says_it_and_refuses_where_it_is_told_to(
    real_host: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spec = importlib.util.spec_from_file_location("gunicorn_configuration", ROOT / "deploy" / "gunicorn.conf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(preload, "render_pages", lambda: None)
    monkeypatch.setattr(module.gc, "freeze", lambda: None)
    monkeypatch.setattr(module.ctypes, "CDLL", lambda name: object())
    server = SimpleNamespace(log=logging.getLogger("gunicorn.error"))
    module.when_ready(server)
    assert "clinic.example still shows samples: " in caplog.text
    real_host.REFUSE_SAMPLES = True
    with pytest.raises(SystemExit, match="REFUSE_SAMPLES"):
        module.when_ready(server)
