"""Records answers about a page, adds a reader's words once, and deletes words that are old."""

from datetime import date, datetime, timedelta

from cms.models import PageContent
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from djangocms_versioning.constants import PUBLISHED, UNPUBLISHED

from . import limits
from .models import Answer

GRACE_PERIOD = timedelta(days=2)  # how long a replaced version still takes answers from readers who have it open
WORDS_RETENTION = timedelta(days=365)  # as the privacy page says
RECEIPT_MAX_AGE = 60 * 60
SALT = "content.feedback"


def answerable_version(pk: int, now: datetime) -> PageContent | None:
    """Return the version if it is published or was within `GRACE_PERIOD`; None for anything else, or the home page."""
    seen = Q(versions__state=PUBLISHED) | Q(versions__state=UNPUBLISHED, versions__modified__gte=now - GRACE_PERIOD)
    version: PageContent | None = (
        PageContent.admin_manager.filter(
            seen, pk=pk, language=settings.LANGUAGE_CODE, page__practice=None, page__is_home=False
        )
        .select_related("page")
        .first()
    )
    return version


def record_answer(content: PageContent, *, is_clear: bool, address: str | None, now: datetime) -> str:
    """Store the answer and return the receipt with which its reader may add words; raises limits.TooManyError."""
    with transaction.atomic():
        limits.count(address, content.page_id, now)
        answer = Answer.objects.create(
            page_id=content.page_id,
            content_id=content.pk,
            is_clear=is_clear,
            answered_on=timezone.localtime(now).date(),
        )
    return signing.dumps(answer.pk, salt=SALT)


def add_words(receipt: str, words: str) -> bool:
    """Add the words to the receipt's answer; return False if it is forged, expired or was used for other words."""
    try:
        pk = signing.loads(receipt, salt=SALT, max_age=RECEIPT_MAX_AGE)
    except signing.BadSignature:
        return False
    return bool(Answer.objects.filter(pk=pk, words__in=["", words]).update(words=words))


def delete_expired_words(on: date) -> list[str]:
    """Delete words older than `WORDS_RETENTION`, but not the answers; return a line for the log, if any."""
    old = Answer.objects.filter(answered_on__lt=on - WORDS_RETENTION).exclude(words="").update(words="")
    return [f"forgot the words of {old} readers"] if old else []
