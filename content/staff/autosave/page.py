"""What a page with a form is given: its ticket, and what this person left unsaved in it."""

import re
import secrets
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from content.cms_adapter import block_forms
from content.staff.autosave import kept_fields, store
from content.staff.autosave.models import MAX_ADDRESS, Autosave
from content.staff.autosave.ticket import Ticket, seal

SENT_FIELD = "_autosave"  # "edition form", sent along with the form; staff's views pass over names that begin with "_"
EDITION = re.compile(r"([0-9a-f]{32}) (.{1,80})")


def of_request(request: HttpRequest, context: list[Any]) -> dict[str, Any]:
    """Return the data for the page's script; without a form of Django's it only asks before something is lost.

    What was kept is read only here, for a page that the form's own view has just decided to show.
    """
    page_forms = list(kept_fields.forms_in(context))
    names, sent = kept_fields.kept_names(page_forms), sent_with(request)
    ticket = Ticket(
        user=request.user.pk or 0,
        edition=sent[0] if sent else secrets.token_hex(16),
        address=block_forms.form_address(request),
        record=_record(request, page_forms),
        names=names,
    )
    may_keep = bool(names) and len(ticket.address) <= MAX_ADDRESS
    offers = store.offered(request.user, ticket.address) if may_keep and request.method == "GET" else []
    return {
        "ticket": seal(ticket) if may_keep else "",
        "names": names,
        "edition": ticket.edition,
        "sentField": SENT_FIELD,
        "sentBack": sent[1] if sent else "",
        "address": reverse("autosave"),
        "offers": [_offer(kept, names) for kept in offers],
    }


def sent_with(request: HttpRequest) -> tuple[str, str] | None:
    """Return the edition and the name of the form that was sent, or None."""
    match = EDITION.fullmatch(request.POST.get(SENT_FIELD, "")) if request.method == "POST" else None
    return (match[1], match[2]) if match else None


def _record(request: HttpRequest, page_forms: list[Any]) -> str:
    records = (getattr(form, "instance", None) for form in page_forms)
    stored = (record for record in records if isinstance(record, Model) and record.pk)
    record = next(stored, None) or block_forms.slot_of_new_block(request)
    return kept_fields.record_name(record) if record else ""


def _offer(kept: Autosave, names: list[str]) -> dict[str, Any]:
    at = timezone.localtime(kept.typed_at)
    return {
        "edition": kept.edition,
        "form": kept.form,
        "when": f"{at:%-d %B} at {at:%H:%M}",
        "fields": kept_fields.select(kept.fields, names),
    }
