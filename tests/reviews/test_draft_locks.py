"""A draft that somebody else is changing: staff read who and since when, lose nothing, and get on with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from content.ledger.models import Entry
from content.models import Callout, Hold, Takeover
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


END = "10:40 on Monday, 2 March"
SENTENCE = "Nurse B. is changing this page since 10:15 today (last saved 10:40)."


def test_the_sentence_names_the_person_the_time_and_what_to_do(
    held: PageContent, nurse: User, receptionist: User, unlocker: User
) -> None:
    for person, way_on in (
        (receptionist, f"Ask them. A doctor can take it over at once, a nurse or the owner from {END} on."),
        (publisher(), f"Ask them, or take it over yourself from {END} on. A doctor can at once."),
        (unlocker, "Ask them, or take it over yourself."),
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
    draft = page_of_kind("clinic")
    draft_locks.acquire_if_free(draft, user=author(), now=NOON)
    found = draft_locks.lock_against(draft, receptionist, NOON)
    assert found is not None
    assert found.sentence.startswith("author is changing this page since ")
    assert "(nothing saved yet)" in found.sentence


def test_a_refused_save_says_who_and_keeps_what_was_typed(held: PageContent, nurse: User, receptionist: User) -> None:
    block = block_of(held)
    data = filled_in(values_of(block)) | {"title": "A quarter of an hour of typing"}
    data |= opened(browser_of(nurse), form_of(block))
    response = browser_of(receptionist).post(form_of(block), data)
    assert response.status_code == 409
    assert f"{SENTENCE} Ask them. A doctor can take it over at once" in unescaped(response)
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
    for browser in (browser_of(receptionist), *map(member, ("Reception", "Nurse", "Owner", ""))):
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


def save(browser: Client, draft: PageContent, **values: str) -> Any:
    """Open the form of the draft's block and save it."""
    block = block_of(draft)
    data = {**filled_in(values_of(block)), **opened(browser, form_of(block)), **values}
    return browser.post(form_of(block), data)


def test_a_draft_in_which_nothing_was_saved_stops_nobody(nurse: User, receptionist: User) -> None:
    live = page_of_kind("clinic")
    CalloutFactory(placeholder=slot_of(live, "clinic_body"))
    publish(live)
    first, second = browser_of(nurse), browser_of(receptionist)
    assert "/edit/" in edit(first, live)["Location"]
    draft = Version.objects.filter_by_content_grouping_values(live).get(state="draft").content
    assert holder_of(draft) is None
    assert "/edit/" in edit(second, live)["Location"]
    assert "/edit/" in second.post(f"/staff/pages/{live.pk}/change/")["Location"]
    assert holder_of(draft) is None
    save(second, draft, title="Saved first")
    assert (block_of(draft).title, holder_of(draft)) == ("Saved first", receptionist)
    assert "/preview/" in edit(first, live)["Location"]


def test_a_draft_that_is_made_from_the_list_of_pages_stops_nobody_either(nurse: User, receptionist: User) -> None:
    live = page_of_kind("clinic")
    publish(live)
    for person in (nurse, receptionist):
        assert "/edit/" in browser_of(person).post(f"/staff/pages/{live.pk}/change/")["Location"]
    draft = Version.objects.filter_by_content_grouping_values(live).get(state="draft")
    assert (draft.created_by, draft.locked_by) == (nurse, None)


def test_whoever_saves_a_released_draft_holds_it(held: PageContent, nurse: User, receptionist: User) -> None:
    draft_locks.release(held, now=NOON)
    assert draft_locks.lock_against(held, receptionist, NOON) is None
    browser = browser_of(receptionist)
    assert edit(browser, held).status_code == 302
    assert draft_locks.lock_against(held, nurse, NOON) is None
    save(browser, held, title="Theirs")
    found = draft_locks.lock_against(held, nurse, NOON)
    assert found is not None
    assert found.sentence.startswith("Carol Cole is changing this page since 12:00 today")
    edit(browser_of(nurse), held)
    assert holder_of(held) == receptionist


# --- locks end by themselves -----------------------------------------------------------------------------------------
def publisher(name: str = "nurse.d") -> User:
    """A nurse, or the owner: they may publish."""
    return editor(name, "publish_page", full_name="Nora Deal")


