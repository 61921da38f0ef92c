"""Facts quoted in text by their name: `[[weeks-between-sessions]]` is read as "4 to 6 weeks"."""

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


def format_range(least: int, most: int, one: str, many: str) -> str:
    """A range with its unit: "4 to 6 weeks", "4 weeks" where both are equal, "1 week"."""
    unit = one if most == 1 else many
    return f"{most} {unit}" if least == most else f"{least} to {most} {unit}"


def _range(field: str, one: str, many: str) -> Callable[[Treatment], str]:
    return lambda treatment: format_range(
        getattr(treatment, f"{field}_min"), getattr(treatment, f"{field}_max"), one, many
    )


def _single(field: str, one: str, many: str) -> Callable[[Treatment], str]:
    return lambda treatment: format_range(getattr(treatment, field), getattr(treatment, field), one, many)


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
    """The words of one fact; raises KeyError for a name that is none. Without a treatment: "as your clinician says"."""
    words = TOKENS[name]
    return words(treatment) if treatment else "as your clinician says"


def changed_facts(before: Treatment | None, after: Treatment) -> list[tuple[str, str, str]]:
    """Each fact that differs between the two: its name in words, then its words before and after."""
    if before is None:
        return []
    both = [(name.replace("-", " "), words(before), words(after)) for name, words in TOKENS.items()]
    return [(name, old, new) for name, old, new in both if old != new]


def describe_changes(before: Treatment | None, after: Treatment) -> str:
    """The same in one line for the records; "" where no fact differs."""
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in changed_facts(before, after))


def substitute(text: str, treatment: Treatment | None) -> str:
    """`text` with every known token replaced by its words."""
    return TOKEN.sub(lambda found: quote(found[1], treatment) if found[1] in TOKENS else found[0], text)


def substitute_all(value: Any, treatment: Treatment | None) -> Any:
    """The same for every string inside lists and dicts."""
    if isinstance(value, str):
        return substitute(value, treatment)
    if isinstance(value, list):
        return [substitute_all(item, treatment) for item in value]
    if isinstance(value, dict):
        return {key: substitute_all(item, treatment) for key, item in value.items()}
    return value


def validate_tokens(text: str) -> None:
    """Refuse double square brackets that are no known token, and tokens inside addresses.

    A token that the editor split with tags (`[[weeks-b<strong>etween…`) would stay as it stands on the page, so the
    check is made on what is left when known tokens are taken out, with its tags and without them.
    """
    if any("[[" in unquote(unescape(address)) for address in ADDRESS.findall(text)):
        raise ValidationError("A fact can't be quoted inside an address. Write the address without [[ and ]].")
    known_out = TOKEN.sub(lambda found: "" if found[1] in TOKENS else found[0], text)
    with_and_without_tags = (unescape(known_out), unescape(re.sub(r"<[^>]*>", "", known_out)))
    for left in with_and_without_tags:
        if "[[" in left or "]]" in left:
            raise ValidationError(f"{_token_problem(left)} The facts are: {TOKEN_NAMES}.")


def _token_problem(text: str) -> str:
    typed = re.search(r"\[\[([^\[\]]{1,40})\]\]", text)
    if not typed or typed[1] in TOKENS:
        return "Double square brackets hold the name of a fact, unbroken and in one style."
    near = get_close_matches(typed[1].strip().lower(), TOKENS, n=1)
    meant = f" Did you mean [[{near[0]}]]?" if near else ""
    return f"“{typed[0]}” is not the name of a fact.{meant}"
