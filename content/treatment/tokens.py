"""Tokens that quote facts in text: `[[weeks-between-sessions]]` is shown as "4 to 6 weeks".

A fact is changed in `staff/records/treatment_admin.py`; `receivers` announces it to every page that may quote it.
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from .models import Treatment

TOKEN = re.compile(r"\[\[([a-z-]+)\]\]")
ADDRESS = re.compile(r"""(?:href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def format_range(least: int, most: int, singular: str, plural: str) -> str:
    """Return a range with its unit: "4 to 6 weeks"; "4 weeks" or "1 week" if both ends are equal."""
    unit = singular if most == 1 else plural
    return f"{most} {unit}" if least == most else f"{least} to {most} {unit}"


def _range(field: str, singular: str, plural: str) -> Callable[[Treatment], str]:
    return lambda treatment: format_range(
        getattr(treatment, f"{field}_min"), getattr(treatment, f"{field}_max"), singular, plural
    )


def _single(field: str, singular: str, plural: str) -> Callable[[Treatment], str]:
    return lambda treatment: format_range(getattr(treatment, field), getattr(treatment, field), singular, plural)


TOKENS: Mapping[str, Callable[[Treatment], str]] = {
    "treatment-minutes": _range("treatment_minutes", "minute", "minutes"),
    "numbing-minutes": _range("numbing_minutes", "minute", "minutes"),
    "visit-minutes": lambda treatment: format_range(
        treatment.numbing_minutes_min + treatment.treatment_minutes_min,
        treatment.numbing_minutes_max + treatment.treatment_minutes_max,
        "minute",
        "minutes",
    ),
    "weeks-between-sessions": _range("weeks_between", "week", "weeks"),
    "usual-sessions": _range("usual_sessions", "session", "sessions"),
    "days-to-settle": _range("days_to_settle", "day", "days"),
    "weeks-before-judging": _single("weeks_before_judging", "week", "weeks"),
    "hours-in-cotton": _single("hours_in_cotton", "hour", "hours"),
    "hours-without-make-up": _single("hours_without_make_up", "hour", "hours"),
    "hours-without-exercise": _single("hours_without_exercise", "hour", "hours"),
    "days-without-scrubs": _single("days_without_scrubs", "day", "days"),
    "weeks-out-of-sun": _single("weeks_out_of_sun", "week", "weeks"),
}
TOKEN_NAMES = ", ".join(f"[[{name}]]" for name in TOKENS)


def quote(name: str, treatment: Treatment | None) -> str:
    """Return one fact in words, "as your clinician says" without a treatment; raises KeyError for an unknown name."""
    describe = TOKENS[name]
    return describe(treatment) if treatment else "as your clinician says"


def changed_facts(before: Treatment | None, after: Treatment) -> list[tuple[str, str, str]]:
    """Return each fact that differs as (name in words, old words, new words)."""
    if before is None:
        return []
    facts = [(name.replace("-", " "), describe(before), describe(after)) for name, describe in TOKENS.items()]
    return [(name, old, new) for name, old, new in facts if old != new]


def describe_changes(before: Treatment | None, after: Treatment) -> str:
    """Return the changed facts in one line for the ledger, or "" if none differs."""
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in changed_facts(before, after))


def substitute(text: str, treatment: Treatment | None) -> str:
    """Return `text` with every known token replaced by its fact in words."""
    return TOKEN.sub(lambda match: quote(match[1], treatment) if match[1] in TOKENS else match[0], text)


def substitute_all(value: Any, treatment: Treatment | None) -> Any:
    """Return `value` with the tokens replaced in every string inside lists and dicts."""
    if isinstance(value, str):
        return substitute(value, treatment)
    if isinstance(value, list):
        return [substitute_all(item, treatment) for item in value]
    if isinstance(value, dict):
        return {key: substitute_all(item, treatment) for key, item in value.items()}
    return value


def validate_tokens(text: str) -> None:
    """Refuse double square brackets that are no known token, and tokens inside URLs.

    A token that the editor split with tags (`[[weeks-b<strong>etween…`) would not be replaced, so the text without
    known tokens is checked both with its tags and without them.
    """
    if any("[[" in unquote(unescape(address)) for address in ADDRESS.findall(text)):
        raise ValidationError("A fact can't be quoted inside an address. Write the address without [[ and ]].")
    remainder = TOKEN.sub(lambda match: "" if match[1] in TOKENS else match[0], text)
    with_and_without_tags = (unescape(remainder), unescape(re.sub(r"<[^>]*>", "", remainder)))
    for words in with_and_without_tags:
        if "[[" in words or "]]" in words:
            raise ValidationError(f"{_token_problem(words)} The facts are: {TOKEN_NAMES}.")


def _token_problem(text: str) -> str:
    typed = re.search(r"\[\[([^\[\]]{1,40})\]\]", text)
    if not typed or typed[1] in TOKENS:
        return "Double square brackets hold the name of a fact, unbroken and in one style."
    near = get_close_matches(typed[1].strip().lower(), TOKENS, n=1)
    suggestion = f" Did you mean [[{near[0]}]]?" if near else ""
    return f"“{typed[0]}” is not the name of a fact.{suggestion}"
