"""The guide's table of contents, its topics, and the blocks explained."""

from django.http import Http404, HttpRequest, HttpResponse

from content.staff.help import guide
from content.staff.matching import MAX_LENGTH, Query
from content.staff.views import render_page, staff_view


@staff_view("change_page", app="cms")
def contents(request: HttpRequest) -> HttpResponse:
    """Show the table of contents with a link to each section and, above it, what was looked for."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:MAX_LENGTH]
    query = Query.of(typed)
    hits = (
        [(section, query.excerpt([section.title, section.text])) for section in guide.search_texts()] if typed else []
    )
    return render_page(
        request,
        "staff/help.html",
        "Help",
        topics=guide.topics(),
        kinds=guide.block_help(),
        typed=typed,
        hits=sorted((hit for hit in hits if hit[1]), key=lambda hit: not query.fits(hit[0].title)),
    )


@staff_view("change_page", app="cms")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one topic, or all kinds of block."""
    if slug == guide.BLOCKS_SLUG:
        return render_page(request, "staff/help_blocks.html", "The blocks", kinds=guide.block_help())
    shown = guide.topic(slug)
    if shown is None:
        raise Http404
    order = guide.topics()
    following = order[order.index(shown) + 1] if shown is not order[-1] else None
    return render_page(request, "staff/help_topic.html", shown.title, topic=shown, following=following)
