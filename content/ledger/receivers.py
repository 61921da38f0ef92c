"""What the ledger listens to: the end of every migrate, which may have lost the triggers."""

from django.apps import apps
from django.db.models.signals import post_migrate

from content.ledger import triggers


def connect_receivers() -> None:
    """Called once, when the apps are ready."""
    post_migrate.connect(triggers.install, sender=apps.get_app_config("content"), dispatch_uid="ledger")
