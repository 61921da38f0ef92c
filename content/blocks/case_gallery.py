"""A few cases from the gallery, before and after, beside the honest range of all of them."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from cms.models import Placeholder
from cms.plugin_pool import plugin_pool
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from clinic_site.page_cache.process_cache import get_copy
from content.gallery import case_cards, facets, page
from content.gallery.choices import BodyArea, SkinTone
from content.gallery.models import Case

from . import outline
from .base import BlockPlugin, Section
from .rows import Column, RowsField

MAX_CASES = 12
REQUEST_ATTRIBUTE = "_case_galleries"


class CaseGallery(Section):
    """Chosen cases, or else the newest that fit; whether each may be shown is checked at every rendering."""

    intro = models.TextField(max_length=600, blank=True)
    cases = RowsField(
        "chosen cases",
        columns=[Column("code", "Code in the case’s address", max_length=10)],
        least=0,
        most=MAX_CASES,
        help_text="In the order in which they are shown. Leave out all of them to show the newest that fit below. "
        "For example: k7m2p9xq4t",
    )
    body_area = models.CharField("only this body area", max_length=12, choices=BodyArea, blank=True)
    skin_tone = models.CharField("only this skin", max_length=12, choices=SkinTone, blank=True)
    how_many = models.PositiveSmallIntegerField(
        "how many",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_CASES)],
        help_text=f"Of the newest; 1 to {MAX_CASES}. Chosen cases are all shown.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how_many__gte=1, how_many__lte=MAX_CASES), name="case_gallery_shows_a_few"
            )
        ]

    @property
    def codes(self) -> list[str]:
        """Return the codes of the chosen cases, each once."""
        return list(dict.fromkeys(row["code"].strip() for row in self.cases))

    def clean(self) -> None:
        """Refuse a code that no case has."""
        super().clean()
        rows = self.cases if isinstance(self.cases, list) else []
        codes = [str(row.get("code", "")).strip() for row in rows if isinstance(row, dict)]
        existing = set(Case.objects.filter(code__in=codes).values_list("code", flat=True))
        problems = [
            f"Row {number}: no case has the code “{code}”. Copy it from its page."
            for number, code in enumerate(codes, 1)
            if code and code not in existing
        ]
        if problems:
            raise ValidationError({"cases": problems})


@dataclass
class PageCases:
    """The cases of all blocks on one page, read together, so that more blocks cost no more queries.

    `cards` holds the cards of those that may be shown, by key and by code; `level` is that of their headings.
    """

    cases: facets.FacetIndex
    level: int
    cards: dict[int | str, SafeString] = field(default_factory=dict)

    def keys(self, block: CaseGallery) -> list[int]:
        """Return the keys of the newest cases that fit `block`."""
        filters = {"area": [facets.slug(block.body_area)] * bool(block.body_area)}
        filters["skin"] = [facets.slug(block.skin_tone)] * bool(block.skin_tone)
        return self.cases.cases(self.cases.matching(filters), 0, block.how_many)

    def shown(self, block: CaseGallery) -> list[SafeString]:
        """Return the cards of `block` in order, without cases that may not be shown today."""
        names: list[Any] = block.codes if block.cases else self.keys(block)
        return [self.cards[name] for name in names if name in self.cards]


def cases_for_page(request: HttpRequest, block: CaseGallery, level: int) -> PageCases:
    """Return the cases for all blocks on the page of `block`, read once per request and level of heading."""
    by_level: dict[int, PageCases] = getattr(request, REQUEST_ATTRIBUTE, {})
    if level not in by_level:
        on = timezone.localdate()
        cases = by_level[level] = PageCases(facets.current_index(on), level)
        slot = block.placeholder
        blocks = get_copy(
            request, (REQUEST_ATTRIBUTE, slot.content_type_id, slot.object_id), lambda: _sibling_blocks(slot)
        )
        codes = [code for sibling in blocks if sibling.cases for code in sibling.codes]
        keys = [key for sibling in blocks if not sibling.cases for key in cases.keys(sibling)]
        cases.cards = case_cards.showable_cards(cases.cases, keys, codes, level, on)
        setattr(request, REQUEST_ATTRIBUTE, by_level)
    return by_level[level]


def _sibling_blocks(slot: Placeholder) -> list[CaseGallery]:
    """Return all case galleries on the page version that holds `slot`."""
    on_version = {"placeholder__content_type": slot.content_type_id, "placeholder__object_id": slot.object_id}
    return list(CaseGallery.objects.filter(**on_version))


@plugin_pool.register_plugin
class CaseGalleryPlugin(BlockPlugin):
    """Case gallery."""

    model = CaseGallery
    name = "Before and after"
    allowed_slots = ["home_body", "treatment_results", "topic_body"]
    advice = (
        "Patients want to see marks and skin like their own, and the small changes beside the large ones. "
        "For example: three cases of different skin, one of them with little change."
    )

    def extra_context(self, request: HttpRequest, instance: CaseGallery, block: SimpleNamespace) -> dict[str, Any]:
        """Return the cards, the range of outcomes of all cases, and the page that lists them."""
        page_cases = cases_for_page(request, instance, outline.of_request(request).level(block.heading))
        return {
            "cards": page_cases.shown(instance),
            "range": page_cases.cases.range(),
            "samples": page_cases.cases.samples.bit_count(),
            "gallery": page.for_request(request),
        }
