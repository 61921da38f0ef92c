"""The forms for people and their roles."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group, User
from django.core.validators import RegexValidator
from django.db.models import Q

from content.clinic.models import Clinician
from content.staff.accounts import roles, usernames
from content.staff.form_fields import limit_choices

if TYPE_CHECKING:
    RolesField = forms.ModelMultipleChoiceField[Group]
    ClinicianField = forms.ModelChoiceField[Clinician]
else:
    RolesField, ClinicianField = forms.ModelMultipleChoiceField, forms.ModelChoiceField

USERNAME_VALIDATOR = RegexValidator(
    r"^[a-z0-9][a-z0-9.-]{1,29}$", "Use 2 to 30 small letters, digits, dots and hyphens, such as jane.smith."
)


class PersonForm(forms.Form):
    """The name colleagues know a person by, their roles, and for a doctor the clinician they sign as."""

    name = forms.CharField(max_length=80, help_text="As colleagues know them, for example: Jane Smith")
    roles = RolesField(
        Group.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Somebody may have two. Without any, they can sign in but do nothing.",
    )
    clinician = ClinicianField(
        Clinician.objects.none(),
        required=False,
        label="Signs as",
        empty_label="nobody: can’t sign",
        help_text="For a doctor: whose name stands under what they sign. First add it to “Who is named on the site”.",
    )

    def __init__(self, *args: Any, person: User | None = None, is_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        limit_choices(self.fields["roles"], Group.objects.filter(name__in=roles.ROLES).order_by("name"))
        free = Clinician.objects.filter(Q(user=None) | Q(user=person) if person else Q(user=None))
        is_sample = person is not None and person.username.startswith(roles.SAMPLE_PREFIX)
        limit_choices(self.fields["clinician"], free if is_sample else free.filter(is_sample=False))
        if is_self:  # nobody raises themselves, nor locks themselves out
            for name in ("roles", "clinician"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a clinician to sign as unless the person has the doctor's role."""
        chosen = self.cleaned_data.get("roles")
        is_doctor = chosen is not None and any(role.name == roles.DOCTOR_ROLE for role in chosen)
        if self.cleaned_data.get("clinician") and not is_doctor:
            self.add_error("clinician", "Only a doctor signs. Tick Doctor, or choose “nobody: can’t sign”.")
        return self.cleaned_data


class NewPersonForm(PersonForm):
    """A PersonForm with the user name, which can't be changed later."""

    username = forms.CharField(
        label="User name",
        validators=[USERNAME_VALIDATOR],
        help_text="What they type to sign in, for example: jane.smith. It can’t be changed later.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["username", "name", "roles", "clinician"]

    def clean_username(self) -> str:
        """Refuse a user name that is taken, whatever its capitals."""
        username = str(self.cleaned_data["username"])
        if any(usernames.comparable(user.username) == usernames.comparable(username) for user in User.objects.all()):
            raise forms.ValidationError("Somebody has this user name already. Choose another.")
        return username
