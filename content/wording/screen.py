"""Tell cheaply which of many patterns can match a text at all, from the letters that each can't do without.

Most sentences hold none of them, so that few patterns need be tried, or even compiled; what is found is the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

KEY = 3  # letters by which a needed string is looked up
ENOUGH = 5  # letters; a longer string tells hardly more
#: What is escaped, a class of characters, a sign.
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[|()]", re.DOTALL)
ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
GROUP = re.compile(r"\((?:\?(?P<kind>:|=|!|<=|<!|P<\w+>))?")
REPEAT = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})?\??")
PLACES = frozenset({"^", "$", r"\b", r"\B"})  # which take up no letters

Needs = tuple[frozenset[str], ...]


class Screen:
    """Patterns, and which of them a text may match; none of them is compiled."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._needs = [needs(pattern) for pattern in patterns]
        self._always = {number for number, sets in enumerate(self._needs) if not sets}
        self._by_string: dict[str, set[int]] = {}
        for number, sets in enumerate(self._needs):
            for string in best(sets):
                self._by_string.setdefault(string, set()).add(number)
        self._by_key: dict[str, list[str]] = {}
        for string in {string for sets in self._needs for strings in sets for string in strings}:
            self._by_key.setdefault(string[:KEY], []).append(string)
        self._keys = frozenset(self._by_key)

    def possible(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match somewhere in `text`, in order; no other one does."""
        starts = {text[at : at + length] for length in (2, KEY) for at in range(len(text))}
        held = {string for key in starts & self._keys for string in self._by_key[key] if string in text}
        found = set().union(*(self._by_string.get(string, ()) for string in held))
        found = {number for number in found if not any(map(held.isdisjoint, self._needs[number]))}
        return sorted(self._always | found)


@cache
def compiled(pattern: str) -> "re.Pattern[str]":
    """Return a pattern compiled; only patterns of this program may be given, as they are kept for good."""
    return re.compile(pattern)


def matches(patterns: Sequence[str], text: str) -> Iterator["re.Match[str]"]:
    """Yield what one pattern of all these alternatives would match, in order; none of them may match nothing."""
    at = 0
    while found := [match for pattern in patterns if (match := compiled(pattern).search(text, at))]:
        first = min(found, key=re.Match.start)
        yield first
        at = first.end()


@cache
def alternatives(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern that stand in no group, in order."""
    parts, depth, start = [], 0, 0
    for piece in PIECE.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if piece[0] == "|" and not depth:
            parts.append(pattern[start : piece.start()])
            start = piece.end()
    return (*parts, pattern[start:])


def best(sets: Needs) -> frozenset[str]:
    """Return the set that tells most: whose shortest string is longest, and which has fewest."""
    return max(sets, key=lambda each: (min(ENOUGH, *map(len, each)), -len(each)), default=frozenset())


@cache
def needs(pattern: str) -> Needs:
    """Return sets of strings of two letters or more: each match, with what stands beside it, holds one string of each set.

    The pattern has no flags, comments, conditions or references.
    """
    parts = alternatives(pattern)
    if len(parts) == 1:
        return tuple(dict.fromkeys(each for each in _in_sequence(pattern) if each and min(map(len, each)) > 1))
    sets = [best(needs(part)) for part in parts]
    return (frozenset().union(*sets),) if all(sets) else ()


def _in_sequence(pattern: str) -> Iterator[frozenset[str]]:
    run = ""
    for atom, repeat in _atoms(pattern):
        is_letter = (len(atom) == 1 and atom not in ".^$") or (
            len(atom) == 2 and atom[0] == "\\" and not atom[1].isalnum()
        )
        is_certain = repeat[:1] not in {"*", "?"} and not repeat.startswith(("{0", "{,"))
        group = GROUP.match(atom)
        if group and is_certain and group["kind"] not in {"!", "<!"}:
            yield from needs(atom[group.end() : -1])
        if is_letter and is_certain:
            run += atom[-1]
        if repeat or not (is_letter or atom in PLACES or (group and group["kind"] in {"=", "!", "<=", "<!"})):
            yield frozenset({run})
            run = ""
    yield frozenset({run})


def _atoms(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield each letter, class or group of a pattern without alternatives, and how often it may come."""
    at = 0
    while at < len(pattern):
        end = _end_of_group(pattern, at) if pattern[at] == "(" else ATOM.match(pattern, at).end()  # type: ignore[union-attr]
        repeat = REPEAT.match(pattern, end)
        yield pattern[at:end], repeat[0] if repeat else ""
        at = repeat.end() if repeat else end


def _end_of_group(pattern: str, start: int) -> int:
    depth = 0
    for piece in PIECE.finditer(pattern, start):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if not depth:
            return piece.end()
    raise ValueError(f"A group isn't closed: {pattern}")
