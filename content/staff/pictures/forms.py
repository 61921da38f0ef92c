"""The forms of the library: put a picture in, replace it, call it something else, choose a portrait."""

from typing import TYPE_CHECKING, Any

from django import forms

from content.library import choosing
from content.library.models import LibraryFile, LibraryPicture, Portrait

if TYPE_CHECKING:
    NameFormBase = forms.ModelForm[LibraryPicture]
    PortraitFormBase = forms.ModelForm[Portrait]
else:
    NameFormBase = PortraitFormBase = forms.ModelForm

NO_FILE = "Choose a photograph first."
NO_PORTRAIT = "Choose a photograph."
NONE = "none"


class NameForm(NameFormBase):
    """The name by which staff know a picture."""

    class Meta:
        model = LibraryPicture
        fields = ["name"]


class ReplaceForm(choosing.UploadFields):
    """A new photograph for a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = True
        self.fields["upload"].error_messages["required"] = NO_FILE


class AddForm(ReplaceForm):
    """A new picture."""

    name = forms.CharField(
        label="Name in the library",
        max_length=80,
        required=False,
        help_text="Only staff read it. For example: Treatment room. Left empty, it is the file’s name.",
    )


class PortraitForm(choosing.UploadFields, choosing.FocusFields, PortraitFormBase):
    """The photograph of a clinician, and where the face is in it."""

    actor = ""
    chosen = forms.ChoiceField(label="Photograph", required=False, widget=choosing.PictureSelect)

    class Meta:
        model = Portrait
        fields = ["focus_x", "focus_y"]

    field_order = ["upload", "is_vouched", "chosen", "focus_x", "focus_y"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus_x"].widget = choosing.FocusInput(choice="chosen", file="upload")
        labels, thumbnails = choosing.choices()
        field = self.fields["chosen"]
        without = [(NONE, "No portrait")] if self.instance.pk else []
        field.choices = [("", [*labels, *without])]  # type: ignore[attr-defined]  # of a choice field
        field.widget.thumbnails = thumbnails
        if self.instance.pk and (newest := self.instance.picture.newest):
            self.initial["chosen"] = choosing.value_of(newest)

    def clean(self) -> dict[str, Any]:
        """Take a new photograph in; refuse a form without any."""
        cleaned = super().clean() or self.cleaned_data
        file = choosing.take_in(self, self.actor, f"Portrait of {self.instance.clinician.shown_name}")
        cleaned["file"] = file or choosing.file_chosen(cleaned.get("chosen", ""))
        if not cleaned["file"] and cleaned.get("chosen") != NONE and not self.errors:
            self.add_error("chosen", NO_PORTRAIT)
        if isinstance(cleaned["file"], LibraryFile):
            self.instance.picture = cleaned["file"].picture
        return cleaned