@pytest.mark.parametrize(
    ("saved", "end"),
    [
        ("2026-03-02 10:40", "2026-03-03 10:40"),
        ("2026-03-06 15:00", "2026-03-09 15:00"),  # a Friday
        ("2026-03-07 09:00", "2026-03-09 09:00"),
        ("2026-03-08 23:59", "2026-03-09 23:59"),
        ("2026-03-27 16:00", "2026-03-30 16:00"),  # over the weekend in which summer time begins
    ],
)
def test_a_lock_ends_at_the_same_time_on_the_next_working_day(saved: str, end: str) -> None:
    local = timezone.get_default_timezone()
    moment = datetime.fromisoformat(saved).replace(tzinfo=local)
    assert draft_locks.next_working_day(moment.astimezone(UTC)) == datetime.fromisoformat(end).replace(tzinfo=local)


def test_a_nurse_takes_over_after_a_working_day_and_not_before(
    held: PageContent, nurse: User, receptionist: User, clock: Any
) -> None:
    url, end = f"/staff/pages/{held.pk}/unlock/", datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
    clock(end - timedelta(minutes=1))
    browser, reception = browser_of(publisher()), browser_of(receptionist)
    for reply in (browser.get(url), browser.post(url), reception.post(url)):
        assert reply.status_code == 403
        assert "from 10:40 on Monday, 2 March on" in unescaped(reply)
    assert holder_of(held) == nurse
    clock(end)
    assert reception.post(url).status_code == 403
    assert "Take it over" in unescaped(browser.get(url))
    assert browser.post(url).status_code == 302
    assert holder_of(held) == User.objects.get(username="nurse.d")


def test_a_save_begins_the_working_day_anew(held: PageContent, nurse: User, clock: Any) -> None:
    clock(datetime(2026, 3, 2, 10, 30, tzinfo=UTC))
    save(browser_of(nurse), held, title="Still at it")
    clock(datetime(2026, 3, 2, 11, tzinfo=UTC))
    assert browser_of(publisher()).post(f"/staff/pages/{held.pk}/unlock/").status_code == 403
    assert holder_of(held) == nurse


def test_a_draft_that_was_taken_over_is_held_for_a_working_day_too(held: PageContent, unlocker: User) -> None:
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    draft_locks.take_over(held, user=unlocker, now=monday)
    found = draft_locks.lock_against(held, publisher(), monday + timedelta(hours=1))
    assert found is not None
    assert (found.may_unlock, found.ends_at) == (False, monday + timedelta(days=1))


def test_whoever_lost_a_draft_reads_it_on_the_start_page_until_they_say_so(
    held: PageContent, nurse: User, receptionist: User, unlocker: User
) -> None:
    browser_of(unlocker).post(f"/staff/pages/{held.pk}/unlock/")
    told, other = browser_of(nurse), browser_of(receptionist)
    sentence = "Dr A. Example took this draft over from you at 12:00 today. What you saved is in it."
    assert sentence in unescaped(told.get("/staff/"))
    for browser in (other, browser_of(unlocker)):
        assert sentence not in unescaped(browser.get("/staff/"))
    seen = f"/staff/taken-over/{Takeover.objects.get().pk}/seen/"
    assert other.post(seen).status_code == 302
    assert sentence in unescaped(told.get("/staff/"))
    assert told.get(seen).status_code == 405
    told.post(seen)
    assert sentence not in unescaped(told.get("/staff/"))


def test_pages_say_who_holds_a_draft_and_when_that_ends(held: PageContent, receptionist: User) -> None:
    said = unescaped(browser_of(receptionist).get(f"/staff/pages/{held.pk}/changes/"))
    assert "Nurse B. is changing this page since 10:15 today" in said
    assert "a nurse or the owner from 10:40 on Monday, 2 March on" in said
    assert "Take it over" not in said


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
    assert sorted(inside) == [one.username for one in people], replies
    assert versions.get(state="draft").locked_by is None
print("told")
"""


@pytest.mark.slow
def test_two_who_press_new_draft_at_once_get_one_draft(tmp_path: Path) -> None:
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
    draft_locks.acquire_if_free(draft, user=author(), now=NOON)
    assert Hold.objects.filter(version__object_id=draft.pk, holder=author()).exists()
    publish(draft)
    assert not Hold.objects.filter(version__object_id=draft.pk).exists()
    second = draft.versions.get().copy(nurse)
    draft_locks.acquire_if_free(second.content, user=nurse, now=NOON)
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
