"""Plain language: long sentences, words with plainer ones, long lists and paragraphs, and the page's reading age.

After the NHS content guide, PEMAT and the CDC Clear Communication Index; all of it is advice and stops no page.
Reading age is the Flesch–Kincaid grade plus five.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from content.wording.jargon import MEDICAL, OFFICE
from content.wording.passages import Fact, Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.text import all_text, fold, parse, sentences, words

LONG_SENTENCE, VERY_LONG_SENTENCE = 20, 30  # words of a sentence
MAX_SENTENCES, MAX_ROWS = 5, 7  # of a paragraph; of a list
TARGET_READING_AGE = (9, 11)  # reading age
PROSE = {Kind.TEXT, Kind.ROW}
MIN_SENTENCES = 10  # sentences below which a reading age means nothing
PLAIN_ALTERNATIVES = MEDICAL | OFFICE
#: An e at the end that is not heard: "make", "makes", "used"; not "little", "treated", "creases".
SILENT_E = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouyszxcgh]es$|(?:[^aeioutdl]|[aeiouy]l)ed$")
ENDINGS = r"(?:'s|s|es|d|ed|ing)?"


def _forms(word: str) -> str:
    """The word with its plain endings, its last letters bent as English does."""
    if word.endswith("sis"):
        return f"{re.escape(word[:-3])}s[ei]s"
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies|ied)"
    return f"{re.escape(word)}{ENDINGS}" if not word.endswith("e") else f"{re.escape(word[:-1])}(?:e[sd]?|ing)"


def _start(word: str) -> str:
    """The first letters of its longest word, which no ending changes."""
    longest: str = max(re.findall(r"[a-z]+", word), key=len)
    return longest[:4]


#: By those letters: longer phrases first, each with its pattern. Most sentences hold none of them and cost no search.
FORMS: dict[str, list[tuple[str, "re.Pattern[str]"]]] = {}
for _word in sorted(PLAIN_ALTERNATIVES, key=len, reverse=True):
    FORMS.setdefault(_start(_word), []).append((_word, re.compile(rf"\b{_forms(_word)}\b")))


def check(page: PageText) -> list[Finding]:
    """Everything that makes the page harder to read than it needs to be."""
    findings: list[Finding] = []
    everything = all_text(page.passages)
    for passage in page.passages:
        if passage.kind in PROSE:
            findings += _sentences(passage, page.facts)
            findings += _paragraphs(passage)
        if passage.kind in PROSE | {Kind.HEADING}:
            findings += _jargon(passage, everything)
    return findings + list(_long_rows(page.passages)) + list(_grade(page))


def _sentences(passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for paragraph in parse(passage).paragraphs:
        for sentence in paragraph.sentences:
            count = len(words(_with_facts(sentence, facts)))
            if count > VERY_LONG_SENTENCE:
                wrong = f"This sentence has {count} words. Most readers lose its beginning before they reach its end."
                yield finding_in(Level.ADVISORY, "very-long-sentence", passage, wrong, "Make three of it.", sentence)
            elif count > LONG_SENTENCE:
                wrong = f"This sentence has {count} words."
                yield finding_in(
                    Level.ADVISORY, "long-sentence", passage, wrong, f"Make two of it: up to {LONG_SENTENCE}.", sentence
                )


def _with_facts(text: str, facts: Mapping[str, Fact]) -> str:
    """`text` as it is read, facts in words."""
    return re.sub(r"\[\[([a-z-]{1,60})\]\]", lambda name: facts[name[1]].text if name[1] in facts else name[0], text)


def _paragraphs(passage: Passage) -> Iterator[Finding]:
    reading = parse(passage)
    for paragraph in reading.paragraphs:
        count = len(paragraph.sentences)
        if count > MAX_SENTENCES:
            wrong = f"This paragraph has {count} sentences."
            offer = f"Break it after the third or so: up to {MAX_SENTENCES} are easy to take in."
            yield finding_in(Level.ADVISORY, "long-paragraph", passage, wrong, offer, paragraph.sentences[0])
    for rows in reading.lists:
        if rows > MAX_ROWS:
            yield _long_list(passage, rows)


def _long_rows(passages: Sequence[Passage]) -> Iterator[Finding]:
    rows = [passage for passage in passages if passage.kind is Kind.ROW]
    counted = Counter((id(row.block), row.field) for row in rows)
    for row in rows:
        if (count := counted.pop((id(row.block), row.field), 0)) > MAX_ROWS:
            yield _long_list(row, count)


def _long_list(passage: Passage, rows: int) -> Finding:
    wrong = f"This list has {rows} rows. Readers take in up to {MAX_ROWS}."
    return finding_in(Level.ADVISORY, "long-list", passage, wrong, "Shorten it, or make two lists with a heading each.")


def _jargon(passage: Passage, everything: str) -> Iterator[Finding]:
    said = set()
    for paragraph in parse(passage).paragraphs:
        for sentence in paragraph.sentences:
            for word, typed in _hard_words(fold(sentence)):
                if word in said or (word in MEDICAL and is_explained(word, everything)):
                    continue
                said.add(word)
                wrong = f"“{typed}” is a word that many readers don’t know or use."
                offer = f"Write “{PLAIN_ALTERNATIVES[word]}”" + (", or explain it here." if word in MEDICAL else ".")
                yield finding_in(Level.ADVISORY, "jargon", passage, wrong, offer, sentence)


def _hard_words(sentence: str) -> list[tuple[str, str]]:
    """The words of the lists that the sentence (folded) uses, each as listed and as typed; of two that overlap, one."""
    starts = {word[:4] for word in re.findall(r"[a-z]+", sentence)}
    used: list[tuple[int, int, str]] = []
    for start in starts & FORMS.keys():
        for word, form in FORMS[start]:
            use = form.search(sentence)
            if use and not any(a < use.end() and use.start() < b for a, b, _ in used):
                used.append((*use.span(), word))
    return [(word, sentence[a:b]) for a, b, word in sorted(used)]


def is_explained(word: str, everything: str) -> bool:
    """Whether the page (folded) says what the word means: "X is …", "X (…)", "called X", "… (X)", "X, which …"."""
    form = _forms(word)
    return bool(
        re.search(
            rf"\b{form} ?(?:\(|is an?\b|is the\b|are (?:the )?\w+ (?:that|which|of)\b|means?\b|, (?:which|a|an|the)\b)",
            everything,
        )
        or re.search(rf"\b(?:called|known as|the word for this is) (?:\w+ )?{form}\b", everything)
        or re.search(rf"\({form}(?:[ )])", everything)
    )


def syllables(word: str) -> int:
    """About how many syllables an English word has; a number counts as one."""
    small = re.sub(r"[^a-z]", "", fold(word))
    groups = len(re.findall(r"[aeiouy]+", small))
    return max(1, groups - bool(SILENT_E.search(small)))


def reading_age(page: PageText) -> int | None:
    """The age at which most people can read the page's sentences, or None where there are too few."""
    said = [
        _with_facts(sentence, page.facts)
        for passage in page.passages
        if passage.kind in PROSE
        for paragraph in parse(passage).paragraphs
        for sentence in sentences(paragraph.text)
        if sentence.endswith((".", "!", "?"))
    ]
    every = [word for sentence in said for word in words(sentence)]
    if len(said) < MIN_SENTENCES or not every:
        return None
    grade = 0.39 * len(every) / len(said) + 11.8 * sum(syllables(word) for word in every) / len(every) - 15.59
    return max(5, round(grade + 5))


def _grade(page: PageText) -> Iterator[Finding]:
    age = reading_age(page)
    if age is not None and age > TARGET_READING_AGE[1]:
        wrong = f"The page’s reading age is about {age}; aim for {TARGET_READING_AGE[0]} to {TARGET_READING_AGE[1]}."
        yield Finding(
            Level.ADVISORY, "reading-age", None, "The whole page", wrong, "Shorter sentences and shorter words."
        )
