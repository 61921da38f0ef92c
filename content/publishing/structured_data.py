"""Structured data: a page's blocks, facts and signature as JSON-LD for search engines.

The vocabulary is schema.org's. Nothing is stated here that patients don't read on the page.
"""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from content.clinic.models import Clinic
from content.gallery.models import Case
from content.images.specs import height_at, widths_for
from content.pages import PublishedPage, absolute_url
from content.publishing import sitemap
from content.reviews.stamp import Stamp
from content.treatment.models import Treatment
from content.treatment.tokens import substitute

Node = dict[str, Any]
logger = logging.getLogger(__name__)
PREPARATION = "Numbing cream for [[numbing-minutes]] before the treatment."
FOLLOW_UP = (
    "Skin usually settles in [[days-to-settle]]. The result is judged [[weeks-before-judging]] after the last session."
)
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class PageData:
    """A rendered page; `therapy_url` is the page of its treatment, `case` the case that it shows."""

    url: str
    title: str
    description: str
    clinic: Clinic
    ancestors: list[PublishedPage]
    blocks: list[tuple[str, SimpleNamespace]]
    is_medical: bool = False
    stamp: Stamp | None = None
    treatment: Treatment | None = None
    therapy_url: str = ""
    case: Case | None = None

    def blocks_of_kind(self, noun: str) -> Iterator[SimpleNamespace]:
        """Yield the page's blocks of one kind, with facts in words."""
        return (block for kind, block in self.blocks if kind == noun)

    @property
    def therapy_id(self) -> str:
        """The identifier of the treatment, the same on all its pages."""
        return f"{absolute_url(self.therapy_url)}#therapy"

    @property
    def condition_id(self) -> str:
        """The identifier of stretch marks, the same on all pages of the treatment."""
        return f"{absolute_url(self.therapy_url)}#stretch-marks"


def json_ld(data: PageData) -> SafeString:
    """Return the data as text for a `<script>` element, which no text of a page can end."""
    graph = {"@context": "https://schema.org", "@graph": nodes(data)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  escaped in the line above


def nodes(data: PageData) -> list[Node]:
    """Return a node for each thing that the page describes; one that fails is logged and left out."""
    builders = [page, clinic, breadcrumbs]
    if data.is_medical and data.treatment and data.therapy_url:
        builders += [therapy, condition]
    return [node for build in builders if (node := _node_or_none(build, data))]


def _node_or_none(build: Callable[[PageData], Node], data: PageData) -> Node | None:
    try:
        return build(data)
    except Exception:
        logger.exception("Structured data failed: %s of %s", build.__name__, data.url)
        return None


def _without_empty(node: Node) -> Node:
    """Return the node without empty values."""
    return {key: value for key, value in node.items() if value not in ("", [], None)}


def page(data: PageData) -> Node:
    """Return the page itself; a medical one names its reviewer only while the signature is valid."""
    url = absolute_url(data.url)
    node = {
        "@type": "MedicalWebPage" if data.is_medical else "WebPage",
        "@id": url,
        "name": data.title,
        "description": data.description,
        "inLanguage": "en-GB",
        "publisher": {"@id": _clinic_id()},
        "breadcrumb": {"@id": f"{url}#crumbs"} if data.ancestors else None,
        "image": images(data.case) if data.case else None,
    }
    return _without_empty(node | (_medical(data) if data.is_medical else {}))


def _medical(data: PageData) -> Node:
    node: Node = {"medicalAudience": {"@type": "Patient"}}
    if data.treatment and data.therapy_url:
        node["about"] = [{"@id": data.therapy_id}, {"@id": data.condition_id}]
    node["citation"] = [
        row["address"] or row["text"] for block in data.blocks_of_kind("sources") for row in block.sources
    ]
    if data.stamp and data.stamp.reopened_on is None:
        signed = data.stamp.signed
        node["lastReviewed"] = signed.signed_on.isoformat()
        node["reviewedBy"] = {"@type": "Person", "name": signed.name, "jobTitle": signed.title}
    return node


def _clinic_id() -> str:
    return absolute_url("/#clinic")


def clinic(data: PageData) -> Node:
    """Return the clinic as in its record."""
    return _without_empty(
        {
            "@type": "MedicalClinic",
            "@id": _clinic_id(),
            "name": data.clinic.full_name,
            "url": absolute_url("/"),
            "telephone": data.clinic.telephone,
            "address": ", ".join(data.clinic.address.splitlines()),
        }
    )


def breadcrumbs(data: PageData) -> Node:
    """Return the path from home to this page."""
    if not data.ancestors:
        return {}
    steps = [*((ancestor.menu_title, ancestor.url) for ancestor in data.ancestors), (data.title, data.url)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute_url(url)}
        for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{absolute_url(data.url)}#crumbs", "itemListElement": items}


def therapy(data: PageData) -> Node:
    """Return the treatment: what this page says of it, and the facts that every page shares."""
    steps = [f"{row['title']}: {row['text']}" for block in data.blocks_of_kind("session_steps") for row in block.steps]
    return _without_empty(
        {
            "@type": "MedicalTherapy",
            "@id": data.therapy_id,
            "name": data.treatment.name if data.treatment else "",
            "url": absolute_url(data.therapy_url),
            "preparation": substitute(PREPARATION, data.treatment),
            "howPerformed": " ".join(steps),
            "followup": substitute(FOLLOW_UP, data.treatment),
            "bodyLocation": [row["title"] for block in data.blocks_of_kind("body_areas") for row in block.areas],
            "contraindication": [
                row["text"] for block in data.blocks_of_kind("who_should_wait") for row in block.not_now
            ],
        }
    )


def condition(data: PageData) -> Node:
    """Return stretch marks, by their plain and their medical name."""
    return _without_empty(
        {
            "@type": "MedicalCondition",
            "@id": data.condition_id,
            "name": "Stretch marks",
            "alternateName": "Striae distensae",
            "possibleTreatment": {"@id": data.therapy_id},
        }
    )


def images(case: Case) -> list[Node]:
    """Return a case's photographs if the consent lets search engines list them and they have no cover."""
    if case.has_cover or not (case.consent and case.consent.for_search):
        return []
    image_objects = []
    for photo in (photo for pair in case.pairs.all() for photo in pair.photos):
        width = widths_for(photo.shown_size[0])[-1]
        image_objects.append(
            {
                "@type": "ImageObject",
                "contentUrl": sitemap.rendition_url(photo.token, photo.shown_size[0]),
                "width": f"{width} px",
                "height": f"{height_at(width, photo.shown_size)} px",
                "caption": f"Illustration. {photo.alt}" if case.is_demo else photo.alt,
            }
        )
    return image_objects
