"""Tells the text editor what a pasted text becomes, before it is in the box; saving converts what comes another way."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from content.blocks.rich_text import clean
from content.pasting.converter import convert
from content.staff.views import staff_view

MAX_LETTERS = 500_000
TOO_LONG = "That is too much to paste at once: paste it part by part."


@staff_view("change_page", app="cms")
def convert_pasted(request: HttpRequest) -> HttpResponse:
    """Return the posted `html` as that of prose, and `left_out`, a line on what was left out."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    html = request.POST.get("html", "")
    if len(html) > MAX_LETTERS:
        return JsonResponse({"html": "", "left_out": TOO_LONG}, status=413)
    result = convert(html)
    return JsonResponse({"html": clean(result.html), "left_out": result.sentence})
