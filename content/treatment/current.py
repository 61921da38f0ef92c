"""The treatment that this request's page speaks of, read once."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Treatment

KEPT = "_treatment"


def forget(request: HttpRequest) -> None:
    """Read it again for the page that the request looks at next."""
    if hasattr(request, KEPT):
        delattr(request, KEPT)


def of_request(request: HttpRequest) -> Treatment | None:
    """The treatment of the current page (see `TreatmentQuerySet.of_page`), or None where none is stored."""
    if not hasattr(request, KEPT):
        page = getattr(request, "current_page", None) or None
        key = KEPT, page.pk if page else None
        setattr(request, KEPT, process_cache.own(request, key, lambda: Treatment.objects.of_page(page)))
    treatment: Treatment | None = getattr(request, KEPT)
    return treatment
