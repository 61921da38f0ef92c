"""What the database refuses of signatures: to change one, or to forget it."""

from content.ledger.triggers import only_added_to
from content.reviews.models import SignOff

SIGN_OFF = only_added_to(SignOff._meta.db_table, "A signature cannot be changed or deleted.", ("id",))
