"""What the database refuses of the gallery: to forget that something was public, and to lead round a withdrawal."""

from content.consent.models import Consent
from content.gallery.models import Case, EverPublic
from content.ledger.triggers import Guard, only_added_to

EVER_PUBLIC = only_added_to(
    EverPublic._meta.db_table, "What was public once stays noted, so that it answers 410.", ("id", "name")
)

CASES = Case._meta.db_table
_WITHDRAWN = f"EXISTS (SELECT 1 FROM {Consent._meta.db_table} WHERE id = OLD.consent_id AND withdrawn_at IS NOT NULL)"
_CHANGED = "OLD.consent_id IS NOT NULL AND (NEW.consent_id IS NULL OR NEW.consent_id <> OLD.consent_id)"

STAYS = Guard(
    CASES,
    "A case keeps a consent that was withdrawn.",
    {f"{CASES}_stays": f"BEFORE UPDATE OF consent_id ON {CASES} WHEN {_CHANGED} AND {_WITHDRAWN}"},
    {f"{CASES}_stays": f"BEFORE UPDATE OF consent_id ON {CASES} FOR EACH ROW WHEN ({_CHANGED})"},
    where=_WITHDRAWN,
)
