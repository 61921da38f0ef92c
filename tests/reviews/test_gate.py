"""Nothing medical goes live unsigned, whichever way it is tried; each time beside a twin that may."""

from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import Permission, User
from django.test import Client
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version

from content.ledger.models import Entry, Event
from content.models import Prose, Request, SignOff
from content.reviews import gate, go_live, rules, signing
from tests.factories import DAY, NOON, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.rendering import unescaped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database]
VERSIONS = "/admin/djangocms_versioning/pagecontentversion"


def topic(kind: str = "topic") -> PageContent:
    draft = page_of_kind(kind, slug=f"a-{kind}-{PageContent.admin_manager.count()}")
    ProseFactory(placeholder=slot_of(draft, f"{kind}_body" if kind != "treatment" else "treatment_what"))
    return draft


def state(content: PageContent) -> str:
    return str(Version.objects.get_for_content(PageContent.admin_manager.get(pk=content.pk)).state)


def publisher() -> User:
    """May publish by the CMS's own right, and sign nothing."""
    user = User.objects.get_or_create(username="nurse-test", defaults={"is_staff": True})[0]
    names = ["publish_page", "change_page", "change_pagecontent"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("kind", ["topic", "treatment"])
def test_python_publishes_no_medical_page_that_nobody_signed(kind: str) -> None:
    draft, twin = topic(kind), topic(kind)
    signed(twin)
    with pytest.raises(ConditionFailed, match="No doctor has signed"):
        draft.versions.get().publish(author())
    twin.versions.get().publish(author())
    assert (state(draft), state(twin)) == ("draft", "published")


def test_python_publishes_no_page_that_was_changed_after_it_was_signed() -> None:
    draft = topic()
    signed(draft)
    Prose.objects.filter(placeholder__in=draft.placeholders.all()).update(heading="Another")
    with pytest.raises(ConditionFailed):
        draft.versions.get().publish(author())
    signed(draft)
    draft.versions.get().publish(author())


def test_the_admins_own_button_refuses_in_words() -> None:
    draft, twin = topic(), topic()
    signed(twin)
    client = Client()
    client.force_login(doctor())
    said = [
        unescaped(client.post(f"{VERSIONS}/{one.versions.get().pk}/publish/", {"next": "/"}, follow=True))
        for one in (draft, twin)
    ]
    assert (state(draft), state(twin)) == ("draft", "published")
    assert gate.UNSIGNED in said[0]
    nurse = Client()
    nurse.force_login(publisher())
    other = topic()
    signed(other)
    nurse.post(f"{VERSIONS}/{other.versions.get().pk}/publish/")
    assert state(other) == "draft"


def test_a_signature_of_another_version_is_none() -> None:
    draft = topic()
    signed(draft)
    draft.versions.get().publish(author())
    second = draft.versions.get().copy(author()).content
    assert rules.valid_signature(second) is None
    with pytest.raises(ConditionFailed):
        second.versions.get().publish(author())
    assert state(draft) == "published"


def test_the_clinics_own_pages_are_published_without_a_signature_by_who_may() -> None:
    draft, medical = topic("clinic"), topic()
    go_live.publish(draft, user=publisher(), now=NOON)
    assert state(draft) == "published"
    signed(medical)
    with pytest.raises(go_live.RefusedError, match="A doctor reads it"):
        go_live.publish(medical, user=publisher(), now=NOON)
    go_live.publish(medical, user=doctor(), now=NOON)
    assert not SignOff.objects.filter(content_id=draft.pk).exists()


def test_someone_without_the_right_is_told_who_has_it() -> None:
    user = User.objects.create(username="reception-test", is_staff=True)
    with pytest.raises(go_live.RefusedError, match="A nurse or the owner does that"):
        go_live.publish(topic("clinic"), user=user, now=NOON)


def test_publishing_is_in_the_ledger_and_ends_the_waiting() -> None:
    draft = topic("clinic")
    signing.request_review(draft, actor="reception", note="", now=NOON)
    go_live.publish(draft, user=publisher(), now=NOON)
    assert not Request.objects.exists()
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor) == (Event.PAGE_PUBLISHED, "nurse-test")


def test_a_page_that_is_not_a_draft_any_more_is_refused_in_words() -> None:
    draft = topic("clinic")
    go_live.publish(draft, user=publisher(), now=NOON)
    with pytest.raises(go_live.RefusedError, match="not a draft any more"):
        go_live.publish(draft, user=publisher(), now=NOON)


def test_an_address_that_is_taken_is_said_in_words_and_nothing_changes() -> None:
    first, second = page_of_kind("clinic", slug="same-place"), page_of_kind("clinic", slug="other-place")
    go_live.publish(first, user=publisher(), now=NOON)
    PageContent.admin_manager.filter(pk=second.pk).update(slug="same-place")
    content = PageContent.admin_manager.get(pk=second.pk)
    with pytest.raises(go_live.RefusedError, match="address already"):
        go_live.publish(content, user=publisher(), now=NOON)
    assert (state(first), state(second)) == ("published", "draft")


def test_seeded_pages_are_live_and_nobody_is_said_to_have_signed_them() -> None:
    assert not SignOff.objects.exists()
    assert [content.template for content in rules.live_pages()].count("pages/home.html") == 1
    assert len(rules.live_pages()) == 7
    with gate.seeding():
        topic().versions.get().publish(author())
    with pytest.raises(ConditionFailed):
        topic().versions.get().publish(author())


def test_taking_offline_takes_the_right_to_publish(settings: Any) -> None:
    draft = topic()
    signed(draft)
    version = draft.versions.get()
    version.publish(author())
    assert not version.check_unpublish.as_bool(publisher())
    assert version.check_unpublish.as_bool(doctor())


def test_the_day_of_a_signature_is_the_clinics_own() -> None:
    assert signed(topic()).signed_on == DAY
