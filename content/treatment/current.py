"""The treatment of the current page, read once per request."""

from cms.models import Page
from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Treatment

REQUEST_ATTRIBUTE = "_treatment"


def set_page(request: HttpRequest, page: Page | None) -> None:
    """Make this the request's current page, whose treatment's facts are quoted."""
    setattr(request, "current_page", page)  # noqa: B010  the CMS's own name
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
