"""The signal that public content has changed, sent by lower rooms and received by those that store copies of it."""

from django.dispatch import Signal

#: Sent with `sender` (a model class) and `instance`, after each save or deletion.
public_content_changed = Signal()
