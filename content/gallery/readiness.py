"""Where a case stands, and in words what is still missing and whether it may be shown."""

from collections.abc import Callable
from datetime import date, timedelta

from content.gallery.choices import CaseState
from content.gallery.models import Case, Pair
from content.images import storage

REQUIRED_FIELDS = {
    "cause": "what the marks came with",
    "mark_colour": "the colour of the marks before",
    "skin_tone": "the skin, in words",
    "age_band": "the age band",
    "sessions": "the number of sessions",
    "weeks_after": "the weeks after the last session",
    "device": "the device",
    "other_treatments": "other treatments (or “none”)",
}
WARNING_DAYS = (14, 60)  # days before a consent ends at which the list of cases says so
DATE_TOLERANCE = timedelta(weeks=2)  # "about 5 weeks apart" is about

_registered: list[Callable[[Case], list[str]]] = []


def register(check: Callable[[Case], list[str]]) -> None:
    """Add a check that returns in sentences what must be corrected before a case can be approved."""
    if check not in _registered:
        _registered.append(check)


def state(case: Case, on: date) -> CaseState:
    """Where it stands on the clinic's local date `on`."""
    if case.consent and case.consent.withdrawn_at:
        return CaseState.WITHDRAWN
    if case.consent and case.consent.has_expired(on):
        return CaseState.EXPIRED
    if case.approved_at:
        return CaseState.APPROVED
    return CaseState.INCOMPLETE if missing_items(case, on) else CaseState.READY


def missing_items(case: Case, on: date) -> list[str]:
    """What has to be there before a doctor can approve it, each as a sentence for the nurse; [] when it is whole."""
    if case.consent and case.consent.withdrawn_at:
        return ["The person has withdrawn their consent."]
    found = [f"Fill in {words}." for field, words in REQUIRED_FIELDS.items() if getattr(case, field) in ("", None)]
    if case.sessions and case.sessions > 1 and not case.weeks_between:
        found.append("Fill in the weeks between sessions.")
    found += _consent_problems(case, on) + _picture_problems(case)
    return found + [problem for check in _registered for problem in check(case)]


def _consent_problems(case: Case, on: date) -> list[str]:
    consent = case.consent
    if consent is None:
        return ["Record the person’s consent, and choose it here."]
    if consent.has_expired(on):
        return ["The consent has ended. A new one is needed."]
    if consent.is_demo != case.is_demo:
        return ["A sample and a real case don’t go together: record the person’s own consent."]
    if consent.given_on > on:
        return ["The consent is dated in the future. Correct the day it was signed."]
    if not consent.form and not consent.is_demo:
        return ["Add the signed form to the consent, as a scan or a photograph of it."]
    return []


def _picture_problems(case: Case) -> list[str]:
    pairs = list(case.pairs.all())
    if not pairs:
        return ["Put together at least one pair of photographs, before and after."]
    return [problem for number, pair in enumerate(pairs, 1) for problem in _pair_problems(case, pair, number)]


def _pair_problems(case: Case, pair: Pair, number: int) -> list[str]:
    found = []
    for side, photo in zip(("before", "after"), pair.photos, strict=True):
        if photo.captured_on is None:
            found.append(f"Pair {number}: write the day on which the “{side}” photograph was taken.")
        elif case.consent and photo.captured_on < case.consent.adult_on:
            found.append(
                f"Pair {number}: the “{side}” photograph is from before the day on which the person is known to have "
                "been 18. Take it out."
            )
        if not case.is_demo and not storage.current_renditions_folder(photo.token, photo.cut).exists():
            found.append(f"Pair {number}: the “{side}” picture has no file any more. Take it out and upload it again.")
        if not photo.alt:
            found.append(f"Pair {number}: say what the “{side}” photograph shows, for people who can’t see it.")
    if not pair.has_matching_shapes:
        found.append(f"Pair {number}: the two photographs have different shapes. Crop them alike.")
    return found + _date_problems(case, pair, number)


def _date_problems(case: Case, pair: Pair, number: int) -> list[str]:
    first, last = pair.before.captured_on, pair.after.captured_on
    if first is None or last is None:
        return []
    if first >= last:
        return [f"Pair {number}: the “before” photograph isn’t older than the “after” one. Change their places."]
    if case.sessions is None or case.weeks_after is None:
        return []
    weeks = case.weeks_of_course + case.weeks_after
    if last - first < timedelta(weeks=weeks) - DATE_TOLERANCE:
        return [
            f"Pair {number}: the photographs are {(last - first).days // 7} weeks apart, but the course and the wait "
            f"after it take {weeks}. Correct the days or the weeks."
        ]
    return []


def showable_sentence(case: Case, on: date, *, is_showable: bool) -> str:
    """One sentence: may it be shown on the website, and if not, why not? `is_showable` is the rule's own answer."""
    now = state(case, on)
    if now == CaseState.WITHDRAWN:
        return "No: the person has withdrawn their consent."
    if now == CaseState.EXPIRED:
        return "No: the consent has ended."
    if now == CaseState.INCOMPLETE:
        problems = missing_items(case, on)
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        return f"No, not yet: {problems[0]}{more}"
    if case.consent and not case.consent.for_website:
        return "No: the person did not say yes to the website."
    if now == CaseState.READY:
        return "No, not yet: it waits for a doctor’s approval."
    if case.is_mixed:
        return "No: a sample person vouches for a real case, or a real one for a sample. It needs another approval."
    if not is_showable:
        return "No: something about its photographs or its consent no longer fits. Open it to see."
    return f"Yes, until {case.consent.expires_on:%-d %B %Y}." if case.consent else ""


def expiry_warning(case: Case, on: date) -> str:
    """A sentence while the consent of a case that could be shown ends within 60 days, and a stronger one within 14."""
    consent = case.consent
    if consent is None or consent.withdrawn_at or consent.has_expired(on):
        return ""
    days = (consent.expires_on - on).days
    if days > max(WARNING_DAYS):
        return ""
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    urgent = "Urgent: the" if days <= min(WARNING_DAYS) else "The"
    return f"{urgent} consent ends {when}. Ask the person for a new one, or the pictures are taken down."
