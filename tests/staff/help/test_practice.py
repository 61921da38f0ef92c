"""First steps on a page where nothing can go wrong: ticked by what really happens, and never seen by a patient."""

from contextlib import suppress
from typing import Any

import pytest
from cms.models import Page, PageContent
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version
from lxml import html

from content.models import PracticePage, Practised, Prose, Request
from content.reviews import go_live, signing
from content.reviews.practice import NEVER_LIVE, Step, is_finished, steps
from content.staff.help import practice
from tests.blocks.test_stale import form_of, values_of
from tests.factories import NOON, doctor, page_of_kind, signed
from tests.rendering import filled_in, opened, publish, text_of
from tests.staff.editors import browser_of, editor

pytestmark = pytest.mark.django_db
URL = "/staff/practice/"


@pytest.fixture
def person() -> User:
    return editor("carol", full_name="Carol Cole")


@pytest.fixture
def browser(person: User) -> Client:
    return browser_of(person)


@pytest.fixture
def draft(person: User, browser: Client) -> PageContent:
    browser.post(URL, {"do": "make"})
    content = practice.practice_version(person)
    assert content is not None
    return content


def ticked(browser: Client) -> list[str]:
    """The steps that the page shows as done."""
    tree = html.fromstring(browser.get(URL).content.decode())
    return [text_of(one.find("h2")) for one in tree.xpath("//ol[@class='guide-steps']/li[@data-done='yes']")]


def change_a_block(browser: Client, draft: PageContent) -> None:
    block = Prose.objects.get(placeholder__in=draft.get_placeholders())
    data = {**filled_in(values_of(block)), **opened(browser, form_of(block)), "heading": "My words"}
    assert "opened_as" not in browser.post(form_of(block), data).content.decode()


def discard(browser: Client, draft: PageContent) -> None:
    version = Version.objects.get(object_id=draft.pk)
    browser.post(
        reverse("admin:djangocms_versioning_pagecontentversion_discard", args=[version.pk]), {"discard": "Discard"}
    )


def test_looking_at_the_steps_ticks_nothing(person: User, browser: Client) -> None:
    assert ticked(browser) == []
    assert not PracticePage.objects.exists()
    assert not is_finished(person)


def test_each_step_is_ticked_by_what_really_happened(person: User, browser: Client, draft: PageContent) -> None:
    done = ["Make your practice page Done"]
    assert ticked(browser) == done
    browser.get(reverse("page_changes", args=[draft.pk]))
    assert ticked(browser) == done
    change_a_block(browser, draft)
    done.append("Change a block on it Done")
    assert ticked(browser) == done
    assert browser.post(reverse("page_ask", args=[draft.pk]), {"note": ""}).status_code == 302
    done.append("Look at what changed, then ask for sign-off Done")
    assert ticked(browser) == done
    browser.post(reverse("page_ask", args=[draft.pk]), {"do": "take_back"})
    assert ticked(browser) == done
    assert not is_finished(person)
    discard(browser, draft)
    assert not Page.objects.filter(pk=draft.page_id).exists()
    assert ticked(browser) == [*done, "Throw the draft away Done"]
    assert is_finished(person)
    assert "All done." in browser.get(URL).content.decode()


def test_what_somebody_else_does_ticks_nothing(
    person: User, browser: Client, draft: PageContent, staff: Client
) -> None:
    other = page_of_kind("topic")
    signing.request_review(other, actor=person.username, note="", now=NOON)
    signing.request_review(draft, actor="somebody", note="", now=NOON)
    assert set(Practised.objects.values_list("person__username", "step")) == {("carol", "MADE")}


def test_a_doctor_practises_all_but_asking() -> None:
    assert [one.step for one in steps(doctor())] == ["MADE", "CHANGED", "DISCARDED"]


def test_pressing_twice_makes_one_page(browser: Client, person: User, draft: PageContent) -> None:
    browser.post(URL, {"do": "make"})
    assert PracticePage.objects.filter(made_by=person).count() == 1
    assert practice.practice_version(person) == draft


def test_each_person_has_a_page_of_their_own(draft: PageContent) -> None:
    other = editor("dora")
    browser_of(other).post(URL, {"do": "make"})
    second = practice.practice_version(other)
    assert second is not None
    assert second.page_id != draft.page_id


def test_starting_over_makes_a_fresh_page_and_takes_the_ticks(
    person: User, browser: Client, draft: PageContent
) -> None:
    change_a_block(browser, draft)
    browser.post(URL, {"do": "over"})
    fresh = practice.practice_version(person)
    assert fresh is not None
    assert not Page.objects.filter(pk=draft.page_id).exists()
    assert ticked(browser) == ["Make your practice page Done"]
    assert Prose.objects.get(placeholder__in=fresh.get_placeholders()).heading == "Words to change"
    assert Version.objects.get(object_id=fresh.pk).locked_by == person


@pytest.mark.usefixtures("incomplete_pages")
def test_it_can_be_neither_signed_nor_published_by_anyone(draft: PageContent) -> None:
    who = doctor()
    with pytest.raises(signing.RefusedError, match="practice page"):
        signed(draft)
    with pytest.raises(go_live.RefusedError, match="practice page"):
        go_live.publish(draft, user=who, now=NOON)
    with pytest.raises(ConditionFailed, match="practice page"):
        Version.objects.get(object_id=draft.pk).publish(who)
    page = browser_of(who).get(reverse("page_sign", args=[draft.pk])).content.decode()
    assert NEVER_LIVE in page
    twin = page_of_kind("topic")
    signed(twin)
    go_live.publish(twin, user=who, now=NOON)
    assert PageContent.objects.filter(pk=twin.pk).exists()


@pytest.mark.usefixtures("incomplete_pages")
def test_no_visitor_ever_finds_it(draft: PageContent) -> None:
    twin = page_of_kind("topic", title="A twin that is shown", in_navigation=True)
    publish(twin)
    visitor = Client()
    assert visitor.get(f"/practice-{draft.page.practice.made_by_id}/").status_code == 404
    home = visitor.get("/").content.decode()
    assert "A twin that is shown" in home
    assert "Practice page" not in home


def test_lists_of_what_waits_can_leave_it_out(draft: PageContent) -> None:
    twin = page_of_kind("topic")
    for content in (draft, twin):
        signing.request_review(content, actor="carol", note="", now=NOON)
    assert [one.content for one in Request.objects.filter(content__page__practice=None)] == [twin]


def test_the_staffs_home_leads_there_until_all_is_done(person: User, browser: Client, draft: PageContent) -> None:
    def home() -> str:
        return browser.get("/staff/").content.decode()

    assert 'href="/staff/practice/"' in home()
    assert "Practice page of" not in home()
    assert "Practice page of" not in browser.get("/staff/pages/").content.decode()
    for step in Step:
        practice.record_step(person, step, now=NOON)
    assert 'href="/staff/practice/"' not in home()


def test_neither_the_list_of_due_reviews_nor_of_wording_holds_it(draft: PageContent, capsys: Any) -> None:
    call_command("list_due_reviews")
    with suppress(SystemExit):  # it ends so where a page has something that blocks
        call_command("check_wording")
    output = capsys.readouterr().out
    assert "draft" in output or "live" in output
    assert "Practice page" not in output


def test_steps_lead_only_to_what_is_there(browser: Client, draft: PageContent) -> None:
    tree = html.fromstring(browser.get(URL).content.decode())
    links = [str(link) for link in tree.xpath("//ol[@class='guide-steps']//a/@href")]
    assert len(links) == 5
    for link in links:
        assert browser.get(link).status_code == 200, link
