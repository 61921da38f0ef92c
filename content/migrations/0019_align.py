"""Photographs are cropped by tenths of a hundredth, and can be straightened."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


def tenths(label, least, most):
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.DecimalField(label, max_digits=3, decimal_places=1, default=Decimal(0), validators=limits)


class Migration(migrations.Migration):
    dependencies = [("content", "0018_turn_once_seal")]

    operations = [
        migrations.AddField("photo", "tilt", tenths("tilted to the right, degrees", -15, 15)),
        *(
            migrations.AlterField("photo", f"cut_{side}", tenths(f"cut away from the {side}, %", 0, 80))
            for side in ("left", "top", "right", "bottom")
        ),
        migrations.AddConstraint(
            "photo",
            models.CheckConstraint(
                condition=models.Q(cut_left__gte=0, cut_top__gte=0, cut_right__gte=0, cut_bottom__gte=0),
                name="photo_is_not_cut_outside",
            ),
        ),
        migrations.AddConstraint(
            "photo",
            models.CheckConstraint(
                condition=models.Q(tilt__gte=-15, tilt__lte=15), name="photo_is_tilted_a_little_only"
            ),
        ),
    ]
