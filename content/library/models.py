"""The pictures of the library, their files, and the portraits of clinicians."""

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from content.clinic.models import Clinician
from content.consent import withdrawal_journal
from content.images.models import Photo
from content.images.specs import FORMATS, widths_for

THUMBNAIL_WIDTH = 320  # pixels
IN_HUNDREDTHS = {"focus_x__gte": 0, "focus_x__lte": 100, "focus_y__gte": 0, "focus_y__lte": 100}


class LibraryPictureQuerySet(models.QuerySet["LibraryPicture"]):
    """Pictures by whether they may still be used."""

    def offered(self) -> "LibraryPictureQuerySet":
        """Return those that were not taken down, by the files that may be shown."""
        return self.filter(files__in=LibraryFile.objects.showable()).distinct()


class LibraryPicture(models.Model):
    """One subject, such as “Treatment room 2”: its name is for staff alone. Replacing it adds a file."""

    name = models.CharField(
        "name in the library",
        max_length=80,
        help_text="Only staff read it. For example: Treatment room, or: The team in May 2026",
    )
    taken_down_at = models.DateTimeField("taken down", null=True, editable=False)
    taken_down_by = models.CharField(max_length=150, blank=True, editable=False)

    objects = LibraryPictureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "picture of the library"
        verbose_name_plural = "pictures of the library"
        permissions = [("take_down_librarypicture", "Can take down picture of the library")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="library_picture_has_a_name"),
            models.CheckConstraint(
                condition=Q(taken_down_at=None, taken_down_by="")
                | (Q(taken_down_at__isnull=False) & ~Q(taken_down_by="")),
                name="library_picture_is_taken_down_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> "LibraryFile | None":
        """The file that new uses get, shown or not."""
        return self.files.select_related("photo").order_by("pk").last()


class LibraryFileQuerySet(models.QuerySet["LibraryFile"]):
    """Files by whether they may be shown."""

    def showable(self) -> "LibraryFileQuerySet":
        """Return those that may be shown to anybody: the one rule for pictures of the library.

        Vouched for (the table holds no others), not taken down by the database or by the withdrawal journal, and never
        a photograph of a case, which has a rule of its own.
        """
        return self.filter(picture__taken_down_at=None, photo__case_photo=None).exclude(
            photo__token__in=withdrawal_journal.tokens()
        )

    def newest(self) -> "LibraryFileQuerySet":
        """Return the newest file of each picture."""
        last = LibraryFile.objects.filter(picture=OuterRef("picture")).values("picture").annotate(last=Max("pk"))
        return self.filter(pk=Subquery(last.values("last")))


class LibraryFile(models.Model):
    """One photograph of a picture, and who vouched for it. A version of a page names the file, so it never changes."""

    picture = models.ForeignKey(LibraryPicture, on_delete=models.PROTECT, related_name="files")
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="library_file")
    vouched_by = models.CharField(max_length=150, editable=False)
    vouched_at = models.DateTimeField(editable=False)

    objects = LibraryFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = "file of a picture"
        constraints = [models.CheckConstraint(condition=~Q(vouched_by=""), name="library_file_is_vouched_for")]

    def __str__(self) -> str:
        return self.picture.name

    @property
    def thumbnail_url(self) -> str:
        """The address of a small rendition, which answers only while the file may be shown."""
        widths = widths_for(self.photo.shown_size[0])
        width = max((each for each in widths if each <= THUMBNAIL_WIDTH), default=widths[0])
        return reverse("rendition", args=[self.photo.token, width, FORMATS[-1].suffix])


class Portrait(models.Model):
    """The picture of a clinician; a replaced picture changes here at once, since no version of a page holds it."""

    clinician = models.OneToOneField(Clinician, on_delete=models.CASCADE, related_name="portrait")
    picture = models.ForeignKey(LibraryPicture, on_delete=models.PROTECT, related_name="portraits")
    focus_x = models.PositiveSmallIntegerField("what matters is so far from the left, %", default=50)
    focus_y = models.PositiveSmallIntegerField("and so far from the top, %", default=50)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(**IN_HUNDREDTHS), name="portrait_has_a_focus_inside")]

    def __str__(self) -> str:
        return f"Portrait of {self.clinician.shown_name}"
