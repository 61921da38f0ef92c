"""The sample cases: drawn, of every skin, honest, never counted as the clinic's own, and gone when they are removed."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from content.gallery import facets
from content.gallery.choices import SkinTone
from content.gallery.withdrawal import withdraw
from content.images.models import Photo
from content.models import Case, Clinician, Consent, EverPublic
from content.seed import cases
from content.seed.loader import FOLDER
from tests.factories import DAY, NOON, CaseFactory
from tests.images.conftest import left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seed() -> int:
    return cases.seed_cases(now=NOON, on=DAY)


def test_samples_show_every_skin_several_areas_and_every_outcome(var: Path) -> None:
    listed = [entry["values"] for entry in tomllib.loads((FOLDER / "cases.toml").read_text())["case"]]
    assert len(listed) >= 9
    assert {one["skin_tone"] for one in listed} == set(SkinTone.values)
    assert len({one["body_area"] for one in listed}) >= 4
    assert {one["outcome"] for one in listed} == {"LARGE", "MODERATE", "SMALL", "NONE"}
    assert {one.get("gender") for one in listed} >= {"WOMAN", "MAN", None}
    assert any(one["weeks_after"] < 12 for one in listed)


@pytest.mark.slow
def test_samples_are_shown_called_so_and_taken_away_for_good(
    var: Path, monkeypatch: pytest.MonkeyPatch, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    listed = tomllib.loads((FOLDER / "cases.toml").read_text())["case"][:3]
    monkeypatch.setattr("content.seed.cases.tomllib.loads", lambda text: {"case": listed})
    own = CaseFactory()
    assert seed() == 3
    assert seed() == 0
    samples = list(Case.objects.showable(DAY).filter(is_demo=True))
    assert len(samples) == 3
    assert all(case.consent.is_demo for case in samples)
    told = facets.current_index(DAY).range()
    assert (told.shown, told.consented) == (1, 1)
    page = client.get(f"/before-and-after/{samples[0].code}/").content.decode()
    assert "Illustration, not a photograph of a patient" in page
    tokens = list(Photo.objects.filter(case_photo__case__is_demo=True).values_list("token", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remove_samples")
    assert list(Case.objects.all()) == [own]
    assert list(Consent.objects.all()) == [own.consent]
    assert {name.split("/")[-1 if "private" in name else 1].split(".")[0] for name in left(var)} == {
        kept.photo.token for kept in own.case_photos.all()
    }
    for name in [*tokens, *(case.code for case in samples)]:
        assert EverPublic.objects.filter(name=name).exists()
    assert client.get(f"/before-and-after/{samples[0].code}/").status_code == 410
    assert client.get(f"/photographs/{tokens[0]}/320.jpg").status_code == 410
    assert seed() == 0
    assert list(Clinician.objects.all()) == [own.attested_by]


def test_nothing_that_was_withdrawn_is_seeded_again(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tomllib.loads((FOLDER / "cases.toml").read_text())["case"][:1]
    monkeypatch.setattr("content.seed.cases.tomllib.loads", lambda text: {"case": listed})
    seed()
    withdraw(Consent.objects.get(), actor="reception", now=NOON)
    assert seed() == 0
    assert not Case.objects.showable(DAY).exists()
    assert not Case.objects.showable(DAY + timedelta(days=1)).exists()
