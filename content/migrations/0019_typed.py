"""What staff typed into a form and did not save."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0018_turn_once_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Autosave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=32)),
                ("form", models.CharField(max_length=80)),
                ("address", models.CharField(max_length=500)),
                ("record", models.CharField(blank=True, db_index=True, max_length=100)),
                ("fields", models.JSONField(default=list)),
                ("is_done", models.BooleanField(default=False)),
                ("typed_at", models.DateTimeField(db_index=True)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            "autosave",
            models.UniqueConstraint(fields=("user", "edition", "form"), name="autosave_is_one_per_form"),
        ),
    ]
