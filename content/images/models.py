"""A photograph as the database knows it: a random token, its size, when it was taken. Its files lie on the shelf."""

from django.db import models


class Photo(models.Model):
    """One photograph, upright and free of metadata. The token is the only name it has outside the database."""

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
        help_text="For readers who can’t see it: area, view, skin tone, what is seen. For example: Abdomen, front "
        "view, medium brown skin. About 20 vertical silver lines below the navel.",
    )
    uploaded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "photograph"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="photo_has_a_size"),
            models.CheckConstraint(condition=~models.Q(token="") & ~models.Q(sha256=""), name="photo_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.alt or f"Photograph {self.pk}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the original in pixels."""
        return self.width, self.height
