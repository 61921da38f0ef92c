"""Read numbers, durations, counts and intervals with their units out of folded English text: "every other week"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

MINUTE, HOUR, DAY, WEEK = 1.0, 60.0, 1440.0, 10080.0
#: Unit → how many minutes it has, at least and at most; None for things that are counted.
UNITS: dict[str, tuple[float, float] | None] = {
    "second": (1 / 60, 1 / 60), "sec": (1 / 60, 1 / 60), "minute": (1, 1), "min": (1, 1), "hour": (HOUR, HOUR), "hr": (HOUR, HOUR),
    "h": (HOUR, HOUR), "day": (DAY, DAY), "night": (DAY, DAY), "week": (WEEK, WEEK), "wk": (WEEK, WEEK), "fortnight": (2 * WEEK, 2 * WEEK),
    "month": (28 * DAY, 31 * DAY), "quarter": (84 * DAY, 92 * DAY), "year": (365 * DAY, 366 * DAY), "yr": (365 * DAY, 366 * DAY),
    "session": None, "treatment": None, "visit": None, "appointment": None, "procedure": None, "needling": None, "time": None, "round": None,
    "goe": None,
}  # fmt: skip
ONES = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1)
}
TEENS = {word: number for number, word in enumerate(
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 10)}  # fmt: skip
TENS = {
    word: 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
ORDINALS = {word: number for number, word in enumerate(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"], 1)}  # fmt: skip
OTHER_WORDS = {
    "half a dozen": 6.0, "a dozen": 12.0, "dozen": 12.0, "a couple of": 2.0, "a pair of": 2.0, "a single": 1.0, "single": 1.0, "half an": 0.5,
    "half a": 0.5, "a quarter of an": 0.25, "three quarters of an": 0.75, "three-quarters of an": 0.75, "an": 1.0, "a": 1.0, "none": 0.0,
}  # fmt: skip
NEEDS_UNIT = frozenset([
    "an", "a", "half a", "half an", "a quarter of an", "three quarters of an", "three-quarters of an", "single", "a single",
])  # fmt: skip
SMALL = "|".join([*TEENS, *ONES])
TWO_DIGITS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES)}))?|{SMALL}"
NUMBER = (
    rf"(?:(?:{SMALL}|a) (?:hundred|thousand)(?: and (?:{TWO_DIGITS}))?)"
    rf"|{'|'.join(sorted(OTHER_WORDS, key=len, reverse=True))}|{TWO_DIGITS}"
    r"|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?(?: \d/\d)?|\d/\d"
)
UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?|sessions?|treatments?"
    r"|visits?|appointments?|procedures?|needlings?|times|rounds?|goes)"
)
ADJECTIVE = (
    r"(?:whole|full|clear|long|short|separate|individual|microneedling|needling|calendar|consecutive|good|solid|skin|clinic|follow-up|single"
    r"|weekly|monthly|working|entire|straight|little|quick|different|complete|of|such|these|or so|or more|treatment(?= s)|pain-?ful)"
)
ATOM = re.compile(
    rf"(?<![\w.,/])(?:(?P<number>{NUMBER}))(?P<half> and a half| and (?:a|one|three)[ -]quarters?| 1/2)?(?:[ -]?(?P<more>more |further |extra |another )?(?:{ADJECTIVE} ){{0,2}}"
    rf"(?P<unit>{UNIT}))?(?P<after> and (?:a half|(?:a|one|three)[ -]quarters?))?(?!\w)(?!\.\d)"
)
RANGE = re.compile(r" ?- ?| to | or | and |, maybe | till | until | up to | ?/ ?")
SUM = re.compile(r",? | and |")
ORDINAL = re.compile(
    rf"(?<!\d )(?<!one )(?<!an )(?<!a )\b(?P<unit>day|week|month|hour|night)s? (?P<low>{TWO_DIGITS}|\d{{1,3}})(?:(?: ?- ?| to | or )(?P<high>{TWO_DIGITS}|\d{{1,3}}))?(?![\w/])"
    rf"|\bthe (?P<nth>{'|'.join(ORDINALS)}) (?P<nthunit>day|week|month|hour)(?![\w])"
)
NEXT = re.compile(
    r"\b(?:the (?:next|following)|(?<=: )next(?= (?:day|morning))) (?P<next>day|morning|week|month)\b|\b(?P<after>the (?:day|morning) after|tomorrow)\b"
)
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
LABELLED = re.compile(
    rf"^\W*(?:how many |number of |time in )?(?P<unit>minutes|hours|days|weeks|months|sessions|treatments|visits)\b[^:;.?]{{0,60}}[:?] ?(?P<low>{TWO_DIGITS}|\d{{1,3}})"
    rf"(?:(?: ?- ?| to )(?P<high>{TWO_DIGITS}|\d{{1,3}}))?(?: or so)?\W*$"
)
FREQUENCY = re.compile(
    rf"\bevery (?P<nth>other|{'|'.join(ORDINALS)}) (?P<nthunit>day|week|month|{DAYS})s?\b"
    rf"|\b(?:every|each) (?P<each>day|week|fortnight|month|quarter|year|{DAYS})\b(?! of the week| you)"
    rf"|\b(?P<times>once|twice|one|two|three|four|a|single)(?: (?:\w+ )?(?:sessions?|treatments?|visits?|appointments?|times?))?"
    r" (?:a|per|each|every|in a) (?P<per>day|week|fortnight|month|quarter|year)\b"
    rf"|\b(?P<bi>bi-?|two-|three-|four-|six-|eight-|\d-)?(?P<ly>daily|weekly|fortnightly|monthly|quarterly)\b"
)
LY = {"daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter"}
TIMES = {"once": 1, "one": 1, "a": 1, "single": 1, "twice": 2, "two": 2, "three": 3, "four": 4}


@dataclass(frozen=True)
class Quantity:
    """A number or range in a sentence: minutes (`is_time`), or a count of `unit`, "" for a bare number.

    `slack` is by how many minutes months may be longer; `manner` is "for", "every" or "nth" (on day seven).
    """

    least: float
    most: float
    slack: float
    unit: str
    start: int
    end: int
    is_time: bool = False
    manner: str = "for"


def value(text: str) -> float:
    """Return the number that digits or words stand for."""
    if text in OTHER_WORDS:
        return OTHER_WORDS[text]
    if text[0].isdigit():
        return _digits(text)
    total, last = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text):
        number = ONES.get(word) or TEENS.get(word) or TENS.get(word) or (1 if word == "a" else 0)
        if word in {"hundred", "thousand"}:
            total, last = total - last + (last or 1) * (100 if word == "hundred" else 1000), 0
        else:
            total, last = total + number, number
    return total


def _digits(text: str) -> float:
    whole, _, fraction = text.partition(" ")
    if "/" in whole:
        whole, fraction = "0", whole
    number = float(whole.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", whole) else whole.replace(",", "."))
    if fraction:
        top, _, bottom = fraction.partition("/")
        number += float(top) / (float(bottom) or 1)
    return number


def quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a folded sentence, in order; what is part of another one isn't told again."""
    found = [*_frequencies(sentence), *_ordinals(sentence), *_labelled(sentence)]
    taken = [(quantity.start, quantity.end) for quantity in found]
    found += [
        quantity
        for quantity in _merged(sentence, list(_atoms(sentence)))
        if not any(start < quantity.end and quantity.start < end for start, end in taken)
    ]
    return sorted(found, key=lambda quantity: quantity.start)


