"""The checks of wording on one version of a page, and the reasons given to let a word stand."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.models import PageContent
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from djangocms_versioning.constants import OPERATION_PUBLISH
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from content.blocks.base import lazy_savepoint
from content.ledger.models import Event
from content.ledger.writer import record
from content.reviews import page_text
from content.reviews.models import GivenReason
from content.treatment.models import Treatment
from content.treatment.tokens import TOKENS
from content.wording import claims, numbers, plain_language
from content.wording.checks import CHECKS, in_order
from content.wording.findings import Finding, Level

logger = logging.getLogger(__name__)

MAX_WORD_LENGTH = GivenReason._meta.get_field("word").max_length or 0
MAX_REASON_LENGTH = GivenReason._meta.get_field("reason").max_length or 0


NO_REASON = "No reason lets this stand: no regulator has approved this treatment for stretch marks. Change the words."


class ReasonError(Exception):
    """Raised for a reason that can't be accepted; its text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class CheckResult:
    """The findings on a version: `findings` are to be corrected, `explained` each have a reason to stand."""

    findings: Sequence[Finding]
    explained: Sequence[tuple[Finding, GivenReason]] = ()
    reading_age: int | None = None

    @property
    def blocking(self) -> list[Finding]:
        """The findings that stop the version from going live."""
        return [finding for finding in self.findings if finding.level is Level.BLOCKING]

    @property
    def advisory(self) -> list[Finding]:
        """The findings that are hints only."""
        return [finding for finding in self.findings if finding.level is not Level.BLOCKING]


def run_checks(content: PageContent) -> CheckResult:
    """Run all checks on this version; one that raises is logged and blocks, since nobody knows what it would find."""
    try:
        with lazy_savepoint():
            page = page_text.build(content)
            reasons = list(GivenReason.objects.filter(page=content.page_id))
    except Exception:
        logger.exception("The texts of page content %s could not be read for the checks", content.pk)
        return CheckResult([_failed_check("the reading of the page")])
    findings, failed = [], []
    for name, run in CHECKS.items():
        try:
            findings += run(page)
        except Exception:
            logger.exception("The check “%s” failed on page content %s", name, content.pk)
            failed.append(_failed_check(f"the check “{name}”"))
    remaining, explained = _split_explained(findings, reasons)
    return CheckResult(in_order(failed + remaining), explained, None if failed else plain_language.reading_age(page))


def connect_receivers() -> None:
    """Listen to versions that go live and to saved facts, with which reasons end."""
    post_version_operation.connect(_page_published, sender=PageContent, dispatch_uid="page_checks")
    post_save.connect(_facts_changed, sender=Treatment, dispatch_uid="page_checks")


def _page_published(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Delete the reasons for words that the page doesn't say any more, so that they hold for no later use of them."""
    if operation != OPERATION_PUBLISH:
        return
    given = GivenReason.objects.filter(page_id=obj.content.page_id)
    if given.exists():
        in_use = [reason.pk for _, reason in run_checks(obj.content).explained]
        given.exclude(pk__in=in_use).delete()


def _facts_changed(sender: type[Treatment], raw: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002  a signal's signature
    """Delete the reasons given against a fact as it was; the ledger keeps them."""
    if raw:
        return
    current = {
        numbers.reason_word(name, words(treatment))
        for treatment in Treatment.objects.all()
        for name, words in TOKENS.items()
    }
    about_facts = Q()
    for name in TOKENS:
        about_facts |= Q(word__startswith=f"{name}: ")
    GivenReason.objects.filter(about_facts).exclude(word__in=current).delete()


def _failed_check(what: str) -> Finding:
    return Finding(
        Level.BLOCKING,
        "broken-check",
        None,
        "The whole page",
        f"Something went wrong in {what}, so nobody knows what it would have found.",
        "Tell whoever looks after the site, whose log has the details.",
    )


def open_findings(content: PageContent) -> list[Finding]:
    """Return the findings on this version that have no reason yet."""
    return list(run_checks(content).findings)


def blocking_findings(content: PageContent) -> list[Finding]:
    """Return the findings that stop this version from going live."""
    return run_checks(content).blocking


def publish_problem(content: PageContent) -> str:
    """Return in a sentence why the checks stop this version from going live, or "" if they don't."""
    count = len(blocking_findings(content))
    what = "One thing in the words of this page has" if count == 1 else f"{count} things in the words of this page have"
    return f"{what} to be mended first: look under “Checks”." if count else ""


def _split_explained(
    findings: Sequence[Finding], reasons: Sequence[GivenReason]
) -> tuple[list[Finding], list[tuple[Finding, GivenReason]]]:
    """Split the findings into those to correct and those with a reason, given for that word or fact in its sentence."""
    remaining, explained = [], []
    for finding in findings:
        candidates = [given for given in reversed(reasons) if finding.can_be_explained and given.word == finding.word]
        reason = next((given for given in candidates if claims.is_same_sentence(given.sentence, finding.quoted)), None)
        if reason:
            explained.append((finding, reason))
        else:
            remaining.append(finding)
    return remaining, explained


@transaction.atomic
def give_reason(
    content: PageContent, *, word: str, sentence: str, reason: str, actor: str, now: datetime
) -> GivenReason:
    """Let `word` stand in this sentence of the page and record the reason in the ledger, or raise ReasonError.

    The caller checks that `actor` may do so.
    """
    reason = " ".join(reason.split())
    if not any(character.isalnum() for character in reason):
        raise ReasonError("Say why the word may stand here, in a sentence.")
    if len(reason) > MAX_REASON_LENGTH:
        raise ReasonError(f"The reason has {len(reason)} characters; {MAX_REASON_LENGTH} is the most. Shorten it.")
    matches = [
        finding
        for finding in open_findings(content)
        if finding.word == word and claims.is_same_sentence(finding.quoted, sentence)
    ]
    if not word or not matches:
        raise ReasonError(
            "This sentence is not on the page any more, or has its reason already. Look at the list again."
        )
    if not matches[0].can_be_explained:
        raise ReasonError(NO_REASON)
    quoted = matches[0].quoted
    detail = {"word": word, "sentence": quoted, "reason": reason}
    record(Event.WORDING_REASON_GIVEN, f"page {content.page_id}", actor=actor, now=now, detail=detail)
    return GivenReason.objects.create(
        page=content.page, word=word, sentence=quoted, reason=reason, given_by=actor, given_at=now
    )
