"""For each fact of a treatment, the unit and the words around a number that make the number that fact."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ABOUT = (
    r"(?: (?:about|around|roughly|approximately|between|only|just|usually|often|normally|up to|at least|at most"
    r"|less than|more than|as little as|no more than|fewer than|under|over|from|another|a further|mostly|a|an|the))* ?$"
)
SESSION = r"(?:sessions?|treatments?|visits?|appointments?)"
NOT_AFTER = (
    r"(?<!after )(?<!before )(?<!after the )(?<!before the )(?<!after your )(?<!before your )(?<!after each )(?<!next )"
)


@dataclass(frozen=True)
class Subject:
    """The words that tie a number to a fact: just `before` it or just `after` it, and anywhere in its `sentence`."""

    unit: str
    before: str
    after: str
    sentence: str = ""

    def distance(self, before: str, after: str) -> int | None:
        """Return how many characters away the subject is, or None if the number is about something else."""
        preceding = re.search(rf".*({self.before}){ABOUT}", before) if self.before else None
        distances = [len(before) - preceding.start(1)] if preceding else []
        if re.search(rf"^(?: or (?:more|so|less|longer))? ?-?(?:{self.after})", after):
            distances.append(0)
        return min(distances) if distances else None


def _after_a_session(unit: str, what: str, more: str = "") -> Subject:
    """Return the subject of advice for a time: “do not swim for 72 hours”, “72 hours without swimming”."""
    before = rf"\b(?:{what})\b[a-z', ]{{0,45}}\b(?:for|until|within|in|after|wait|first)"
    after = rf"(?:without|before|until|of no|with no|off) [a-z', ]{{0,25}}\b(?:{what})\b" + (f"|{more}" if more else "")
    return Subject(unit, before, after)


SUBJECTS: Mapping[str, Subject] = {
    "treatment-minutes": Subject(
        "minute",
        NOT_AFTER + r"\b(?:sessions?|treatments?|procedure|microneedling|needling|needles)\b[a-z' ]{0,25}"
        r"(?:\b(?:takes?|lasts?|is|are|needs?|for|in|over|of)|:)",
        r"of (?:treatment|needling|microneedling)\b"
        r"|for (?:the |your |each )?(?:sessions?|treatments?|needling|needles)\b"
        r"|(?:long )?(?:treatment|session|procedure)s?\b",
    ),
    "numbing-minutes": Subject(
        "minute",
        r"\b(?:numbing|numbed|anaesthetic)\b[a-z': ]{0,45}|\b(?:cream|it)\b[a-z' ]{0,12}\b(?:for|takes?|needs?)",
        r"of (?:numbing|cream)\b|for (?:the |your )?(?:numbing|cream)\b|(?:to numb|to work|before)\b",
        r"\b(?:numb|anaesthetic)",
    ),
    "visit-minutes": Subject(
        "minute",
        r"(?<!first )(?<!follow-up )\b(?:visits?|appointments?|allow|altogether|in all|in total|together)\b"
        r"[a-z': ]{0,25}",
        r"(?:in all|in total|altogether|from start to finish)\b|for (?:the|your) (?:whole )?(?:visit|appointment)\b",
    ),
    "weeks-between-sessions": Subject(
        "week",
        rf"\b(?:every|spaced?(?: out)?(?: by)?|(?:gaps?|intervals?|spacing|breaks?) (?:of|is|are)"
        rf"|between (?:your |the |each |two )?{SESSION}[a-z': ]{{0,20}}"
        rf"|(?:repeat(?:ed)?|next {SESSION})[a-z ]{{0,20}} (?:after|in|within))",
        rf"(?:apart|between (?:your |the |each |two )?{SESSION}|from one {SESSION} to"
        rf"|after the (?:one|session) before"
        rf"|(?:before|until) (?:you have )?(?:your |the )?next {SESSION}|(?:gaps?|intervals?)\b)",
        rf"\b{SESSION}\b|\bapart\b|needling",
    ),
    "usual-sessions": Subject(
        "session",
        r"\b(?:usual(?:ly)?|course (?:of|is)|(?:you|people|patients)(?:'ll| will| may| usually| often)? (?:have|need)"
        r"|needs?|takes?|plan|book|recommend|suggest|package of|series of)",
        r"in a (?:\w+ )?course\b|(?:are|is) (?:usual|normal|needed|typical|enough|recommended)\b"
        r"|as a rule\b|in (?:all|total)\b|for most\b",
    ),
    "days-to-settle": Subject(
        "day",
        r"\b(?:settles?|settled|settling|calms?(?: down)?|heals?|recovers?|recovery|back to normal|downtime)\b"
        r"[a-z' ]{0,15}(?:\b(?:in|within|after|over|takes?|is|of)|:)",
        r"(?:to (?:settle|heal|calm|recover)|(?:of )?(?:downtime|recovery)"
        r"|for [a-z', ]{0,30}to (?:settle|calm)|until [a-z' ]{0,15}(?:settled?|calm))",
    ),
    "weeks-before-judging": Subject(
        "week",
        r"\b(?:judg\w+|(?:final|full|real) (?:results?|change)|see (?:the|your) results?)\b[a-z', ]{0,30}"
        r"\b(?:before|until|after|at|in|for|wait|takes?|is|are)",
        rf"(?:have passed )?(?:after|since|from|following) (?:your|the) (?:last|final) {SESSION}"
        rf"|before (?:you )?judg|to see (?:the|your) (?:final|full) result",
        r"\b(?:judg\w+|results?|final|change)\b",
    ),
    "hours-in-cotton": _after_a_session("hour", r"cotton|loose (?:clothes|clothing|sleeves)", r"of loose"),
    "hours-without-make-up": _after_a_session("hour", r"make-?up|perfume|fake tan"),
    "hours-without-exercise": _after_a_session(
        "hour", r"exercis\w+|sports?|gym|swim(?:ming)?|sauna|pool|running|working out"
    ),
    "days-without-scrubs": _after_a_session(
        "day", r"scrubs?|acids?|retinoids?|retinol|vitamin a\)? creams?|wax(?:ing)?|shav(?:e|ing)|exfoliat\w+"
    ),
    "weeks-out-of-sun": _after_a_session("week", r"sun(?:bath\w+|beds?)?|tan(?:ning)?", r"out of the sun"),
}
