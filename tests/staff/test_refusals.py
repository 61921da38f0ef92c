"""“That is not allowed” says who may, and leads back to the start page."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import ConsentFactory, page_of_kind
from tests.staff.members import member
from tests.staff.page_content import links, main_in, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "address", "who"),
    [
        ("Reception", "/staff/people/", "This is for the owner."),
        ("Nurse", "/staff/history/", "This is for a doctor or the owner."),
        ("Reception", "/staff/new-topic/", "This is for a doctor or a nurse."),
        ("Nurse", "/admin/content/treatment/", "This is for a doctor."),
        ("Reception", "/admin/content/case/add/", "This is for a doctor or a nurse."),
        ("Owner", "/admin/content/consent/add/", "This is for a doctor or a nurse."),
    ],
)
def test_it_says_who_may_and_leads_back_to_the_start_page(role: str, address: str, who: str) -> None:
    reply = member(role).get(address)
    assert reply.status_code == 403
    page = main_in(reply.content.decode())
    assert who in words(page)
    assert links(page) == ["/staff/"]


def test_a_sentence_that_says_why_comes_first() -> None:
    page = page_of_kind("topic")
    reply = member("Nurse").post(f"/staff/pages/{page.pk}/sign/", {"do": "sign"})
    assert reply.status_code == 403
    assert "A doctor reads it, signs it and publishes it" in words(main_in(reply.content.decode()))


def test_it_names_roles_as_they_are_set_up_now() -> None:
    owner = Group.objects.get(name="Owner")
    owner.permissions.remove(owner.permissions.get(codename="view_entry"))
    assert "This is for a doctor." in member("Nurse").get("/staff/history/").content.decode()


def test_a_reader_is_led_to_the_home_page_and_told_nothing_of_roles() -> None:
    consent = ConsentFactory()
    reply = Client().get(f"/admin/content/consent/{consent.pk}/everything/")
    assert reply.status_code in {302, 403}
    bare = Client().post("/was-this-clear/", {}, headers={"origin": "https://elsewhere.example"})
    assert bare.status_code == 403
    assert "/staff/" not in bare.content.decode()
