"""Help inside the site: the guide's table of contents, its topics, and the blocks explained."""

from django.http import Http404, HttpRequest, HttpResponse

from . import handbook
from .pages import needs, page


@needs("change_page", app="cms")
def contents(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, each section with a link of its own."""
    return page(request, "staff/help.html", "Help", topics=handbook.topics(), kinds=handbook.kinds())


@needs("change_page", app="cms")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic, or all kinds of block."""
    if slug == handbook.BLOCKS:
        return page(request, "staff/help_blocks.html", "The blocks", kinds=handbook.kinds())
    found = handbook.topic(slug)
    if found is None:
        raise Http404
    order = handbook.topics()
    following = order[order.index(found) + 1] if found is not order[-1] else None
    return page(request, "staff/help_topic.html", found.title, topic=found, following=following)
