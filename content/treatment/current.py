"""The treatment that this request's page speaks of, read once."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Treatment

REQUEST_ATTRIBUTE = "_treatment"


def clear(request: HttpRequest) -> None:
    """Read it again for the page that the request looks at next."""
    if hasattr(request, REQUEST_ATTRIBUTE):
        delattr(request, REQUEST_ATTRIBUTE)


def of_request(request: HttpRequest) -> Treatment | None:
    """The treatment of the current page (see `TreatmentQuerySet.of_page`), or None where none is stored."""
    if not hasattr(request, REQUEST_ATTRIBUTE):
        page = getattr(request, "current_page", None) or None
        key = REQUEST_ATTRIBUTE, page.pk if page else None
        setattr(
            request, REQUEST_ATTRIBUTE, process_cache.get_copy(request, key, lambda: Treatment.objects.of_page(page))
        )
    treatment: Treatment | None = getattr(request, REQUEST_ATTRIBUTE)
    return treatment
