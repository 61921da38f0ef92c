"""The page on which a page is taken offline, and what the CMS's own delete answers."""

from typing import Any

import pytest
from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_edit_url
from django.test import Client
from django.urls import reverse
from lxml import html

from content.publishing import url_history
from tests.factories import author, doctor, page_of_kind
from tests.faults.test_reading_changes_nothing import state
from tests.publishing.pages import leads_to, live
from tests.publishing.test_schedule import nurse
from tests.rendering import text_of
from tests.staff.members import member
from tests.staff.rights import writer

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]


def url(content: PageContent) -> str:
    return f"/staff/pages/{content.pk}/offline/"


def text_in(reply: Any) -> str:
    return text_of(html.fromstring(reply.content.decode()))


def test_taking_offline_shows_the_consequences_and_takes_one_button(staff: Client) -> None:
    page = live(slug="team", title="Team")
    live(slug="nurses", title="Our nurses", parent=page.page)
    words = text_in(staff.get(url(page)))
    assert "/team/" in words
    assert "They go with it" in words
    assert "Our nurses" in words
    assert leads_to("/team/") == "/team/"  # looking changed nothing
    reply = staff.post(url(page), {"do": "offline"}, follow=True)
    assert "“Team” is offline" in text_in(reply)
    assert "Put back" in text_in(reply)
    assert leads_to("/team/nurses/") == 410


def test_put_back_makes_a_draft_and_says_what_to_do(staff: Client) -> None:
    page = live(slug="team")
    staff.post(url(page), {"do": "offline"})
    reply = staff.post(url(page), {"do": "back"}, follow=True)
    assert "It is back as a draft" in text_in(reply)
    assert leads_to("/team/") == 410
    assert "A draft of it is there" in text_in(staff.get(url(page)))
    draft = PageContent.admin_manager.get(page=page.page, versions__state="draft")
    draft.versions.get().publish(author())
    assert leads_to("/team/") == "/team/"
    reply = staff.post(url(page), {"do": "back"}, follow=True)
    assert "is live" in text_in(reply)


@pytest.mark.usefixtures("incomplete_pages")
def test_who_may_not_publish_the_page_takes_nothing_offline() -> None:
    own, topic = live(slug="own"), live("topic", slug="topic")
    a_nurse = Client()
    a_nurse.force_login(nurse())
    for browser, page in ((a_nurse, topic), (member("Reception"), own), (member("Reception"), topic)):
        assert browser.get(url(page)).status_code == 403
        assert browser.post(url(page), {"do": "offline"}).status_code == 403
        assert leads_to(url_history.current_url(page.page_id) or "") not in {404, 410}
    assert Client().post(url(own), {"do": "offline"}).status_code == 302
    assert leads_to("/own/") == "/own/"
    a_nurse.post(url(own), {"do": "offline"})
    assert leads_to("/own/") == 410
    a_doctor = Client()
    a_doctor.force_login(doctor())
    a_doctor.post(url(topic), {"do": "offline"})
    assert leads_to("/topic/") == 410


def test_the_home_page_has_no_such_button() -> None:
    staff = writer("Doctor")
    home = PageContent.objects.get(page__is_home=True)
    reply = staff.get(url(home))
    assert "home page can’t be taken offline" in text_in(reply)
    assert "Take it offline now" not in text_in(reply)
    assert "home page can’t be taken offline" in text_in(staff.post(url(home), {"do": "offline"}))
    assert leads_to("/") == "/"


def test_a_page_that_was_never_live_has_nothing_to_take_offline(staff: Client) -> None:
    draft = page_of_kind("clinic")
    assert "never live" in text_in(staff.get(url(draft)))
    assert "not live" in text_in(staff.post(url(draft), {"do": "offline"}))


def test_the_draft_of_a_live_page_leads_to_the_live_one(staff: Client) -> None:
    page = live(slug="team")
    draft = page.versions.get().copy(author()).content
    assert "Take it offline now" in text_in(staff.get(url(draft)))
    staff.post(url(draft), {"do": "offline"})
    assert leads_to("/team/") == 410


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_cms_deletes_no_page_that_anybody_saw(staff: Client, method: str) -> None:
    page = live(slug="team")
    for address in (
        reverse("admin:cms_page_delete", args=[page.page_id]),
        reverse("admin:cms_pagecontent_delete", args=[page.pk]),
    ):
        reply = getattr(staff, method)(address, {"post": "yes"})
        assert reply.status_code == 403
        assert "A page with a history is kept" in text_in(reply)
        assert f'href="{url(page)}"' in reply.content.decode()
    assert leads_to("/team/") == "/team/"


def test_the_cms_deletes_several_pages_neither(staff: Client) -> None:
    page = live(slug="team")
    data = {"action": "delete_selected", "_selected_action": [page.page_id], "post": "yes"}
    assert staff.post("/admin/cms/page/", data).status_code == 403
    data["_selected_action"] = [page.pk]
    staff.post("/admin/cms/pagecontent/", data)
    assert leads_to("/team/") == "/team/"


def test_a_page_that_nobody_saw_can_be_deleted(staff: Client) -> None:
    draft = page_of_kind("clinic")
    address = reverse("admin:cms_page_delete", args=[draft.page_id])
    assert staff.get(address).status_code == 200
    staff.post(address, {"post": "yes"})
    assert not Page.objects.filter(pk=draft.page_id).exists()


def test_a_page_above_one_that_was_seen_is_not_deleted(staff: Client) -> None:
    above = page_of_kind("clinic", slug="above")
    live(slug="below", parent=above.page)
    assert staff.post(reverse("admin:cms_page_delete", args=[above.page_id]), {"post": "yes"}).status_code == 403
    assert Page.objects.filter(pk=above.page_id).exists()


def test_the_cms_s_own_unpublish_leads_to_the_page_that_says_what_follows(staff: Client) -> None:
    page = live(slug="team")
    version = page.versions.get()
    address = reverse("admin:djangocms_versioning_pagecontentversion_unpublish", args=[version.pk])
    for reply in (staff.get(address), staff.post(address)):
        assert (reply.status_code, reply["Location"]) == (302, url(page))
    assert leads_to("/team/") == "/team/"


def test_looking_at_the_pages_changes_not_a_row(staff: Client) -> None:
    draft, page = page_of_kind("clinic"), live(slug="team")
    signer = Client()
    signer.force_login(doctor())
    for browser in (staff, signer):
        browser.get("/admin/password_change/")  # the CMS makes everyone a clipboard at their very first page
    before = state()
    for path in (f"/staff/pages/{one.pk}/{what}/" for one in (draft, page) for what in ("schedule", "offline")):
        assert staff.get(path).status_code == 200
    assert staff.get("/staff/archive/").status_code == 200
    assert staff.get(reverse("admin:cms_page_delete", args=[page.page_id])).status_code == 403
    assert signer.get("/staff/reopened/").status_code == 200
    assert state() == before


def test_the_bar_above_a_page_offers_no_delete(staff: Client) -> None:
    page = live(slug="team")
    draft = page.versions.get().copy(author()).content
    bar = staff.get(get_object_edit_url(draft)).content.decode()
    assert "Title and address" in bar
    assert "/delete/" not in bar
