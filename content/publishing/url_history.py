"""All URLs that pages ever had in public, and where they lead now; `redirects` answers them with 301 or 410.

A redirect that leads back to itself, or on to another one, stops publishing.
"""

from cms.models import PageContent

from content.pages import published_versions, url_for_path
from content.publishing.models import Address

REDIRECT_LOOP = (
    "This page sends its readers on to {}, and from there they would be sent on again. "
    "Write the address where they are to end up, or none."
)


def record_current_urls() -> None:
    """Record every URL that is public now; to be called in any transaction that may change one."""
    public = dict(published_versions().values_list("path", "page_id"))
    recorded = dict(Address.objects.values_list("path", "page_id"))
    Address.objects.bulk_create(
        [Address(path=path, page_id=page_id) for path, page_id in public.items() if recorded.get(path) != page_id],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["page_id"],
    )


def current_url(page_id: int) -> str | None:
    """Return where visitors find this page now; None while it is offline."""
    path = published_versions().filter(page_id=page_id).values_list("path", flat=True).first()
    return None if path is None else url_for_path(path)


def was_ever_public(page_id: int) -> bool:
    """Return whether visitors could ever reach this page."""
    return Address.objects.filter(page_id=page_id).exists()


def last_page_at(path: str) -> int | None:
    """Return the id of the page that had this URL last, with or without its outer slashes; None if none ever had."""
    page_id: int | None = Address.objects.filter(path=path.strip("/")).values_list("page_id", flat=True).first()
    return page_id


def redirect_problem(content: PageContent) -> str:
    """Return why this version's redirect is refused, as it leads back to itself or on to another redirect; else ""."""
    target = (content.redirect or "").strip("/")
    if not content.redirect:
        return ""
    destination = published_versions().filter(path=target).first()
    page_id = destination.page_id if destination else last_page_at(target)
    if page_id is None:
        return ""
    further = published_versions().filter(page_id=page_id).values_list("redirect", flat=True).first()
    return REDIRECT_LOOP.format(content.redirect) if page_id == content.page_id or further else ""
