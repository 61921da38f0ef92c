"""The archive: staff choose a page and a moment, and see what patients saw then, without scripts."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from content.gallery.models import Case
from content.gallery.public_code import CODE
from content.library.models import LibraryFile
from content.publishing import internal_client, snapshots
from content.publishing.models import ShownHtml, Snapshot
from content.staff import form_fields
from content.staff.views import render_page, staff_view

#: Nothing runs, nothing is sent, nothing is fetched but this site's own styles and drawings.
SNAPSHOT_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
LINK = re.compile(r"""(<a\b[^>]*?)\shref=("[^"#][^"]*"|'[^'#][^']*')""")
STYLESHEET_LINK = re.compile(r"""(<link rel="stylesheet" href=")[^"]*/css/site[^"]*(")""")

CARD = re.compile(r"""<article class="card">.*?</article>""", re.DOTALL)
CASE = re.compile(rf"""/before-and-after/({CODE.pattern})/""")
TAKEN_DOWN = "<p>A photograph stood here. It was taken down.</p>"
WITHHELD = "<p>Case {} stood here. It may not be shown any more.</p>"


class ArchiveForm(forms.Form):
    """A page and a moment."""

    page = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": "Choose a page.",
            "invalid_choice": "Choose a page from the list: nothing is kept of any other.",
        },
    )
    day = form_fields.day_field()
    time = form_fields.time_field(help_text="Leave empty for the end of that day.", is_required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = snapshots.archived_pages()  # type: ignore[attr-defined]  # of a choice field

    def clean_day(self) -> date:
        """Refuse a day in the future."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("That day is still to come. Choose today or an earlier day.")
        return day

    def clean_time(self) -> datetime | None:
        """Return the moment of day and time together; without a time, the end of the day."""
        day, at = self.cleaned_data.get("day"), self.cleaned_data["time"]
        return form_fields.combine_local(day, at or time.max) if day else None


@staff_view("view_snapshot")
def archive_index(request: HttpRequest) -> HttpResponse:
    """Show the form, the snapshot of that moment, and all other moments at which the page changed."""
    form = ArchiveForm(request.GET or None, initial={"day": timezone.localdate()})
    result: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        page_id, moment = form.cleaned_data["page"], form.cleaned_data["time"]
        result = {
            "moment": moment,
            "found": snapshots.snapshot_at(page_id, moment),
            "others": list(Snapshot.objects.filter(page_id=page_id).order_by("-shown_from", "-pk")),
        }
    return render_page(
        request, "staff/archive.html", "Archive: what patients saw", help="take-offline", form=form, **result
    )


@staff_view("view_snapshot")
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one snapshot in a frame, under a banner with its dates."""
    shown = get_object_or_404(Snapshot, pk=pk)
    return render_page(
        request, "staff/archive_moment.html", f"What patients saw: {shown.title}", help="take-offline", found=shown
    )


@staff_view("view_snapshot")
def snapshot_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the archived page as a document of its own, for the frame."""
    shown = get_object_or_404(Snapshot.objects.exclude(sha256=""), pk=pk)
    html = get_object_or_404(ShownHtml, sha256=shown.sha256).html
    response = HttpResponse(make_inert(redact_taken_down_pictures(redact_withdrawn_cases(html, timezone.localdate()))))
    response["Content-Security-Policy"] = SNAPSHOT_CSP
    return response


def redact_withdrawn_cases(html: str, on: date) -> str:
    """Replace in `html` every case that may not be shown on `on`: staff see them no more than readers do."""
    named = {match[1] for card in CARD.findall(html) for match in CASE.finditer(card)}
    showable = set(Case.objects.showable(on).filter(code__in=named).values_list("code", flat=True))

    def redact_card(card: re.Match[str]) -> str:
        codes = {match[1] for match in CASE.finditer(card[0])}
        return card[0] if codes <= showable else format_html(WITHHELD, ", ".join(sorted(codes)))

    return CARD.sub(redact_card, html)


def redact_taken_down_pictures(html: str) -> str:
    """Replace in `html` every picture of the library that may not be shown any more, with its caption."""
    named = internal_client.photograph_tokens(html)
    showable = LibraryFile.objects.showable().filter(photo__token__in=named).values_list("photo__token", flat=True)
    return internal_client.without_library_pictures(html, showable=set(showable), replacement=TAKEN_DOWN)


def make_inert(html: str) -> str:
    """Return `html` without scripts and link targets, which are today's pages, and with today's stylesheet."""
    inert = LINK.sub(r"\1", SCRIPT.sub("", html))
    return STYLESHEET_LINK.sub(lambda match: f"{match[1]}{static('css/site.css')}{match[2]}", inert)
