"""Plain language: long sentences, words with plainer ones, long lists and paragraphs, and the page's reading age.

After the NHS content guide, PEMAT and the CDC Clear Communication Index; all of it is advice and stops no page.
Reading age is the Flesch–Kincaid grade plus five.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage, finding_in
from content.wording.jargon import MEDICAL, OFFICE
from content.wording.text import all_text, fold, parse, sentences, words

LONG_SENTENCE, VERY_LONG_SENTENCE = 20, 30  # words of a sentence
MAX_SENTENCES, MAX_ROWS = 5, 7  # of a paragraph; of a list
TARGET_READING_AGE = (9, 11)  # years
PROSE = {Kind.TEXT, Kind.ROW}
MIN_SENTENCES = 10  # sentences below which a reading age means nothing
PLAIN_ALTERNATIVES = MEDICAL | OFFICE
#: An e at the end that is not heard: "make", "makes", "used"; not "little", "treated", "creases".
SILENT_E = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouyszxcgh]es$|(?:[^aeioutdl]|[aeiouy]l)ed$")
ENDINGS = r"(?:'s|s|es|d|ed|ing)?"


def _forms(word: str) -> str:
    """Return a pattern of the word with its endings, spelled as English does."""
    if word.endswith("sis"):
        return f"{re.escape(word[:-3])}s[ei]s"
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies|ied)"
    return f"{re.escape(word)}{ENDINGS}" if not word.endswith("e") else f"{re.escape(word[:-1])}(?:e[sd]?|ing)"


def _start(word: str) -> str:
    """Return the first four letters of the longest word of a phrase, which no ending changes."""
    longest: str = max(re.findall(r"[a-z]+", word), key=len)
    return longest[:4]


#: First letters → phrases with their patterns, longer ones first; most sentences have none and cost no search.
FORMS: dict[str, list[tuple[str, "re.Pattern[str]"]]] = {}
for _word in sorted(PLAIN_ALTERNATIVES, key=len, reverse=True):
    FORMS.setdefault(_start(_word), []).append((_word, re.compile(rf"\b{_forms(_word)}\b")))


def check(page: PageText) -> list[Finding]:
    """Return whatever makes the page harder to read than it needs to be; all of it is advice."""
    findings: list[Finding] = []
    page_words = all_text(page.passages)
    for passage in page.passages:
        if passage.kind in PROSE:
            findings += _sentences(passage, page.facts)
            findings += _paragraphs(passage)
        if passage.kind in PROSE | {Kind.HEADING}:
            findings += _jargon(passage, page_words)
    return findings + list(_long_rows(page.passages)) + list(_grade(page))


def _sentences(passage: Passage, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for paragraph in parse(passage).paragraphs:
        for sentence in paragraph.sentences:
            count = len(words(_with_facts(sentence, facts)))
            if count > VERY_LONG_SENTENCE:
                problem = f"This sentence has {count} words. Most readers lose its beginning before they reach its end."
                yield finding_in(Level.ADVISORY, "very-long-sentence", passage, problem, "Make three of it.", sentence)
            elif count > LONG_SENTENCE:
                problem = f"This sentence has {count} words."
                yield finding_in(
                    Level.ADVISORY,
                    "long-sentence",
                    passage,
                    problem,
                    f"Make two of it: up to {LONG_SENTENCE}.",
                    sentence,
                )


def _with_facts(text: str, facts: Mapping[str, Fact]) -> str:
    """Return `text` with its quoted facts in words."""
    return re.sub(
        r"\[\[([a-z-]{1,60})\]\]", lambda token: facts[token[1]].text if token[1] in facts else token[0], text
    )


def _paragraphs(passage: Passage) -> Iterator[Finding]:
    parsed = parse(passage)
    for paragraph in parsed.paragraphs:
        count = len(paragraph.sentences)
        if count > MAX_SENTENCES:
            problem = f"This paragraph has {count} sentences."
            suggestion = f"Break it after the third or so: up to {MAX_SENTENCES} are easy to take in."
            yield finding_in(Level.ADVISORY, "long-paragraph", passage, problem, suggestion, paragraph.sentences[0])
    for rows in parsed.lists:
        if rows > MAX_ROWS:
            yield _long_list(passage, rows)


def _long_rows(passages: Sequence[Passage]) -> Iterator[Finding]:
    rows = [passage for passage in passages if passage.kind is Kind.ROW]
    counted = Counter((id(row.block), row.field) for row in rows)
    for row in rows:
        if (count := counted.pop((id(row.block), row.field), 0)) > MAX_ROWS:
            yield _long_list(row, count)


def _long_list(passage: Passage, rows: int) -> Finding:
    problem = f"This list has {rows} rows. Readers take in up to {MAX_ROWS}."
    return finding_in(
        Level.ADVISORY, "long-list", passage, problem, "Shorten it, or make two lists with a heading each."
    )


def _jargon(passage: Passage, page_words: str) -> Iterator[Finding]:
    seen = set()
    for paragraph in parse(passage).paragraphs:
        for sentence in paragraph.sentences:
            for word, typed in _hard_words(fold(sentence)):
                if word in seen or (word in MEDICAL and is_explained(word, page_words)):
                    continue
                seen.add(word)
                problem = f"“{typed}” is a word that many readers don’t know or use."
                suggestion = f"Write “{PLAIN_ALTERNATIVES[word]}”" + (
                    ", or explain it here." if word in MEDICAL else "."
                )
                yield finding_in(Level.ADVISORY, "jargon", passage, problem, suggestion, sentence)


def _hard_words(sentence: str) -> list[tuple[str, str]]:
    """Return the listed words in a folded sentence, each as listed and as typed; of two that overlap, one."""
    starts = {word[:4] for word in re.findall(r"[a-z]+", sentence)}
    used: list[tuple[int, int, str]] = []
    for start in starts & FORMS.keys():
        for word, form in FORMS[start]:
            use = form.search(sentence)
            if use and not any(a < use.end() and use.start() < b for a, b, _ in used):
                used.append((*use.span(), word))
    return [(word, sentence[a:b]) for a, b, word in sorted(used)]


def is_explained(word: str, page_words: str) -> bool:
    """Whether the page (folded) says what the word means: "X is …", "X (…)", "called X", "… (X)", "X, which …"."""
    form = _forms(word)
    return bool(
        re.search(
            rf"\b{form} ?(?:\(|is an?\b|is the\b|are (?:the )?\w+ (?:that|which|of)\b|means?\b|, (?:which|a|an|the)\b)",
            page_words,
        )
        or re.search(rf"\b(?:called|known as|the word for this is) (?:\w+ )?{form}\b", page_words)
        or re.search(rf"\({form}(?:[ )])", page_words)
    )


def syllables(word: str) -> int:
    """Estimate the syllables of an English word; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", fold(word))
    groups = len(re.findall(r"[aeiouy]+", letters))
    return max(1, groups - bool(SILENT_E.search(letters)))


def reading_age(page: PageText) -> int | None:
    """Return the age at which most people can read the page's sentences, or None if there are too few."""
    texts = [
        _with_facts(sentence, page.facts)
        for passage in page.passages
        if passage.kind in PROSE
        for paragraph in parse(passage).paragraphs
        for sentence in sentences(paragraph.text)
        if sentence.endswith((".", "!", "?"))
    ]
    page_words = [word for sentence in texts for word in words(sentence)]
    if len(texts) < MIN_SENTENCES or not page_words:
        return None
    grade = (
        0.39 * len(page_words) / len(texts)
        + 11.8 * sum(syllables(word) for word in page_words) / len(page_words)
        - 15.59
    )
    return max(5, round(grade + 5))


def _grade(page: PageText) -> Iterator[Finding]:
    age = reading_age(page)
    if age is not None and age > TARGET_READING_AGE[1]:
        problem = f"The page’s reading age is about {age}; aim for {TARGET_READING_AGE[0]} to {TARGET_READING_AGE[1]}."
        yield Finding(
            Level.ADVISORY, "reading-age", None, "The whole page", problem, "Shorter sentences and shorter words."
        )
