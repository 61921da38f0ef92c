"""Rendering by the CMS itself: of a page at another view's address, and of a block outside its page."""

from collections.abc import Callable

from cms.models import CMSPlugin
from cms.plugin_rendering import ContentRenderer
from cms.views import details
from django.http import HttpRequest, HttpResponse
from django.template import Context


def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the CMS's own answer for the page at `slug` ("" is the home page), with its toolbar for staff."""
    response: HttpResponse = details(request, slug)
    return response


def is_page_view(view: object) -> bool:
    """Whether this is the CMS's view of pages."""
    return view is details


def block_renderer(request: HttpRequest) -> Callable[[CMSPlugin], str]:
    """Return a function that renders a block to HTML, and reuses its look-ups from one block to the next."""
    renderer = ContentRenderer(request)

    def render(block: CMSPlugin) -> str:
        html: str = renderer.render_plugin(block, Context({"request": request}), block.placeholder)
        return html

    return render
