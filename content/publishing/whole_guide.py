"""The whole guide on one page, to print or to keep: all live medical pages in order, without photographs."""

import re
from dataclasses import dataclass

from cms.models import PageContent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from content.blocks import outline
from content.blocks.base import Block
from content.cms_adapter.block_loading import blocks_of
from content.cms_adapter.cms_pages import block_renderer
from content.gallery import page as gallery_page
from content.pages import PublishedPage, published_pages
from content.reviews import stamp
from content.treatment import current as current_treatment
from content.treatment.tokens import substitute

TEMPLATES = ("pages/treatment.html", "pages/topic.html")  # pages to read; tools such as the planner are left out
EXCLUDED_PLUGINS = {"CaseGalleryPlugin", "ContactPlugin", "TopicLinksPlugin", "TopicLinkPlugin"}
HEADING = re.compile(r"<(/?)h([2-5])(?=[\s>])")
PAGE = PublishedPage(
    page_id=0,
    reverse_id="",
    title="The whole guide on one page",
    menu_title="The whole guide on one page (to print)",
    tab_title="The whole guide on one page",
    description="Everything we tell patients about the treatment, to print or to keep.",
    url="/whole-guide/",
    tree_path="",
    is_in_menu=False,
    is_home=False,
)


@dataclass(frozen=True)
class GuidePart:
    """One page of the guide with its blocks, its headings one level down, as (anchor, text) and as HTML."""

    anchor: str
    title: str
    description: str
    blocks: list[SafeString]
    headings: list[tuple[str, str]]
    stamp: stamp.Stamp | None


@require_safe
def whole_guide(request: HttpRequest) -> HttpResponse:
    """Return the guide as it is live now; like a page, it is not stored if a block has failed."""
    contents = _contents(request)
    blocks = blocks_of(contents, without=EXCLUDED_PLUGINS)
    current_page = getattr(request, "current_page", None)
    parts = [_part(request, content, number, blocks[content.pk]) for number, content in enumerate(contents, 1)]
    current_treatment.set_page(request, current_page)
    context = {"page": PAGE, "parts": parts, "gallery": gallery_page.for_request(request)}
    return render(request, "guide/whole_guide.html", context)


def _contents(request: HttpRequest) -> list[PageContent]:
    """Return the live versions in the order of the menu, without those that only redirect."""
    order = list(published_pages(request))
    contents = PageContent.objects.filter(template__in=TEMPLATES, page_id__in=order).select_related("page")
    return sorted(
        (content for content in contents if not content.redirect), key=lambda content: order.index(content.page_id)
    )


def _part(request: HttpRequest, content: PageContent, number: int, blocks: list[Block]) -> GuidePart:
    current_treatment.set_page(request, content.page)
    treatment = current_treatment.of_request(request)
    anchor = f"part-{number}"
    headings = outline.start_part(request, anchor).headings
    render_block = block_renderer(request)
    return GuidePart(
        anchor,
        substitute(content.title, treatment),
        substitute(content.meta_description or "", treatment),
        [html for block in blocks if (html := _lowered(render_block(block)))],
        [(name, text.removesuffix(":").removesuffix(" if")) for name, text in headings],
        stamp.of(content),
    )


def _lowered(html: str) -> SafeString:
    """Return a block's HTML with its headings one level down."""
    return mark_safe(HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}", html).strip())  # noqa: S308  its own
