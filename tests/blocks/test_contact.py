"""How to reach the clinic."""

import pytest
from django.test import Client

from content.models import Clinic, Clinician, Contact
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import ContactFactory, page_for
from tests.rendering import shown, text_of

pytestmark = pytest.mark.django_db


def test_contact_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(ContactFactory(), text="Other words.", has_people=False)


def test_contact_says_what_the_clinics_record_says() -> None:
    Clinic.objects.update(telephone="01632 960999", hours="Weekends", address="A\nB", emergency_line="112")
    block = shown(ContactFactory(placeholder=page_for(Contact, "clinic_body"), has_people=False))
    pairs = {text_of(pair.find("dt")): text_of(pair.find("dd")) for pair in block.find_class("pairs")[0]}
    assert pairs == {
        "Telephone": "01632 960999",
        "Opening hours": "Weekends",
        "Address": "A B",
        "When we are closed": "Urgent advice: 111 . Emergency: 112",
    }
    assert "tel:01632960999" in [link.get("href") for link in block.iter("a")]


def test_contact_shows_no_empty_list_of_people() -> None:
    Clinician.objects.all().delete()
    block = shown(ContactFactory(placeholder=page_for(Contact, "clinic_body"), has_people=True))
    assert list(block.iter("dl")) == []


def test_contact_lists_people_only_where_asked() -> None:
    listed = shown(ContactFactory(placeholder=page_for(Contact, "clinic_body")))
    assert "Dr A. Example (sample person)" in text_of(listed)
    assert "Example (sample person)" not in text_of(
        shown(ContactFactory(placeholder=page_for(Contact, "clinic_body"), has_people=False))
    )


def test_contact_refuses_an_overlong_text(staff: Client) -> None:
    sentences = refused(staff, Contact, {"heading": "Talk it through", "text": "many words " * 60})
    assert sentences == ["Ensure this value has at most 600 characters (it has 659)."]
