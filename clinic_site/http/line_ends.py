"""Line ends in forms: browsers send "\\r\\n", and count one letter for it in `maxlength`; here it is "\\n"."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from clinic_site.http.headers import GetResponse


def as_line_feeds(text: str) -> str:
    """Return the text with each line end as "\\n"."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def initial_as_line_feeds(initial: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's initial values with "\\n" as line end, so that a text stored otherwise is no change when sent."""
    return {name: as_line_feeds(value) if type(value) is str else value for name, value in initial.items()}


class LineEndMiddleware:
    """Gives every view the fields of a form with "\\n" as line end, so that limits count as the browser does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Pass on: nothing is read before the token of the form has been checked."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Replace the fields; visitors' forms take no token, and clean their own text once they know who sends it."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if not any("\r" in value for _, values in request.POST.lists() for value in values):
            return
        fields = request.POST.copy()
        for name, values in request.POST.lists():
            fields.setlist(name, [as_line_feeds(value) for value in values])
        fields._mutable = False
        setattr(request, "POST", fields)  # noqa: B010  assignable, though its type says otherwise
