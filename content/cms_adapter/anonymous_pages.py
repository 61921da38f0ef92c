"""Published pages for anonymous readers: read with few queries, and cached until something changes (`process_cache`).

The CMS would look up address, page, version, slots and each kind of block for every reader, and build a toolbar that
nobody sees. It still renders drafts, pages that are not plain, and everything for users with a session.
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
from content.cms_adapter.block_loading import SHOWN_KINDS, load_blocks, shown_kinds

REQUEST_ATTR = "_reading"
LANGUAGE = settings.LANGUAGE_CODE


@dataclass
class AnonymousPage:
    """A page with its live version and that version's slots, each with its blocks; the request's own copy."""

    page: Page
    content: PageContent
    slots: dict[str, Placeholder]


class AnonymousPageMiddleware(ToolbarMiddleware):
    """Replaces the CMS's middleware: anonymous readers get no toolbar, and pages from the process cache."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the CMS's toolbar for users with a session, else an empty one, and the current page."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            super().process_request(request)
            return
        setattr(request, "toolbar", AnonymousToolbar(request))  # noqa: B010  the CMS's own name
        if process_cache.applies_to(request):
            setattr(request, "current_page", SimpleLazyObject(lambda: _current_page(request)))  # noqa: B010  as well

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Return the rendered page if the view is the CMS's page view, or None to go on with the view."""
        return render_page(request) if cms_pages.is_page_view(view) else None


def render_page(request: HttpRequest) -> HttpResponse | None:
    """Return the page at this address, or None if the CMS must render it."""
    anonymous_page = for_request(request)
    if anonymous_page is None:
        return None
    request.toolbar.set_object(anonymous_page.content)  # type: ignore[attr-defined]  # set by the middleware above
    setattr(request, "current_page", anonymous_page.page)  # noqa: B010
    context = {
        "lang": LANGUAGE,
        "current_page": anonymous_page.page,
        "current_pagecontent": anonymous_page.content,
        "has_change_permissions": False,
        "has_view_permissions": True,
    }
    return TemplateResponse(request, anonymous_page.content.get_template(), context)


def for_request(request: HttpRequest) -> AnonymousPage | None:
    """Return the page at this address, loaded once a request; None for users with a session, and if it is not plain."""
    if not process_cache.applies_to(request):
        return None
    if not hasattr(request, REQUEST_ATTR):
        published = _published_page_here(request)
        key = published.page_id if published else 0
        page = process_cache.get_copy(request, ("page", key), lambda: _load(key)) if published else None
        if published and page and page.content.pk != published.content_id:
            pages.reset(request)  # published meanwhile: the menu must match the page
        setattr(request, REQUEST_ATTR, page)
    anonymous_page: AnonymousPage | None = getattr(request, REQUEST_ATTR)
    return anonymous_page


def _published_page_here(request: HttpRequest) -> pages.PublishedPage | None:
    return next((page for page in pages.published_pages(request).values() if page.url == request.path_info), None)


def _current_page(request: HttpRequest) -> Page | None:
    """Return the page that templates and facts need; the CMS looks it up if it is not plain."""
    anonymous_page = for_request(request)
    if anonymous_page is not None:
        return anonymous_page.page
    page: Page | None = get_page(request) if _published_page_here(request) else None
    return page


def _load(page_id: int) -> AnonymousPage | None:
    """Return the live version with all its blocks; None if there is none, or if the CMS does more than show it.

    It is looked up by its page, since another version may have been published after the list of pages was read.
    """
    content = PageContent.objects.select_related("page").filter(page=page_id, language=LANGUAGE).first()
    if content is None:
        return None
    page, loaded = content.page, load_blocks([content])[content.pk]
    is_plain = not (content.redirect or page.login_required or page.application_urls)
    if loaded.has_unknown or not is_plain or content.get_xframe_options():
        return None
    setattr(content, SHOWN_KINDS, shown_kinds(loaded, content.template))
    page.page_content_cache = {content.language: content}
    return AnonymousPage(page, content, loaded.slots)


class AnonymousToolbar(EmptyToolbar):
    """The part of a toolbar that the CMS needs to show a page."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._cache_disabled = False  # until a slot is rendered, as with the CMS's own
        self.displayed_object: Any = None

    def set_object(self, shown: Any) -> None:
        """Set the displayed version; later calls are ignored."""
        self.displayed_object = self.displayed_object or shown

    def get_object(self) -> Any:
        """Return the displayed version."""
        return self.displayed_object

    @cached_property
    def content_renderer(self) -> ContentRenderer:
        """The renderer that uses the loaded slots."""
        return AnonymousRenderer(self.request)


class AnonymousRenderer(ContentRenderer):
    """Renders a loaded page: the blocks of its slots, each in a copy of the template's context."""

    def render_page_placeholder(self, slot: str, context: Context, *args: Any, **options: Any) -> str:
        """Return the HTML of a slot's blocks, or of the template's default if there are none."""
        anonymous_page: AnonymousPage | None = getattr(self.request, REQUEST_ATTR, None)
        if anonymous_page is None:
            html: str = super().render_page_placeholder(slot, context, *args, **options)
            return html
        placeholder, default = anonymous_page.slots.get(slot), options.get("nodelist")
        blocks = placeholder.get_cached_plugins() if placeholder else []
        html = mark_safe("".join(self.render_plugin(block, context, placeholder) for block in blocks))  # noqa: S308  each block escapes its own
        return default.render(context) if default and not html else html

    def render_plugin(
        self, instance: CMSPlugin, context: Context, placeholder: Placeholder | None = None, *_: Any, **__: Any
    ) -> str:
        """Return the HTML of a block without flattening the context and collecting processors, as the CMS does."""
        plugin = instance.get_plugin_class_instance()
        block_context = plugin.render(copy(context), instance, (placeholder or instance.placeholder).slot)
        html: str = Engine.get_default().get_template(plugin.render_template).render(block_context)
        return html
