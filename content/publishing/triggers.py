"""Database triggers that refuse to change or delete a snapshot."""

from content.ledger.triggers import append_only
from content.publishing.models import ShownHtml, Snapshot

MESSAGE = "What patients saw cannot be changed or deleted."
SNAPSHOT_TRIGGERS = append_only(Snapshot._meta.db_table, MESSAGE, ("id",))
SHOWN_HTML_TRIGGERS = append_only(ShownHtml._meta.db_table, MESSAGE, ("id", "sha256"))
