"""The gallery's triggers: keep what was public noted and a withdrawn consent, never mix samples with real records."""

from content.clinic.models import Clinician
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

CLINICIAN_TABLE = Clinician._meta.db_table
NOT_MIXED = "A sample person vouches for samples only, and a real one for real cases only."
_MIXED = f"EXISTS (SELECT 1 FROM {CLINICIAN_TABLE} WHERE id = NEW.attested_by_id AND is_sample <> NEW.is_demo)"
_APPROVED = "NEW.approved_at IS NOT NULL"
#: A row that an older release approved can still be saved unchanged; `showable` hides it.
_IS_NEW = "(OLD.approved_at IS NULL OR OLD.attested_by_id <> NEW.attested_by_id OR OLD.is_demo <> NEW.is_demo)"
_ON_UPDATE = f"BEFORE UPDATE OF approved_at, attested_by_id, is_demo ON {CASE_TABLE}"

ATTESTATION_TRIGGERS = TableTriggers(
    CASE_TABLE,
    NOT_MIXED,
    {
        f"{CASE_TABLE}_attestation_insert": f"BEFORE INSERT ON {CASE_TABLE} WHEN {_APPROVED} AND {_MIXED}",
        f"{CASE_TABLE}_attestation_update": f"{_ON_UPDATE} WHEN {_APPROVED} AND {_IS_NEW} AND {_MIXED}",
    },
    {
        f"{CASE_TABLE}_attestation_insert": f"BEFORE INSERT ON {CASE_TABLE} FOR EACH ROW WHEN ({_APPROVED})",
        f"{CASE_TABLE}_attestation_update": f"{_ON_UPDATE} FOR EACH ROW WHEN ({_APPROVED} AND {_IS_NEW})",
    },
    where=_MIXED,
    name=f"{CASE_TABLE}_attestation",
)

_ATTESTED_OTHER_KIND = (
    f"EXISTS (SELECT 1 FROM {CASE_TABLE} WHERE attested_by_id = NEW.id AND approved_at IS NOT NULL "
    "AND is_demo <> NEW.is_sample)"
)

CLINICIAN_SAMPLE_TRIGGERS = TableTriggers(
    CLINICIAN_TABLE,
    NOT_MIXED,
    {
        f"{CLINICIAN_TABLE}_sample_update": f"BEFORE UPDATE OF is_sample ON {CLINICIAN_TABLE} "
        f"WHEN NEW.is_sample <> OLD.is_sample AND {_ATTESTED_OTHER_KIND}"
    },
    {
        f"{CLINICIAN_TABLE}_sample_update": f"BEFORE UPDATE OF is_sample ON {CLINICIAN_TABLE} FOR EACH ROW "
        "WHEN (NEW.is_sample <> OLD.is_sample)"
    },
    where=_ATTESTED_OTHER_KIND,
)
