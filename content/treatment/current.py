"""The treatment of the current page, read once per request."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Treatment

REQUEST_ATTRIBUTE = "_treatment"


def clear(request: HttpRequest) -> None:
    """Forget the request's treatment, to be called when its current page changes."""
    if hasattr(request, REQUEST_ATTRIBUTE):
        delattr(request, REQUEST_ATTRIBUTE)


def of_request(request: HttpRequest) -> Treatment | None:
    """Return the treatment of the current page (see `TreatmentQuerySet.of_page`), or None if none is stored."""
    if not hasattr(request, REQUEST_ATTRIBUTE):
        page = getattr(request, "current_page", None) or None
        key = REQUEST_ATTRIBUTE, page.pk if page else None
        setattr(
            request, REQUEST_ATTRIBUTE, process_cache.get_copy(request, key, lambda: Treatment.objects.of_page(page))
        )
    treatment: Treatment | None = getattr(request, REQUEST_ATTRIBUTE)
    return treatment
