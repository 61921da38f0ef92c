"""One person's unsaved text of one form."""

from django.contrib.auth.models import User
from django.db import models

MAX_FORM_NAME, MAX_ADDRESS = 80, 500


class Autosave(models.Model):
    """The fields of a form as somebody left them, since `typed_at`; in no backup, and never shown to anybody else.

    `edition` is one showing of the form's page, so that two tabs keep two texts. `record` names what the form changes,
    as "app.model:key". Once the form was saved, `is_done` is set and `fields` are empty: what was sent before the save
    and arrives after it is not kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    edition = models.CharField(max_length=32)
    form = models.CharField(max_length=MAX_FORM_NAME)
    address = models.CharField(max_length=MAX_ADDRESS)
    record = models.CharField(max_length=100, blank=True, db_index=True)
    fields = models.JSONField(default=list)
    is_done = models.BooleanField(default=False)
    typed_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "edition", "form"], name="autosave_is_one_per_form")]

    def __str__(self) -> str:
        return f"{self.typed_at:%d %B, %H:%M}: {self.address}"
