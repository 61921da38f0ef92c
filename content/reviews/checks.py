"""The checks of wording on one version of a page, and the reasons given to let a word stand."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cms.models import PageContent
from django.db import transaction

from content.blocks.base import lazy_savepoint
from content.ledger.models import Event
from content.ledger.writer import record
from content.wording import claims, plain_language
from content.wording.checks import CHECKS, in_order
from content.wording.passages import Finding, Level

from . import page_text
from .models import GivenReason

logger = logging.getLogger(__name__)

MAX_WORD_LENGTH = GivenReason._meta.get_field("word").max_length or 0
MAX_REASON_LENGTH = GivenReason._meta.get_field("reason").max_length or 0


class ReasonError(Exception):
    """A reason that can't be kept; its text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class CheckResult:
    """What the checks say of a version: `findings` to mend, `explained` with the reason that lets each stand."""

    findings: Sequence[Finding]
    explained: Sequence[tuple[Finding, GivenReason]] = ()
    reading_age: int | None = None

    @property
    def blocking(self) -> list[Finding]:
        """What stops it from going live."""
        return [finding for finding in self.findings if finding.level is Level.BLOCKING]

    @property
    def advisory(self) -> list[Finding]:
        """What would make it better."""
        return [finding for finding in self.findings if finding.level is not Level.BLOCKING]


def run_checks(content: PageContent) -> CheckResult:
    """Run all checks. One that fails is logged and blocks: nobody can say then that the page is fine."""
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
    left, explained = _explained(findings, reasons)
    return CheckResult(in_order(failed + left), explained, None if failed else plain_language.reading_age(page))


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
    """What the checks find in this version, those left out for which a reason was given."""
    return list(run_checks(content).findings)


def blocking_findings(content: PageContent) -> list[Finding]:
    """What stops this version from going live."""
    return run_checks(content).blocking


def publish_problem(content: PageContent) -> str:
    """Why this version can't go live, in a sentence, or "" where the checks find nothing that stops it."""
    stops = len(blocking_findings(content))
    what = "One thing in the words of this page has" if stops == 1 else f"{stops} things in the words of this page have"
    return f"{what} to be mended first: look under “Checks”." if stops else ""


def _explained(
    findings: Sequence[Finding], reasons: Sequence[GivenReason]
) -> tuple[list[Finding], list[tuple[Finding, GivenReason]]]:
    """The findings that stand, and those that a reason was given for: the same word in the same sentence."""
    left, explained = [], []
    for finding in findings:
        given = [one for one in reasons if finding.word and one.word == finding.word]
        reason = next((one for one in reversed(given) if claims.is_same_sentence(one.sentence, finding.quoted)), None)
        if reason:
            explained.append((finding, reason))
        else:
            left.append(finding)
    return left, explained


@transaction.atomic
def give_reason(
    content: PageContent, *, word: str, sentence: str, reason: str, actor: str, now: datetime
) -> GivenReason:
    """Let `word` stand in this sentence of the page, and tell the ledger why; raises ReasonError.

    Who may is the caller's to ask.
    """
    reason = " ".join(reason.split())
    if not any(character.isalnum() for character in reason):
        raise ReasonError("Say why the word may stand here, in a sentence.")
    if len(reason) > MAX_REASON_LENGTH:
        raise ReasonError(f"The reason has {len(reason)} characters; {MAX_REASON_LENGTH} is the most. Shorten it.")
    waiting = [
        one for one in open_findings(content) if one.word == word and claims.is_same_sentence(one.quoted, sentence)
    ]
    if not word or not waiting:
        raise ReasonError(
            "This sentence is not on the page any more, or has its reason already. Look at the list again."
        )
    said = waiting[0].quoted
    detail = {"word": word, "sentence": said, "reason": reason}
    record(Event.WORDING_REASON_GIVEN, f"page {content.page_id}", actor=actor, now=now, detail=detail)
    return GivenReason.objects.create(
        page=content.page, word=word, sentence=said, reason=reason, given_by=actor, given_at=now
    )
