"""What staff read about a case: where it stands, what is missing, why it isn't shown, when its consent ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from content.gallery.choices import CaseState
from content.gallery.readiness import expiry_warning, missing_items, showable_sentence, state
from content.models import Case
from tests.factories import DAY, NOON, CaseFactory, PairFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def answer(case: Case) -> str:
    return showable_sentence(case, DAY, is_showable=case.is_showable(DAY))


def test_a_whole_case_misses_nothing() -> None:
    assert missing_items(CaseFactory(approved_at=None), DAY) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"cause": ""}, "Fill in what the marks came with."),
        ({"mark_colour": ""}, "Fill in the colour of the marks before."),
        ({"skin_tone": ""}, "Fill in the skin, in words."),
        ({"age_band": ""}, "Fill in the age band."),
        ({"sessions": None}, "Fill in the number of sessions."),
        ({"weeks_between": None}, "Fill in the weeks between sessions."),
        ({"weeks_after": None}, "Fill in the weeks after the last session."),
        ({"device": ""}, "Fill in the device."),
        ({"other_treatments": ""}, "Fill in other treatments (or “none”)."),
        ({"consent": None}, "Record the person’s consent, and choose it here."),
        ({"consent__withdrawn_at": NOON}, "The person has withdrawn their consent."),
        ({"consent__expires_on": DAY - timedelta(days=1)}, "The consent has ended. A new one is needed."),
        ({"consent__given_on": DAY + timedelta(days=1)}, "The consent is dated in the future. Correct the day it was signed."),
        ({"consent__form": ""}, "Add the signed form to the consent, as a scan or a photograph of it."),
        ({"consent__is_demo": True}, "A sample and a real case don’t go together: record the person’s own consent."),
        ({"pairs": 0}, "Put together at least one pair of photographs, before and after."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_one_sentence(values: dict[str, Any], sentence: str) -> None:
    case = CaseFactory(approved_at=None, **values)
    assert missing_items(case, DAY) == [sentence]
    assert state(case, DAY) in {CaseState.INCOMPLETE, CaseState.WITHDRAWN, CaseState.EXPIRED}


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"before__captured_on": None}, "write the day on which the “before” photograph was taken"),
        ({"after__alt": ""}, "say what the “after” photograph shows"),
        ({"before__captured_on": date(2023, 12, 31)}, "known to have been 18"),
        ({"after__captured_on": date(2025, 1, 2)}, "isn’t older than"),
        ({"after__captured_on": date(2025, 4, 1)}, "are 12 weeks apart, but the course and the wait after it take 27"),
        ({"after__width": 700}, "different shapes"),
        ({"after__cut_left": 10}, "different shapes"),
    ],
)
def test_what_is_wrong_with_a_pair_names_the_pair(values: dict[str, Any], part: str) -> None:
    case = CaseFactory(approved_at=None)
    PairFactory(case=case, **values)
    (sentence,) = missing_items(case, DAY)
    assert sentence.startswith("Pair 2: ")
    assert part in sentence


def test_states_follow_one_another() -> None:
    case = CaseFactory(approved_at=None, device="")
    seen = [state(case, DAY)]
    case.device = "Pen"
    seen.append(state(case, DAY))
    case.approved_at = NOON
    seen.append(state(case, DAY))
    seen.append(state(case, case.consent.expires_on + timedelta(days=1)))
    case.consent.withdrawn_at = NOON
    seen.append(state(case, DAY))
    assert seen == [CaseState.INCOMPLETE, CaseState.READY, CaseState.APPROVED, CaseState.EXPIRED, CaseState.WITHDRAWN]


def test_the_list_says_why_not() -> None:
    assert answer(CaseFactory()) == "Yes, until 1 January 2027."
    assert answer(CaseFactory(approved_at=None)) == "No, not yet: it waits for a doctor’s approval."
    assert answer(CaseFactory(approved_at=None, cause="", device="")) == (
        "No, not yet: Fill in what the marks came with. And 1 more."
    )
    assert answer(CaseFactory(consent__withdrawn_at=NOON)) == "No: the person has withdrawn their consent."
    assert answer(CaseFactory(consent__expires_on=DAY - timedelta(days=1))) == "No: the consent has ended."
    assert "did not say yes to the website" in answer(
        CaseFactory(consent__for_website=False, consent__for_search=False)
    )
    assert "no longer fits" in answer(CaseFactory(consent__adult_on=date(2025, 1, 3)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (61, ""),
        (60, "The consent ends in 60 days."),
        (15, "The consent ends in 15 days."),
        (14, "Urgent: the consent ends in 14 days."),
        (1, "Urgent: the consent ends tomorrow."),
        (0, "Urgent: the consent ends today."),
        (-1, ""),
    ],
)
def test_staff_are_warned_60_and_14_days_before(days: int, words: str) -> None:
    said = expiry_warning(CaseFactory(consent__expires_on=DAY + timedelta(days=days)), DAY)
    assert said.startswith(words)
    assert bool(said) is bool(words)


def test_a_withdrawn_consent_warns_of_nothing() -> None:
    assert expiry_warning(CaseFactory(consent__expires_on=DAY, consent__withdrawn_at=NOON), DAY) == ""
    assert expiry_warning(CaseFactory(approved_at=None, consent=None), DAY) == ""