def _atoms(sentence: str) -> Iterator[Quantity]:
    for match in ATOM.finditer(sentence):
        number, unit = match["number"], _singular(match["unit"] or "")
        if (number in NEEDS_UNIT and not unit) or match["more"]:
            continue
        amount = value(number) + _part(match["half"] or match["after"] or "")
        yield _quantity(amount, unit, *match.span())


def _part(words: str) -> float:
    """Return the part of a whole that words such as "and three quarters" add."""
    if "quarter" in words:
        return 0.75 if "three" in words else 0.25
    return 0.5 if words else 0


def _singular(unit: str) -> str:
    return unit if unit == "h" else unit.removesuffix("s")


def _quantity(amount: float, unit: str, start: int, end: int) -> Quantity:
    minutes = UNITS.get(unit)
    if minutes is None:
        return Quantity(amount, amount, 0, unit, start, end)
    return Quantity(
        amount * minutes[0], amount * minutes[0], amount * (minutes[1] - minutes[0]), unit, start, end, is_time=True
    )


def _merged(sentence: str, atoms: list[Quantity]) -> list[Quantity]:
    """Return the atoms with ranges and sums made one: "45 minutes to an hour", "1 hour 30 minutes", "a day or two"."""
    merged: list[Quantity] = []
    for atom in atoms:
        last = merged[-1] if merged else None
        between = sentence[last.end : atom.start] if last else ""
        if (
            last
            and last.is_time
            and atom.is_time
            and last.most > atom.most
            and SUM.fullmatch(between)
            and "-" not in between
        ):
            merged[-1] = replace(
                last,
                least=last.least + atom.least,
                most=last.most + atom.most,
                slack=last.slack + atom.slack,
                end=atom.end,
            )
        elif last and RANGE.fullmatch(between) and (joined := _range(last, atom)):
            merged[-1] = joined
        else:
            merged.append(atom)
    return merged


