"""The app: signals are wired here."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContentConfig(AppConfig):
    """The content of the site."""

    name = "content"
    verbose_name = "The clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard what stays, let consent decide on photographs, narrow the editor, watch pages and sign-ins."""
        from content.blocks import rich_text  # noqa: PLC0415  models must be loaded first
        from content.consent.guard import CONSENT  # noqa: PLC0415  models must be loaded first
        from content.gallery import standing  # noqa: PLC0415  models must be loaded first
        from content.gallery.guard import EVER_PUBLIC, STAYS, VOUCHED, VOUCHERS  # noqa: PLC0415  models must be loaded first
        from content.gallery.showing import of_photograph  # noqa: PLC0415  models must be loaded first
        from content.images import permission  # noqa: PLC0415  models must be loaded first
        from content.ledger import guard  # noqa: PLC0415  models must be loaded first
        from content.publishing import addresses, follows  # noqa: PLC0415  models must be loaded first
        from content.publishing.guard import SHOWN_HTML, SNAPSHOT  # noqa: PLC0415  models must be loaded first
        from content.reviews import again, checks, gate, outside_pages  # noqa: PLC0415  models must be loaded first
        from content.reviews.guard import SIGN_OFF  # noqa: PLC0415  models must be loaded first
        from content.reviews.practice import refusal  # noqa: PLC0415  models must be loaded first
        from content.search import follows as search  # noqa: PLC0415  models must be loaded first
        from content.staff import guesses, locks, page_kind, practice, session, topic_page, versions  # noqa: PLC0415  models must be loaded first

        for kept in (CONSENT, EVER_PUBLIC, STAYS, VOUCHED, VOUCHERS, SIGN_OFF, SNAPSHOT, SHOWN_HTML):
            guard.also(kept)
        post_migrate.connect(guard.install, sender=self, dispatch_uid="ledger")
        permission.decided_by(of_photograph)
        rich_text.narrow_the_editor()
        versions.speak_plainly()
        for stops in (checks.refusal, topic_page.unwritten, refusal, addresses.sends_in_circles):
            gate.also(stops)
        standing.also(outside_pages.of_case)
        for room in (page_kind, outside_pages, gate, guesses, session, again, follows, search, locks, practice):
            room.watch()
