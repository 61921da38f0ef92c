"""The page on which a page is duplicated as a draft."""

from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from content.staff.editing import duplicate_page
from content.staff.editing.page_kind import validate_address
from content.staff.views import content_or_404, render_page, staff_view
from content.treatment.tokens import validate_tokens


class DuplicateForm(forms.Form):
    """Title and address of the new page."""

    template_name = "staff/fields.html"

    title = forms.CharField(
        max_length=120,
        validators=[validate_tokens],
        help_text="The large words at the top of the new page.",
        error_messages={"required": "Write the title of the new page."},
    )
    slug = forms.CharField(
        label="Address",
        max_length=60,
        help_text="The last part of the new page’s address, such as your-session. No other page may have it.",
        error_messages={"required": "Write the address, such as your-session."},
    )

    def clean_slug(self) -> str:
        """Refuse an address that is no single part."""
        slug: str = self.cleaned_data["slug"].strip().strip("/")
        if "/" in slug:
            raise ValidationError("Write one part of the address only, without a slash, such as your-session.")
        validate_address(slug)
        return slug


@staff_view("add_page", "cms")
def duplicate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask for title and address; on POST, make the draft and open it in the editor."""
    content = content_or_404(pk)
    if sentence := duplicate_page.refusal(content):
        raise PermissionDenied(sentence)
    initial = {"title": f"Copy of {content.title}"[:120], "slug": duplicate_page.free_slug(content)}
    form = DuplicateForm(request.POST if request.method == "POST" else None, initial=initial)
    form.label_suffix = ""
    if request.method == "POST" and form.is_valid() and (draft := _make(request, content, form)):
        messages.success(request, f"“{draft.title}” is made as a draft. Nobody sees it until it goes live.")
        return redirect(get_object_edit_url(draft))
    title = f"Duplicate “{content.title}”"
    return render_page(request, "staff/page_duplicate.html", title, help="new-topic-page", form=form, content=content)


def _make(request: HttpRequest, content: PageContent, form: Any) -> PageContent | None:
    """Return the new draft, or None, with an error on the form, if the address is taken."""
    try:
        return duplicate_page.duplicate(content, **form.cleaned_data, user=request.user, now=timezone.now())
    except duplicate_page.AddressTakenError as taken:
        whose = f"The page “{taken.title}” has" if taken.title else "A page that is gone had"
        form.add_error("slug", f"{whose} this address already. Write another.")
    return None
