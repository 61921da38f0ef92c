"""Tell whether a number counts the sessions of a course."""

import re

from .quantities import Quantity

#: A count of sessions that is a point in time or another amount: "after 3 sessions", "each session".
NOT_THE_COURSE = re.compile(
    r"\b(?:after|between|before|first|last|each|per|these|those|both|since|every|further|next|of your|miss(?:ed)?|within) (?:about |the |your |only |just )*$"
)
NOT_MORE_THAN_ONE = re.compile(r"\b(?:more than|at least|just|another|from|to|in|for|with|to the next) ?$")
HOW_MANY = re.compile(
    r"\b(?:how many|number of|sessions|treatments|visits)\b[^.]{0,40}[:?] ?(?:about |around |typically |usually |often |normally )?$"
)
COMES = re.compile(r"\b(?:come|visit(?: us)?|see us|be treated|needled)(?: here| in| back)? (?:about |around )?$")
SELDOM = re.compile(r"\b(?:seldom|rarely|hardly|not|never|few)\b|n't\b")
STOPPED = re.compile(r"\b(?:stop|stopped|finish\w*|done|complete\w*|end) (?:up )?after (?:about |only |just )*$")
ONLY_ONE = re.compile(r"\b(?:only|just|single|all|enough|sufficient|suffices?|needs?|does)\b")


def is_count_of_sessions(typed: Quantity, sentence: str) -> bool:
    """Whether this number of a folded sentence says how many sessions a course has."""
    before, after = sentence[: typed.start], sentence[typed.end :]
    if (NOT_THE_COURSE.search(before) and not STOPPED.search(before)) or not 1 <= typed.least <= typed.most <= 100:
        return False
    if typed.unit == "time" and COMES.search(before):
        return True
    if typed.unit in {"", "time"}:
        course = r"\b(?:course (?:of|is|consists of)(?: usually| about)?|(?:sessions?|treatments?|visits?)(?: needed| usually| you need)?(?: is| are)?:?|set of|series of) ?$"
        return bool(re.search(course, before) or HOW_MANY.search(before)) and bool(
            re.match(r"^ ?(?:$|[.,;!)(]|sessions?|in all|in total|times|as a rule|usually|for most|is usual)", after)
        )
    if typed.most == 1:
        if SELDOM.search(sentence):
            return False
        if STOPPED.search(before):
            return True
        return bool(ONLY_ONE.search(after[:40]) or ONLY_ONE.search(before[-25:])) and not NOT_MORE_THAN_ONE.search(
            before.replace("just ", "")
        )
    return True
