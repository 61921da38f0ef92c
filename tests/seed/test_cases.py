"""The sample cases: drawn, of every skin, honest, never counted as the clinic's own, and gone when they are removed."""

import tomllib
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from content.gallery import facets
from content.gallery.choices import SkinTone
from content.gallery.withdrawal import delete_case, withdraw
from content.images.models import Photo
from content.models import Case, Clinician, Consent, EverPublic
from content.seed import cases
from content.seed.loader import FOLDER
from tests.factories import DAY, NOON, CaseFactory
from tests.images.conftest import left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seed() -> int:
    return cases.seed_cases(now=NOON, on=DAY)


def sample_entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((FOLDER / "cases.toml").read_text())["case"]
    return entries


def sample_values() -> list[dict[str, Any]]:
    return [entry["values"] for entry in sample_entries()]


def test_samples_show_every_skin_several_areas_and_every_outcome(var: Path) -> None:
    listed = sample_values()
    assert len(listed) >= 9
    assert {one["skin_tone"] for one in listed} == set(SkinTone.values)
    assert len({one["body_area"] for one in listed}) >= 4
    assert {one["outcome"] for one in listed} == {"LARGE", "MODERATE", "SMALL", "NONE"}
    assert {one.get("gender") for one in listed} >= {"WOMAN", "MAN", None}
    assert any(one["weeks_after"] < 12 for one in listed)
    kinds = [(one["body_area"], one["mark_colour"], one["skin_tone"]) for one in listed]
    assert ("THIGHS", "PURPLE", "BLACK") in kinds
    assert ("ABDOMEN", "WEIGHT", "MAN") in [(one["body_area"], one["cause"], one.get("gender")) for one in listed]


SKINS = {
    "white": ["VERY_PALE", "WHITE"],
    "brown": ["LIGHT_BROWN", "MEDIUM_BROWN"],
    "dark": ["DARK_BROWN", "BLACK"],
}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        *(("skin_tone", values) for values in SKINS.values()),
        *(("body_area", [area]) for area in ("ABDOMEN", "THIGHS", "HIPS")),
        ("body_area", ["BREASTS", "UPPER_ARMS", "BACK", "BOTTOM"]),
        *(("gender", [gender]) for gender in ("WOMAN", "MAN")),
    ],
    ids=str,
)
def test_no_skin_area_or_gender_seems_to_do_well_or_badly(field: str, values: list[str]) -> None:
    """The samples are made up, so that any pattern in them would be a claim that no study makes."""
    outcomes = [one["outcome"] for one in sample_values() if one.get(field) in values]
    clear = [outcome for outcome in outcomes if outcome in {"LARGE", "MODERATE"}]
    assert len(outcomes) / 3 <= len(clear) <= 2 * len(outcomes) / 3, outcomes
    if field == "skin_tone":
        assert set(outcomes) == {"LARGE", "MODERATE", "SMALL", "NONE"}


def test_the_first_samples_that_are_seen_differ_in_outcome_and_skin() -> None:
    newest = sample_values()[-3:]
    assert {one["outcome"] for one in newest} >= {"LARGE", "NONE"}
    assert len({one["skin_tone"] for one in newest}) == 3


def test_what_a_sample_says_fits_its_outcome() -> None:
    words = {"LARGE": "much fainter", "MODERATE": "fainter", "SMALL": "a little", "NONE": "look the same as before"}
    for entry in sample_entries():
        assert words[entry["values"]["outcome"]] in entry["after"], entry["picture"]
        assert ("much fainter" in entry["after"]) == (entry["values"]["outcome"] == "LARGE"), entry["picture"]


@pytest.mark.slow
def test_samples_are_shown_called_so_and_taken_away_for_good(
    var: Path, monkeypatch: pytest.MonkeyPatch, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    listed = tomllib.loads((FOLDER / "cases.toml").read_text())["case"][:3]
    monkeypatch.setattr("content.seed.cases.tomllib", SimpleNamespace(loads=lambda text: {"case": listed}))
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


@pytest.mark.parametrize("way", ["delete", "withdraw", "keep"])
def test_new_samples_of_a_later_release_come_only_where_all_samples_stand(
    var: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    listed = sample_entries()[:3]
    monkeypatch.setattr("content.seed.cases.tomllib", SimpleNamespace(loads=lambda text: {"case": listed[:2]}))
    assert seed() == 2
    first = Case.objects.filter(is_demo=True)[0]
    if way == "delete":
        delete_case(first, actor="owner", now=NOON)
    elif way == "withdraw":
        withdraw(first.consent, actor="owner", now=NOON)
    monkeypatch.setattr("content.seed.cases.tomllib", SimpleNamespace(loads=lambda text: {"case": listed}))
    assert seed() == (1 if way == "keep" else 0)


def test_nothing_that_was_withdrawn_is_seeded_again(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tomllib.loads((FOLDER / "cases.toml").read_text())["case"][:1]
    monkeypatch.setattr("content.seed.cases.tomllib", SimpleNamespace(loads=lambda text: {"case": listed}))
    seed()
    withdraw(Consent.objects.get(), actor="reception", now=NOON)
    assert seed() == 0
    assert not Case.objects.showable(DAY).exists()
    assert not Case.objects.showable(DAY + timedelta(days=1)).exists()
