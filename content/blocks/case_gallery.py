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
    """Cases that were chosen, or else the newest that fit. Whether each may be shown is asked whenever a page is."""

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
        """The codes of the chosen cases, each once."""
        return list(dict.fromkeys(row["code"].strip() for row in self.cases))

    def clean(self) -> None:
        """Refuse a code that no case has."""
        super().clean()
        rows = self.cases if isinstance(self.cases, list) else []
        codes = [str(row.get("code", "")).strip() for row in rows if isinstance(row, dict)]
        known = set(Case.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [(number, code) for number, code in enumerate(codes, 1) if code and code not in known]
        if unknown:
            said = [f"Row {number}: no case has the code “{code}”. Copy it from its page." for number, code in unknown]
            raise ValidationError({"cases": said})


@dataclass
class PageCases:
    """The cases that the blocks of one page may show, asked for together, so that more blocks cost no more queries."""

    cases: facets.FacetIndex
    level: int
    cards: dict[int | str, SafeString] = field(default_factory=dict)

    def keys(self, block: CaseGallery) -> list[int]:
        """The newest cases that fit `block`."""
        wanted = {"area": [facets.slug(block.body_area)] * bool(block.body_area)}
        wanted["skin"] = [facets.slug(block.skin_tone)] * bool(block.skin_tone)
        return self.cases.cases(self.cases.matching(wanted), 0, block.how_many)

    def shown(self, block: CaseGallery) -> list[SafeString]:
        """The cards of `block` in their order, those left out that may not be shown today."""
        names: list[Any] = block.codes if block.cases else self.keys(block)
        return [self.cards[name] for name in names if name in self.cards]


def cases_for_page(request: HttpRequest, block: CaseGallery, level: int) -> PageCases:
    """The cases for all blocks of the page that `block` is on, read once a request for each level of heading."""
    kept: dict[int, PageCases] = getattr(request, REQUEST_ATTRIBUTE, {})
    if level not in kept:
        on = timezone.localdate()
        found = kept[level] = PageCases(facets.current_index(on), level)
        slot = block.placeholder
        blocks = get_copy(
            request, (REQUEST_ATTRIBUTE, slot.content_type_id, slot.object_id), lambda: _sibling_blocks(slot)
        )
        codes = [code for one in blocks if one.cases for code in one.codes]
        keys = [key for one in blocks if not one.cases for key in found.keys(one)]
        found.cards = case_cards.showable_cards(found.cases, keys, codes, level, on)
        setattr(request, REQUEST_ATTRIBUTE, kept)
    return kept[level]


def _sibling_blocks(slot: Placeholder) -> list[CaseGallery]:
    """All blocks of this kind on the version that the slot is of."""
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
        """The cards of the cases, the range of all of them, and the page that lists them."""
        read = cases_for_page(request, instance, outline.of_request(request).level(block.heading))
        return {
            "cards": read.shown(instance),
            "range": read.cases.range(),
            "samples": read.cases.samples.bit_count(),
            "gallery": page.for_request(request),
        }
