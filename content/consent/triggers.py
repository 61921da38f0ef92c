"""What the database refuses of a consent: once withdrawn it stays so, and its code is nobody else's."""

from content.consent.models import Consent
from content.ledger.triggers import Guard

TABLE = Consent._meta.db_table
SENTENCE = "A withdrawn consent cannot be changed or deleted, and a reference code stays."
_CHANGED = "OLD.withdrawn_at IS NOT NULL OR NEW.reference <> OLD.reference"
_KEPT = "OLD.withdrawn_at IS NOT NULL AND NOT OLD.is_demo"

CONSENT = Guard(
    TABLE,
    SENTENCE,
    {
        f"{TABLE}_stays": f"BEFORE UPDATE ON {TABLE} WHEN {_CHANGED}",
        f"{TABLE}_kept": f"BEFORE DELETE ON {TABLE} WHEN {_KEPT}",
        # REPLACE would take the old row away without a DELETE that a trigger sees.
        f"{TABLE}_not_replaced": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE "
        "(id = NEW.id OR reference = NEW.reference) AND withdrawn_at IS NOT NULL)",
    },
    {
        f"{TABLE}_stays": f"BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({_CHANGED})",
        f"{TABLE}_kept": f"BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN ({_KEPT})",
        f"{TABLE}_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
    },
)
