"""A photograph that lies on its side can be turned by staff."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0017_questions_of_the_lists")]

    operations = [
        migrations.AddField(
            "photo",
            "turned",
            models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="By staff, for one that lay on its side.",
                verbose_name="turned to the right, degrees",
            ),
        ),
        migrations.AddConstraint(
            "photo",
            models.CheckConstraint(
                condition=models.Q(("turned__in", [0, 90, 180, 270])), name="photo_is_turned_by_quarters"
            ),
        ),
    ]
