"""Maintains the index, in the transaction of each change, so that it never holds what is no longer published.

`receivers` says which changes bring a page or a case into the index, or take it out.
"""

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from cms.models import PageContent
from django.db import models, transaction
from django.db.models import Q

from content.gallery.models import Case
from content.pages import published_versions
from content.search import extraction
from content.search.extraction import SearchText
from content.search.tokenizer import MAX_WORD_LENGTH, STOP_WORDS, concepts, tokenize

from .models import IndexStamp, Passage, Term

FORMAT_VERSION = 10  # raise it when this code writes a different index
TITLE, HEADING, TEXT, REFERENCE, PAGE_TITLE = 12, 6, 2, 1, 1  # weight of a word
MAX_COUNT = 3  # further occurrences in a passage add no weight
BATCH_SIZE = 500  # rows


def index_page(page_id: int) -> None:
    """Index the live version of this page again; of a page that is not live nothing stays in the index."""
    _replace_passages(
        Passage.objects.filter(page_id=page_id), _page_passages(_indexed_versions().filter(page_id=page_id))
    )


def index_all_pages() -> None:
    """Index all live pages again, after a fact, the clinic's record or a URL has changed."""
    _replace_passages(Passage.objects.exclude(page_id=None), _page_passages(_indexed_versions()))


def index_cases(codes: Iterable[str]) -> None:
    """Index these cases again; of one that no doctor has approved nothing stays in the index."""
    codes = list(codes)
    cases = Case.objects.filter(code__in=codes, approved_at__isnull=False, consent__withdrawn_at__isnull=True)
    _replace_passages(
        Passage.objects.filter(case_code__in=codes),
        [_passage(extraction.case_passage(case), case_code=case.code) for case in cases.with_pictures()],
    )


def rebuild() -> None:
    """Build the whole index again."""
    with transaction.atomic():
        Passage.objects.all().delete()
        index_all_pages()
        codes = Case.objects.filter(approved_at__isnull=False).order_by("pk").values_list("code", flat=True)
        for start in range(0, len(codes), BATCH_SIZE):
            index_cases(codes[start : start + BATCH_SIZE])
        IndexStamp.objects.update_or_create(pk=1, defaults={"word": secrets.token_hex(16), "shape": FORMAT_VERSION})


def rebuild_if_outdated() -> list[str]:
    """Build the index if there is none, or one of another format; return what was done, in words."""
    if IndexStamp.objects.filter(shape=FORMAT_VERSION).exists():
        return []
    rebuild()
    return ["made the index of the search"]


def current_stamp() -> str:
    """Return a random word that changes with every change of the index; "" while there is no index."""
    word: str | None = IndexStamp.objects.filter(shape=FORMAT_VERSION).values_list("word", flat=True).first()
    return word or ""


def _indexed_versions() -> "models.QuerySet[PageContent]":
    found: models.QuerySet[PageContent] = published_versions().filter(page__practice=None).select_related("page")
    return found


def _page_passages(live: "models.QuerySet[PageContent]") -> list[tuple[Passage, SearchText]]:
    """Return the passages of these versions, without those that only redirect."""
    return [
        _passage(text, page_id=content.page_id, content_id=content.pk)
        for content in live
        if not content.redirect
        for text in extraction.page_passages(content)
    ]


def _passage(text: SearchText, **source: Any) -> tuple[Passage, SearchText]:
    digest = hashlib.sha256(repr((text, source)).encode()).hexdigest()[:32]
    heading, anchor = (text.heading or text.title)[:255], text.anchor[:140]
    return Passage(**source, heading=heading, text=text.text, anchor=anchor, digest=digest), text


def _renew_stamp() -> None:
    """Change the stamp; an outdated index stays so until `rebuild_if_outdated` has run."""
    IndexStamp.objects.filter(shape=FORMAT_VERSION).update(word=secrets.token_hex(16))


@transaction.atomic
def _replace_passages(old: "models.QuerySet[Passage]", rows: list[tuple[Passage, SearchText]]) -> None:
    """Replace the `old` passages by these rows; a page or case whose digests are unchanged stays as it is."""
    before: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    after: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for page_id, code, digest in old.order_by("pk").values_list("page_id", "case_code", "digest"):
        before[page_id, code].append(digest)
    for passage, _ in rows:
        after[passage.page_id, passage.case_code].append(passage.digest)
    changed = {source for source in before.keys() | after.keys() if before.get(source) != after.get(source)}
    if changed:
        pages, codes = {page_id for page_id, _ in changed if page_id}, {code for _, code in changed if code}
        old.filter(Q(page_id__in=pages) | Q(case_code__in=codes)).delete()
        _insert_passages([row for row in rows if (row[0].page_id, row[0].case_code) in changed])
        _renew_stamp()


def _insert_passages(rows: list[tuple[Passage, SearchText]]) -> None:
    """Store the passages with their terms."""
    stored = Passage.objects.bulk_create([passage for passage, _ in rows], batch_size=BATCH_SIZE)
    terms = [term for passage, (_, text) in zip(stored, rows, strict=True) for term in _terms(passage, text)]
    Term.objects.bulk_create(terms, batch_size=BATCH_SIZE)


def _terms(passage: Passage, source: SearchText) -> list[Term]:
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    text_weight = REFERENCE if source.is_reference else TEXT
    parts = ((source.title, TITLE), (source.heading, HEADING), (source.text, text_weight), (source.page, PAGE_TITLE))
    for text, weight in parts:
        words = tokenize(text)
        # A phrase is indexed both as its concept and by each of its words.
        counts = Counter([concept.term for concept in concepts(words)] + [word.stem for word in words])
        for term, count in counts.items():
            weights[term] += weight * min(count, MAX_COUNT)
        spelled |= {word.stem: word.spelled for word in words}
    return [
        Term(passage=passage, word=term, spelled=spelled.get(term, term)[:MAX_WORD_LENGTH], weight=weight)
        for term, weight in weights.items()
        if term not in STOP_WORDS
    ]
