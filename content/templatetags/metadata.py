"""`{% page_metadata %}` in the head, `{% structured_data %}` at the end: what search engines and other sites read."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from clinic_site.http.headers import NO_STORE_ATTR
from content import pages
from content.blocks import outline
from content.clinic import current as current_clinic
from content.gallery import course
from content.gallery import page as gallery_page
from content.gallery.models import Case
from content.publishing import social_cards, structured_data
from content.templatetags.clinic import ancestor_pages, site_pages
from content.templatetags.reviews import is_medical as shows_medical
from content.templatetags.reviews import review_stamp
from content.treatment import current as current_treatment
from content.treatment.tokens import substitute

register = template.Library()


@dataclass(frozen=True)
class PageMetadata:
    """What other sites quote of a page."""

    title: str
    description: str
    url: str
    image_url: str
    card_alt: str
    kind: str = "article"


def _published_page(context: Context) -> pages.PublishedPage | None:
    """Return the published page at this very address, or None for a draft, an error or an answer."""
    request = context["request"]
    if getattr(request, NO_STORE_ATTR, False) or not getattr(request, "current_page", None):
        return None
    return next((page for page in pages.published_pages(request).values() if page.url == request.path_info), None)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def page_metadata(context: Context) -> dict[str, Any]:
    """Render canonical address and social card; nothing if the address is not a published page."""
    page = _published_page(context)
    if page is None:
        return {"head": None}
    treatment = current_treatment.of_request(context["request"])
    card = social_cards.for_page(context["request"], page)
    head = PageMetadata(
        title=card.title,
        description=substitute(page.description, treatment),
        url=pages.absolute_url(page.url),
        image_url=pages.absolute_url(card.url),
        card_alt=f"{card.title}. {card.clinic}",
        kind="website" if page.is_home else "article",
    )
    return {"head": head, "clinic": current_clinic.of_request(context["request"])}


@register.inclusion_tag("components/metadata.html", takes_context=True)
def case_metadata(context: Context, case: Case) -> dict[str, Any]:
    """Render them for a case; its address with the pictures uncovered has the same canonical address."""
    clinic = current_clinic.of_request(context["request"])
    title = f"Before and after: {case.title}"
    head = PageMetadata(
        title=title,
        description=case_description(case),
        url=pages.absolute_url(reverse("case", args=[case.code])),
        image_url=pages.absolute_url(reverse("case_card", args=[case.code])),
        card_alt=f"{title}. {'Illustration. ' if case.is_demo else ''}{clinic.full_name}",
    )
    return {"head": head, "clinic": clinic}


@register.filter
def case_description(case: Case) -> str:
    """Return the case in short for other sites; its code tells it from cases that went alike."""
    return f"{course.summary(case)}{' Illustration.' if case.is_demo else ''} Case {case.code}."


@register.simple_tag(takes_context=True, name="structured_data")
def structured_data_script(context: Context) -> SafeString:
    """Return the page's JSON-LD, made of the blocks rendered before it; "" if the address is no page."""
    request = context["request"]
    page = _published_page(context)
    if page is None:
        return SafeString("")
    treatment = current_treatment.of_request(request)
    # The gallery's view has put its page, which is not medical, into the context: that spares a query.
    is_medical = not isinstance(context.get("page"), pages.PublishedPage) and shows_medical(context)
    therapy = pages.published_pages(request).get(treatment.page_id or 0) if treatment else None
    data = structured_data.PageData(
        url=page.url,
        title=substitute(page.title, treatment),
        description=substitute(page.description, treatment),
        clinic=current_clinic.of_request(request),
        ancestors=ancestor_pages(context),
        blocks=outline.of_request(request).blocks,
        is_medical=is_medical,
        stamp=review_stamp(context) if is_medical else None,
        treatment=treatment,
        therapy_url=therapy.url if therapy else "",
    )
    return structured_data.json_ld(data)


@register.simple_tag(takes_context=True)
def structured_case(context: Context, case: Case) -> SafeString:
    """Return the JSON-LD of a case's page."""
    request = context["request"]
    gallery = gallery_page.for_request(request)
    above = [page for page in site_pages(context) if page.is_home or (gallery and page.page_id == gallery.page_id)]
    data = structured_data.PageData(
        url=reverse("case", args=[case.code]),
        title=case.title,
        description=case_description(case),
        clinic=current_clinic.of_request(request),
        ancestors=above,
        blocks=[],
        case=case,
    )
    return structured_data.json_ld(data)
