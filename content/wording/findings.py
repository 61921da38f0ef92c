"""Input and output of the checks: a page's words as plain data, and findings that a nurse can act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a passage is to its reader."""

    TEXT = "TEXT"
    HEADING = "HEADING"
    ROW = "ROW"
    ALT = "ALT"
    SOURCE = "SOURCE"
    ADDRESS = "ADDRESS"


class Level(StrEnum):
    """Whether a finding stops the page from going live."""

    BLOCKING = "BLOCKING"
    ADVISORY = "ADVISORY"


@dataclass(frozen=True)
class Passage:
    """Words that belong together. `block` is handed back with each finding and never looked at.

    `place` names in staff's words where they are. `html` is set for rich text and then read in place of `text`.
    Facts are quoted in either by their tokens. `field` names the field, and with `block` the list of a row.
    """

    place: str
    block: Any
    kind: Kind
    field: str
    text: str = ""
    html: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact of the treatment: its lowest and highest number, and its words."""

    least: int
    most: int
    text: str


@dataclass(frozen=True)
class SuitabilityRow:
    """A row of a list of who should wait, or a question of a page's own, which has no `text`.

    `meaning` is NOT_NOW or SPEAK_FIRST, `page` the title of the page where it stands if that is another one.
    """

    place: str
    block: Any
    text: str
    meaning: str
    question: str
    page: str = ""


@dataclass(frozen=True)
class PageText:
    """A page as the checks see it.

    `template` is the kind of page ("treatment", "topic" …), `slots` the kinds of block in each of its slots, `live` the
    addresses that answer, `anchors` the places on the page itself, `hosts` the names this site is reached by.
    `own_rows` are the rows of its lists of who should wait, `other_rows` those of other live pages, `questions` the
    yes-or-no questions stored on it, and `has_questions_page` says whether the site asks such questions.
    `sends_on` is set if the page shows nothing because its readers are sent to another.
    """

    passages: Sequence[Passage]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    template: str = ""
    slots: Mapping[str, Sequence[str]] = field(default_factory=dict)
    live: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    own_rows: Sequence[SuitabilityRow] = ()
    other_rows: Sequence[SuitabilityRow] = ()
    questions: Sequence[SuitabilityRow] = ()
    has_questions_page: bool = False
    sends_on: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing to mend: what is wrong (`problem`), what to write instead (`suggestion`), and the words (`quoted`).

    `word` names what was found, and is set where a reviewer may give a reason to let the words stand; a fact that they
    contradict is named with its value, so that the reason ends when it changes. No reason helps where it `is_absolute`.
    """

    level: Level
    code: str
    block: Any
    place: str
    problem: str
    suggestion: str
    quoted: str = ""
    word: str = ""
    is_absolute: bool = False

    @property
    def can_be_explained(self) -> bool:
        """Whether a reason may let the words stand."""
        return bool(self.word) and not self.is_absolute


def finding_in(level: Level, code: str, passage: Passage, problem: str, suggestion: str, quoted: str = "") -> Finding:
    """Return a finding at the place of this passage."""
    return Finding(level, code, passage.block, passage.place, problem, suggestion, quoted)
