"""The app: signals are wired here."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """The content of the site."""

    name = "content"
    verbose_name = "The clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Narrow the rich text editor, and keep each page to its kind."""
        from content.blocks import rich_text  # noqa: PLC0415  models must be loaded first
        from content.staff import page_kind  # noqa: PLC0415

        rich_text.narrow_the_editor()
        page_kind.watch()
