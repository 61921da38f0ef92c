"""Exports everything held under one reference code, for the person it is about (UK GDPR, article 15)."""

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


def export_archive(consent: Consent, *, actor: str, now: datetime) -> IO[bytes]:
    """Return a nameless ZIP file at its start: `held.json`, the signed forms, and every original, withdrawn or not."""
    record(Event.CONSENT_EXPORTED, consent.reference, actor=actor, now=now)
    out = tempfile.TemporaryFile(dir=storage.private_folder())  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("held.json", json.dumps(personal_data(consent), indent=2, ensure_ascii=False, default=str))
        for signed in Consent.objects.filter(pk__in=consent.linked_consent_ids()):
            if signed.form_exists():
                name = f"signed-form-{signed.reference}.{signed.form.rsplit('.', 1)[1]}"
                archive.write(form_storage.path(signed.form), name)
        for token in _photograph_tokens(consent):
            for path in (storage.original_path(token), storage.quarantine_path(token)):
                if path.exists():
                    archive.write(path, f"photographs/{token}.jpg")
    out.seek(0)
    return out


def _photograph_tokens(consent: Consent) -> list[str]:
    photographs = CasePhoto.objects.filter(case__consent__in=consent.linked_consent_ids()).order_by("pk")
    return list(photographs.values_list("photo__token", flat=True))


def personal_data(consent: Consent) -> dict[str, Any]:
    """Return all consents that this person signed, their cases, photographs and ledger entries, as plain data."""
    consents = list(Consent.objects.filter(pk__in=consent.linked_consent_ids()).order_by("pk"))
    cases = list(Case.objects.filter(consent__in=consents).order_by("pk"))
    names = [*(signed.reference for signed in consents), *(case.code for case in cases), *_photograph_tokens(consent)]
    entries = Entry.objects.filter(Q(subject__in=names)).order_by("pk")
    return {
        "consents": [
            {**_fields(signed), "wording": signed.wording, "withdrawn_at": signed.withdrawn_at} for signed in consents
        ],
        "cases": [_case(case) for case in cases],
        "ledger": [
            {
                "happened_at": entry.happened_at,
                "event": entry.get_event_display(),
                "subject": entry.subject,
                "by": entry.actor,
            }
            for entry in entries
        ],
    }


def _fields(instance: Any) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(instance).items() if name != "id"}


def _case(case: Case) -> dict[str, Any]:
    photos = [case_photo.photo for case_photo in case.case_photos.select_related("photo")]
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
