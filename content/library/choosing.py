"""Form fields by which staff choose a picture from thumbnails, upload a new one, and say what matters in it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.widgets import Script
from django.utils import timezone

from content.images import ingest
from content.library import pictures
from content.library.focus import MIDDLE
from content.library.models import LibraryFile

PREFIX = "photo-"  # of a choice that is a file, before its id
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif,.hif"
FILE_HELP = "JPEG, PNG, WebP, AVIF or HEIC, at most 30 MB. Where and with what it was taken is deleted from it."
STYLESHEET = {"all": ["css/staff-pictures.css"]}


class PictureSelect(forms.RadioSelect):
    """Radio buttons with a picture each; `thumbnails` gives the address of each choice's picture."""

    template_name = "components/picture_choice.html"

    class Media:
        css = STYLESHEET

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thumbnails: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the option with the address of its picture, "" for a choice without one."""
        return {**super().create_option(name, value, *args, **kwargs), "thumbnail": self.thumbnails.get(str(value), "")}


class FocusInput(forms.NumberInput):
    """The number for left and right; with JavaScript the picture stands above it and is pressed where it matters.

    `partner` is the name of the field for top and bottom, `choice` that of the radio buttons, `file` that of the
    upload, `source` the address of a picture that can't be chosen here.
    """

    template_name = "components/focal_point.html"

    class Media:
        css = STYLESHEET
        js = [Script("js/focal-point.js", type="module")]

    def __init__(self, *, partner: str = "focus_y", choice: str = "", file: str = "", source: str = "") -> None:
        super().__init__()
        self.names = {"partner": partner, "choice": choice, "file": file, "source": source}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context with the names of the other fields."""
        return {**super().get_context(name, value, attrs), **self.names}


class FocusFields(forms.Form):
    """Two numbers in hundredths, which mean the middle if they are left empty."""

    focus_x = forms.IntegerField(
        label="What matters is so far from the left, %", min_value=0, max_value=100, initial=MIDDLE, required=False
    )
    focus_y = forms.IntegerField(
        label="And so far from the top, %", min_value=0, max_value=100, initial=MIDDLE, required=False
    )

    def clean_focus_x(self) -> int:
        """Return the hundredths from the left."""
        return self._place("focus_x")

    def clean_focus_y(self) -> int:
        """Return the hundredths from the top."""
        return self._place("focus_y")

    def _place(self, name: str) -> int:
        place: int | None = self.cleaned_data[name]
        return MIDDLE if place is None else place


class UploadFields(forms.Form):
    """A file and the tick that vouches for it; they belong together."""

    upload = forms.FileField(
        label="A new photograph",
        required=False,
        help_text=f"Of a room, equipment or our team. {FILE_HELP}",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    is_vouched = forms.BooleanField(
        label=f"{pictures.VOUCH}.",
        required=False,
        help_text="Only with a new photograph. Photographs of patients belong in a case, under the person’s consent.",
    )

    def clean_is_vouched(self) -> bool:
        """Refuse a file that nobody vouches for."""
        is_vouched: bool = self.cleaned_data["is_vouched"]
        if self.cleaned_data.get("upload") and not is_vouched:
            raise forms.ValidationError(pictures.NOT_VOUCHED)
        return is_vouched


def value_of(file: LibraryFile) -> str:
    """Return the choice that stands for a file."""
    return f"{PREFIX}{file.pk}"


def file_chosen(value: str) -> LibraryFile | None:
    """Return the file that a validated choice stands for, or None if it stands for something else."""
    is_file = value.startswith(PREFIX)
    return LibraryFile.objects.select_related("picture").get(pk=value.removeprefix(PREFIX)) if is_file else None


def choices(used: int | None = None) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return the newest files that may be shown, and `used` if it may, as choices, and their thumbnails' addresses."""
    showable = LibraryFile.objects.showable()
    files = showable.filter(Q(pk__in=showable.newest().values("pk")) | Q(pk=used))
    listed = list(files.select_related("picture", "photo").order_by("-pk"))
    labels = [(value_of(file), file.picture.name) for file in listed]
    return labels, {value_of(file): file.thumbnail_url for file in listed}


def take_in(form: forms.BaseForm, actor: str, name: str) -> LibraryFile | None:
    """Add the file in a form with `UploadFields`, if there is one and it is vouched for; None if not.

    It is kept even if another field is refused, since a browser can't send the same file again by itself.
    """
    file, is_vouched = form.cleaned_data.get("upload"), form.cleaned_data.get("is_vouched")
    if not file or not is_vouched:
        return None
    try:
        return pictures.add(file, name or plain_stem(file.name), pictures.Actor(actor, timezone.now()))
    except (pictures.PictureRefusedError, ingest.UploadRefusedError) as refusal:
        form.add_error("upload", str(refusal))
        return None


def plain_stem(name: str | None) -> str:
    """Return a file's name without its folder and its ending."""
    return PurePath(ingest.display_name(name)).stem
