"""What rubs on each area of the body and what to wear there; a page that holds this block prints as a leaflet."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from clinic_site.http.headers import mark_no_store
from content import pages
from content.gallery.choices import BodyArea
from content.gallery.facets import slug

from . import outline
from .base import BlockPlugin, Section
from .rows import Column, RowsField

REQUEST_ATTRIBUTE = "_leaflet"
LARGE = "large"
QUERY_PARAMETERS = ("area", "size")


class AreaAdvice(Section):
    """Advice for each area; readers choose one in the URL, so that staff can pass on a link to it."""

    intro = models.TextField("introduction", max_length=600, blank=True)
    areas = RowsField(
        columns=[
            Column("area", "Area", choices=BodyArea.choices),
            Column("text", "What rubs there, and what to wear", 300, is_long=True),
        ],
        most=len(BodyArea.choices),
        help_text="Each area once. For example: Thighs · Wear loose cotton shorts, so that your thighs do not rub",
    )

    def clean(self) -> None:
        """Refuse two rows for one area: a reader who chooses it sees one piece of advice."""
        super().clean()
        rows = self.areas if isinstance(self.areas, list) else []
        areas = [row.get("area") for row in rows if isinstance(row, dict)]
        problems = [
            f"Row {number}: “{BodyArea(area).label}” has a row already. Put its advice into that one."
            for number, area in enumerate(areas, 1)
            if area in BodyArea.values and area in areas[: number - 1]
        ]
        if problems:
            raise ValidationError({"areas": problems})


@dataclass(frozen=True)
class Leaflet:
    """The page as printed: the label of its area ("" for all) and its absolute URL ("" if it isn't published).

    `is_local` says that nobody but this machine can open that URL.
    """

    area: str
    address: str
    is_local: bool


def leaflet_for(request: HttpRequest) -> Leaflet | None:
    """Return the leaflet that the page prints as, once its blocks are rendered; None for a page without this block."""
    leaflet: Leaflet | None = getattr(request, REQUEST_ATTRIBUTE, None)
    return leaflet


@plugin_pool.register_plugin
class AreaAdvicePlugin(BlockPlugin):
    """Advice for each area."""

    model = AreaAdvice
    name = "Advice for each area of the body"
    allowed_slots = ["topic_body"]
    advice = (
        "Patients want to know what to wear over their own area, and what rubs there. They can choose an area, and "
        "the page prints as a leaflet for it. For example: “Thighs: wear loose cotton shorts.”"
    )

    def extra_context(self, request: HttpRequest, instance: AreaAdvice, block: SimpleNamespace) -> dict[str, Any]:
        """Return the areas with their queries and the chosen one, and set the leaflet; in a collection, all areas."""
        areas = [{"slug": slug(row["area"]), "label": BodyArea(row["area"]).label, **row} for row in block.areas]
        if outline.of_request(request).part:
            return {"shown": areas}
        area_slug, is_large = request.GET.get("area", ""), request.GET.get("size") == LARGE
        chosen = next((area for area in areas if area["slug"] == area_slug), None)
        if area_slug:
            mark_no_store(request)
        area, address = chosen["label"] if chosen else "", _address(request, chosen)
        setattr(request, REQUEST_ATTRIBUTE, Leaflet(area, address, settings.IS_DOMAIN_LOCAL))
        return {
            "areas": [{**area, "query": _query(area["slug"], is_large=is_large)} for area in areas],
            "shown": [chosen] if chosen else areas,
            "chosen": chosen,
            "is_unknown": bool(area_slug) and chosen is None,
            "is_large": is_large,
            "all_areas": _query("", is_large=is_large),
            "other_size": _query(chosen["slug"] if chosen else "", is_large=not is_large),
        }


def _query(area: str, *, is_large: bool) -> str:
    """Return the query of these choices; a bare "?" leads to the page without any."""
    choice = {"area": area} if area else {}
    return "?" + urlencode(choice | ({"size": LARGE} if is_large else {}))


def _address(request: HttpRequest, chosen: dict[str, str] | None) -> str:
    page = getattr(request, "current_page", None)
    published = pages.published_pages(request).get(page.pk) if page else None
    if published is None:
        return ""
    return pages.absolute_url(published.url) + (_query(chosen["slug"], is_large=False) if chosen else "")
