"""Database triggers that refuse to change or delete a signature."""

from content.ledger.triggers import append_only
from content.reviews.models import SignOff

SIGN_OFF = append_only(SignOff._meta.db_table, "A signature cannot be changed or deleted.", ("id",))
