"""The only way in which a person makes a draft live."""

from datetime import datetime
from typing import Any

from cms.models import PageContent
from django.db import IntegrityError, transaction
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.exceptions import ConditionFailed

from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews import gate, signed_document
from content.reviews.signing import RefusedError, ledger_subject, lock_facts, locked_version, no_longer_asked

__all__ = ["RefusedError", "publish"]

NO_DRAFT = "This version is not a draft any more."
CHANGED_WHILE_READ = "The page was changed while you read it. Read it again, then publish."
ADDRESS_TAKEN = "Another page has this address already. Choose another address in the page’s settings, then publish."


def publish(content: PageContent, *, user: Any, now: datetime, seen: str = "", asked: int | None = None) -> None:
    """Make this draft live, or raise RefusedError with sentences and change nothing.

    `seen` is the fingerprint of what the person read; a draft that has changed since doesn't go live. `asked` is the
    key of the request that they saw; one that was sent or taken back since doesn't go live either.
    """
    try:
        with transaction.atomic():
            version = locked_version(content)
            lock_facts()
            problems = gate.problems_for(user, content) if version.state == DRAFT else [NO_DRAFT]
            if seen and seen != signed_document.fingerprint(signed_document.build(content)):
                problems.append(CHANGED_WHILE_READ)
            problems += no_longer_asked(content, asked)
            if problems:
                raise RefusedError(problems)
            with gate.passed(content):
                version.publish(user)
            record(
                Event.PAGE_PUBLISHED,
                ledger_subject(content),
                actor=user.get_username(),
                now=now,
                detail={"version": version.number},
            )
    except ConditionFailed as refusal:
        raise RefusedError([str(refusal)]) from None
    except IntegrityError:
        raise RefusedError([ADDRESS_TAKEN]) from None