def _range(low: Quantity, high: Quantity) -> Quantity | None:
    """Return the range from `low` to `high`, either of which may leave its unit to the other."""
    if low.is_time == high.is_time and (low.unit == high.unit or low.is_time):
        pass
    elif not low.unit:
        low = _quantity(low.least, high.unit, low.start, low.end)
    elif not high.unit:
        high = _quantity(high.least, low.unit, high.start, high.end)
    else:
        return None
    if low.least > high.most:
        return None
    return replace(high, least=low.least, start=low.start)


def _labelled(sentence: str) -> Iterator[Quantity]:
    """Yield the number after a label that holds its unit: "Days without sunbathing: 3"."""
    match = LABELLED.search(sentence)
    if match:
        low, high = value(match["low"]), value(match["high"] or match["low"])
        unit = _singular(match["unit"])
        typed, top = (_quantity(number, unit, *match.span("low")) for number in (low, high))
        yield replace(typed, most=top.most, slack=top.slack, end=match.end())


def _ordinals(sentence: str) -> Iterator[Quantity]:
    for match in ORDINAL.finditer(sentence):
        unit = match["unit"] or match["nthunit"]
        low = value(match["low"]) if match["low"] else ORDINALS[match["nth"]]
        high = value(match["high"]) if match["high"] else low
        minutes = UNITS[unit]
        if minutes:
            slack = high * (minutes[1] - minutes[0])
            yield Quantity(low * minutes[0], high * minutes[0], slack, unit, *match.span(), is_time=True, manner="nth")
    for match in NEXT.finditer(sentence):
        unit = {"week": "week", "month": "month"}.get(match["next"] or "", "day")
        yield replace(_quantity(1, unit, *match.span()), manner="nth")


def _frequencies(sentence: str) -> Iterator[Quantity]:
    for match in FREQUENCY.finditer(sentence):
        unit = match["nthunit"] or match["each"] or match["per"] or LY[match["ly"]]
        number: float = 1
        if match["nth"]:
            number = 2 if match["nth"] == "other" else ORDINALS[match["nth"]]
        elif match["times"]:
            number = 1 / TIMES[match["times"]]
        elif match["bi"]:
            number = 2 if match["bi"].startswith("bi") else value(match["bi"].rstrip("-"))
        yield replace(
            _quantity(number, "week" if unit.endswith("day") and unit != "day" else unit, *match.span()), manner="every"
        )
