"""The page that lists the checks' findings on a version, and the line about them above a page being edited."""

from dataclasses import dataclass
from typing import Any

from cms.models import CMSPlugin, PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from content.reviews import page_checks, prompts, rules, states
from content.reviews.page_checks import MAX_REASON_LENGTH, CheckResult, ReasonError
from content.staff.views import content_or_404, render_page, require_publisher, staff_view
from content.wording.claims import is_same_sentence
from content.wording.findings import Finding


def what_stands(word: str) -> str:
    """Return in staff's words what a reason was given for: a word, or a number against a fact."""
    name, is_fact, fact = word.partition(": ")
    return f"a number other than “{fact}”" if is_fact and name else f"“{word}”"


@dataclass(frozen=True)
class FindingRow:
    """A finding, the link to its block, and the reason being entered for it."""

    number: int
    finding: Finding
    url: str
    link_text: str
    can_explain: bool = False
    entered_reason: str = ""
    problem: str = ""

    @property
    def stands(self) -> str:
        """What the reason would let stand, in staff's words."""
        return what_stands(self.finding.word)


@dataclass(frozen=True)
class ReasonAttempt:
    """A reason that was entered, and the problem it was refused for."""

    word: str = ""
    sentence: str = ""
    reason: str = ""
    problem: str = ""

    def is_for(self, finding: Finding) -> bool:
        """Return whether the reason was entered for this finding."""
        return bool(self.word) and finding.word == self.word and is_same_sentence(finding.quoted, self.sentence)


@staff_view("change_page", app="cms")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """List what blocks this version and what would improve it; publishers enter reasons here."""
    content = content_or_404(pk)
    may = rules.may_publish(request.user, content)
    attempt = ReasonAttempt()
    if request.method == "POST":
        require_publisher(request, content)
        attempt = _save_reason(request, content)
        if not attempt.problem:
            return redirect("page_checks", pk=pk)
    checked = page_checks.run_checks(content)
    rows = _rows(request.user, content, checked, attempt, may=may)
    if attempt.problem and not any(row.problem for row in rows):
        messages.error(request, attempt.problem)
    return render_page(
        request,
        "staff/page_checks.html",
        f"Checks: {content.title}",
        help="checks",
        stops=[row for row in rows if row.finding in checked.blocking],
        hints=[row for row in rows if row.finding in checked.advisory],
        checked=checked,
        explained=[(finding, what_stands(finding.word), reason) for finding, reason in checked.explained],
        unwritten=_prompt_sentence(content, checked),
        may=may,
        longest=MAX_REASON_LENGTH,
        version=content.versions.get(),
        state=states.state_of(content),
        preview=get_object_preview_url(content),
    )


def _save_reason(request: HttpRequest, content: PageContent) -> ReasonAttempt:
    """Save the posted reason and return an empty attempt, or the attempt with its problem."""
    word, sentence, reason = (request.POST.get(name, "") for name in ("word", "sentence", "reason"))
    try:
        page_checks.give_reason(
            content,
            word=word,
            sentence=sentence,
            reason=reason,
            actor=request.user.get_username(),
            now=timezone.now(),
        )
    except ReasonError as refusal:
        return ReasonAttempt(word, sentence, reason, str(refusal))
    messages.success(request, f"Kept: {what_stands(word)} may stand in that sentence.")
    return ReasonAttempt()


def _rows(
    user: Any, content: PageContent, checked: CheckResult, attempt: ReasonAttempt, *, may: bool
) -> list[FindingRow]:
    links = FindingLinks.for_version(content, user)
    rows = []
    for number, finding in enumerate(checked.findings, 1):
        url, label = links.link_to(finding.block)
        own_attempt = attempt if attempt.is_for(finding) else ReasonAttempt()
        rows.append(
            FindingRow(
                number, finding, url, label, may and finding.can_be_explained, own_attempt.reason, own_attempt.problem
            )
        )
    return rows


@dataclass(frozen=True)
class FindingLinks:
    """Links from a finding to its block: into the editor if the user may edit the draft, else to the preview.

    `staff-bar.js` reads the fragment and opens that form in the editor.
    """

    page: str
    can_edit: bool

    @classmethod
    def for_version(cls, content: PageContent, user: Any) -> "FindingLinks":
        """Return the links into this version for this user."""
        version = Version.objects.get_for_content(content)
        if version.state == DRAFT and version.check_modify.as_bool(user):
            return cls(get_object_edit_url(content), can_edit=True)
        return cls(get_object_preview_url(content), can_edit=False)

    def link_to(self, block: Any) -> tuple[str, str]:
        """Return URL and label of the link."""
        if not self.can_edit:
            return self.page, "See the page"
        if isinstance(block, PageContent):
            return reverse("page_title", args=[block.pk]), "Change the page’s texts"
        if isinstance(block, CMSPlugin):
            return f"{self.page}#cms-plugin-{block.pk}", "Open the block"
        return self.page, "Open the page"


@dataclass(frozen=True)
class PanelCounts:
    """How many things stop a version and how many hints there are; `unwritten` is the sentence about prompts, or ""."""

    stops: int
    hints: int
    unwritten: str
    url: str


def panel_counts(request: HttpRequest) -> PanelCounts | None:
    """Return the counts of the version that is edited or previewed; None for readers and on the live page."""
    toolbar = getattr(request, "toolbar", None)
    if toolbar is None or not toolbar.show_toolbar or not (toolbar.edit_mode_active or toolbar.preview_mode_active):
        return None
    content = toolbar.get_object()
    if not isinstance(content, PageContent) or not request.user.has_perm("cms.change_page"):
        return None
    checked = page_checks.run_checks(content)
    unwritten = _prompt_sentence(content, checked)
    stops = len(checked.blocking) + bool(unwritten)
    return PanelCounts(stops, len(checked.advisory), unwritten, reverse("page_checks", args=[content.pk]))


def _prompt_sentence(content: PageContent, checked: CheckResult) -> str:
    """Return the sentence about prompts that are left, or ""; also "" if the checks couldn't read the page."""
    is_broken = any(finding.code == "broken-check" for finding in checked.findings)
    return "" if is_broken else prompts.publish_problem(content)
