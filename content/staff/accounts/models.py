"""One-time links to set a password with, and the telephones of the second factor."""

from binascii import unhexlify
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.staff.accounts import sealing


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


class Telephone(TOTPDevice):
    """A telephone that shows codes; the key that it shares with the site is stored sealed (`sealing`)."""

    key: str
    user_id: int

    class Meta:
        proxy = True
        default_permissions = ()

    @property
    def bin_key(self) -> bytes:
        """Return the key in clear; raise SealError if it was sealed under another key than this site's."""
        return sealing.unseal(self.key, owner=self._owner) if sealing.is_sealed(self.key) else unhexlify(self.key)

    @property
    def is_readable(self) -> bool:
        """Return whether the codes of this telephone can be checked here."""
        try:
            return bool(self.bin_key)
        except sealing.SealError:
            return False

    @property
    def _owner(self) -> str:
        return f"user {self.user_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the key sealed."""
        if not sealing.is_sealed(self.key):
            self.key = sealing.seal(unhexlify(self.key), owner=self._owner)
        super().save(*args, **kwargs)
