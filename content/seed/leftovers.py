"""Tells which samples a real host still shows, and refuses the start over them where the environment says so."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError

from content.clinic.models import Clinic, Clinician
from content.gallery.models import Case
from content.pages import published_versions
from content.reviews import rules, stamp
from content.staff.accounts.roles import SAMPLE_PREFIX

REMEDY = (
    "Replace the texts, have medical pages signed, and untick “pages still hold sample texts” under “The clinic”. "
    "`manage.py remove_samples` takes cases, people and sign-ins away."
)
REFUSED = "The site does not start with samples on it (REFUSE_SAMPLES)."


PLURALS = {
    "drawn case": "drawn cases",
    "sample person": "sample people",
    "sample sign-in": "sample sign-ins",
    "page of sample text": "pages of sample text",
}


class SamplesRefusedError(Exception):
    """Samples on a real host that must not show any; the message says which and what to do."""


def leftovers() -> list[str]:
    """Return what is left of the samples, each kind with its number, in words."""
    counts = [
        (Case.objects.filter(is_demo=True).count(), "drawn case"),
        (Clinician.objects.filter(is_sample=True).count(), "sample person"),
        (User.objects.filter(username__startswith=SAMPLE_PREFIX, is_active=True).count(), "sample sign-in"),
        (_sample_pages(), "page of sample text"),
    ]
    return [f"{count} {words if count == 1 else PLURALS[words]}" for count, words in counts if count]


def _sample_pages() -> int:
    """Return how many live pages say that they are samples, by the rule of that notice."""
    clinic = Clinic.objects.first()
    others_are = clinic is not None and clinic.has_sample_content
    live = list(published_versions().filter(page__practice=None))
    rules.preload(live)
    return sum(stamp.of(content) is None if rules.needs_signature(content) else others_are for content in live)


def check_start() -> str:
    """Return the sentence for the owner, or "" on this machine alone, without samples or without a database.

    Raises SamplesRefusedError with that sentence where REFUSE_SAMPLES is on.
    """
    if settings.IS_LOCAL:
        return ""
    try:
        left = leftovers()
    except DatabaseError:
        return ""
    if not left:
        return ""
    sentence = f"{settings.SITE_DOMAIN} still shows samples: {', '.join(left)}. {REMEDY}"
    if settings.REFUSE_SAMPLES:
        raise SamplesRefusedError(f"{REFUSED} {sentence}")
    return sentence
