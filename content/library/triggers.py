"""A database trigger: a picture that was taken down stays so."""

from content.ledger.triggers import TableTriggers
from content.library.models import LibraryPicture

TABLE = LibraryPicture._meta.db_table
_UNDONE = "OLD.taken_down_at IS NOT NULL AND (NEW.taken_down_at IS NULL OR NEW.taken_down_at <> OLD.taken_down_at)"

TAKEN_DOWN_TRIGGERS = TableTriggers(
    TABLE,
    "A picture that was taken down stays taken down.",
    {f"{TABLE}_stays_down": f"BEFORE UPDATE OF taken_down_at ON {TABLE} WHEN {_UNDONE}"},
    {f"{TABLE}_stays_down": f"BEFORE UPDATE OF taken_down_at ON {TABLE} FOR EACH ROW WHEN ({_UNDONE})"},
)
