"""What was sent after a session had ended; drafts that were taken over; no lock on drafts in which nothing was saved."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import F


SAME_ACTION = timedelta(seconds=2)


def unlock_untouched_drafts(apps: Any, schema_editor: Any) -> None:
    """Take the lock off each draft that nobody has saved anything in: a new one no longer has any."""
    versions = apps.get_model("djangocms_versioning", "Version").objects
    versions.filter(state="draft", modified__lte=F("created") + SAME_ACTION).update(locked_by=None)
    locked = versions.filter(locked_by__isnull=False)
    apps.get_model("content", "Hold").objects.exclude(version__in=locked).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0018_turn_once_seal"),
        ("djangocms_versioning", "0018_fix_typo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "InterruptedSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=43, unique=True)),
                ("subject", models.CharField(max_length=80)),
                ("sealed", models.TextField()),
                ("made_at", models.DateTimeField(db_index=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-pk"], "default_permissions": ()},
        ),
        migrations.CreateModel(
            "Takeover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255)),
                ("taken_by", models.CharField(max_length=310)),
                ("taken_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-taken_at", "-pk"], "default_permissions": ()},
        ),
        migrations.RunPython(unlock_untouched_drafts, migrations.RunPython.noop),
    ]
