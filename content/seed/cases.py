"""Loads the sample cases, each once: illustrations under a sample consent, so that the gallery has content."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from content.clinic.models import Clinician
from content.consent.models import Consent
from content.gallery.approval import approve
from content.gallery.models import Case, CasePhoto, Pair
from content.images.ingest import ingest
from content.images.models import Photo
from content.treatment.models import Treatment

from .loader import AUTHOR_USERNAME, FOLDER, run_once
from .models import SeededItem

PICTURES = FOLDER / "cases"
CONSENT_DURATION = timedelta(days=5 * 365)
KEY_PREFIX = "case:"
DEVICE = "Sample device: motorised pen"


def seed_cases(report: Callable[[str], object] = lambda line: None, *, now: datetime, on: date) -> int:
    """Load the sample cases that never were, call `report` with a line for each, and return how many they are."""
    done = 0
    clinician = Clinician.objects.filter(is_sample=True).first()
    treatment = Treatment.objects.first()
    if clinician is None or treatment is None or _is_taking_samples_away():
        return done  # the samples were removed, or the other content isn't loaded yet
    for entry in tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["case"]:
        if run_once(f"{KEY_PREFIX}{entry['picture']}", partial(_case, entry, clinician, treatment, now, on)):
            report(f"  sample case: {entry['picture']}")
            done += 1
    return done


def _is_taking_samples_away() -> bool:
    """Return whether a sample case was deleted or withdrawn: a clinic that does so gets no new ones in an upgrade."""
    left = Case.objects.filter(is_demo=True, consent__withdrawn_at=None).count()
    return left < SeededItem.objects.filter(key__startswith=KEY_PREFIX).count()


def _case(entry: dict[str, Any], clinician: Clinician, treatment: Treatment, now: datetime, on: date) -> None:
    case = Case(
        treatment=treatment,
        device=DEVICE,
        other_treatments="none",
        attested_by=clinician,
        is_own_patient=True,
        is_this_treatment_only=True,
        is_unretouched=True,
        is_demo=True,
        **entry["values"],
    )
    last = on - timedelta(weeks=2)
    first = last - timedelta(weeks=case.weeks_of_course + (case.weeks_after or 0))
    case.consent = Consent(
        for_website=True,
        for_search=entry.get("search", False),
        adult_on=first,
        given_on=on,
        expires_on=on + CONSENT_DURATION,
        is_not_a_condition=True,
        has_copy=True,
        is_demo=True,
    )
    case.consent.full_clean()
    case.consent.save()
    case.full_clean()
    case.save()
    before, after = (
        _photo(case, PICTURES / f"{entry['picture']}-{side}.webp", entry[side], day, now)
        for side, day in (("before", first), ("after", last))
    )
    Pair.objects.create(case=case, view=entry["view"], before=before, after=after)
    approve(case, actor=AUTHOR_USERNAME, now=now, on=on)


def _photo(case: Case, path: Path, alt: str, day: date, now: datetime) -> Photo:
    with path.open("rb") as file:
        photo = ingest(file, now=now)
    photo.alt, photo.captured_on = alt, day
    photo.full_clean()
    photo.save()
    CasePhoto.objects.create(case=case, photo=photo)
    return photo
