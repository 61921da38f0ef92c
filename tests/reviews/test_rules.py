"""Which pages take a doctor's signature; each beside a page of the same kind that doesn't."""

from datetime import timedelta
from typing import Any

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from cms.plugin_pool import plugin_pool
from django.contrib.auth.models import User
from django.test import Client
from djangocms_versioning.exceptions import ConditionFailed

from content.blocks.base import BlockPlugin
from content.models import Schedule, Treatment
from content.publishing import schedule
from content.reviews import gate, go_live, rules
from content.topics import MAIN_SLOTS
from content.wording import required_parts
from tests.factories import (
    LANGUAGE,
    NOON,
    CalloutFactory,
    ProseFactory,
    SessionSpacingFactory,
    TopicLinkFactory,
    author,
    page_of_kind,
    signed,
    slot_of,
)
from tests.staff.members import member
from tests.staff.rights import person, writer

pytestmark = pytest.mark.django_db
EMPTY = "has to be mended first"


def with_text(kind: str = "clinic", **texts: Any) -> PageContent:
    """A draft that has something to read, and nothing medical."""
    draft = page_of_kind(kind, **texts)
    ProseFactory(placeholder=slot_of(draft, f"{kind}_body"))
    return draft


def with_course(kind: str = "home") -> PageContent:
    """The same with the drawing of a course of sessions."""
    draft = with_text(kind)
    SessionSpacingFactory(placeholder=slot_of(draft, f"{kind}_body"))
    return draft


def nurse() -> User:
    assert member("Nurse")
    return person("Nurse")


def state(content: PageContent) -> str:
    return str(content.versions.get().state)


def test_the_list_has_an_answer_for_each_kind_of_block_and_no_other() -> None:
    kinds = {plugin.__name__ for plugin in plugin_pool.get_all_plugins() if issubclass(plugin, BlockPlugin)}
    assert kinds == set(rules.IS_MEDICAL)


def test_a_kind_without_an_answer_is_medical(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "GENERAL_KINDS", rules.GENERAL_KINDS - {"ProsePlugin"})
    assert rules.needs_signature(with_text())
    assert rules.needs_signature_with(with_text(), {"ProsePlugin"}, None)


def test_a_page_with_a_medical_block_takes_a_signature_and_its_twin_none() -> None:
    plain, course = with_text("home"), with_course()
    assert [rules.needs_signature(content) for content in (plain, course)] == [False, True]
    with pytest.raises(go_live.RefusedError, match="A doctor reads it"):
        go_live.publish(course, user=nurse(), now=NOON)
    go_live.publish(plain, user=nurse(), now=NOON)
    assert [state(content) for content in (plain, course)] == ["published", "draft"]


def test_python_publishes_no_page_with_a_medical_block_until_it_is_signed() -> None:
    draft = with_course()
    with pytest.raises(ConditionFailed, match="No doctor has signed"):
        draft.versions.get().publish(author())
    signed(draft)
    draft.versions.get().publish(author())
    assert state(draft) == "published"


def test_a_medical_block_in_a_slot_that_the_page_does_not_show_counts_for_nothing() -> None:
    draft = with_text()
    stray = draft.placeholders.create(slot="topic_body")
    SessionSpacingFactory(placeholder=stray)
    assert not rules.needs_signature(draft)


def test_a_page_named_as_a_treatments_takes_a_signature() -> None:
    named, twin = with_text(), with_text()
    Treatment.objects.update(page=named.page)
    assert [rules.needs_signature(content) for content in (named, twin)] == [True, False]
    with pytest.raises(go_live.RefusedError, match="A doctor reads it"):
        go_live.publish(named, user=nurse(), now=NOON)
    go_live.publish(twin, user=nurse(), now=NOON)


def test_many_pages_are_told_apart_with_two_queries(django_assert_num_queries: Any) -> None:
    contents = [with_text("home"), with_course(), with_text()]
    expected = [rules.needs_signature(content) for content in contents]
    with django_assert_num_queries(2):
        rules.preload(contents)
        assert [rules.needs_signature(content) for content in contents] == expected == [False, True, False]


