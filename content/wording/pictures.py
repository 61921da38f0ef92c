"""Check the alternative text of pictures: area, view, skin tone, what is seen."""

import re
from collections.abc import Iterator

from content.wording.findings import Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.text import fold, normalise

MIN_ALT_LENGTH = 15  # characters
EXAMPLE = "For example: “Belly, front view, medium brown skin. About 20 upright pale lines below the belly button.”"
PICTURE_OF = re.compile(
    r"^(?:an? |the )?(?:image|picture|photo|photograph|illustration|drawing|graphic) (?:of|showing)\b"
)
PRAISE = re.compile(
    r"\b(?:amazing|stunning|incredible|beautiful|flawless|wonderful|great|excellent|impressive|transform\w*|smooth and"
    r"|(?:result|improvement)s?)\b"
)
SHOWS_SKIN = re.compile(
    r"\b(?:skin|belly|abdomen|stomach|navel|hips?|thighs?|breasts?|chest|back|bottom|buttocks?|arms?|legs?|hands?|face"
    r"|shoulders?|stretch marks?|scars?)\b"
)
TONE = re.compile(r"\b(?:white|light brown|medium brown|dark brown|brown|black|skin tones?|light skin|dark skin)\b")


def check(page: PageText) -> list[Finding]:
    """Return what is wrong with each alternative text, and texts that two pictures share."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for passage in page.passages:
        if passage.kind is not Kind.ALT:
            continue
        findings += _problems(passage)
        folded = fold(passage.text)
        if folded and folded in seen:
            problem = (
                "Two pictures on this page have the same words. A reader who can’t see them can’t tell them apart."
            )
            findings.append(
                finding_in(Level.ADVISORY, "alt-twice", passage, problem, "Say what this one shows.", passage.text)
            )
        seen.add(folded)
    return findings


def _problems(passage: Passage) -> Iterator[Finding]:
    text = normalise(passage.text)
    folded = fold(text)
    if not any(character.isalnum() for character in text):
        problem = "The picture has no words. A reader who can’t see it gets nothing."
        yield finding_in(Level.BLOCKING, "alt-missing", passage, problem, EXAMPLE)
        return
    if len(text) < MIN_ALT_LENGTH:
        yield finding_in(
            Level.ADVISORY, "alt-short", passage, "These words are too few to see the picture by.", EXAMPLE, text
        )
    if PICTURE_OF.search(folded):
        problem = "Screen readers say already that it is a picture."
        yield finding_in(Level.ADVISORY, "alt-picture-of", passage, problem, "Begin with what is seen.", text)
    if boast := PRAISE.search(folded):
        problem = f"“{boast[0]}” judges; the words should let the reader judge."
        yield finding_in(Level.ADVISORY, "alt-boast", passage, problem, EXAMPLE, text)
    if SHOWS_SKIN.search(folded) and not TONE.search(folded):
        suggestion = "Name the skin: white, light brown, medium brown, dark brown or black."
        yield finding_in(
            Level.ADVISORY, "alt-no-tone", passage, "It shows skin and does not say of what colour.", suggestion, text
        )
