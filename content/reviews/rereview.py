"""Reopening of live pages that no longer match their signature, and what a changed fact would do to signatures.

That the day of a page's next review has come is told by `rules.is_due`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cms.models import Page, PageContent
from cms.signals import post_obj_operation
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from djangocms_versioning.constants import DRAFT, OPERATION_PUBLISH, OPERATION_UNPUBLISH, PUBLISHED
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.blocks import who_should_wait
from content.reviews import rules, signed_document, signing
from content.reviews.models import Reopened, SignOff
from content.reviews.signing import RefusedError
from content.treatment import tokens
from content.treatment.models import Treatment, nearest

NOT_SEEN = "nothing"  # stands for a missing fingerprint, and matches no document
Change = tuple[str, str, str]  # a fact's name in words, its words before, its words after


def connect_receivers() -> None:
    """Listen to saved treatments, moved pages, and versions that go live or offline."""
    post_save.connect(_facts_changed, sender=Treatment, dispatch_uid="again")
    post_obj_operation.connect(_page_moved, sender=Page, dispatch_uid="again")
    post_version_operation.connect(_list_changed, sender=PageContent, dispatch_uid="again")


def _facts_changed(sender: type[Treatment], instance: Treatment, raw: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002  a signal's signature
    """Update in the transaction of the save; the clock is read here, since signals carry no time."""
    if raw:
        return
    changed = tokens.describe_changes(instance.as_loaded(), instance)
    update_reopened(on=timezone.localdate(), reason=changed or "a treatment was changed")


def _page_moved(sender: type[Page], **kwargs: Any) -> None:
    """Update after a move: a page quotes the facts of the treatment above it in the page tree."""
    update_reopened(on=timezone.localdate(), reason="the page was moved, and quotes other facts there")


def _list_changed(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Update “Is it right for me?”, whose questions come from the live lists of who should wait."""
    is_replaced = bool(kwargs.get("to_be_published"))  # its successor goes live in a moment
    if operation not in {OPERATION_PUBLISH, OPERATION_UNPUBLISH} or is_replaced:
        return
    if obj.content.template in who_should_wait.SLOTS:
        update_reopened(on=timezone.localdate(), reason=f"who should wait may read otherwise on “{obj.content.title}”")


def update_reopened(*, on: date, reason: str) -> list[Page]:
    """Reopen each live page whose newest signature no longer matches it, and close each whose signature matches again.

    Returns the newly reopened pages. Pages that were never signed are samples, and stay as they are.
    """
    live = {content.pk: content for content in rules.live_pages()}
    signed = rules.newest_signatures(list(live))
    fits = {pk: signed[pk].fingerprint == signed_document.fingerprint(signed_document.build(live[pk])) for pk in signed}
    broken = [live[pk].page for pk in live if fits.get(pk) is False]
    with transaction.atomic():
        Reopened.objects.exclude(page__in=broken).delete()
        already_open = set(Reopened.objects.values_list("page_id", flat=True))
        opened = [page for page in broken if page.pk not in already_open]
        Reopened.objects.bulk_create(
            [Reopened(page=page, since=on, because=_shorten(reason)) for page in opened], ignore_conflicts=True
        )
    return opened


def _shorten(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"


@dataclass(frozen=True)
class ReopenedPage:
    """A reopened page: its live version, what it says now, and how that differs from what was signed."""

    content: PageContent
    reopened: Reopened
    fingerprint: str
    changes: list[Change]
    only_facts_differ: bool


def pages_to_resign() -> list[ReopenedPage]:
    """Return every reopened live page, the one waiting longest first."""
    live = {content.page_id: content for content in rules.live_pages()}
    return [_reopened_page(live[row.page_id], row) for row in rules.reopened() if row.page_id in live]


def _reopened_page(content: PageContent, reopened: Reopened) -> ReopenedPage:
    now = signed_document.build(content)
    signed = rules.last_signature(content)
    before: signed_document.Document = signed.document if signed else {}
    rest_before, rest_now = ({key: value for key, value in each.items() if key != "facts"} for each in (before, now))
    return ReopenedPage(
        content, reopened, signed_document.fingerprint(now), differing_facts(before, now), rest_before == rest_now
    )


def differing_facts(before: signed_document.Document, after: signed_document.Document) -> list[Change]:
    """Return the facts that both documents quote, in different words."""
    old, new = before.get("facts", {}), after.get("facts", {})
    return [(name.replace("-", " "), old[name], new[name]) for name in old if name in new and old[name] != new[name]]


@dataclass(frozen=True)
class Effect:
    """The effect of saving a treatment on one version of a page, and on its signature if it has one."""

    content: PageContent
    is_live: bool
    changes: list[Change]
    is_signed: bool
    was_valid: bool
    is_valid: bool

    @property
    def loses_signature(self) -> bool:
        """Whether its signature matches now, and no longer will."""
        return self.was_valid and not self.is_valid

    @property
    def regains_signature(self) -> bool:
        """Whether its signature will match again."""
        return self.is_valid and not self.was_valid

    @property
    def stays_unsigned(self) -> bool:
        """Whether its signature doesn't match now, and still won't."""
        return self.is_signed and not self.was_valid and not self.is_valid


def preview_effects(treatment: Treatment, *, on: date) -> list[Effect]:
    """Return the effects of saving `treatment` on every live page and draft, without saving it."""
    versions = PageContent.admin_manager.filter(versions__state__in=[DRAFT, PUBLISHED])
    contents = list(versions.select_related("page").order_by("page__path", "pk"))
    live = set(PageContent.objects.values_list("pk", flat=True))
    signed = rules.newest_signatures([content.pk for content in contents])
    stored = Treatment.objects.with_pages()
    changed = [treatment if row.pk == treatment.pk else row for row in stored]
    effects = []
    for content in contents:
        old, new = (signed_document.build(content, nearest(facts, content.page)) for facts in (stored, changed))
        fingerprint = signed[content.pk].fingerprint if content.pk in signed else None
        was_valid, is_valid = (signed_document.fingerprint(each) == fingerprint for each in (old, new))
        if changes := differing_facts(old, new):
            effects.append(Effect(content, content.pk in live, changes, bool(fingerprint), was_valid, is_valid))
    return effects


def sign_all(
    ticked: list[tuple[PageContent, str]], *, user: Any, due_on: date, now: datetime, on: date
) -> list[SignOff]:
    """Sign all of these live versions again, or raise RefusedError naming each that can't be signed, and sign none.

    Each comes with the fingerprint of what the doctor was shown. A page that differs in more than its facts is signed
    on its own page only.
    """
    problems: list[str] = []
    signed = []
    with transaction.atomic():
        waiting = {page.content.pk: page for page in pages_to_resign()}
        for content, seen in ticked:
            try:
                signed.append(
                    _sign_one(waiting.get(content.pk), seen or NOT_SEEN, user=user, due_on=due_on, now=now, on=on)
                )
            except RefusedError as refusal:
                problems += [f"{content.title}: {problem}" for problem in refusal.problems]
        if problems:
            raise RefusedError(problems)
    return signed


def _sign_one(waiting: ReopenedPage | None, seen: str, **given: Any) -> SignOff:
    if waiting is None:
        raise RefusedError(["It does not wait for a signature any more."])
    if not waiting.only_facts_differ:
        raise RefusedError(["More than its facts has changed. Read it and sign it on its own page."])
    return signing.sign(waiting.content, seen=seen, **given)