def test_what_is_live_stays_up_and_waits_for_the_doctor() -> None:
    """The page of a treatment that is named later, and a page that was live with a medical block."""
    named, course = with_text(), with_course("home")
    named.versions.get().publish(author())
    with gate.seeding():
        course.versions.get().publish(author())
    Treatment.objects.update(page=named.page)
    start = writer("Doctor").get("/staff/").content.decode()
    for content in (named, course):
        assert Client().get(content.page.get_absolute_url(LANGUAGE)).status_code == 200
        assert f"/staff/pages/{content.pk}/sign/" in start
    assert f"/staff/pages/{named.pk}/sign/" not in writer("Nurse").get("/staff/").content.decode()


def test_readers_are_told_who_signed_a_page_of_the_clinics_own() -> None:
    draft, twin = with_text(), with_text(slug="a-twin")
    Treatment.objects.update(page=draft.page)
    signed(draft)
    for content in (draft, twin):
        content.versions.get().publish(author())
    texts = [Client().get(content.page.get_absolute_url(LANGUAGE)).content.decode() for content in (draft, twin)]
    assert ["Who has reviewed this page" in text for text in texts] == [True, False]


@pytest.mark.usefixtures("empty_pages_are_stopped")
class TestEmptyPages:
    """No way leads live for a page with nothing on it; for a page with a text, each does."""

    @pytest.fixture(params=["nothing", "a closing band", "links to nowhere", "a text without a word"])
    def empty(self, request: pytest.FixtureRequest) -> PageContent:
        draft = page_of_kind("clinic")
        body = slot_of(draft, "clinic_body")
        if request.param == "a closing band":
            add_plugin(slot_of(draft, "clinic_closing"), "ContactPlugin", LANGUAGE, heading="Call us")
        elif request.param == "links to nowhere":
            add_plugin(body, "TopicLinksPlugin", LANGUAGE)
        elif request.param == "a text without a word":
            ProseFactory(placeholder=body, body="<p>&nbsp;</p>")
        return draft

    def test_it_is_published_neither_by_us_nor_by_versioning(self, empty: PageContent) -> None:
        full = with_text()
        with pytest.raises(go_live.RefusedError, match=EMPTY):
            go_live.publish(empty, user=nurse(), now=NOON)
        with pytest.raises(ConditionFailed, match=EMPTY):
            empty.versions.get().publish(author())
        go_live.publish(full, user=nurse(), now=NOON)
        assert [state(content) for content in (empty, full)] == ["draft", "published"]

    def test_no_address_of_ours_or_of_the_cms_publishes_it(self, empty: PageContent) -> None:
        full, browser = with_text(), writer("Owner")
        for content in (empty, full):
            version = content.versions.get()
            browser.post(f"/staff/pages/{content.pk}/sign/", {"do": "publish"})
            browser.post(f"/admin/djangocms_versioning/pagecontentversion/{version.pk}/publish/")
        assert [state(content) for content in (empty, full)] == ["draft", "published"]

    def test_it_gets_no_time_and_does_not_go_live_at_one(self, empty: PageContent) -> None:
        full, at = with_text(), NOON + timedelta(hours=1)
        with pytest.raises(go_live.RefusedError, match=EMPTY):
            schedule.schedule_publication(empty, user=nurse(), goes_live_at=at, now=NOON)
        Schedule.objects.create(content=empty, set_by=nurse().username, goes_live_at=at, set_at=NOON)
        schedule.schedule_publication(full, user=nurse(), goes_live_at=at, now=NOON)
        schedule.publish_due(now=at)
        assert [state(content) for content in (empty, full)] == ["draft", "published"]


@pytest.mark.usefixtures("empty_pages_are_stopped")
def test_a_list_with_a_link_a_callout_and_a_page_that_sends_on_may_go_live() -> None:
    links, callout, sends_on = page_of_kind("clinic"), page_of_kind("clinic"), page_of_kind("clinic")
    TopicLinkFactory(placeholder=slot_of(links, "clinic_body"))
    CalloutFactory(placeholder=slot_of(callout, "clinic_body"))
    PageContent.admin_manager.filter(pk=sends_on.pk).update(redirect="/contact/")
    sends_on.refresh_from_db(from_queryset=PageContent.admin_manager.all())
    for content in (links, callout, sends_on):
        assert [problem for problem in gate.problems(content) if EMPTY in problem] == []


@pytest.mark.usefixtures("empty_pages_are_stopped")
def test_every_seeded_page_has_its_parts() -> None:
    assert vars(required_parts)["MAIN_SLOTS"] == MAIN_SLOTS
    for content in PageContent.objects.all():
        assert [sentence for sentence in gate.content_problems(content) if EMPTY in sentence] == []
