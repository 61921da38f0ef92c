"""Everything that is held under one reference code, as an archive for the person it is about (UK GDPR, article 15)."""

import json
import tempfile
import zipfile
from datetime import datetime
from typing import IO, Any

from django.db.models import Q
from django.forms.models import model_to_dict

from content.consent import form_storage
from content.consent.models import Consent
from content.images import storage
from content.ledger.models import Entry, Event
from content.ledger.writer import record

from .models import Case, CasePhoto

AT_A_TIME = 1024 * 1024  # bytes


def export_archive(consent: Consent, *, actor: str, now: datetime) -> IO[bytes]:
    """A nameless ZIP file at its start: `held.json`, the signed form, and every original, withdrawn ones included."""
    record(Event.CONSENT_EXPORTED, consent.reference, actor=actor, now=now)
    out = tempfile.TemporaryFile(dir=storage.private_folder())  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("held.json", json.dumps(personal_data(consent), indent=2, ensure_ascii=False, default=str))
        for one in Consent.objects.filter(pk__in=consent.linked_consent_ids()):
            if one.form_exists():
                packed.write(form_storage.path(one.form), f"signed-form-{one.reference}.{one.form.rsplit('.', 1)[1]}")
        for token in _photograph_tokens(consent):
            for path in (storage.original_path(token), storage.quarantine_path(token)):
                if path.exists():
                    packed.write(path, f"photographs/{token}.jpg")
    out.seek(0)
    return out


def _photograph_tokens(consent: Consent) -> list[str]:
    kept = CasePhoto.objects.filter(case__consent__in=consent.linked_consent_ids()).order_by("pk")
    return list(kept.values_list("photo__token", flat=True))


def personal_data(consent: Consent) -> dict[str, Any]:
    """All consents that this person signed, their cases and photographs, and what the ledger tells; plain data."""
    signed = list(Consent.objects.filter(pk__in=consent.linked_consent_ids()).order_by("pk"))
    cases = list(Case.objects.filter(consent__in=signed).order_by("pk"))
    names = [*(one.reference for one in signed), *(case.code for case in cases), *_photograph_tokens(consent)]
    entries = Entry.objects.filter(Q(subject__in=names)).order_by("pk")
    return {
        "consents": [{**_fields(one), "wording": one.wording, "withdrawn_at": one.withdrawn_at} for one in signed],
        "cases": [_case(case) for case in cases],
        "ledger": [
            {"happened_at": one.happened_at, "event": one.get_event_display(), "subject": one.subject, "by": one.actor}
            for one in entries
        ],
    }


def _fields(record_: Any) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(record_).items() if name != "id"}


def _case(case: Case) -> dict[str, Any]:
    photos = [kept.photo for kept in case.case_photos.select_related("photo")]
    return {
        "code": case.code,
        **_fields(case),
        "treatment": str(case.treatment),
        "attested_by": str(case.attested_by or ""),
        "approved_at": case.approved_at,
        "photographs": [
            {"file": f"photographs/{photo.token}.jpg", "captured_on": photo.captured_on, "shows": photo.alt}
            for photo in photos
        ],
        "pairs": [
            {"view": pair.get_view_display(), "before": pair.before.token, "after": pair.after.token}
            for pair in case.pairs.select_related("before", "after")
        ],
    }
