"""Which parts of the first content have been put in: what staff change or delete afterwards is never put back."""

from django.db import models


class SeededItem(models.Model):
    """One part, by its key; written in the same transaction as the part itself."""

    key = models.CharField(max_length=80, unique=True)
    seeded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
