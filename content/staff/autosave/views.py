"""The address to which a page's script sends what was typed."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.staff.autosave import kept_fields, store
from content.staff.autosave.models import MAX_FORM_NAME
from content.staff.autosave.ticket import Ticket, unseal
from content.staff.views import staff_view

MAX_BYTES = 200_000  # of one form; a long page is about a tenth of that


@require_POST
@staff_view()
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what is sent, or delete what was kept where nothing is sent; answer 204.

    The body is JSON: `ticket`, `form` (its name on the page), `fields` ([name, value] pairs, or null to delete), and
    `edition`, if another one of this person's is to be deleted. 409: the form was saved meanwhile. 413: too long.
    """
    if request.content_type != "application/json":
        raise PermissionDenied  # a form's body has been read already
    if len(request.body) > MAX_BYTES:
        return HttpResponse(status=413)
    message = _parse(request.body)
    ticket = unseal(message.get("ticket"), user=request.user)
    if ticket is None:
        raise PermissionDenied
    form = str(message.get("form"))[:MAX_FORM_NAME]
    if message.get("fields") is None:
        store.discard(request.user, str(message.get("edition") or ticket.edition), form)
        return HttpResponse(status=204)
    fields = kept_fields.select(_pairs(message["fields"]), ticket.names)
    return HttpResponse(status=204 if _keep(ticket, form, fields) else 409)


def _keep(ticket: Ticket, form: str, fields: list[tuple[str, str]]) -> bool:
    return store.keep(ticket, form, fields, now=timezone.now())


def _parse(body: bytes) -> dict[str, Any]:
    """Return the message, empty if it is none."""
    try:
        message = json.loads(body)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _pairs(fields: Any) -> list[tuple[str, str]]:
    """Return the pairs of two texts, without what no database stores: NUL and halves of surrogate pairs."""
    pairs = (pair for pair in fields if isinstance(pair, list) and len(pair) == 2) if isinstance(fields, list) else ()
    return [(_clean(name), _clean(value)) for name, value in pairs]


def _clean(value: Any) -> str:
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
