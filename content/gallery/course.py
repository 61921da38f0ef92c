"""A case's course as patients read it: steps by week, counted from the first session, without dates."""

from dataclasses import dataclass

from content.gallery.choices import CAUSE_PHRASES, Cause

from .models import Case


@dataclass(frozen=True)
class CourseStep:
    """One step of the course; `is_session` tells treatment from other visits."""

    title: str
    text: str
    is_session: bool


def course_steps(case: Case) -> list[CourseStep]:
    """Return the steps: before the first session, each session, and the day of the “after” photograph."""
    between = case.weeks_between or 0
    sessions = [
        CourseStep(
            f"Session {number}",
            "Week 0"
            if number == 1
            else f"About week {(number - 1) * between}, {weeks_text(between)} after session {number - 1}",
            is_session=True,
        )
        for number in range(1, (case.sessions or 0) + 1)
    ]
    last = "“After” photograph" if case.is_final else "“After” photograph, not yet final"
    about = "About week" if (case.sessions or 0) > 1 else "Week"
    return [
        CourseStep("Before", "“Before” photograph", is_session=False),
        *sessions,
        CourseStep(
            "Follow-up",
            f"{about} {case.weeks_of_course + (case.weeks_after or 0)}, {weeks_text(case.weeks_after or 0)} "
            f"after the last session: {last}",
            is_session=False,
        ),
    ]


def summary(case: Case) -> str:
    """Return the case in one or two sentences, for the top of its page."""
    cause = "" if case.cause == Cause.UNKNOWN else f" {CAUSE_PHRASES[Cause(case.cause)]}"
    marks = f"{case.get_mark_colour_display()} stretch marks{cause}, on {case.get_skin_tone_display().lower()} skin."
    after = weeks_text(case.weeks_after or 0)
    if case.sessions == 1:
        return f"{marks} One session, and pictured {after} after it."
    over = weeks_text(case.weeks_of_course)
    return f"{marks} {case.sessions} sessions over about {over}, and pictured {after} after the last one."


def weeks_text(number: int) -> str:
    """Return “1 week”, “5 weeks”."""
    return f"{number} week{'' if number == 1 else 's'}"


def disclaimer(case: Case) -> str:
    """Return what this one case can't tell a reader, made from its data so that nobody can leave it out."""
    seen = {
        "LARGE": "a large change, and the marks can still be seen",
        "MODERATE": "a moderate change",
        "SMALL": "a small change",
        "NONE": "no change that can be seen",
    }[case.outcome]
    graded = f"It is drawn to show {seen}." if case.is_demo else f"A clinician sees {seen}."
    early = "" if case.is_final else " That is too early to judge the result."
    others = case.other_treatments.strip().rstrip(".")
    other = "" if others.lower() == "none" else f" Also used in that time: {others}."
    who = "This drawing shows a made-up case" if case.is_demo else "This is one person"
    return (
        f"{who}: {case.get_skin_tone_display().lower()} skin, {case.get_mark_colour_display().lower()} marks, "
        f"{case.sessions} session{'' if case.sessions == 1 else 's'}, pictured {weeks_text(case.weeks_after or 0)} "
        f"after the last one. {graded}{early}{other} Your own result may be better or worse; some people see no change."
    )
