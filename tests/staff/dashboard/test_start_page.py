"""The staff's start: each sees what waits for them, and opens a page in one press."""

from datetime import date, timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from django.utils import timezone

from clinic_site.page_cache import store
from content.models import Answer, Case, Consent
from content.publishing import ticks
from content.publishing.models import Schedule
from content.reviews import draft_locks, signing
from content.reviews.models import Reopened
from content.staff.accounts.roles import ROLES
from tests.factories import DAY, NOON, CaseFactory, ConsentFactory, author, page_of_kind, signed
from tests.rendering import publish
from tests.staff.members import member
from tests.staff.page_content import links, main_of, words
from tests.staff.rights import person, writer

pytestmark = pytest.mark.django_db


def sections(browser: Client) -> dict[str, str]:
    """The words under each heading of the start page."""
    elements = main_of(browser, "/staff/").iter("section")
    return {words(one.find("h2")): words(one) for one in elements}


def action_labels(browser: Client) -> list[str]:
    return links(main_of(browser, "/staff/"))


def live(key: str) -> PageContent:
    content: PageContent = PageContent.objects.get(page__reverse_id=key)
    return content


def draft_of(key: str, who: Any) -> PageContent:
    content: PageContent = live(key).versions.get().copy(who).content
    draft_locks.acquire_if_free(content, user=who, now=timezone.now())
    return content


@pytest.mark.parametrize("role", ROLES)
def test_every_role_begins_at_the_start_instead_of_the_admin(role: str) -> None:
    browser = writer(role)
    for address in ("/admin/", "/admin/content/", "/admin/cms/"):
        reply = browser.get(address)
        assert (reply.status_code, reply["Location"]) == (302, "/staff/")
    assert browser.get("/staff/").status_code == 200


def test_who_looks_after_the_site_keeps_the_admins_index(staff: Client) -> None:
    assert "Treatments" in staff.get("/admin/").content.decode()
    assert "Treatments" in staff.get("/admin/content/").content.decode()


def test_visitors_and_patients_with_an_account_see_no_staff_page() -> None:
    from django.contrib.auth.models import User

    assert Client().get("/staff/")["Location"] == "/admin/login/?next=/staff/"
    patient = Client()
    patient.force_login(User.objects.create(username="patient"))
    assert patient.get("/staff/").status_code in {302, 403}


def test_where_nothing_waits_one_calm_line_says_so() -> None:
    text = writer("Owner").get("/staff/").content.decode()
    assert "Nothing waits for you." in text
    assert "Change this page" in text


def test_staff_without_a_role_see_no_page_of_the_site() -> None:
    reply = member("").get("/staff/")
    assert reply.status_code == 403
    assert "Change this page" not in reply.content.decode()


def test_a_request_waits_for_the_doctor_and_not_for_the_nurse_who_cannot_sign() -> None:
    reception, nurse, doctor = writer("Reception"), writer("Nurse"), writer("Doctor")
    draft = draft_of("aftercare", person("Reception"))
    signing.request_review(draft, actor="a-reception", note="The row on sun", now=NOON)
    waiting = sections(doctor)["Waiting for you"]
    assert "Looking after your skin" in waiting
    assert "Waiting for the doctor. Asked by a-reception, 1 March, 12:00." in waiting
    assert "“The row on sun”" in waiting
    assert "Waiting for you" not in sections(nurse)
    assert "Waiting for you" not in sections(reception)
    assert "Waiting for the doctor" in sections(reception)["What you asked for"]
    assert "What you asked for" not in sections(nurse)


def test_a_request_for_a_page_of_the_clinic_waits_for_whoever_publishes_it() -> None:
    reception, nurse, owner = writer("Reception"), writer("Nurse"), writer("Owner")
    signing.request_review(draft_of("about", person("Reception")), actor="a-reception", note="", now=NOON)
    for browser in (nurse, owner, writer("Doctor")):
        assert "Waiting for a nurse" in sections(browser)["Waiting for you"]
    assert "Waiting for you" not in sections(reception)


@pytest.mark.usefixtures("incomplete_pages")
def test_overdue_reviews_stand_first_for_who_publishes_and_not_for_reception(clock: Any) -> None:
    draft = page_of_kind("topic", title="Old advice")
    signed(draft, due_on=date(2026, 3, 2), on=DAY)
    draft.versions.get().publish(author())
    in_time = page_of_kind("topic", title="Fresh advice")
    signed(in_time, due_on=timezone.localdate() + timedelta(days=20), on=timezone.localdate())
    in_time.versions.get().publish(author())
    clock(NOON + timedelta(days=1))
    reception, doctor = writer("Reception"), writer("Doctor")
    shown = sections(doctor)
    assert next(iter(shown)) == "Reviews that are overdue"
    assert "Old advice A doctor was to read it again by 2 March 2026." in shown["Reviews that are overdue"]
    assert "Fresh advice" not in shown["Reviews that are overdue"]
    assert "Reviews that are overdue" not in sections(reception)


