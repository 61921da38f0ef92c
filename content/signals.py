"""One signal that says: something patients can read has changed. Lower rooms send it; whoever keeps copies hears it."""

from django.dispatch import Signal

#: Sent with `sender` (a model class) and `instance`, after each save or deletion.
public_content_changed = Signal()
