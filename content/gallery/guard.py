"""What the database refuses of the gallery: to forget that something was public."""

from content.ledger.guard import only_added_to

from .models import EverPublic

EVER_PUBLIC = only_added_to(
    EverPublic._meta.db_table, "What was public once stays noted, so that it answers 410.", ("id", "name")
)
