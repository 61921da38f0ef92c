"""Requesting a signature, and signing: what is signed is a `signed_document`, who may sign is decided in `rules`."""

from datetime import date, datetime
from typing import Any

from cms.models import Page, PageContent
from django.db import transaction
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, OPERATION_ARCHIVE, OPERATION_PUBLISH, PUBLISHED
from djangocms_versioning.models import StateTracking, Version
from djangocms_versioning.signals import post_version_operation

from content.ledger.models import Event
from content.ledger.writer import record
from content.outcomes import pages as outcomes
from content.outcomes.models import Became
from content.reviews import gate, public_text, rules, signed_document
from content.reviews.practice import PracticePage
from content.treatment.models import Treatment

from .models import Reopened, Request, SignOff

MAX_DAYS_TO_REVIEW = 731  # from signing to the next review
ONLY_A_DOCTOR = "Only a doctor with a clinician’s record can sign."
DISCARDED = "This version was thrown away meanwhile. Open the page to see what there is now."


class RefusedError(Exception):
    """Raised if something can't be done; `problems` are sentences that say why, and nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def default_due(on: date) -> date:
    """Return the day one year after the clinic's local date `on`; after 29 February, the 28th."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


def request_review(content: PageContent, *, actor: str, note: str, now: datetime) -> Request:
    """Put a draft before whoever may sign or publish it; a second request replaces the first one's note."""
    version = locked_version(content)
    if version.state != DRAFT:
        raise RefusedError(["Only a draft can wait: this version is live or old."])
    earlier = Request.objects.filter(content=content).first()
    if earlier:
        outcomes.ensure_open(content, asked_by=earlier.asked_by, asked_at=earlier.asked_at)
    if not PracticePage.objects.filter(page=content.page_id).exists():
        outcomes.open_request(content, asked_by=actor, now=now)
    return Request.objects.update_or_create(
        content=content, defaults={"asked_by": actor, "asked_at": now, "note": note}
    )[0]


def cancel_request(content: PageContent, *, actor: str, now: datetime) -> None:
    """Take back the request for this draft, if there is one; somebody else's asker is told."""
    close_request(content, Became.TAKEN_BACK, actor=actor, now=now)


def close_request(content: PageContent, became: Became, *, actor: str, now: datetime, comment: str = "") -> None:
    """Delete the request for this draft, if there is one, and tell everybody who asked what became of it."""
    with transaction.atomic():
        request = Request.objects.filter(content=content).first()
        if request and not PracticePage.objects.filter(page=content.page_id).exists():
            outcomes.ensure_open(content, asked_by=request.asked_by, asked_at=request.asked_at)
        outcomes.close(content.pk, became, by=actor, now=now, comment=comment, title=content.title)
        Request.objects.filter(content=content).delete()


def no_longer_asked(content: PageContent, asked: int | None) -> list[str]:
    """Return what became of the request `asked` that somebody saw, or [] if it still stands or they saw none."""
    if asked is None or Request.objects.filter(pk=asked, content=content).exists():
        return []
    return [outcomes.meanwhile(content.pk)]


def locked_version(content: PageContent) -> Version:
    """Return the version of `content` with its row locked until the transaction ends, and reload `content`.

    Raises RefusedError if it was discarded meanwhile. Every save of a block or a page text takes this lock too.
    """
    with transaction.atomic():
        versions = Version.objects.select_for_update(of=("self",)).filter_by_content_grouping_values(content)
        version = versions.filter(object_id=content.pk).first()
        if version is None:
            raise RefusedError([DISCARDED])
        content.refresh_from_db(from_queryset=PageContent.admin_manager.all())
        return version


def lock_page(page_id: int) -> None:
    """Lock this page's row against making, discarding or reverting a version; taken before any version's lock."""
    Page.objects.select_for_update(no_key=True).filter(pk=page_id).first()


def lock_facts() -> None:
    """Lock the facts until the transaction ends, so that a page goes live with those it was read with."""
    list(Treatment.objects.select_for_update(of=("self",)).order_by("pk"))


def sign(
    content: PageContent,
    *,
    user: Any,
    due_on: date,
    now: datetime,
    on: date,
    seen: str = "",
    asked: int | None = None,
) -> SignOff:
    """Sign this version, a draft or the live one, as it is now, or raise RefusedError.

    `seen` is the fingerprint of what the doctor read; a version that has changed since isn't signed. `asked` is the key
    of the request that she saw; if it was sent or taken back since, nothing is signed either.
    """
    with transaction.atomic():
        version = locked_version(content)
        lock_facts()
        current = signed_document.build(content)
        fingerprint = signed_document.fingerprint(current)
        problems = _problems(content, version, user, due_on, on)
        if seen and seen != fingerprint:
            problems.append("The page was changed while you read it. Read it again, then sign.")
        problems += no_longer_asked(content, asked)
        if problems:
            raise RefusedError(problems)
        person = user.clinician
        signed = SignOff.objects.create(
            page_id=content.page_id,
            content_id=content.pk,
            fingerprint=fingerprint,
            document=current,
            signed_at=now,
            signed_on=on,
            due_on=due_on,
            signed_by=user.get_username(),
            name=person.shown_name,
            title=person.title,
            register_number=person.register_number,
        )
        close_request(content, Became.SIGNED, actor=user.get_username(), now=now)
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
    problems = gate.content_problems(content) + public_text.clinician_problems(user.clinician)
    if not 0 < (due_on - on).days <= MAX_DAYS_TO_REVIEW:
        problems.append("Choose a day for the next review that lies after today and within two years.")
    return problems


def ledger_subject(content: PageContent) -> str:
    """Return the subject of ledger entries about this page."""
    number = f" (page {content.page_id})"
    return f"{content.title[: 80 - len(number)]}{number}"


def connect_receivers() -> None:
    """Close the requests for versions that go live or are put aside, in whatever way that happens."""
    post_version_operation.connect(_close_requests, sender=PageContent, dispatch_uid="signing")


def _close_requests(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Close requests, and the mark that a live page was reopened; signals carry neither a time nor who did it."""
    became = {OPERATION_PUBLISH: Became.LIVE, OPERATION_ARCHIVE: Became.PUT_ASIDE}.get(operation)
    if became is None:
        return
    last = StateTracking.objects.filter(version=obj).select_related("user").order_by("-pk").first()
    actor = last.user.get_username() if last else ""
    close_request(obj.content, became, actor=actor, now=timezone.now())
    if operation == OPERATION_PUBLISH:
        Reopened.objects.filter(page=obj.content.page).delete()
