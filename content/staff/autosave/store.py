"""Keeps, offers and deletes unsaved text; `kept_fields` says which fields are kept, `page` what the page is given."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from content.staff.autosave.models import Autosave
from content.staff.autosave.ticket import Ticket

LIFETIME = timedelta(days=14)
DONE_LIFETIME = timedelta(days=1)  # of a form that was saved: longer than anything sent before can be on its way
MAX_PER_PERSON = 60  # forms left unsaved; then the oldest goes
MAX_OFFERED = 3  # of one form

Fields = list[tuple[str, str]]


def keep(ticket: Ticket, form: str, fields: Fields, *, now: datetime) -> bool:
    """Keep the fields in place of what was kept of this form; return False if the form was saved meanwhile."""
    with transaction.atomic():
        kept, is_new = Autosave.objects.select_for_update().get_or_create(
            user_id=ticket.user, edition=ticket.edition, form=form, defaults=_values(ticket, fields, now)
        )
        if kept.is_done:
            return False
        if is_new:
            _delete_oldest(ticket.user)
        else:
            Autosave.objects.filter(pk=kept.pk).update(fields=fields, typed_at=now)
    return True


def _values(ticket: Ticket, fields: Fields, now: datetime) -> dict[str, Any]:
    return {"address": ticket.address, "record": ticket.record, "fields": fields, "typed_at": now}


def _delete_oldest(user: int) -> None:
    newest_first = Autosave.objects.filter(user_id=user, is_done=False).order_by("-typed_at", "-pk")
    Autosave.objects.filter(pk__in=list(newest_first.values_list("pk", flat=True)[MAX_PER_PERSON:])).delete()


def close(user: Any, edition: str, form: str) -> None:
    """Empty what was kept of a form that has been saved, and keep nothing more of it."""
    Autosave.objects.filter(user=user, edition=edition, form=form).update(fields=[], is_done=True)


def discard(user: Any, edition: str, form: str) -> None:
    """Delete what was kept of this form."""
    Autosave.objects.filter(user=user, edition=edition, form=form, is_done=False).delete()


def offered(user: Any, address: str) -> QuerySet[Autosave]:
    """Return what this person left unsaved in the forms at this address, newest first."""
    return Autosave.objects.filter(user=user, address=address, is_done=False).order_by("-typed_at", "-pk")[:MAX_OFFERED]


def delete_expired(now: datetime) -> None:
    """Delete what nobody has come back for."""
    Autosave.objects.filter(typed_at__lt=now - LIFETIME).delete()
    Autosave.objects.filter(is_done=True, typed_at__lt=now - DONE_LIFETIME).delete()


def delete_of_record(name: str) -> None:
    """Delete what was kept of the forms of a record that is gone."""
    Autosave.objects.filter(record=name).delete()
