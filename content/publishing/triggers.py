"""What the database refuses of snapshots: to change one, or to forget it."""

from content.ledger.triggers import only_added_to
from content.publishing.models import ShownHtml, Snapshot

SENTENCE = "What patients saw cannot be changed or deleted."
SNAPSHOT = only_added_to(Snapshot._meta.db_table, SENTENCE, ("id",))
SHOWN_HTML = only_added_to(ShownHtml._meta.db_table, SENTENCE, ("id", "sha256"))
