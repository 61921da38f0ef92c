"""Words in place of a picture, for readers who can't see it: area, view, skin tone, what is seen."""

import re
from collections.abc import Iterator

from content.wording.text import fold, normalise

from .passages import Finding, Kind, Level, PageText, Passage, finding_in

MIN_ALT_LENGTH = 15  # characters
EXAMPLE = "For example: “Abdomen, front view, medium brown skin. About 20 vertical silver lines below the navel.”"
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
    """What is wrong with each text of a picture, and texts that two pictures share."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for passage in page.passages:
        if passage.kind is not Kind.ALT:
            continue
        findings += _problems(passage)
        small = fold(passage.text)
        if small and small in seen:
            wrong = "Two pictures on this page have the same words. A reader who can’t see them can’t tell them apart."
            findings.append(
                finding_in(Level.ADVISORY, "alt-twice", passage, wrong, "Say what this one shows.", passage.text)
            )
        seen.add(small)
    return findings


def _problems(passage: Passage) -> Iterator[Finding]:
    text = normalise(passage.text)
    small = fold(text)
    if not any(character.isalnum() for character in text):
        wrong = "The picture has no words. A reader who can’t see it gets nothing."
        yield finding_in(Level.BLOCKING, "alt-missing", passage, wrong, EXAMPLE)
        return
    if len(text) < MIN_ALT_LENGTH:
        yield finding_in(
            Level.ADVISORY, "alt-short", passage, "These words are too few to see the picture by.", EXAMPLE, text
        )
    if PICTURE_OF.search(small):
        wrong = "Screen readers say already that it is a picture."
        yield finding_in(Level.ADVISORY, "alt-picture-of", passage, wrong, "Begin with what is seen.", text)
    if boast := PRAISE.search(small):
        wrong = f"“{boast[0]}” judges; the words should let the reader judge."
        yield finding_in(Level.ADVISORY, "alt-boast", passage, wrong, EXAMPLE, text)
    if SHOWS_SKIN.search(small) and not TONE.search(small):
        offer = "Name the skin: white, light brown, medium brown, dark brown or black."
        yield finding_in(
            Level.ADVISORY, "alt-no-tone", passage, "It shows skin and does not say of what colour.", offer, text
        )
