"""One-time links to set a password with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SignInLink(models.Model):
    """The open link of a person: it stores the digest of the code, which itself exists only on paper."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_link")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    has_lost_telephone = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        permissions = [("manage_people", "Can give and take the accounts of staff")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="sign_in_link_ends_later"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="sign_in_link_keeps_no_code"),
        ]

    def __str__(self) -> str:
        return f"Link for {self.user}, until {self.ends_at:%Y-%m-%d %H:%M}"