def test_a_page_that_is_being_reviewed_again_stands_there_with_its_reason() -> None:
    page = live("aftercare").page
    Reopened.objects.create(page=page, since=DAY, because="A fact it quotes was changed.")
    section = sections(writer("Doctor"))["Being reviewed again"]
    assert "being reviewed again since 1 March 2026. A fact it quotes was changed." in section
    assert "Being reviewed again" not in sections(writer("Reception"))


def test_scheduled_pages_are_listed_and_failed_ones_are_urgent_for_publishers() -> None:
    later = page_of_kind("clinic", title="Winter hours")
    Schedule.objects.create(content=later, set_by="a-owner", goes_live_at=NOON, set_at=NOON)
    late = page_of_kind("clinic", title="Summer hours")
    Schedule.objects.create(
        content=late, set_by="a-owner", goes_live_at=NOON, set_at=NOON, problem="Its address was taken."
    )
    owner, reception = sections(writer("Owner")), sections(writer("Reception"))
    assert "Winter hours Set by a-owner for 1 March 2026, 12:00." in owner["Goes live by itself"]
    assert "Summer hours" not in owner["Goes live by itself"]
    assert "Its address was taken." in owner["Did not go live at its time"]
    assert "Winter hours" in reception["Goes live by itself"]
    assert "Did not go live at its time" not in reception


def test_a_draft_that_goes_live_by_itself_waits_for_nobody() -> None:
    doctor = writer("Doctor")
    draft = draft_of("aftercare", person("Doctor"))
    signed(draft)
    assert "Looking after your skin" in sections(doctor)["Waiting for you"]
    Schedule.objects.create(content=draft, goes_live_at=NOON + timedelta(days=900), set_by="a-doctor", set_at=NOON)
    assert "Waiting for you" not in sections(doctor)
    assert "Looking after your skin" in sections(doctor)["Goes live by itself"]


def test_who_asked_is_led_to_where_it_can_be_taken_back() -> None:
    reception = writer("Reception")
    draft = draft_of("aftercare", person("Reception"))
    signing.request_review(draft, actor="a-reception", note="", now=NOON)
    assert f"/staff/pages/{draft.pk}/ask/" in action_labels(reception)
    assert "Take it back" in reception.get(f"/staff/pages/{draft.pk}/ask/").content.decode()


def test_a_page_that_is_offline_is_put_back_by_who_publishes_it_and_by_nobody_else() -> None:
    page = live("about")
    version = page.versions.get()
    version.unpublish(author())
    way_back = f"/staff/pages/{page.pk}/offline/"
    assert way_back in action_labels(writer("Nurse"))
    assert way_back not in action_labels(writer("Reception"))


def test_publishers_are_warned_when_the_tick_no_longer_runs() -> None:
    ticks.record_run(timezone.now())
    assert "Did not go live at its time" not in sections(writer("Owner"))
    ticks.record_run(timezone.now() - timedelta(minutes=11))
    assert "Nothing goes live by itself" in sections(writer("Owner"))["Did not go live at its time"]


def test_drafts_are_told_apart_by_who_holds_them() -> None:
    nurse, doctor = writer("Nurse"), writer("Doctor")
    draft_of("about", person("Nurse"))
    assert "About" in sections(nurse)["Your drafts"]
    assert "Drafts of others" not in sections(nurse)
    others = sections(doctor)["Drafts of others"]
    assert "a-nurse is changing it" in others
    assert "Take this draft over" in others
    assert "Take this draft over" not in sections(writer("Reception"))["Drafts of others"]


def test_cases_wait_for_the_doctor_alone() -> None:
    Case.objects.all().delete()
    CaseFactory(approved_at=None)
    CaseFactory()
    CaseFactory(approved_at=None, consent__withdrawn_at=NOON)
    doctor = writer("Doctor")
    assert "1 case is not approved yet" in sections(doctor)["Before and after"]
    assert "/admin/content/case/?stands=waiting" in action_labels(doctor)
    assert "Before and after" not in sections(writer("Nurse"))


def test_consents_that_end_soon_are_listed_for_who_can_renew_them(clock: Any) -> None:
    clock(NOON)
    Consent.objects.update(expires_on=date(2030, 1, 1))
    soon = ConsentFactory(expires_on=DAY + timedelta(days=10))
    later = ConsentFactory(expires_on=DAY + timedelta(days=59))
    far = ConsentFactory(expires_on=DAY + timedelta(days=61))
    gone = ConsentFactory(expires_on=DAY + timedelta(days=10), withdrawn_at=NOON)
    for role in ("Nurse", "Doctor", "Owner"):
        section = sections(writer(role))["Consents that end soon"]
        assert f"{soon.reference} Urgent. Ends in 10 days" in section
        assert f"{later.reference} Ends in 59 days" in section
        assert far.reference not in section
        assert gone.reference not in section
    assert "Consents that end soon" not in sections(writer("Reception"))


def test_what_one_may_begin_is_what_the_role_allows() -> None:
    begun = {role: action_labels(writer(role)) for role in ROLES}
    assert [role for role in ROLES if "/staff/new-topic/" in begun[role]] == ["Nurse", "Doctor"]
    assert [role for role in ROLES if "/admin/content/case/add/" in begun[role]] == ["Nurse", "Doctor"]
    assert [role for role in ROLES if "/admin/content/consent/withdraw/" in begun[role]] == list(ROLES)
    assert [role for role in ROLES if "/admin/content/treatment/" in begun[role]] == ["Doctor"]


