"""What search engines and other machines read of a page: its blocks, facts and signature, once more as data.

The words are those of schema.org; tests hold them against its vocabulary. Nothing stands here that patients don't read.
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
    """What is known of a page once it is rendered; `therapy_url` is the page of its treatment, `case` what it shows."""

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
        """The page's blocks of one kind, with facts in words."""
        return (block for kind, block in self.blocks if kind == noun)

    @property
    def therapy_id(self) -> str:
        """What all pages of a treatment call it."""
        return f"{absolute_url(self.therapy_url)}#therapy"

    @property
    def condition_id(self) -> str:
        """What they call stretch marks."""
        return f"{absolute_url(self.therapy_url)}#stretch-marks"


def json_ld(data: PageData) -> SafeString:
    """The data as it may stand inside `<script>`: no text of a page can end it."""
    graph = {"@context": "https://schema.org", "@graph": nodes(data)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  escaped in the line above


def nodes(told: PageData) -> list[Node]:
    """Each thing that the page speaks of; one that fails is left out, and the others stay."""
    pieces = [page, clinic, breadcrumbs]
    if told.is_medical and told.treatment and told.therapy_url:
        pieces += [therapy, condition]
    return [node for piece in pieces if (node := _node_or_none(piece, told))]


def _node_or_none(piece: Callable[[PageData], Node], told: PageData) -> Node | None:
    try:
        return piece(told)
    except Exception:
        logger.exception("Structured data failed: %s of %s", piece.__name__, told.url)
        return None


def _without_empty(node: Node) -> Node:
    """Without what is empty."""
    return {key: value for key, value in node.items() if value not in ("", [], None)}


def page(told: PageData) -> Node:
    """The page itself; as a medical one it says who reviewed it, but only while the signature fits."""
    url = absolute_url(told.url)
    node = {
        "@type": "MedicalWebPage" if told.is_medical else "WebPage",
        "@id": url,
        "name": told.title,
        "description": told.description,
        "inLanguage": "en-GB",
        "publisher": {"@id": _clinic_id()},
        "breadcrumb": {"@id": f"{url}#crumbs"} if told.ancestors else None,
        "image": images(told.case) if told.case else None,
    }
    return _without_empty(node | (_medical(told) if told.is_medical else {}))


def _medical(told: PageData) -> Node:
    node: Node = {"medicalAudience": {"@type": "Patient"}}
    if told.treatment and told.therapy_url:
        node["about"] = [{"@id": told.therapy_id}, {"@id": told.condition_id}]
    node["citation"] = [
        row["address"] or row["text"] for block in told.blocks_of_kind("sources") for row in block.sources
    ]
    if told.stamp and told.stamp.reopened_on is None:
        signed = told.stamp.signed
        node["lastReviewed"] = signed.signed_on.isoformat()
        node["reviewedBy"] = {"@type": "Person", "name": signed.name, "jobTitle": signed.title}
    return node


def _clinic_id() -> str:
    return absolute_url("/#clinic")


def clinic(told: PageData) -> Node:
    """The clinic as its record has it."""
    return _without_empty(
        {
            "@type": "MedicalClinic",
            "@id": _clinic_id(),
            "name": told.clinic.full_name,
            "url": absolute_url("/"),
            "telephone": told.clinic.telephone,
            "address": ", ".join(told.clinic.address.splitlines()),
        }
    )


def breadcrumbs(told: PageData) -> Node:
    """The way from home to this page."""
    if not told.ancestors:
        return {}
    way = [*((one.menu_title, one.url) for one in told.ancestors), (told.title, told.url)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute_url(url)}
        for number, (name, url) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{absolute_url(told.url)}#crumbs", "itemListElement": items}


def therapy(told: PageData) -> Node:
    """The treatment: what this page says of it, and the facts that every page says alike."""
    steps = [f"{row['title']}: {row['text']}" for block in told.blocks_of_kind("session_steps") for row in block.steps]
    return _without_empty(
        {
            "@type": "MedicalTherapy",
            "@id": told.therapy_id,
            "name": told.treatment.name if told.treatment else "",
            "url": absolute_url(told.therapy_url),
            "preparation": substitute(PREPARATION, told.treatment),
            "howPerformed": " ".join(steps),
            "followup": substitute(FOLLOW_UP, told.treatment),
            "bodyLocation": [row["title"] for block in told.blocks_of_kind("body_areas") for row in block.areas],
            "contraindication": [
                row["text"] for block in told.blocks_of_kind("who_should_wait") for row in block.not_now
            ],
        }
    )


def condition(told: PageData) -> Node:
    """Stretch marks, by their plain and their medical name."""
    return _without_empty(
        {
            "@type": "MedicalCondition",
            "@id": told.condition_id,
            "name": "Stretch marks",
            "alternateName": "Striae distensae",
            "possibleTreatment": {"@id": told.therapy_id},
        }
    )


def images(case: Case) -> list[Node]:
    """A case's photographs, where the consent lets search engines list them and nothing covers them."""
    if case.has_cover or not (case.consent and case.consent.for_search):
        return []
    found = []
    for photo in (photo for pair in case.pairs.all() for photo in pair.photos):
        width = widths_for(photo.shown_size[0])[-1]
        found.append(
            {
                "@type": "ImageObject",
                "contentUrl": sitemap.rendition_url(photo.token, photo.shown_size[0]),
                "width": f"{width} px",
                "height": f"{height_at(width, photo.shown_size)} px",
                "caption": f"Illustration. {photo.alt}" if case.is_demo else photo.alt,
            }
        )
    return found
