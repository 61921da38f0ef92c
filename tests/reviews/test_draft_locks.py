"""A draft that somebody else is changing: staff read who and since when, lose nothing, and get on with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from content.ledger.models import Entry
from content.models import Callout, Hold
from content.reviews import draft_locks
from tests.blocks.test_stale import form_of, values_of
from tests.factories import LANGUAGE, NOON, CalloutFactory, author, page_of_kind, slot_of
from tests.isolated_sites import machine_in
from tests.rendering import filled_in, opened, publish, text_of, typed, unescaped
from tests.staff.editors import browser_of, editor
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def nurse() -> User:
    return editor("nurse.b", full_name="Nurse B.")


@pytest.fixture
def receptionist() -> User:
    return editor("reception.c", full_name="Carol Cole")


@pytest.fixture
def unlocker() -> User:
    return editor("doctor.a", "delete_versionlock", full_name="Dr A. Example")


@pytest.fixture
def held(nurse: User, clock: Any) -> PageContent:
    """A draft that the nurse has held since 10:15 and last saved at 10:40."""
    clock(datetime(2026, 3, 1, 10, 15, tzinfo=UTC))
    draft = page_of_kind("clinic")
    CalloutFactory(placeholder=slot_of(draft, "clinic_body"))
    draft_locks.release(draft, now=NOON)
    draft_locks.acquire_if_free(draft, user=nurse, now=datetime(2026, 3, 1, 10, 15, tzinfo=UTC))
    Version.objects.filter(pk=draft.versions.get().pk).update(
        created=datetime(2026, 3, 1, 10, 15, tzinfo=UTC), modified=datetime(2026, 3, 1, 10, 40, tzinfo=UTC)
    )
    clock(NOON)
    return PageContent.admin_manager.get(pk=draft.pk)


def block_of(draft: PageContent) -> Callout:
    found: Callout = Callout.objects.get(placeholder__in=draft.get_placeholders())
    return found


def holder_of(draft: PageContent) -> User | None:
    found: User | None = Version.objects.get(object_id=draft.pk).locked_by
    return found


def edit(browser: Client, draft: PageContent) -> Any:
    """Press Edit, or New draft."""
    version = Version.objects.get(object_id=draft.pk)
    return browser.post(reverse("admin:djangocms_versioning_pagecontentversion_edit_redirect", args=[version.pk]))


SENTENCE = "Nurse B. is changing this page since 10:15 today (last saved 10:40)."


def test_the_sentence_names_the_person_the_time_and_what_to_do(
    held: PageContent, nurse: User, receptionist: User, unlocker: User
) -> None:
    for person, way_on in (
        (receptionist, "Ask them, or a doctor can unlock it."),
        (unlocker, "Ask them, or unlock it yourself."),
    ):
        found = draft_locks.lock_against(held, person, NOON)
        assert found is not None
        assert found.sentence == f"{SENTENCE} {way_on}"
    assert draft_locks.lock_against(held, nurse, NOON) is None


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(days=1), "10:15 yesterday (last saved 10:40 yesterday)"),
        (timedelta(days=30), "10:15 on 1 March 2026 (last saved 10:40 on 1 March 2026)"),
    ],
)
def test_the_sentence_says_which_day(held: PageContent, receptionist: User, later: timedelta, words: str) -> None:
    found = draft_locks.lock_against(held, receptionist, NOON + later)
    assert found is not None
    assert words in found.sentence


def test_times_are_the_clinics_own_in_summer_too(held: PageContent, receptionist: User) -> None:
    at = datetime(2026, 7, 1, 9, 15, tzinfo=UTC)
    Hold.objects.update(held_at=at)
    Version.objects.filter(object_id=held.pk).update(modified=at + timedelta(minutes=5))
    found = draft_locks.lock_against(held, receptionist, at + timedelta(hours=1))
    assert found is not None
    assert "since 10:15 today (last saved 10:20)" in found.sentence


def test_a_person_without_a_full_name_goes_by_the_user_name(receptionist: User) -> None:
    found = draft_locks.lock_against(page_of_kind("clinic"), receptionist, NOON)
    assert found is not None
    assert found.sentence.startswith("author is changing this page since ")
    assert "(nothing saved yet)" in found.sentence


def test_a_refused_save_says_who_and_keeps_what_was_typed(held: PageContent, nurse: User, receptionist: User) -> None:
    block = block_of(held)
    data = filled_in(values_of(block)) | {"title": "A quarter of an hour of typing"}
    data |= opened(browser_of(nurse), form_of(block))
    response = browser_of(receptionist).post(form_of(block), data)
    assert response.status_code == 409
    assert f"{SENTENCE} Ask them, or a doctor can unlock it." in unescaped(response)
    assert "A quarter of an hour of typing" in typed(response)
    assert block_of(held).title == "What to expect"
    assert "opened_as" not in browser_of(nurse).post(form_of(block), data).content.decode()
    assert block_of(held).title == "A quarter of an hour of typing"


def test_every_way_of_changing_a_held_draft_says_who(held: PageContent, receptionist: User, unlocker: User) -> None:
    block, slot = block_of(held), slot_of(held, "clinic_body")
    adding = {
        "cms_path": "/", "placeholder_id": slot.pk, "plugin_type": "CalloutPlugin", "plugin_language": LANGUAGE,
        "plugin_position": 2,
    }  # fmt: skip
    for person in (receptionist, unlocker):
        browser = browser_of(person)
        replies = [
            browser.get(form_of(block)),
            browser.post(reverse("admin:cms_placeholder_add_plugin", query=adding), {"title": "New words"}),
            browser.post(
                reverse("admin:cms_placeholder_delete_plugin", args=[block.pk]) + "?cms_path=/", {"post": "yes"}
            ),
            browser.post(
                reverse("admin:cms_placeholder_move_plugin") + "?cms_path=/",
                {"plugin_id": block.pk, "target_position": 1, "target_language": LANGUAGE},
            ),
            browser.post(
                reverse("admin:cms_placeholder_clear_placeholder", args=[slot.pk]) + "?cms_path=/", {"post": "yes"}
            ),
            browser.post(f"/admin/cms/pagecontent/{held.pk}/change/?language={LANGUAGE}", {"title": "New words"}),
        ]
        for reply in replies:
            assert reply.status_code in {403, 409}
            assert SENTENCE in unescaped(reply)
        assert edit(browser, held).status_code == 302
        assert SENTENCE in unescaped(browser.get("/admin/", follow=True))
    assert block_of(held).title == "What to expect"
    assert PageContent.admin_manager.get(pk=held.pk).title == "A clinic page"


def test_a_form_left_open_until_the_page_went_live_gives_the_text_back(staff: Client) -> None:
    draft = page_of_kind("clinic")
    block = CalloutFactory(placeholder=slot_of(draft, "clinic_body"))
    data = {**filled_in(values_of(block)), **opened(staff, form_of(block)), "title": "Too late"}
    publish(draft)
    response = staff.post(form_of(block), data)
    assert response.status_code == 409
    assert "This version is no draft any more" in unescaped(response)
    assert "Too late" in typed(response)
    block.refresh_from_db()
    assert block.title == "What to expect"


def test_a_doctor_takes_the_draft_over_with_all_that_was_saved(held: PageContent, nurse: User, unlocker: User) -> None:
    browser, url = browser_of(unlocker), f"/staff/pages/{held.pk}/unlock/"
    asked = unescaped(browser.get(url))
    assert SENTENCE in asked
    assert "Nothing that they have saved is lost" in asked
    assert holder_of(held) == nurse
    response = browser.post(url)
    assert (response.status_code, holder_of(held)) == (302, unlocker)
    assert "/edit/" in response["Location"]
    assert block_of(held).title == "What to expect"
    entry = Entry.objects.get(event="DRAFT_UNLOCKED")
    assert (entry.actor, entry.detail["held_by"]) == ("doctor.a", "nurse.b")
    block = block_of(held)
    saved = browser.post(
        form_of(block), {**filled_in(values_of(block)), **opened(browser, form_of(block)), "title": "Ours"}
    )
    assert "opened_as" not in saved.content.decode()
    assert block_of(held).title == "Ours"


def test_whoever_lost_the_draft_is_told_at_the_next_save(held: PageContent, nurse: User, unlocker: User) -> None:
    block, browser = block_of(held), browser_of(nurse)
    data = {**filled_in(values_of(block)), **opened(browser, form_of(block)), "title": "Half a sentence"}
    draft_locks.take_over(held, user=unlocker, now=NOON)
    response = browser.post(form_of(block), data)
    text = unescaped(response)
    assert "Dr A. Example is changing this page since 12:00 today" in text
    assert "They have taken it over from you." in text
    assert "Half a sentence" in typed(response)
    assert block_of(held).title == "What to expect"


def test_only_who_may_unlock_does(held: PageContent, nurse: User, receptionist: User) -> None:
    url = f"/staff/pages/{held.pk}/unlock/"
    for browser in (browser_of(receptionist), member("Nurse"), member("")):
        assert browser.get(url).status_code == 403
        assert browser.post(url).status_code == 403
    assert Client().post(url).status_code in {302, 403}
    assert holder_of(held) == nurse
    assert not Entry.objects.filter(event="DRAFT_UNLOCKED").exists()


def test_versionings_own_unlock_asks_first(held: PageContent, nurse: User, unlocker: User) -> None:
    version = Version.objects.get(object_id=held.pk)
    url = reverse("admin:djangocms_versioning_pagecontentversion_unlock", args=[version.pk])
    response = browser_of(unlocker).post(url)
    assert response["Location"] == f"/staff/pages/{held.pk}/unlock/"
    assert holder_of(held) == nurse


def test_a_released_draft_is_whose_who_presses_edit_next(held: PageContent, nurse: User, receptionist: User) -> None:
    draft_locks.release(held, now=NOON)
    assert draft_locks.lock_against(held, receptionist, NOON) is None
    assert edit(browser_of(receptionist), held).status_code == 302
    assert holder_of(held) == receptionist
    found = draft_locks.lock_against(held, nurse, NOON)
    assert found is not None
    assert found.sentence.startswith("Carol Cole is changing this page since 12:00 today")
    edit(browser_of(nurse), held)
    assert holder_of(held) == receptionist


def test_edit_on_the_live_page_takes_its_open_draft(nurse: User, receptionist: User) -> None:
    live = page_of_kind("clinic")
    publish(live)
    draft = live.versions.get().copy(author()).content
    draft_locks.release(draft, now=NOON)
    assert edit(browser_of(nurse), live).status_code == 302
    assert holder_of(draft) == nurse
    assert draft_locks.lock_against(live, receptionist, NOON) is not None


def test_the_first_save_on_an_open_draft_takes_it(held: PageContent, nurse: User, receptionist: User) -> None:
    draft_locks.release(held, now=NOON)
    block, first, second = block_of(held), browser_of(receptionist), browser_of(nurse)
    carried = {who: opened(who, form_of(block)) for who in (first, second)}
    data = filled_in(values_of(block))
    first.post(form_of(block), {**data, **carried[first], "title": "First"})
    response = second.post(form_of(block), {**data, **carried[second], "title": "Second"})
    assert response.status_code == 409
    assert "Carol Cole is changing this page" in unescaped(response)
    assert "Second" in typed(response)
    assert (block_of(held).title, holder_of(held)) == ("First", receptionist)


NEW_DRAFTS = """
import threading
from django.contrib.auth.models import User
from django.db import connections
from djangocms_versioning.models import Version
from tests.factories import page_of_kind
from tests.rendering import publish
from tests.staff.editors import browser_of
from tests.reviews.test_draft_locks import edit

