"""A photograph in the database: its token, its size, when it was taken. Its files are in `storage`."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from .specs import Cut, crop_box

QUARTER_TURNS = [0, 90, 180, 270]
MAX_CUT = 80  # hundredths of a side: the rest must still be a photograph
MAX_TILT = 15  # degrees: what hangs further is turned by a quarter first


def tenths(label: str, *, least: int = 0, most: int = MAX_CUT) -> "models.DecimalField[Decimal, Decimal]":
    """Return a field for a number with one decimal, 0 by default."""
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.DecimalField(label, max_digits=3, decimal_places=1, default=Decimal(0), validators=limits)


class Photo(models.Model):
    """One photograph, upright and free of metadata; its token is the only name it has outside the database."""

    token = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Of the original, in pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Of the original, in pixels.")
    captured_on = models.DateField(
        "taken on", null=True, blank=True, help_text="As the camera said it. Only staff see this date."
    )
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    alt = models.CharField(
        "what it shows",
        max_length=250,
        blank=True,
        help_text="For readers who can’t see it: area, view, skin tone, what is seen. For example: Belly, front "
        "view, medium brown skin. About 20 upright pale lines below the belly button.",
    )
    cut_left = tenths("cut away from the left, %")
    cut_top = tenths("cut away from the top, %")
    cut_right = tenths("cut away from the right, %")
    cut_bottom = tenths("cut away from the bottom, %")
    tilt = tenths("tilted to the right, degrees", least=-MAX_TILT, most=MAX_TILT)
    turned = models.PositiveSmallIntegerField(
        "turned to the right, degrees", default=0, editable=False, help_text="By staff, for one that lay on its side."
    )
    uploaded_at = models.DateTimeField(editable=False)
    upload_notes: tuple[str, ...] = ()  # sentences for whoever uploaded it just now; never stored

    class Meta:
        verbose_name = "photograph"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="photo_has_a_size"),
            models.CheckConstraint(condition=~models.Q(token="") & ~models.Q(sha256=""), name="photo_has_a_name"),
            models.CheckConstraint(
                condition=Q(cut_left__lte=MAX_CUT - F("cut_right"), cut_top__lte=MAX_CUT - F("cut_bottom")),
                name="photo_is_not_cut_away",
            ),
            models.CheckConstraint(condition=Q(turned__in=QUARTER_TURNS), name="photo_is_turned_by_quarters"),
            models.CheckConstraint(
                condition=Q(cut_left__gte=0, cut_top__gte=0, cut_right__gte=0, cut_bottom__gte=0),
                name="photo_is_not_cut_outside",
            ),
            models.CheckConstraint(
                condition=Q(tilt__gte=-MAX_TILT, tilt__lte=MAX_TILT), name="photo_is_tilted_a_little_only"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Photograph {self.pk}"

    @property
    def cut(self) -> Cut:
        """What is shown of the original."""
        left, top, right, bottom = map(float, (self.cut_left, self.cut_top, self.cut_right, self.cut_bottom))
        return Cut(left, top, right, bottom, self.turned, float(self.tilt))

    @property
    def next_turn(self) -> int:
        """The degrees at which it stands after one more quarter to the right."""
        return (self.turned + 90) % 360

    def turn_right(self) -> None:
        """Turn it a quarter to the right, with its crop; it is not saved."""
        sides = self.cut_bottom, self.cut_left, self.cut_top, self.cut_right
        self.cut_left, self.cut_top, self.cut_right, self.cut_bottom = sides
        self.turned = self.next_turn

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height in pixels after cropping."""
        left, top, right, bottom = crop_box(self.size, self.cut)
        return right - left, bottom - top

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the whole original as it is turned."""
        return (self.height, self.width) if self.turned in {90, 270} else (self.width, self.height)
