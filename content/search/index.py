"""Keeps the index: in the transaction of the change that asks for it, so that it never says what is no longer so."""

import secrets
from collections import Counter
from collections.abc import Iterable

from cms.models import PageContent
from django.conf import settings
from django.db import models, transaction

from content.gallery.models import Case

from . import reading
from .models import IndexStamp, Passage, Term
from .reading import Read
from .words import EMPTY, LONGEST_WORD, said, words

SHAPE = 7  # to be raised when this code writes another index than the one before
TITLE, HEADING, TEXT, OF_PAGE = 12, 6, 2, 1  # what a word weighs
OFTEN = 3  # a word that stands more often than this in a passage weighs no more for it
AT_ONCE = 500  # rows


def page(page_id: int) -> None:
    """Read the live version of this page again; of a page that is not live nothing is kept."""
    with transaction.atomic():
        Passage.objects.filter(page_id=page_id).delete()
        content = _live().filter(page_id=page_id).first()
        if content is not None:
            _store(_read(content))
        _stamp()


def pages() -> None:
    """Read all live pages again: a fact or the clinic's record has changed, or an address."""
    with transaction.atomic():
        Passage.objects.exclude(page_id=None).delete()
        _store([row for content in _live() for row in _read(content)])
        _stamp()


def cases(codes: Iterable[str]) -> None:
    """Read these cases again; of one that a doctor has not approved nothing is kept."""
    with transaction.atomic():
        wanted = list(codes)
        Passage.objects.filter(case_code__in=wanted).delete()
        found = Case.objects.filter(code__in=wanted, approved_at__isnull=False, consent__withdrawn_at__isnull=True)
        _store([(Passage(case_code=one.code), reading.case(one)) for one in found.with_pictures()])
        _stamp()


def everything() -> None:
    """Make the index anew."""
    with transaction.atomic():
        Passage.objects.all().delete()
        pages()
        codes = Case.objects.filter(approved_at__isnull=False).order_by("pk").values_list("code", flat=True)
        for at in range(0, len(codes), AT_ONCE):
            cases(codes[at : at + AT_ONCE])
        _stamp()


def heal() -> list[str]:
    """Make the index where there is none, or one of another shape; says what was done."""
    if IndexStamp.objects.filter(shape=SHAPE).exists():
        return []
    everything()
    return ["made the index of the search"]


def stamp() -> str:
    """A word that is another after every change; "" while there is no index."""
    found: str | None = IndexStamp.objects.filter(shape=SHAPE).values_list("word", flat=True).first()
    return found or ""


def _live() -> "models.QuerySet[PageContent]":
    here = PageContent.objects.filter(
        language=settings.LANGUAGE_CODE,
        page__practice=None,
        page__site_id=settings.SITE_ID,
        page__urls__language=settings.LANGUAGE_CODE,
        page__urls__path__isnull=False,
    )
    found: models.QuerySet[PageContent] = here.select_related("page").order_by("page__path")
    return found


def _read(content: PageContent) -> list[tuple[Passage, Read]]:
    """What this version says; of one that only sends its readers on, nothing."""
    if content.redirect:
        return []
    return [(Passage(page_id=content.page_id, content_id=content.pk), read) for read in reading.page(content)]


def _stamp() -> None:
    IndexStamp.objects.update_or_create(pk=1, defaults={"word": secrets.token_hex(16), "shape": SHAPE})


def _store(rows: list[tuple[Passage, Read]]) -> None:
    """The passages with their terms."""
    for passage, read in rows:
        passage.heading, passage.text, passage.anchor = (read.heading or read.title)[:255], read.text, read.anchor[:140]
    stored = Passage.objects.bulk_create([passage for passage, _ in rows], batch_size=AT_ONCE)
    terms = [term for passage, (_, read) in zip(stored, rows, strict=True) for term in _terms(passage, read)]
    Term.objects.bulk_create(terms, batch_size=AT_ONCE)


def _terms(passage: Passage, read: Read) -> list[Term]:
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight in ((read.title, TITLE), (read.heading, HEADING), (read.text, TEXT), (read.page, OF_PAGE)):
        found = words(text)
        # Both what several words say together and each word alone can be asked for.
        told = Counter([one.term for one in said(found)] + [word.stem for word in found])
        for term, times in told.items():
            weights[term] += weight * min(times, OFTEN)
        spelled |= {word.stem: word.spelled for word in found}
    return [
        Term(passage=passage, word=term, spelled=spelled.get(term, term)[:LONGEST_WORD], weight=weight)
        for term, weight in weights.items()
        if term not in EMPTY
    ]
