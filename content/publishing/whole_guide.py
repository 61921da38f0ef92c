"""The whole guide on one page, to print or to keep: every live medical page, one after another, without photographs."""

import re
from collections import defaultdict
from dataclasses import dataclass

from cms.models import CMSPlugin, PageContent, Placeholder
from cms.utils.placeholder import get_placeholders
from cms.utils.plugins import get_bound_plugins, get_plugins_as_layered_tree
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from content.blocks import outline
from content.blocks.base import Block
from content.cms_adapter.cms_pages import block_renderer
from content.gallery import page as gallery_page
from content.pages import PublishedPage, published_pages
from content.reviews import stamp
from content.treatment import current as current_treatment
from content.treatment.tokens import substitute

TEMPLATES = ("pages/treatment.html", "pages/topic.html")  # what is read; tools are used where they are
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
    """One page of the guide with its blocks, their headings one level down, as (anchor, text) and as HTML."""

    anchor: str
    title: str
    description: str
    blocks: list[SafeString]
    headings: list[tuple[str, str]]
    stamp: stamp.Stamp | None


@require_safe
def whole_guide(request: HttpRequest) -> HttpResponse:
    """All of it as it is live now; like a page, it is not kept where a block has failed."""
    contents = _contents(request)
    blocks = _blocks(contents)
    here = getattr(request, "current_page", None)
    parts = [_part(request, content, number, blocks[content.pk]) for number, content in enumerate(contents, 1)]
    _set_current_page(request, here)
    told = {"page": PAGE, "parts": parts, "gallery": gallery_page.for_request(request)}
    return render(request, "guide/whole_guide.html", told)


def _contents(request: HttpRequest) -> list[PageContent]:
    """The live versions in the order of the tree; one that sends its readers on has nothing to say itself."""
    order = list(published_pages(request))
    found = PageContent.objects.filter(template__in=TEMPLATES, page_id__in=order).select_related("page")
    return sorted((one for one in found if not one.redirect), key=lambda one: order.index(one.page_id))


def _blocks(contents: list[PageContent]) -> dict[int, list[Block]]:
    """The blocks of each version in the order of its template's slots, all of them read together."""
    kind, keys = ContentType.objects.get_for_model(PageContent), [content.pk for content in contents]
    slots = {slot.pk: slot for slot in Placeholder.objects.filter(content_type=kind, object_id__in=keys)}
    order = [slot.slot for template in TEMPLATES for slot in get_placeholders(template)]
    plugins = (
        CMSPlugin.objects.filter(placeholder__in=slots).exclude(plugin_type__in=EXCLUDED_PLUGINS).order_by("position")
    )
    bound = [plugin for plugin in get_bound_plugins(list(plugins)) if isinstance(plugin, Block)]
    by_content: dict[int, list[Block]] = defaultdict(list)
    for block in get_plugins_as_layered_tree(bound):
        block.placeholder = slots[block.placeholder_id]
        if block.placeholder.slot in order:
            by_content[block.placeholder.object_id].append(block)
    for blocks in by_content.values():
        blocks.sort(key=lambda block: (order.index(block.placeholder.slot), block.position))
    return by_content


def _part(request: HttpRequest, content: PageContent, number: int, blocks: list[Block]) -> GuidePart:
    _set_current_page(request, content.page)
    treatment = current_treatment.of_request(request)
    anchor = f"part-{number}"
    headings = outline.start_part(request, anchor).headings
    render_block = block_renderer(request)
    return GuidePart(
        anchor,
        substitute(content.title, treatment),
        substitute(content.meta_description or "", treatment),
        [one for block in blocks if (one := _lowered(render_block(block)))],
        [(name, text.removesuffix(":").removesuffix(" if")) for name, text in headings],
        stamp.of(content),
    )


def _set_current_page(request: HttpRequest, page: object) -> None:
    """Make this the page whose facts are quoted."""
    setattr(request, "current_page", page)  # noqa: B010  the CMS's own name
    current_treatment.clear(request)


def _lowered(html: str) -> SafeString:
    """A block's HTML with its headings one level down."""
    return mark_safe(HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html).strip())  # noqa: S308  its own
