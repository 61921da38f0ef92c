"""The published pages of the site, loaded with one query a request, for menus, breadcrumbs and links."""

from dataclasses import dataclass

from cms.models import Page, PageContent
from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest

from clinic_site.page_cache.process_cache import get_shared

CLINIC, TOPIC, GALLERY = "pages/clinic.html", "pages/topic.html", "pages/gallery.html"  # templates

REQUEST_ATTR = "_published_pages"


@dataclass(frozen=True)
class PublishedPage:
    """A page as visitors see it; `tree_path` grows by a fixed number of characters per level."""

    page_id: int
    reverse_id: str
    title: str
    menu_title: str
    tab_title: str
    description: str
    url: str
    tree_path: str
    is_in_menu: bool
    is_home: bool
    content_id: int = 0  # of the live version


def published_pages(request: HttpRequest) -> dict[int, PublishedPage]:
    """Return all published pages by their id, in menu order."""
    pages: dict[int, PublishedPage] | None = getattr(request, REQUEST_ATTR, None)
    if pages is None:
        pages = get_shared(request, REQUEST_ATTR, lambda: {page.page_id: page for page in _load()})
        setattr(request, REQUEST_ATTR, pages)
    return pages


def reset(request: HttpRequest) -> None:
    """Make this request load them again."""
    delattr(request, REQUEST_ATTR)


def published_versions() -> "QuerySet[PageContent]":
    """The live versions that visitors can reach, each with its `path`, in the order of the tree."""
    here = PageContent.objects.filter(language=settings.LANGUAGE_CODE, page__site_id=settings.SITE_ID)
    reachable = here.filter(page__urls__language=settings.LANGUAGE_CODE, page__urls__path__isnull=False)
    found: QuerySet[PageContent] = reachable.annotate(path=F("page__urls__path")).order_by("page__path")
    return found


def url_for_path(path: str) -> str:
    """The address of a stored path."""
    return f"/{path}/" if path else "/"


def _load() -> list[PublishedPage]:
    rows = published_versions().values_list(
        "page_id",
        "page__reverse_id",
        "title",
        "menu_title",
        "page_title",
        "meta_description",
        "path",
        "page__path",
        "in_navigation",
        "page__is_home",
        "pk",
    )
    return [
        PublishedPage(
            page_id,
            reverse_id or "",
            title,
            menu_title or title,
            tab_title or title,
            description or "",
            url_for_path(path),
            *rest,
        )
        for page_id, reverse_id, title, menu_title, tab_title, description, path, *rest in rows
    ]


def ancestors(request: HttpRequest, page: Page) -> list[PublishedPage]:
    """Return the published pages between the top of the site and `page`, home first, without `page` itself."""
    pages = published_pages(request).values()
    home = [other for other in pages if other.is_home and other.page_id != page.pk]
    step = type(page).steplen
    paths = {page.path[:end] for end in range(step, len(page.path), step)}
    return home + [other for other in pages if other.tree_path in paths and not other.is_home]


def absolute_url(path: str) -> str:
    """Return the absolute URL of a path of this site, always with SITE_DOMAIN, never the request's host."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{settings.SITE_DOMAIN}{path}"


def published_urls() -> frozenset[str]:
    """Return the URLs of all published pages."""
    return frozenset(page.url for page in _load())
