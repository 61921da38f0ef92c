"""The entries of the sitemap, each with the day on which it last changed or was reviewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cms.models import PageContent
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from content.gallery.models import Case
from content.images.specs import FORMATS, widths_for
from content.pages import absolute_url, published_versions, url_for_path
from content.reviews.rules import newest_signatures

MAX_URLS = 50_000  # in one sitemap (sitemaps.org)


@dataclass(frozen=True)
class Entry:
    """A URL, when it last changed or was reviewed, and the pictures there that search engines may list."""

    url: str
    changed_on: date
    pictures: tuple[str, ...] = ()


def entries(on: date) -> list[Entry]:
    """Return all URLs that may be found on the clinic's local date `on`, pages first."""
    return [*_pages(), *_cases(on)][:MAX_URLS]


def _pages() -> Iterator[Entry]:
    versions = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(PageContent), object_id=OuterRef("pk")
    )
    contents = list(
        published_versions()
        .filter(Q(redirect="") | Q(redirect=None))
        .annotate(published_at=Subquery(versions.values("modified")[:1]))
    )
    signatures = newest_signatures([content.pk for content in contents])
    for content in contents:
        signed = signatures.get(content.pk)
        changed_on = signed.signed_on if signed else _local_date(content.published_at)
        yield Entry(absolute_url(url_for_path(content.path)), changed_on)


def _cases(on: date) -> Iterator[Entry]:
    for case in Case.objects.showable(on).filter(consent__for_search=True).with_pictures():
        if case.approved_at is None:
            continue
        photos = [] if case.has_cover else [photo for pair in case.pairs.all() for photo in pair.photos]
        pictures = tuple(rendition_url(photo.token, photo.shown_size[0]) for photo in photos)
        yield Entry(absolute_url(reverse("case", args=[case.code])), _local_date(case.approved_at), pictures)


def rendition_url(token: str, width: int) -> str:
    """Return the absolute URL of a photograph's largest rendition, in the format that every browser reads."""
    largest = widths_for(width)[-1]
    return absolute_url(reverse("rendition", args=[token, largest, FORMATS[-1].suffix]))


def _local_date(at: datetime) -> date:
    return timezone.localtime(at).date()
