"""The ledger in the admin, read-only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from .models import Entry, Event
from .writer import record

if TYPE_CHECKING:
    EntryAdminBase = admin.ModelAdmin[Entry]
else:
    EntryAdminBase = admin.ModelAdmin


def record_change(request: HttpRequest, event: Event, subject: str, form: Any) -> None:
    """Record what a model form of the admin changed, each field with its value before and after; nothing if none was.

    Browsers send other line ends than were stored; that is no change.
    """
    values = {name: [form.initial.get(name), form.cleaned_data[name]] for name in form.changed_data}
    detail = {name: pair for name, pair in values.items() if _comparable(pair[0]) != _comparable(pair[1])}
    if not detail:
        return
    record(event, subject, actor=request.user.get_username(), now=timezone.now(), detail=detail)


def _comparable(value: Any) -> Any:
    """Return a value with one kind of line end, a record as its key, nothing as an empty text."""
    if isinstance(value, str):
        return "\n".join(value.splitlines())
    return "" if value is None else getattr(value, "pk", value)


@admin.register(Entry)
class EntryAdmin(EntryAdminBase):
    """Answers who did what, and when."""

    list_display = ["happened_at", "actor", "event", "subject"]
    list_filter = ["event"]
    search_fields = ["subject", "actor"]
    ordering = ["-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: only `record()` adds entries."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Return False always."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Return False always."""
        return False
