"""The form for a new topic page: a few words, from which a whole draft is made."""

from typing import Any

from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_edit_url
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import slugify

from content.reviews import draft_locks
from content.staff.editing import topic_page
from content.staff.editing.page_kind import validate_address
from content.staff.editing.topic_page import LANGUAGE
from content.staff.editing.topic_prompts import TopicKind
from content.staff.views import render_page, staff_view
from content.treatment.tokens import validate_tokens

TREATMENT = "pages/treatment.html"
MAX_SLUG_LENGTH = 60


class TopicForm(forms.Form):
    """Title, first sentence, place and address of a new topic page."""

    template_name = "staff/fields.html"

    title = forms.CharField(
        max_length=120,
        validators=[validate_tokens],
        help_text="The large words at the top of the page. For example: Looking after your skin",
        error_messages={"required": "Write the title."},
    )
    description = forms.CharField(
        label="First sentence",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_tokens],
        help_text="Patients read it under the title, and search engines show it. "
        "For example: Keep the area clean, cool and free from rubbing.",
        error_messages={"required": "Write the first sentence. Patients read it under the title."},
    )
    treatment = forms.ModelChoiceField(
        label="Under which treatment?",
        queryset=Page.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the treatment.", "invalid_choice": "Choose one of the treatments."},
    )
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=TopicKind.choices,
        widget=forms.RadioSelect,
        help_text="It decides which blocks wait for your words. You can add and delete blocks afterwards.",
        error_messages={"required": "Choose what the page is for.", "invalid_choice": "Choose one of the two."},
    )
    slug = forms.CharField(
        label="Address",
        required=False,
        max_length=MAX_SLUG_LENGTH,
        help_text="The last part of the page’s address. Leave it empty to make it from the title.",
    )
    menu_title = forms.CharField(
        label="Short name for the menu",
        required=False,
        max_length=40,
        validators=[validate_tokens],
        help_text="Leave it empty to use the title. For example: Aftercare",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        field: Any = self.fields["treatment"]
        parents = _parent_urls()
        field.queryset = Page.objects.filter(pk__in=parents).order_by("path")
        field.label_from_instance = lambda page: parents[page.pk]
        if len(parents) == 1:
            field.initial = next(iter(parents))

    def clean_slug(self) -> str:
        """Return the slug typed, or else one made from the title."""
        typed: str = self.cleaned_data["slug"].strip().strip("/")
        slug = typed or slugify(strip_tags(self.cleaned_data.get("title", "")))[:MAX_SLUG_LENGTH].strip("-")
        if not slug and "title" in self.cleaned_data:
            raise ValidationError("No address can be made from this title. Write one, such as your-session.")
        if "/" in slug:
            raise ValidationError("Write one part of the address only, without a slash, such as your-session.")
        if slug:
            validate_address(slug)
        return slug

    def create_draft(self, user: Any) -> PageContent | None:
        """Return the new draft, or None, with an error on the form, if the address is taken."""
        try:
            return topic_page.create_topic_page(topic_page.NewTopic(**self.cleaned_data), user=user)
        except topic_page.AddressTakenError as taken:
            slug = self.cleaned_data["slug"]
            self.add_error(
                "slug", f"The page “{taken.title}” has the address “{slug}” already. Write another, or open that page."
            )
        return None


def _parent_urls() -> dict[int, str]:
    """Return for each treatment page's id a label with the address under which its topics stand."""
    treatments = PageContent.admin_manager.current_content().filter(template=TREATMENT, language=LANGUAGE)
    contents = treatments.select_related("page").order_by("page__path")
    return {
        content.page_id: f"{content.title}: the address begins with {content.page.get_absolute_url(LANGUAGE)}"
        for content in contents
    }


@staff_view("add_page", "cms")
def new_topic(request: HttpRequest) -> HttpResponseBase:
    """Show the form; on POST, create the page and open it in the editor."""
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (draft := form.create_draft(request.user)):
        draft_locks.acquire_if_free(draft, user=request.user, now=timezone.now())  # the title is theirs
        messages.success(request, f"“{draft.title}” is made. Put your words where it says “Write here:”.")
        return redirect(get_object_edit_url(draft))
    return render_page(request, "staff/new_topic.html", "New topic page", help="new-topic-page", form=form)
