"""Help inside the site: the guide's table of contents, its topics, and the blocks explained."""

from django.http import Http404, HttpRequest, HttpResponse

from content.staff.help import guide
from content.staff.views import render_page, staff_view


@staff_view("change_page", app="cms")
def contents(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, each section with a link of its own."""
    return render_page(request, "staff/help.html", "Help", topics=guide.topics(), kinds=guide.block_help())


@staff_view("change_page", app="cms")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic, or all kinds of block."""
    if slug == guide.BLOCKS_SLUG:
        return render_page(request, "staff/help_blocks.html", "The blocks", kinds=guide.block_help())
    found = guide.topic(slug)
    if found is None:
        raise Http404
    order = guide.topics()
    following = order[order.index(found) + 1] if found is not order[-1] else None
    return render_page(request, "staff/help_topic.html", found.title, topic=found, following=following)
