"""Keeps the index: in the transaction of the change that asks for it, so that it never says what is no longer so."""

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

FORMAT_VERSION = 9  # to be raised when this code writes another index than the one before
TITLE, HEADING, TEXT, PAGE_TITLE = 12, 6, 2, 1  # what a word weighs
MAX_COUNT = 3  # a word that stands more often than this in a passage weighs no more for it
BATCH_SIZE = 500  # rows


def index_page(page_id: int) -> None:
    """Read the live version of this page again; of a page that is not live nothing is kept."""
    _replace_passages(
        Passage.objects.filter(page_id=page_id), _page_passages(_indexed_versions().filter(page_id=page_id))
    )


def index_all_pages() -> None:
    """Read all live pages again: a fact or the clinic's record has changed, or an address."""
    _replace_passages(Passage.objects.exclude(page_id=None), _page_passages(_indexed_versions()))


def index_cases(codes: Iterable[str]) -> None:
    """Read these cases again; of one that a doctor has not approved nothing is kept."""
    wanted = list(codes)
    found = Case.objects.filter(code__in=wanted, approved_at__isnull=False, consent__withdrawn_at__isnull=True)
    _replace_passages(
        Passage.objects.filter(case_code__in=wanted),
        [_passage(extraction.case_passage(one), case_code=one.code) for one in found.with_pictures()],
    )


def rebuild() -> None:
    """Make the index anew."""
    with transaction.atomic():
        Passage.objects.all().delete()
        index_all_pages()
        codes = Case.objects.filter(approved_at__isnull=False).order_by("pk").values_list("code", flat=True)
        for at in range(0, len(codes), BATCH_SIZE):
            index_cases(codes[at : at + BATCH_SIZE])
        IndexStamp.objects.update_or_create(pk=1, defaults={"word": secrets.token_hex(16), "shape": FORMAT_VERSION})


def rebuild_if_outdated() -> list[str]:
    """Make the index where there is none, or one of another shape; says what was done."""
    if IndexStamp.objects.filter(shape=FORMAT_VERSION).exists():
        return []
    rebuild()
    return ["made the index of the search"]


def current_stamp() -> str:
    """A word that is another after every change; "" while there is no index."""
    found: str | None = IndexStamp.objects.filter(shape=FORMAT_VERSION).values_list("word", flat=True).first()
    return found or ""


def _indexed_versions() -> "models.QuerySet[PageContent]":
    found: models.QuerySet[PageContent] = published_versions().filter(page__practice=None).select_related("page")
    return found


def _page_passages(live: "models.QuerySet[PageContent]") -> list[tuple[Passage, SearchText]]:
    """What these versions say; of one that only sends its readers on, nothing."""
    return [
        _passage(read, page_id=content.page_id, content_id=content.pk)
        for content in live
        if not content.redirect
        for read in extraction.page_passages(content)
    ]


def _passage(read: SearchText, **of: Any) -> tuple[Passage, SearchText]:
    digest = hashlib.sha256(repr((read, of)).encode()).hexdigest()[:32]
    heading, anchor = (read.heading or read.title)[:255], read.anchor[:140]
    return Passage(**of, heading=heading, text=read.text, anchor=anchor, digest=digest), read


def _renew_stamp() -> None:
    """Tell of a change; an index of another shape stays one, until `heal` has made it anew."""
    IndexStamp.objects.filter(shape=FORMAT_VERSION).update(word=secrets.token_hex(16))


@transaction.atomic
def _replace_passages(old: "models.QuerySet[Passage]", rows: list[tuple[Passage, SearchText]]) -> None:
    """Let these rows stand in the place of the old; a page or a case that says what it said stays as it is."""
    before: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    after: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for page_id, code, digest in old.order_by("pk").values_list("page_id", "case_code", "digest"):
        before[page_id, code].append(digest)
    for passage, _ in rows:
        after[passage.page_id, passage.case_code].append(passage.digest)
    other = {whole for whole in before.keys() | after.keys() if before.get(whole) != after.get(whole)}
    if other:
        pages, codes = {page_id for page_id, _ in other if page_id}, {code for _, code in other if code}
        old.filter(Q(page_id__in=pages) | Q(case_code__in=codes)).delete()
        _insert_passages([row for row in rows if (row[0].page_id, row[0].case_code) in other])
        _renew_stamp()


def _insert_passages(rows: list[tuple[Passage, SearchText]]) -> None:
    """The passages with their terms."""
    stored = Passage.objects.bulk_create([passage for passage, _ in rows], batch_size=BATCH_SIZE)
    terms = [term for passage, (_, read) in zip(stored, rows, strict=True) for term in _terms(passage, read)]
    Term.objects.bulk_create(terms, batch_size=BATCH_SIZE)


def _terms(passage: Passage, read: SearchText) -> list[Term]:
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight in ((read.title, TITLE), (read.heading, HEADING), (read.text, TEXT), (read.page, PAGE_TITLE)):
        found = tokenize(text)
        # Both what several words say together and each word alone can be asked for.
        told = Counter([one.term for one in concepts(found)] + [word.stem for word in found])
        for term, times in told.items():
            weights[term] += weight * min(times, MAX_COUNT)
        spelled |= {word.stem: word.spelled for word in found}
    return [
        Term(passage=passage, word=term, spelled=spelled.get(term, term)[:MAX_WORD_LENGTH], weight=weight)
        for term, weight in weights.items()
        if term not in STOP_WORDS
    ]
