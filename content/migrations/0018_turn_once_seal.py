"""Photographs that staff turned; what was asked for by a press of a button; telephones, whose keys are sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0017_questions_of_the_lists"), ("otp_totp", "0003_add_timestamps")]

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
        migrations.CreateModel(
            "IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("location", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            "Telephone",
            fields=[],
            options={"proxy": True, "default_permissions": (), "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
    ]
