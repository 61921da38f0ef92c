"""Database triggers of the gallery: no record of what was public is deleted, and no withdrawn consent replaced."""

from content.consent.models import Consent
from content.gallery.models import Case, EverPublic
from content.ledger.triggers import TableTriggers, append_only

EVER_PUBLIC_TRIGGERS = append_only(
    EverPublic._meta.db_table, "What was public once stays noted, so that it answers 410.", ("id", "name")
)

CASE_TABLE = Case._meta.db_table
_WITHDRAWN = f"EXISTS (SELECT 1 FROM {Consent._meta.db_table} WHERE id = OLD.consent_id AND withdrawn_at IS NOT NULL)"
_CHANGED = "OLD.consent_id IS NOT NULL AND (NEW.consent_id IS NULL OR NEW.consent_id <> OLD.consent_id)"

CASE_CONSENT_TRIGGERS = TableTriggers(
    CASE_TABLE,
    "A case keeps a consent that was withdrawn.",
    {f"{CASE_TABLE}_stays": f"BEFORE UPDATE OF consent_id ON {CASE_TABLE} WHEN {_CHANGED} AND {_WITHDRAWN}"},
    {f"{CASE_TABLE}_stays": f"BEFORE UPDATE OF consent_id ON {CASE_TABLE} FOR EACH ROW WHEN ({_CHANGED})"},
    where=_WITHDRAWN,
)
