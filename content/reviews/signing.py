"""Asking for a signature, and giving one."""

from datetime import date, datetime
from typing import Any

from cms.models import Page, PageContent
from django.db import transaction
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.models import Version

from content.ledger.models import Event
from content.ledger.writer import record
from content.treatment.models import Treatment

from . import document, gate, public_text, rules
from .models import Reopened, Request, SignOff

MAX_DAYS_TO_REVIEW = 731  # until the next review
ONLY_A_DOCTOR = "Only a doctor with a clinician’s record can sign."
DISCARDED = "This version was thrown away meanwhile. Open the page to see what there is now."


class RefusedError(Exception):
    """It can't be done; `problems` are sentences that say why, and nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def default_due(on: date) -> date:
    """A year from the clinic's local date `on`; from 29 February, the last of February."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


def request_review(content: PageContent, *, actor: str, note: str, now: datetime) -> Request:
    """Let a draft wait for whoever may sign or publish it; asked again, the newer note counts."""
    version = locked_version(content)
    if version.state != DRAFT:
        raise RefusedError(["Only a draft can wait: this version is live or old."])
    return Request.objects.update_or_create(
        content=content, defaults={"asked_by": actor, "asked_at": now, "note": note}
    )[0]


def cancel_request(content: PageContent) -> None:
    """The draft waits no longer."""
    Request.objects.filter(content=content).delete()


def locked_version(content: PageContent) -> Version:
    """The version of `content`, kept from other writers until the transaction ends; both are read as they are now.

    Raises RefusedError where it was thrown away meanwhile. Whoever writes a block or a text waits here too.
    """
    with transaction.atomic():
        versions = Version.objects.select_for_update(of=("self",)).filter_by_content_grouping_values(content)
        version = versions.filter(object_id=content.pk).first()
        if version is None:
            raise RefusedError([DISCARDED])
        content.refresh_from_db(from_queryset=PageContent.admin_manager.all())
        return version


def lock_page(page_id: int) -> None:
    """Wait for whoever makes, drops or brings back a version of this page; before any version of it is locked."""
    Page.objects.select_for_update(no_key=True).filter(pk=page_id).first()


def lock_facts() -> None:
    """Keep the facts as they are until the transaction ends: a page goes live with those that it was read with."""
    list(Treatment.objects.select_for_update(of=("self",)).order_by("pk"))


def sign(content: PageContent, *, user: Any, due_on: date, now: datetime, on: date, seen: str = "") -> SignOff:
    """Sign this version, a draft or the live one, as it reads now; raises RefusedError.

    `seen` is the fingerprint of what the doctor has read: where the page says something else by now, nothing is signed.
    """
    with transaction.atomic():
        version = locked_version(content)
        lock_facts()
        read = document.build(content)
        fingerprint = document.fingerprint(read)
        found = _problems(content, version, user, due_on, on)
        if seen and seen != fingerprint:
            found.append("The page was changed while you read it. Read it again, then sign.")
        if found:
            raise RefusedError(found)
        person = user.clinician
        signed = SignOff.objects.create(
            page_id=content.page_id,
            content_id=content.pk,
            fingerprint=fingerprint,
            document=read,
            signed_at=now,
            signed_on=on,
            due_on=due_on,
            signed_by=user.get_username(),
            name=person.shown_name,
            title=person.title,
            register_number=person.register_number,
        )
        Request.objects.filter(content=content).delete()
        if version.state == PUBLISHED:
            Reopened.objects.filter(page=content.page).delete()
        detail = {"version": version.number, "fingerprint": fingerprint, "name": person.shown_name, "due_on": due_on}
        record(Event.PAGE_SIGNED, ledger_subject(content), actor=user.get_username(), now=now, detail=detail)
    return signed


def _problems(content: PageContent, version: Version, user: Any, due_on: date, on: date) -> list[str]:
    if not rules.may_sign(user):
        return [ONLY_A_DOCTOR]
    if not rules.needs_signature(content):
        return ["This page has no medical content to sign: it is published without a signature."]
    if version.state not in {DRAFT, PUBLISHED}:
        return ["This version is old: only a draft or the live version can be signed."]
    found = gate.content_problems(content) + public_text.clinician_problems(user.clinician)
    if not 0 < (due_on - on).days <= MAX_DAYS_TO_REVIEW:
        found.append("Choose a day for the next review that lies after today and within two years.")
    return found


def ledger_subject(content: PageContent) -> str:
    """What the ledger calls a page."""
    return f"{content.title} (page {content.page_id})"[:80]
