"""The staff's search: one box, the results by kind. What was typed stays in the address and is in no log."""

from django.http import HttpRequest, HttpResponse

from content.staff.matching import MAX_LENGTH, Query
from content.staff.search import sources
from content.staff.views import render_page, staff_view


@staff_view()
def search(request: HttpRequest) -> HttpResponse:
    """Show the box, and what was found."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:MAX_LENGTH]
    groups = sources.find(request, Query.of(typed))
    return render_page(request, "staff/search.html", "Search", typed=typed, groups=groups)