people = [User.objects.create(username=f"editor-{{n}}", is_staff=True, is_superuser=True) for n in range(2)]
for number in range({rounds}):
    live = page_of_kind("clinic", title=f"Page {{number}}")
    publish(live)
    barrier, replies = threading.Barrier(2), {{}}

    def press(who, browser):
        barrier.wait()
        replies[who] = edit(browser, live)
        connections.close_all()

    threads = [threading.Thread(target=press, args=(one.username, browser_of(one))) for one in people]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    versions = Version.objects.filter_by_content_grouping_values(live)
    assert sorted(versions.values_list("state", flat=True)) == ["draft", "published"]
    inside = [who for who, reply in replies.items() if "/edit/" in reply["Location"]]
    assert inside == [versions.get(state="draft").locked_by.username], replies
print("told")
"""


@pytest.mark.slow
def test_two_who_press_new_draft_at_once_get_one_draft_and_one_is_told(tmp_path: Path) -> None:
    with machine_in(tmp_path / "site") as machine:
        assert machine.python(NEW_DRAFTS.format(rounds=5)).endswith("told")


def test_reading_takes_no_lock(held: PageContent, receptionist: User) -> None:
    draft_locks.release(held, now=NOON)
    browser = browser_of(receptionist)
    browser.get(form_of(block_of(held)))
    browser.get(f"/admin/cms/pagecontent/{held.pk}/change/?language={LANGUAGE}")
    assert holder_of(held) is None


def test_a_person_without_rights_takes_no_lock_by_trying(held: PageContent) -> None:
    draft_locks.release(held, now=NOON)
    assert member("").post(form_of(block_of(held)), {"title": "x"}).status_code == 403
    assert holder_of(held) is None


def test_a_discarded_or_live_draft_keeps_no_hold(nurse: User) -> None:
    draft = page_of_kind("clinic")
    assert Hold.objects.filter(version__object_id=draft.pk, holder=author()).exists()
    publish(draft)
    assert not Hold.objects.filter(version__object_id=draft.pk).exists()
    second = draft.versions.get().copy(nurse)
    assert Hold.objects.get(version=second).holder == nurse
    second.delete()
    assert not Hold.objects.exists()


def test_the_page_that_asks_before_unlocking_says_so_where_nobody_holds_it(held: PageContent, unlocker: User) -> None:
    draft_locks.release(held, now=NOON)
    browser, url = browser_of(unlocker), f"/staff/pages/{held.pk}/unlock/"
    assert "Nobody else is changing this page" in text_of_reply(browser.get(url))
    browser.post(url)
    assert holder_of(held) == unlocker
    assert not Entry.objects.filter(event="DRAFT_UNLOCKED").exists()


def text_of_reply(response: Any) -> str:
    from lxml import html

    return text_of(html.fromstring(response.content.decode()))


def test_an_old_version_is_not_brought_back_beside_a_draft(staff: Client) -> None:
    first = page_of_kind("clinic")
    publish(first)
    publish(first.versions.get().copy(author()).content)
    draft = Version.objects.filter_by_content_grouping_values(first).get(state="published").copy(author())
    url = f"/admin/djangocms_versioning/pagecontentversion/{first.versions.get().pk}/revert/"
    reply = staff.post(url, follow=True)
    assert "A draft of this page is there already." in reply.content.decode()
    drafts = Version.objects.filter_by_content_grouping_values(first).filter(state="draft")
    assert list(drafts) == [draft]
    staff.post(url, {"discard": "1"})
    assert drafts.get().source == first.versions.get()