@pytest.mark.slow
def test_nothing_offered_is_refused() -> None:
    for role in ROLES:
        browser = writer(role)
        for address in action_labels(browser):
            if address.startswith("/"):
                assert browser.get(address).status_code in {200, 302}, (role, address)


def test_change_this_page_opens_a_draft_and_pressing_again_opens_the_same() -> None:
    reception = writer("Reception")
    content = live("aftercare")
    for _ in range(2):
        reply = reception.post(f"/staff/pages/{content.pk}/change/")
        assert "/edit/" in reply["Location"]
        assert reception.get(reply["Location"]).status_code == 200
    drafts = PageContent.admin_manager.filter(page=content.page, versions__state="draft")
    assert [one.versions.get().created_by for one in drafts] == [person("Reception")]
    assert "Looking after your skin" in sections(reception)["Your drafts"]
    assert live("aftercare") == content


def test_a_draft_that_someone_else_holds_is_not_taken_and_it_says_who_holds_it() -> None:
    nurse, reception = writer("Nurse"), writer("Reception")
    draft = draft_of("aftercare", person("Nurse"))
    reply = reception.post(f"/staff/pages/{draft.pk}/change/", follow=True)
    assert "a-nurse is changing this page since " in reply.content.decode().lower()
    assert "Ask them. A doctor can take it over at once" in reply.content.decode()
    assert draft.versions.get().locked_by == person("Nurse")
    assert "/edit/" in nurse.post(f"/staff/pages/{draft.pk}/change/")["Location"]
    assert PageContent.admin_manager.filter(page=draft.page, versions__state="draft").count() == 1


def test_a_doctor_takes_a_draft_over_and_a_nurse_does_not() -> None:
    reception, doctor, nurse = writer("Reception"), writer("Doctor"), writer("Nurse")
    draft = draft_of("aftercare", person("Reception"))
    assert nurse.post(f"/staff/pages/{draft.pk}/unlock/").status_code == 403
    assert draft.versions.get().locked_by == person("Reception")
    text = doctor.post(f"/staff/pages/{draft.pk}/unlock/", follow=True).content.decode()
    assert "The draft is yours now, with all that was saved in it." in text
    assert draft.versions.get().locked_by == person("Doctor")
    assert nurse.post(f"/staff/pages/{draft.pk}/change/")["Location"] == "/staff/"
    assert "/edit/" in doctor.post(f"/staff/pages/{draft.pk}/change/")["Location"]
    assert reception.get("/staff/").status_code == 200


def test_who_may_not_change_pages_opens_none() -> None:
    content = live("aftercare")
    assert member("").post(f"/staff/pages/{content.pk}/change/").status_code == 403
    assert not PageContent.admin_manager.filter(page=content.page, versions__state="draft").exists()


def test_nothing_changes_by_looking() -> None:
    content = live("aftercare")
    doctor = writer("Doctor")
    assert doctor.get(f"/staff/pages/{content.pk}/change/").status_code == 405
    assert doctor.get(f"/staff/pages/{content.pk}/unlock/").status_code == 302
    assert not PageContent.admin_manager.filter(page=content.page, versions__state="draft").exists()


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("things", [1, 3])
def test_the_start_page_takes_as_many_queries_for_three_of_each_as_for_one(
    things: int, django_assert_num_queries: Any
) -> None:
    doctor, nurse = writer("Doctor"), writer("Nurse")
    assert nurse
    for number in range(things):
        publish(shown := page_of_kind("topic", title=f"Live {number}"))
        Answer.objects.create(
            page_id=shown.page_id,
            content_id=shown.pk,
            is_clear=False,
            words="Words",
            answered_on=timezone.localdate(),
        )
        waiting = page_of_kind("topic", title=f"Waiting {number}")
        signing.request_review(waiting, actor="a-nurse", note="", now=NOON)
        held = page_of_kind("clinic", title=f"Held {number}")
        held.versions.update(locked_by=person("Nurse"))
        ConsentFactory(expires_on=timezone.localdate() + timedelta(days=30))
        timed = page_of_kind("clinic", title=f"Timed {number}")
        Schedule.objects.create(content=timed, set_by="a-owner", goes_live_at=NOON, set_at=NOON)
        CaseFactory(approved_at=None)
    doctor.get("/staff/")  # what a process reads once
    with django_assert_num_queries(32):
        doctor.get("/staff/")


def test_staff_are_warned_when_the_page_cache_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    store.generation()
    browser = writer("Reception")
    assert "Readers get pages, but slowly" not in sections(browser)
    for at in (store.root() / "at").iterdir():
        at.rename(at.with_name("later"))
    late = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert "Perhaps the disk is full" in sections(browser)["Readers get pages, but slowly"]
    store.activate(store.create(DAY, "x", frozenset(), {}), "later")
    assert "Readers get pages, but slowly" not in sections(browser)
