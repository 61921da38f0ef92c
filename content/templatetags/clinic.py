"""Tags that most templates use: the clinic, menus, facts by name, drawings, slots, "On this page"."""

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from cms.models import PageContent
from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from clinic_site.assets.stylesheet import head_markup
from clinic_site.page_cache import process_cache
from content import pages
from content.blocks import outline
from content.blocks.drawings import DRAWINGS, Drawing, svg_markup
from content.clinic import current as current_clinic
from content.clinic.models import Clinic
from content.topics import SLOT_NAMES
from content.treatment import current as current_treatment
from content.treatment.tokens import quote, substitute

register = template.Library()

MENU_LINE = 980  # pixels beside the clinic's name, in a window of 1280


@register.simple_tag
def head_assets() -> SafeString:
    """Return the stylesheet and script markup for the head of a page."""
    return mark_safe(head_markup())  # noqa: S308  built from the site's own files


@register.simple_tag(takes_context=True)
def clinic(context: Context) -> Clinic:
    """Return the clinic's record."""
    return current_clinic.of_request(context["request"])


@register.simple_tag(takes_context=True)
def site_pages(context: Context) -> list[pages.PublishedPage]:
    """Return all published pages in menu order."""
    return _with_facts(context, pages.published_pages(context["request"]).values())


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> dict[str, list[pages.PublishedPage]]:
    """Return the pages of the main menu: those `shown` in its one line on a desk, and those `folded` under "More"."""
    listed = [page for page in site_pages(context) if page.is_in_menu]
    widths = [_menu_width(page.menu_title) for page in listed]
    room = MENU_LINE - _menu_width("Search")
    if sum(widths) <= room:
        return {"shown": listed, "folded": []}
    room -= _menu_width("More")
    fitting = next(count for count in range(len(listed), -1, -1) if sum(widths[:count]) <= room)
    return {"shown": listed[:fitting], "folded": listed[fitting:]}


def _menu_width(word: str) -> int:
    """Return how wide an entry of the menu is at most, in pixels: 9 a letter, 22 around it."""
    return 9 * len(word) + 22


@register.simple_tag(takes_context=True)
def ancestor_pages(context: Context) -> list[pages.PublishedPage]:
    """Return the pages above this one, the home page first."""
    page = getattr(context["request"], "current_page", None)
    return _with_facts(context, pages.ancestors(context["request"], page)) if page else []


def _with_facts(context: Context, published: Iterable[pages.PublishedPage]) -> list[pages.PublishedPage]:
    """Return the pages with the facts that their titles quote."""
    treatment = current_treatment.of_request(context["request"])
    return [
        replace(page, title=substitute(page.title, treatment), menu_title=substitute(page.menu_title, treatment))
        for page in published
    ]


@register.simple_tag(takes_context=True)
def page_texts(context: Context) -> SimpleNamespace:
    """Return title, browser tab's title and description of the version shown, with facts in words."""
    texts = _texts(context)
    if not any(texts):
        return SimpleNamespace(title="", tab="", description="")
    treatment = current_treatment.of_request(context["request"])
    title, tab, description = (substitute(text, treatment) for text in texts)
    return SimpleNamespace(title=title, tab=tab, description=description)


def _texts(context: Context) -> tuple[str, str, str]:
    """Return the stored texts of the page that the view has read (`page`), else of the version that the CMS shows."""
    page = context.get("page")
    if isinstance(page, pages.PublishedPage):
        return page.title, page.tab_title, page.description
    content = current_content(context)
    if content is None:
        return "", "", ""
    return content.title, content.page_title or content.title, content.meta_description or ""


def current_content(context: Context) -> PageContent | None:
    """Return the page version that is shown: a draft to editors, the published one to readers."""
    request: HttpRequest = context["request"]
    toolbar = getattr(request, "toolbar", None)  # absent where the CMS was not reached
    shown = toolbar and toolbar.get_object()
    if isinstance(shown, PageContent):
        return shown
    page = getattr(request, "current_page", None)
    return page.get_content_obj() or None if page else None


@register.simple_tag(takes_context=True)
def fact(context: Context, name: str) -> str:
    """Return a fact of this page's treatment in words; raise KeyError for an unknown name."""
    return quote(name, current_treatment.of_request(context["request"]))


@register.filter
def with_facts(text: str, treatment: Any) -> str:
    """Return `text` with every quoted fact in words."""
    return substitute(text, treatment)


@register.filter
def drawing_description(name: str) -> str:
    """Return the drawing's alternative text."""
    return DRAWINGS[name].alt


@register.inclusion_tag("components/drawing.html")
def drawing(name: str, alt: str = "", sizes: str = "", *, is_first: bool = False) -> dict[str, Any]:
    """Render a drawing as `<img>` or `<svg>`; leave `alt` empty where the words beside it say the same."""
    shown: Drawing = DRAWINGS[name]
    inside = mark_safe(svg_markup(shown.path)) if shown.is_in_page else ""  # noqa: S308  the site's own file
    return {"drawing": shown, "inside": inside, "alt": alt, "sizes": sizes, "is_first": is_first}


@register.simple_tag(takes_context=True)
def has_blocks(context: Context, slot: str) -> bool:
    """Return whether the slot holds a block, before the slot is rendered."""
    content = current_content(context)
    if content is None:
        return False
    return slot in process_cache.get_shared(context["request"], ("filled", content.pk), lambda: _filled_slots(content))


def _filled_slots(content: PageContent) -> frozenset[str]:
    return frozenset(content.placeholders.filter(cmsplugin__isnull=False).values_list("slot", flat=True))


@register.inclusion_tag("components/empty_slot.html", takes_context=True)
def empty_slot(context: Context, slot: str) -> dict[str, Any]:
    """Render a note to editors if a slot is empty; readers see nothing."""
    toolbar = getattr(context["request"], "toolbar", None)
    return {"what": SLOT_NAMES[slot], "is_editing": bool(toolbar and toolbar.edit_mode_active)}


class OnThisPage(template.Node):
    """A node of its own: the CMS looks for a page's slots in `child_nodelists`, which block tags leave empty."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Render the blocks inside, then the list of their headings to stand beside them."""
        content = self.nodelist.render(context)
        headings = [
            (anchor, text.removesuffix(":").removesuffix(" if"))  # of a care card, "Call us the same day if:"
            for anchor, text in outline.of_request(context["request"]).headings
        ]
        return render_to_string("components/on_this_page.html", {"headings": headings, "content": content})


@register.tag
def on_this_page(parser: template.base.Parser, token: template.base.Token) -> OnThisPage:
    """Parse `{% on_this_page %}` slots `{% end_on_this_page %}`."""
    nodelist = parser.parse(("end_on_this_page",))
    parser.delete_first_token()
    return OnThisPage(nodelist)
