"""The pages of the gallery: the list with its filters, and a case."""

from collections.abc import Callable
from typing import Any

from cms.models import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.gallery.photo_permission import was_public
from content.treatment import current as current_treatment

from . import course, facets
from . import page as gallery_page
from .models import Case
from .public_code import CODE

NOINDEX = "noindex, noimageindex"


@require_safe
def index(request: HttpRequest, show_page: Callable[[HttpRequest, str], HttpResponse]) -> HttpResponse:
    """Return the list at its page's URL; staff get it from `show_page`, the CMS's own, with the toolbar."""
    page = gallery_page.for_request(request)
    if request.user.is_staff or page is None:
        return show_page(request, request.path_info.strip("/"))
    if page.url != request.path_info:
        return redirect(page.url)
    current_treatment.set_page(request, Page(pk=page.page_id, path=page.tree_path))
    return render(request, "pages/gallery.html", {"page": page})


@require_safe
def case(request: HttpRequest, code: str, *, is_uncovered: bool = False) -> HttpResponse:
    """Return the page of a case; 410 if it once was public, the same 404 as an unknown one if it never was."""
    on = timezone.localdate()
    shown = (
        Case.objects.showable(on).filter(code=code).select_related("consent", "attested_by").with_pictures().first()
        if CODE.fullmatch(code)
        else None
    )
    if shown is None:
        if was_public(code):
            return gone(request)
        raise Http404
    if is_uncovered and not shown.has_cover:
        return redirect("case", code=code)
    response = render(request, "gallery/case.html", _case_context(request, shown, is_uncovered=is_uncovered))
    if is_uncovered or not (shown.consent and shown.consent.for_search):
        response["X-Robots-Tag"] = NOINDEX
    return response


def _case_context(request: HttpRequest, shown: Case, *, is_uncovered: bool) -> dict[str, Any]:
    before, after = facets.current_index(timezone.localdate()).neighbours(shown.pk)
    near = Case.objects.showable(timezone.localdate()).in_bulk([pk for pk in (before, after) if pk is not None])
    return {
        "case": shown,
        "pairs": list(shown.pairs.all()),
        "is_covered": shown.has_cover and not is_uncovered,
        "is_uncovered": is_uncovered,
        "is_for_search": bool(shown.consent and shown.consent.for_search) and not is_uncovered,
        "stops": course.course_steps(shown),
        "disclaimer": course.disclaimer(shown),
        "previous": near.get(before) if before else None,
        "next": near.get(after) if after else None,
        "gallery": gallery_page.for_request(request),
    }


def uncovered(request: HttpRequest, code: str) -> HttpResponse:
    """Return the case with its pictures, once the reader has chosen to see them; never indexed."""
    return case(request, code, is_uncovered=True)


def gone(request: HttpRequest) -> HttpResponse:
    """Return the 410 page, which says where to go instead."""
    response = render(request, "410.html", {"gallery": gallery_page.for_request(request)}, status=410)
    response["X-Robots-Tag"] = NOINDEX
    return response
