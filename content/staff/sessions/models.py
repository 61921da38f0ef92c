"""What somebody sent to be saved after their session had ended, until they have signed in again."""

from django.contrib.auth.models import User
from django.db import models


class InterruptedSave(models.Model):
    """A form of one person, sealed for them alone; `token` is in the address of the page that goes on with it.

    In no backup. `sealed` holds the form's address, its fields and the names of its files, which are not kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=43, unique=True)
    subject = models.CharField(max_length=80)
    sealed = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at:%d %B, %H:%M}: {self.subject}"
