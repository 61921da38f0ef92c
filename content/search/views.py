"""The search page. A reader's query is stored nowhere: not here, not in a log, not in a browser."""

import unicodedata
from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic_site.http.headers import mark_no_store
from clinic_site.http.typed_text import clean_line
from content.pages import PublishedPage, published_pages
from content.treatment import current
from content.treatment.tokens import substitute

from .find import find

MAX_QUERY_LENGTH = 200  # characters
PAGE_SIZE = 10
SOFT_HYPHEN = "\u00ad"  # comes along with words copied from another page
TOO_LONG = f"Please use fewer words: {MAX_QUERY_LENGTH} letters at most. We looked for the first of them."
NOTHING = "Type a word or two, such as “pain” or “dark skin”."
PAGE = PublishedPage(
    page_id=0,
    reverse_id="",
    title="Search",
    menu_title="Search",
    tab_title="Search",
    description="Find what our pages say, in your own words.",
    url="/search/",
    tree_path="",
    is_in_menu=False,
    is_home=False,
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Return the search page: the form, and the results of a query."""
    is_asked = "q" in request.GET
    typed = request.GET.get("q", "")[: MAX_QUERY_LENGTH + 1]
    query = unicodedata.normalize("NFC", clean_line(typed[:MAX_QUERY_LENGTH]).replace(SOFT_HYPHEN, ""))
    context = {"page": PAGE, "query": query, "problem": "", "longest": MAX_QUERY_LENGTH}
    if is_asked:
        mark_no_store(request)
        context["problem"] = TOO_LONG if len(typed) > MAX_QUERY_LENGTH else NOTHING if not query else ""
    if query:
        matches = find(query, _pages(request), timezone.localdate())
        context |= {
            "found": matches,
            "results": Paginator(matches.results, PAGE_SIZE).get_page(request.GET.get("page")),
        }
    return render(request, "search/page.html", context)


def _pages(request: HttpRequest) -> dict[int, PublishedPage]:
    """Return the live pages, with the facts in their titles in words."""
    treatment = current.of_request(request)
    return {pk: replace(page, title=substitute(page.title, treatment)) for pk, page in published_pages(request).items()}
