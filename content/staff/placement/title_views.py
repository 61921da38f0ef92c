"""The form of a page's title, first sentence, menu word and address: plain, under the rules of drafts."""

from typing import Any

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from djangocms_versioning.models import Version

from content import optimistic_lock
from content.cms_adapter import cms_pages
from content.staff.editing import editor_views
from content.staff.editing.page_kind import validate_address
from content.staff.placement import changes
from content.staff.views import content_or_404, render_page, staff_view

SAVED = "Saved in the draft. Patients see it once the draft is live."
TAKEN = "The page “{}” has this address already. Write another one, or change that page’s first."
FIELDS = ["title", "meta_description", "in_navigation", "menu_title", "slug", "page_title", "redirect"]


class TitleForm(optimistic_lock.OptimisticLockForm):
    """What a page is called, and where it is found; no address for the home page, nor where it is a whole path."""

    template_name = "staff/fields.html"
    slug = forms.CharField(
        label="Address", max_length=255, error_messages={"required": "Write the address, such as your-session."}
    )

    class Meta:
        model = PageContent
        fields = FIELDS
        labels = {
            "title": "Title",
            "meta_description": "First sentence",
            "in_navigation": "Show this page in the menu",
            "menu_title": "Word in the menu",
            "page_title": "Title in the browser’s tab",
            "redirect": "Send readers on to another page",
        }
        help_texts = {
            "title": "The large words at the top of the page.",
            "meta_description": "Patients read it under the title, search engines show it.",
            "menu_title": "Leave it empty to use the title. For example: Aftercare",
            "page_title": "Leave it empty to use the title.",
            "redirect": "Leave it empty. Only if this page is to show nothing itself: the other page’s address, such "
            "as /contact/.",
            "in_navigation": "",
        }
        error_messages = {
            "title": {"required": "Write the title."},
        }
        widgets = {"meta_description": forms.Textarea(attrs={"rows": 3, "maxlength": 320})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["in_navigation"].label = "Show this page in the menu"
        for name in ("redirect", "page_title"):
            self.fields[name].widget = forms.TextInput()
        if self.instance.page.is_home or self.instance.overwrite_url:
            del self.fields["slug"]
        else:
            self.fields["slug"].help_text = self._address_help()

    def _address_help(self) -> str:
        before, now = cms_pages.path_around(self.instance), changes.public_path(self.instance)
        begins = f"The last part of the address, which begins with {before}."
        if not now:
            return f"{begins} Small letters, digits and hyphens."
        return f"{begins} If you change it, {now} goes on working: it leads readers to the new address."

    def clean_slug(self) -> str:
        """Return the slug, unless another page would have the same address."""
        slug: str = self.cleaned_data["slug"].strip().strip("/")
        if "/" in slug:
            raise forms.ValidationError("Write one part of the address only, without a slash, such as your-session.")
        validate_address(slug)
        if other := cms_pages.page_at(cms_pages.path_with(self.instance, slug), but=self.instance.page_id):
            raise forms.ValidationError(TAKEN.format(other))
        return slug


@staff_view("change_page", app="cms")
def _title(request: HttpRequest, pk: int) -> HttpResponseBase:
    content = content_or_404(pk)
    if not Version.objects.get_for_content(content).check_modify.as_bool(request.user):
        raise PermissionDenied
    form = TitleForm(request.POST or None, instance=content)
    before = changes.of_version(content)
    if request.method == "POST" and form.is_valid():
        form.save()
        changes.record_changes(before, content, actor=request.user.get_username(), now=timezone.now())
        messages.success(request, SAVED)
        return redirect(get_object_edit_url(content))
    return render_page(
        request,
        "staff/page_title.html",
        f"Title and address of “{content.title}”",
        help="change-a-page",
        form=form,
        content=content,
        back=get_object_preview_url(content),
    )


def _content(request: HttpRequest, pk: int) -> PageContent | None:
    return PageContent.admin_manager.filter(pk=pk).first()


edit_title = editor_views.explain_refusal(_title, _content)
