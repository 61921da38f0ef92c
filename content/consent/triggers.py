"""Database triggers of consents: a withdrawn one is never changed or deleted, and its code never reused."""

from content.consent.models import Consent
from content.ledger.triggers import TableTriggers

TABLE = Consent._meta.db_table
MESSAGE = "A withdrawn consent cannot be changed or deleted, and a reference code stays."
_PROTECTED_FROM_UPDATE = "OLD.withdrawn_at IS NOT NULL OR NEW.reference <> OLD.reference"
_PROTECTED_FROM_DELETE = "OLD.withdrawn_at IS NOT NULL AND NOT OLD.is_demo"

CONSENT_TRIGGERS = TableTriggers(
    TABLE,
    MESSAGE,
    {
        f"{TABLE}_stays": f"BEFORE UPDATE ON {TABLE} WHEN {_PROTECTED_FROM_UPDATE}",
        f"{TABLE}_kept": f"BEFORE DELETE ON {TABLE} WHEN {_PROTECTED_FROM_DELETE}",
        # REPLACE would remove the old row without firing a DELETE trigger.
        f"{TABLE}_not_replaced": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE "
        "(id = NEW.id OR reference = NEW.reference) AND withdrawn_at IS NOT NULL)",
    },
    {
        f"{TABLE}_stays": f"BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({_PROTECTED_FROM_UPDATE})",
        f"{TABLE}_kept": f"BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN ({_PROTECTED_FROM_DELETE})",
        f"{TABLE}_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
    },
)
