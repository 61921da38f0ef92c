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
        from content.clinic import receivers as clinic  # noqa: PLC0415  models must be loaded first
        from content.cms_adapter import text_editor, toolbar  # noqa: PLC0415  models must be loaded first
        from content.consent import receivers as consent  # noqa: PLC0415  models must be loaded first
        from content.consent.triggers import CONSENT_TRIGGERS  # noqa: PLC0415  models must be loaded first
        from content.gallery import receivers as gallery  # noqa: PLC0415  models must be loaded first
        from content.gallery.photo_permission import photograph_permission  # noqa: PLC0415  models must be loaded first
        from content.gallery.triggers import CASE_CONSENT_TRIGGERS, EVER_PUBLIC_TRIGGERS  # noqa: PLC0415  models must be loaded first
        from content.images import permission  # noqa: PLC0415  models must be loaded first
        from content.ledger import triggers  # noqa: PLC0415  models must be loaded first
        from content.publishing import receivers, url_history  # noqa: PLC0415  models must be loaded first
        from content.publishing.triggers import SHOWN_HTML_TRIGGERS, SNAPSHOT_TRIGGERS  # noqa: PLC0415  models must be loaded first
        from content.reviews import (  # noqa: PLC0415  models must be loaded first
            checks,
            draft_locks,
            gate,
            prompts,
            rereview,
        )
        from content.reviews.practice import publish_problem  # noqa: PLC0415  models must be loaded first
        from content.reviews.triggers import SIGN_OFF  # noqa: PLC0415  models must be loaded first
        from content.search import receivers as search  # noqa: PLC0415  models must be loaded first
        from content.staff.accounts import lockout, session  # noqa: PLC0415  models must be loaded first
        from content.staff.editing import page_kind, versions  # noqa: PLC0415  models must be loaded first
        from content.staff.help import practice  # noqa: PLC0415  models must be loaded first
        from content.treatment import receivers as treatment  # noqa: PLC0415  models must be loaded first

        for kept in (
            CONSENT_TRIGGERS,
            EVER_PUBLIC_TRIGGERS,
            CASE_CONSENT_TRIGGERS,
            SIGN_OFF,
            SNAPSHOT_TRIGGERS,
            SHOWN_HTML_TRIGGERS,
        ):
            triggers.register(kept)
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="ledger")
        permission.set_rule(photograph_permission)
        text_editor.restrict_editor()
        toolbar.install_toolbars()
        versions.override_state_labels()
        page_kind.adapt_page_forms()
        for stops in (checks.publish_problem, prompts.publish_problem, publish_problem, url_history.redirect_problem):
            gate.register_check(stops)
        for room in (treatment, clinic, consent, gallery):
            room.connect_receivers()
        for room in (page_kind, gate, lockout, session, rereview, receivers, search, draft_locks, practice):
            room.connect_receivers()
