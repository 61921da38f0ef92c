"""A published page for a reader: read whole with few queries, and kept while nothing changes (`process_cache`).

The CMS would look up address, page, version, slots and each kind of block again for every reader, and build a toolbar
for who has none. Everyone with a session, every draft, and a page that is more than plain, gets it from the CMS.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from cms.middleware.page import get_page
from cms.middleware.toolbar import ToolbarMiddleware
from cms.models import CMSPlugin, Page, PageContent, Placeholder
from cms.plugin_rendering import ContentRenderer
from cms.toolbar.toolbar import EmptyToolbar
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.safestring import mark_safe

from clinic_site.page_cache import process_cache
from content import pages
from content.cms_adapter import cms_pages
from content.cms_adapter.block_loading import load_blocks

REQUEST_ATTR = "_reading"
LANGUAGE = settings.LANGUAGE_CODE


@dataclass
class AnonymousPage:
    """A page with its live version and that version's slots, each with its blocks; the request's own copy."""

    page: Page
    content: PageContent
    slots: dict[str, Placeholder]


class AnonymousPageMiddleware(ToolbarMiddleware):
    """In place of the CMS's own: a reader has no toolbar, and pages come from what is kept."""

    def process_request(self, request: HttpRequest) -> None:
        """A toolbar for who has a session."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            super().process_request(request)
            return
        setattr(request, "toolbar", AnonymousToolbar(request))  # noqa: B010  the CMS's own name
        if process_cache.applies_to(request):
            setattr(request, "current_page", SimpleLazyObject(lambda: _current_page(request)))  # noqa: B010  as well

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """The page, where the CMS would be asked for one."""
        return render_page(request) if cms_pages.is_page_view(view) else None


def render_page(request: HttpRequest) -> HttpResponse | None:
    """The page at this address; None where the CMS is to answer."""
    reading = for_request(request)
    if reading is None:
        return None
    request.toolbar.set_object(reading.content)  # type: ignore[attr-defined]  # set by the middleware above
    setattr(request, "current_page", reading.page)  # noqa: B010
    told = {
        "lang": LANGUAGE,
        "current_page": reading.page,
        "current_pagecontent": reading.content,
        "has_change_permissions": False,
        "has_view_permissions": True,
    }
    return TemplateResponse(request, reading.content.get_template(), told)


def for_request(request: HttpRequest) -> AnonymousPage | None:
    """The page at this address, read once a request; None for all but readers, and for a page that is not plain."""
    if not process_cache.applies_to(request):
        return None
    if not hasattr(request, REQUEST_ATTR):
        found = _published_page_here(request)
        key = found.page_id if found else 0
        page = process_cache.get_copy(request, ("page", key), lambda: _load(key)) if found else None
        if found and page and page.content.pk != found.content_id:
            pages.reset(request)  # published since: the menu is to say what the page says
        setattr(request, REQUEST_ATTR, page)
    reading: AnonymousPage | None = getattr(request, REQUEST_ATTR)
    return reading


def _published_page_here(request: HttpRequest) -> pages.PublishedPage | None:
    return next((one for one in pages.published_pages(request).values() if one.url == request.path_info), None)


def _current_page(request: HttpRequest) -> Page | None:
    """The page that templates and facts ask for; the CMS looks for it where it is not plain."""
    reading = for_request(request)
    if reading is not None:
        return reading.page
    page: Page | None = get_page(request) if _published_page_here(request) else None
    return page


def _load(page_id: int) -> AnonymousPage | None:
    """The version that is live now, with all that is on it; None where the CMS does more than show it, or none is.

    It is asked for by its page: another one may have been published since the site's pages were read.
    """
    content = PageContent.objects.select_related("page").filter(page=page_id, language=LANGUAGE).first()
    if content is None:
        return None
    page, loaded = content.page, load_blocks([content])[content.pk]
    is_plain = not (content.redirect or page.login_required or page.application_urls)
    if loaded.has_unknown or not is_plain or content.get_xframe_options():
        return None
    page.page_content_cache = {content.language: content}
    return AnonymousPage(page, content, loaded.slots)


class AnonymousToolbar(EmptyToolbar):
    """What the CMS asks of a toolbar while it shows a page."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._cache_disabled = False  # until a slot is rendered, as with the CMS's own
        self.displayed_object: Any = None

    def set_object(self, shown: Any) -> None:
        """The first is what the page shows."""
        self.displayed_object = self.displayed_object or shown

    def get_object(self) -> Any:
        """The version that is shown."""
        return self.displayed_object

    @cached_property
    def content_renderer(self) -> ContentRenderer:
        """With the slots that were read already."""
        return AnonymousRenderer(self.request)


class AnonymousRenderer(ContentRenderer):
    """Renders the page that was read: its slots as they are, and each block in a copy of the context it stands in."""

    def render_page_placeholder(self, slot: str, context: Context, *args: Any, **options: Any) -> str:
        """The blocks of a slot, or what the template says where there are none."""
        reading: AnonymousPage | None = getattr(self.request, REQUEST_ATTR, None)
        if reading is None:
            html: str = super().render_page_placeholder(slot, context, *args, **options)
            return html
        here, otherwise = reading.slots.get(slot), options.get("nodelist")
        shown = [self.render_plugin(block, context, here) for block in here.get_cached_plugins()] if here else []
        html = mark_safe("".join(shown))  # noqa: S308  what each block escaped
        return otherwise.render(context) if otherwise and not html else html

    def render_plugin(
        self, instance: CMSPlugin, context: Context, placeholder: Placeholder | None = None, *_: Any, **__: Any
    ) -> str:
        """One block. The CMS would flatten the context and look for its processors each time."""
        plugin = instance.get_plugin_class_instance()
        inside = plugin.render(copy(context), instance, (placeholder or instance.placeholder).slot)
        html: str = Engine.get_default().get_template(plugin.render_template).render(inside)
        return html
