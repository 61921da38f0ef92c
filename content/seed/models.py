"""Which parts of the first content were loaded, so that what staff change or delete is never restored."""

from django.db import models


class SeededItem(models.Model):
    """One part by its key, saved in the same transaction as the part itself."""

    key = models.CharField(max_length=80, unique=True)
    seeded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
