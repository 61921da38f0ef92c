"""Rendering by the CMS itself: of a page at another view's address, and of a block outside its page."""

from collections.abc import Callable

from cms.models import CMSPlugin, Page, PageContent, PageUrl
from cms.operations import MOVE_PAGE
from cms.operations.helpers import send_post_page_operation, send_pre_page_operation
from cms.plugin_rendering import ContentRenderer
from cms.toolbar.utils import get_toolbar_from_request
from cms.views import details, render_object_preview
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import Context


def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the CMS's own answer for the page at `slug` ("" is the home page), with its toolbar for staff."""
    response: HttpResponse = details(request, slug)
    return response


def show_version(request: HttpRequest, content: PageContent) -> HttpResponseBase:
    """Return this version as its readers will see it: without the CMS's toolbar and what comes with it."""
    get_toolbar_from_request(request).show_toolbar = False
    shown: HttpResponseBase = render_object_preview(request, ContentType.objects.get_for_model(content).pk, content.pk)
    return shown


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


def path_around(content: PageContent) -> str:
    """Return the address that this page's own begins with, such as "/microneedling/"."""
    parent = content.page.parent
    path = parent.get_path(content.language) if parent else ""
    return f"/{path}/" if path else "/"


def path_with(content: PageContent, slug: str) -> str:
    """Return the path, without outer slashes, that the page would have with this last part."""
    return str(content.page.get_url_data(slug, None, content.language)["path"] or slug)


def page_at(path: str, *, but: int) -> str:
    """Return the title of another page that has this path, live or as a draft; "" if there is none."""
    taken = PageUrl.objects.filter(path=path).exclude(page_id=but).values("page")
    other = PageContent.admin_manager.filter(page__in=taken).order_by("-pk").first()
    return str(other.title) if other else ""


def move_beside(request: HttpRequest, page: Page, other: Page, *, is_above: bool) -> None:
    """Put a page, with those below it, right above or below a sibling of it, and announce that as the CMS does."""
    token = send_pre_page_operation(request=request, operation=MOVE_PAGE, obj=page, sender=Page)
    page.move_page(other, position="left" if is_above else "right", user=request.user)
    send_post_page_operation(request=request, operation=MOVE_PAGE, token=token, obj=page, sender=Page)
