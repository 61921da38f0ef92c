"""What the database refuses of the gallery: to forget that something was public, to lead round a withdrawal, and to let
a sample person vouch for a real case."""

from content.clinic.models import Clinician
from content.consent.models import Consent
from content.ledger.guard import Guard, only_added_to

from .models import Case, EverPublic

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

CLINICIANS = Clinician._meta.db_table
NOT_MIXED = "A sample person vouches for samples only, and a real one for real cases only."
_MIXED = f"EXISTS (SELECT 1 FROM {CLINICIANS} WHERE id = NEW.attested_by_id AND is_sample <> NEW.is_demo)"
_APPROVED = "NEW.approved_at IS NOT NULL"
#: What an older release has let stand may still be written as it is; `showable` hides it.
_ANEW = "(OLD.approved_at IS NULL OR OLD.attested_by_id <> NEW.attested_by_id OR OLD.is_demo <> NEW.is_demo)"
_OF = "approved_at, attested_by_id, is_demo"

VOUCHED = Guard(
    CASES,
    NOT_MIXED,
    {
        f"{CASES}_vouched": f"BEFORE INSERT ON {CASES} WHEN {_APPROVED} AND {_MIXED}",
        f"{CASES}_vouched_anew": f"BEFORE UPDATE OF {_OF} ON {CASES} WHEN {_APPROVED} AND {_ANEW} AND {_MIXED}",
    },
    {
        f"{CASES}_vouched": f"BEFORE INSERT ON {CASES} FOR EACH ROW WHEN ({_APPROVED})",
        f"{CASES}_vouched_anew": f"BEFORE UPDATE OF {_OF} ON {CASES} FOR EACH ROW WHEN ({_APPROVED} AND {_ANEW})",
    },
    where=_MIXED,
    name=f"{CASES}_vouched",
)

_OTHERS = (
    f"EXISTS (SELECT 1 FROM {CASES} WHERE attested_by_id = NEW.id AND approved_at IS NOT NULL "
    "AND is_demo <> NEW.is_sample)"
)

VOUCHERS = Guard(
    CLINICIANS,
    NOT_MIXED,
    {
        f"{CLINICIANS}_vouch": f"BEFORE UPDATE OF is_sample ON {CLINICIANS} "
        f"WHEN NEW.is_sample <> OLD.is_sample AND {_OTHERS}"
    },
    {
        f"{CLINICIANS}_vouch": f"BEFORE UPDATE OF is_sample ON {CLINICIANS} FOR EACH ROW "
        "WHEN (NEW.is_sample <> OLD.is_sample)"
    },
    where=_OTHERS,
)
