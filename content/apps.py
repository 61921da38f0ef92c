"""The app configuration: registers the rules of all packages, adapts the CMS and connects the receivers."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """The content of the site."""

    name = "content"
    verbose_name = "The clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Set everything up that needs the models to be loaded."""
        _register_rules()
        _adapt_cms()
        _connect_receivers()


def _register_rules() -> None:
    """Register database triggers, photograph permission, checks before publication and text validators."""
    from content.consent.triggers import CONSENT_TRIGGERS  # noqa: PLC0415  models must be loaded first
    from content.gallery import readiness  # noqa: PLC0415  models must be loaded first
    from content.gallery.triggers import (  # noqa: PLC0415  models must be loaded first
        ATTESTATION_TRIGGERS,
        CASE_CONSENT_TRIGGERS,
        CLINICIAN_SAMPLE_TRIGGERS,
        EVER_PUBLIC_TRIGGERS,
    )
    from content.images import permission  # noqa: PLC0415  models must be loaded first
    from content.ledger import triggers  # noqa: PLC0415  models must be loaded first
    from content.library.permission import photograph_permission  # noqa: PLC0415  models must be loaded first
    from content.library.triggers import TAKEN_DOWN_TRIGGERS  # noqa: PLC0415  models must be loaded first
    from content.publishing import url_history  # noqa: PLC0415  models must be loaded first
    from content.publishing.triggers import SHOWN_HTML_TRIGGERS, SNAPSHOT_TRIGGERS  # noqa: PLC0415  models must be loaded first
    from content.reviews import gate, page_checks, practice, prompts, public_text  # noqa: PLC0415  models must be loaded first
    from content.reviews.triggers import SIGN_OFF  # noqa: PLC0415  models must be loaded first

    for table_triggers in (
        CONSENT_TRIGGERS,
        EVER_PUBLIC_TRIGGERS,
        CASE_CONSENT_TRIGGERS,
        ATTESTATION_TRIGGERS,
        CLINICIAN_SAMPLE_TRIGGERS,
        TAKEN_DOWN_TRIGGERS,
        SIGN_OFF,
        SNAPSHOT_TRIGGERS,
        SHOWN_HTML_TRIGGERS,
    ):
        triggers.register(table_triggers)
    permission.set_rule(photograph_permission)
    for check in (
        page_checks.publish_problem,
        prompts.publish_problem,
        practice.publish_problem,
        url_history.redirect_problem,
    ):
        gate.register_check(check)
    readiness.register(public_text.case_problems)
    public_text.add_validators()


def _adapt_cms() -> None:
    """Change the CMS, versioning and the text editor (see content/cms_adapter/README.md)."""
    from content.cms_adapter import text_editor, toolbar  # noqa: PLC0415  models must be loaded first
    from content.staff.editing import page_kind, versions  # noqa: PLC0415  models must be loaded first

    text_editor.restrict_editor()
    toolbar.install_toolbar()
    versions.override_state_labels()
    page_kind.adapt_page_forms()


def _connect_receivers() -> None:
    """Connect the receivers of each package, in the order in which they run."""
    from content.clinic import receivers as clinic  # noqa: PLC0415  models must be loaded first
    from content.comments import receivers as comments  # noqa: PLC0415  models must be loaded first
    from content.consent import receivers as consent  # noqa: PLC0415  models must be loaded first
    from content.gallery import receivers as gallery  # noqa: PLC0415  models must be loaded first
    from content.ledger import receivers as ledger  # noqa: PLC0415  models must be loaded first
    from content.library import receivers as library  # noqa: PLC0415  models must be loaded first
    from content.outcomes import receivers as outcomes  # noqa: PLC0415  models must be loaded first
    from content.publishing import receivers as publishing  # noqa: PLC0415  models must be loaded first
    from content.reviews import receivers as reviews  # noqa: PLC0415  models must be loaded first
    from content.search import receivers as search  # noqa: PLC0415  models must be loaded first
    from content.staff import receivers as staff  # noqa: PLC0415  models must be loaded first
    from content.treatment import receivers as treatment  # noqa: PLC0415  models must be loaded first

    for room in (
        ledger,
        treatment,
        clinic,
        consent,
        gallery,
        library,
        outcomes,
        reviews,
        comments,
        publishing,
        search,
        staff,
    ):
        room.connect_receivers()
