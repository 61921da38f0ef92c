"""Telephone numbers: stored as they can be dialled, however they were typed."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from content.clinic.telephone import dial_string, normalise
from content.ledger.models import Entry
from content.models import Clinic
from tests.rendering import complaints, opened


@pytest.mark.parametrize(
    ("typed", "stored", "dialled"),
    [
        ("01632 960123", "01632 960123", "01632960123"),
        ("01632\u00a0960\u202f123", "01632 960 123", "01632960123"),
        ("(01632) 960-123", "01632 960 123", "01632960123"),
        ("０１６３２　９６０１２３", "01632 960123", "01632960123"),
        ("+44 1632 960123", "+44 1632 960123", "+441632960123"),
        ("+44 01632 960123", "+44 1632 960123", "+441632960123"),
        ("+44 (0)1632 960123", "+44 1632 960123", "+441632960123"),
        ("0044 1632 960123", "+44 1632 960123", "+441632960123"),
        ("+39 06 6982 0000", "+39 06 6982 0000", "+390669820000"),  # a 0 that belongs to the number
        ("+1 (555) 010-0199", "+1 555 010 0199", "+15550100199"),
        ("111", "111", "111"),
        ("000", "000", "000"),
        ("116 117", "116 117", "116117"),
    ],
)
def test_number_is_stored_as_it_can_be_dialled(typed: str, stored: str, dialled: str) -> None:
    assert normalise(typed) == normalise(stored) == stored
    assert dial_string(stored) == dialled


@pytest.mark.parametrize("stored", ["+44 01632 960123", "+4401632960123"])
def test_number_of_an_earlier_release_is_dialled_right(stored: str) -> None:
    assert dial_string(stored) == "+441632960123"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("call us", "digits and spaces only"),
        ("01632 960123 ext 4", "digits and spaces only"),
        ("1" * 40, "digits and spaces only"),
        ("+44 16", "This number can’t be dialled."),
        ("+44 01632 9601234567", "This number can’t be dialled."),
        ("+999 1632 960123", "This number can’t be dialled."),
        ("+0 1632 960123", "This number can’t be dialled."),
    ],
)
def test_number_that_cannot_be_dialled_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        normalise(typed)


@pytest.mark.django_db
def test_the_clinic_s_form_stores_what_can_be_dialled(staff: Client) -> None:
    url = "/admin/content/clinic/1/change/"
    fields = [field.name for field in Clinic._meta.fields if not field.primary_key]
    data = {name: getattr(Clinic.objects.get(), name) for name in fields} | {"has_sample_content": "on"}
    data |= opened(staff, url)
    assert staff.post(url, {**data, "telephone": "+44 01632\u00a0960555"}).status_code == 302
    assert Clinic.objects.get().telephone == "+44 1632 960555"
    assert Entry.objects.get().detail == {"telephone": ["01632 960123", "+44 1632 960555"]}
    refused = staff.post(url, {**data, **opened(staff, url), "emergency_line": "+44 999"})
    assert complaints(refused)[0].startswith("This number can’t be dialled.")
