"""A photograph of the clinic's own, or one of the site's drawings, each with what it shows in words."""

from types import SimpleNamespace
from typing import Any

from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.templatetags.static import static

from content import optimistic_lock
from content.library import choosing, shown
from content.library.focus import Focus
from content.library.models import IN_HUNDREDTHS, LibraryFile

from .base import BlockPlugin, Section
from .drawings import CHOICES, DRAWINGS

NOTHING_CHOSEN = "Choose a photograph or a drawing."
NO_WORDS = "Say what it shows, or tick “only decoration”."


class Shape(models.TextChoices):
    """The shapes in which a photograph is shown."""

    WHOLE = "WHOLE", "As it is"
    WIDE = "WIDE", "Wide, 16 to 9"
    SQUARE = "SQUARE", "Square"
    TALL = "TALL", "Tall, 3 to 4"


class Picture(Section):
    """A drawing, or a file of the library, with its alternative text and an optional caption."""

    drawing = models.CharField(max_length=40, choices=CHOICES, blank=True)
    photograph = models.ForeignKey(
        LibraryFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    alt = models.CharField(
        "what it shows",
        max_length=250,
        blank=True,
        help_text="For readers who can’t see it. For example: Two nurses at the front desk, which has a ramp. Of skin "
        "say area, view, skin tone and what is seen: Belly, front view, medium brown skin. About 20 pale lines.",
    )
    is_decorative = models.BooleanField(
        "only decoration", default=False, help_text="It says nothing that the words beside it don’t say."
    )
    caption = models.CharField(max_length=200, blank=True)
    shape = models.CharField("shape of a photograph", max_length=8, choices=Shape, default=Shape.WHOLE)
    focus_x = models.PositiveSmallIntegerField("what matters is so far from the left, %", default=50)
    focus_y = models.PositiveSmallIntegerField("and so far from the top, %", default=50)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(drawing="") & Q(photograph=None)) | Q(drawing="", photograph__isnull=False),
                name="picture_is_a_drawing_or_a_photograph",
            ),
            models.CheckConstraint(condition=Q(**IN_HUNDREDTHS), name="picture_has_a_focus_inside"),
        ]

    def clean(self) -> None:
        """Refuse a picture without words that isn't called decoration."""
        super().clean()
        if not self.is_decorative and not self.alt.strip():
            raise ValidationError({"alt": NO_WORDS})

    @property
    def is_taken_down(self) -> bool:
        """Whether it is a photograph that may not be shown any more, by a query."""
        return self.photograph_id is not None and not (
            LibraryFile.objects.showable().filter(pk=self.photograph_id).exists()
        )


def use_newest_files(content: PageContent) -> int:
    """Give the pictures of this draft the newest file of each photograph, and return how many were changed.

    Only drafts: what is live keeps the file that was signed until another version is made live.
    """
    changed = 0
    pictures = Picture.objects.filter(placeholder__in=content.get_placeholders(), photograph__isnull=False)
    for picture in pictures.select_related("photograph__picture"):
        newest = picture.photograph.picture.newest if picture.photograph else None
        if newest and newest.pk != picture.photograph_id:
            picture.photograph = newest
            picture.save(update_fields=["photograph"])
            changed += 1
    return changed


class PictureForm(choosing.UploadFields, choosing.FocusFields, optimistic_lock.OptimisticLockForm):
    """One list of thumbnails for photographs and drawings, and a box for a new photograph, which is used if given."""

    actor = ""
    drawing = forms.ChoiceField(label="Picture", required=False, widget=choosing.PictureSelect)

    shape = forms.ChoiceField(
        label="Shape of a photograph",
        choices=Shape,
        required=False,
        widget=forms.RadioSelect,
        help_text="Any other than “As it is” cuts edges away, and keeps what you mark below as what matters.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.photograph_id:
            self.initial["drawing"] = f"{choosing.PREFIX}{self.instance.photograph_id}"
        self.fields["focus_x"].widget = choosing.FocusInput(choice="drawing", file="upload")
        self._offer_pictures()

    def clean_shape(self) -> str:
        """Return the shape, as it is if none was chosen."""
        return self.cleaned_data["shape"] or Shape.WHOLE

    def _offer_pictures(self) -> None:
        photographs, thumbnails = choosing.choices(self.instance.photograph_id)
        field = self.fields["drawing"]
        groups = [("Photographs", photographs)] if photographs else []
        field.choices = [*groups, ("Drawings", CHOICES)]  # type: ignore[attr-defined]  # of a choice field
        drawings = {name: static(drawing.path) for name, drawing in DRAWINGS.items()}
        field.widget.thumbnails = thumbnails | drawings

    def clean(self) -> dict[str, Any]:
        """Take the new photograph in, and refuse a form without any picture."""
        added = choosing.take_in(self, self.actor, self.cleaned_data.get("alt", ""))
        if added:
            self._choose(added)
        cleaned = super().clean()
        chosen = str(cleaned.get("drawing") or "")
        if not chosen and not self.errors.keys() & {"drawing", "upload", "is_vouched"}:
            self.add_error("drawing", NOTHING_CHOSEN)
        self.instance.photograph = choosing.file_chosen(chosen)
        cleaned["drawing"] = "" if self.instance.photograph else chosen
        return cleaned

    def _choose(self, file: LibraryFile) -> None:
        """Choose a file as if its thumbnail had been, so that it still is if the form is shown again."""
        value = self.cleaned_data["drawing"] = choosing.value_of(file)
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("drawing")] = value
        self._offer_pictures()

    def _compared_fields(self) -> list[Any]:
        return [*super()._compared_fields(), Picture._meta.get_field("photograph")]


@plugin_pool.register_plugin
class PicturePlugin(BlockPlugin):
    """Picture."""

    model = Picture
    form = PictureForm
    name = "Picture (photograph or drawing)"
    fields = [
        optimistic_lock.OPENED_FIELD,
        "heading",
        "upload",
        "is_vouched",
        "drawing",
        "alt",
        "is_decorative",
        "caption",
        "shape",
        "focus_x",
        "focus_y",
    ]
    allowed_slots = [
        "home_hero",
        "home_body",
        "treatment_what",
        "treatment_where",
        "treatment_results",
        "topic_body",
        "clinic_body",
    ]
    advice = (
        "Patients want to see who and what awaits them, and skin like theirs, truly. Never promise in a picture what "
        "words may not. For example, what it shows: “Six skin tones side by side, the same stretch marks on each.”"
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002  Django's signature
        """Return the form, which knows who uploads."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user.get_username()
        return form

    def extra_context(self, request: HttpRequest, instance: Picture, block: SimpleNamespace) -> dict[str, Any]:
        """Return the photograph if it may be shown, and where to look in it; whether it was taken down."""
        if instance.photograph_id is None:
            return {}
        file = shown.files_of_request(request).get(instance.photograph_id)
        return {"photograph": file and file.photo, "focus": Focus.of(instance), "is_taken_down": file is None}
