"""What the staff's search looks through: each source asks for the right that its own pages ask for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cms.models import PageContent
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from content.blocks.base import Block
from content.blocks.rich_text import RichTextField, text_lines
from content.cms_adapter.block_loading import blocks_of, children_of
from content.consent.models import Consent
from content.gallery.models import Case
from content.staff.accounts import people
from content.staff.dashboard import page_list
from content.staff.help import guide
from content.staff.matching import Query
from content.treatment.models import Treatment, nearest
from content.treatment.tokens import substitute

MAX_RESULTS = 20  # of each kind


@dataclass(frozen=True)
class Hit:
    """Something found: its name, where it opens, and in what words it was found ("" if in its name)."""

    title: str
    url: str
    excerpt: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `has_more` if there are more than are shown."""

    key: str
    title: str
    hits: list[Hit]
    has_more: bool = False


Source = Callable[[HttpRequest, Query], Iterator[Hit]]


def find(request: HttpRequest, query: Query) -> list[Group]:
    """Return what this person may open and the query finds, by kind, without the kinds that have nothing."""
    groups = []
    for key, (title, source) in SOURCES.items():
        hits = list(source(request, query)) if query.words else []
        if hits:
            groups.append(Group(key, title, hits[:MAX_RESULTS], has_more=len(hits) > MAX_RESULTS))
    return groups


def find_pages(request: HttpRequest, query: Query) -> Iterator[Hit]:
    """Yield pages whose current version holds the words: those with them in the title first."""
    rights = page_list.Rights.of(request.user, now=timezone.now())
    if not rights.is_writer:
        return
    rows = page_list.load_rows(rights)
    blocks = blocks_of([row.current for row in rows])
    treatments = Treatment.objects.with_pages()
    in_text = []
    for row in rows:
        if query.fits(row.current.title):
            yield Hit(row.current.title, row.preview_url, row.state.label)
        elif excerpt := _excerpt(query, _texts(row.current, blocks[row.current.pk]), nearest(treatments, row.page)):
            in_text.append(Hit(row.current.title, row.preview_url, f"{row.state.label}. {excerpt}"))
    yield from in_text


def _excerpt(query: Query, texts: list[str], treatment: Treatment | None) -> str:
    """Return the excerpt of texts with the facts that they quote."""
    return query.excerpt([str(substitute(text, treatment)) for text in texts])


def _texts(content: PageContent, blocks: list[Block]) -> list[str]:
    own = [content.menu_title, content.page_title, content.meta_description, content.slug]
    return [text for text in own if text] + [text for block in blocks for text in _of_block(block)]


def _of_block(block: Block) -> Iterator[str]:
    for field in block.text_fields():
        value = str(getattr(block, field.name) or "")
        yield " ".join(text_lines(value)) if isinstance(field, RichTextField) else value
    for rows in block.rows_fields():
        value = getattr(block, rows.name)
        for row in value if isinstance(value, list) else []:
            yield " ".join(map(str, row.values())) if isinstance(row, dict) else str(row)
    for child in children_of(block):
        yield from _of_block(child)


def find_cases(request: HttpRequest, query: Query) -> Iterator[Hit]:
    """Yield cases by title or code, and by their consent's reference for those who may open consents."""
    if not admin.site.get_model_admin(Case).has_view_permission(request):
        return
    may_see_consents = admin.site.get_model_admin(Consent).has_view_permission(request)
    for case in Case.objects.select_related("consent", "treatment"):
        reference = case.consent.reference if case.consent and may_see_consents else ""
        if query.fits(f"{case} {reference}"):
            yield Hit(str(case), reverse("admin:content_case_change", args=[case.pk]))


def find_consents(request: HttpRequest, query: Query) -> Iterator[Hit]:
    """Yield consents by their reference code; no name is stored."""
    if not admin.site.get_model_admin(Consent).has_view_permission(request):
        return
    fitting = Q(*(Q(reference__icontains=word) for word in query.words))  # all of them
    for consent in Consent.objects.filter(fitting).order_by("reference")[: MAX_RESULTS + 1]:
        yield Hit(consent.reference, reverse("admin:content_consent_change", args=[consent.pk]))


def find_people(request: HttpRequest, query: Query) -> Iterator[Hit]:
    """Yield people by name or user name, for who looks after their accounts."""
    if not request.user.has_perm("content.manage_people"):
        return
    for user in people.managed_accounts():
        name = user.get_full_name() or user.username
        if query.fits(f"{name} {user.username}"):
            yield Hit(name, reverse("person", args=[user.pk]), "" if user.is_active else "The account is shut.")


def find_help(request: HttpRequest, query: Query) -> Iterator[Hit]:
    """Yield sections of the guide and kinds of block."""
    if not request.user.has_perm("cms.change_page"):
        return
    for section in guide.search_texts():
        if query.fits(section.title):
            yield Hit(section.title, section.url)
        elif excerpt := query.excerpt([section.title, section.text]):
            yield Hit(section.title, section.url, excerpt)


SOURCES: dict[str, tuple[str, Source]] = {
    "pages": ("Pages", find_pages),
    "cases": ("Cases", find_cases),
    "consents": ("Consents", find_consents),
    "people": ("People", find_people),
    "help": ("Help", find_help),
}
