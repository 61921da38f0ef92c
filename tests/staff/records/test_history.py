"""*Who did what* says it in words, to those who may read it; edits of a draft are told, saves that change nothing aren't."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from content.ledger.models import Entry, Event
from content.ledger.writer import record
from content.models import Callout, Clinic, LibraryPicture, Prose
from content.staff.records import history, history_phrases
from tests.factories import (
    LANGUAGE,
    NOON,
    CalloutFactory,
    CaseFactory,
    ConsentFactory,
    page_of_kind,
    slot_of,
)
from tests.rendering import opened
from tests.staff.editors import browser_of, editor
from tests.staff.members import member
from tests.staff.page_content import main_of, words
from tests.staff.rights import writer

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/history/"
FORM = "/admin/cms/placeholder/edit-plugin/{}/?cms_path=/"


@pytest.fixture
def nurse(clock: Any) -> User:
    return editor("nora", full_name="Nora Nurse")


@pytest.fixture
def draft(nurse: User) -> PageContent:
    content = page_of_kind("clinic", title="Prices")
    content.versions.update(locked_by=nurse, created_by=nurse)
    return content


def did(draft: PageContent) -> list[list[dict[str, str]]]:
    """The edits of each entry about this draft, the oldest first."""
    about = Entry.objects.filter(event=Event.DRAFT_CHANGED, subject=f"Prices (page {draft.page_id})")
    return [entry.detail["edits"] for entry in about.order_by("pk")]


def callout(draft: PageContent, title: str = "Ask us") -> Callout:
    found: Callout = CalloutFactory(
        placeholder=slot_of(draft, "clinic_body"), heading="", title=title, text="Any time."
    )
    return found


def save(browser: Client, block: Callout, **values: str) -> None:
    address = FORM.format(block.pk)
    given = {"heading": block.heading, "title": block.title, "text": block.text} | values
    assert browser.post(address, given | opened(browser, address)).status_code == 200


def test_a_changed_block_is_told_and_a_save_without_a_change_is_not(draft: PageContent, nurse: User) -> None:
    block, browser = callout(draft), browser_of(nurse)
    save(browser, block)
    assert did(draft) == []
    save(browser, block, text="Any day.")
    assert did(draft) == [[{"did": "changed", "what": "Callout", "words": "Ask us", "part": "This page"}]]


def test_added_moved_and_deleted_blocks_are_told(draft: PageContent, nurse: User) -> None:
    first, second, third = (callout(draft, title) for title in ("First", "Second", "Third"))
    slot, browser = slot_of(draft, "clinic_body"), browser_of(nurse)
    query = {"placeholder_id": slot.pk, "plugin_type": "ProsePlugin", "plugin_language": LANGUAGE, "cms_path": "/"}
    added = reverse("admin:cms_placeholder_add_plugin", query={**query, "plugin_position": 4})
    browser.post(added, {"heading": "Added", "body": "<p>Some words.</p>"})
    assert Prose.objects.filter(heading="Added").exists()
    moved = {"plugin_id": third.pk, "target_language": LANGUAGE, "target_position": 1}
    assert browser.post("/admin/cms/placeholder/move-plugin/?cms_path=/", moved).status_code == 200
    browser.post(f"/admin/cms/placeholder/delete-plugin/{first.pk}/?cms_path=/", {"post": "yes"})
    assert not Callout.objects.filter(pk=first.pk).exists()
    assert Callout.objects.filter(pk=second.pk).exists()
    told = [(edit["did"], edit["words"]) for edits in did(draft) for edit in edits]
    assert told == [("added", "Added"), ("moved", "Third"), ("deleted", "First")]


def test_a_changed_title_is_told(draft: PageContent, nurse: User) -> None:
    browser, address = browser_of(nurse), f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}"
    values = {"title": "Prices today", "slug": draft.slug, "language": LANGUAGE, "meta_description": "What it costs."}
    browser.post(address, values | opened(browser, address))
    draft.refresh_from_db(from_queryset=PageContent.admin_manager.all())
    assert draft.title == "Prices today"
    edits = Entry.objects.get(event=Event.DRAFT_CHANGED).detail["edits"]
    assert {edit["what"] for edit in edits} == {"title", "first sentence"}


def test_edits_of_one_person_on_one_page_are_one_row(draft: PageContent, nurse: User, clock: Any) -> None:
    block, browser = callout(draft), browser_of(nurse)
    for minutes, text in ((0, "One."), (10, "Two."), (60, "Three.")):
        clock(NOON + timedelta(minutes=minutes))
        save(browser, block, text=text)
        block.refresh_from_db()
    rows = history.rows(list(history.entries(kind="drafts")), User(is_superuser=True))
    assert [(row.happened_at, row.since) for row in rows] == [
        (NOON + timedelta(minutes=60), NOON + timedelta(minutes=60)),
        (NOON + timedelta(minutes=10), NOON),
    ]
    assert [row.edits for row in rows] == [["Changed: Callout in “This page”, “Ask us”"]] * 2


def test_a_save_of_the_clinics_record_that_changes_nothing_records_nothing(clock: Any) -> None:
    browser, clinic = writer("Owner"), Clinic.objects.get()
    Clinic.objects.update(address="1 Long Street\nTown")
    address = f"/admin/content/clinic/{clinic.pk}/change/"
    form = browser.get(address).context["adminform"].form
    values = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    values["address"] = "1 Long Street\r\nTown"
    assert browser.post(address, values).status_code == 302
    assert not Entry.objects.filter(event=Event.CLINIC_CHANGED).exists()
    values |= {"address": "2 Long Street\r\nTown"} | opened(browser, address)
    assert browser.post(address, values).status_code == 302
    assert set(Entry.objects.get(event=Event.CLINIC_CHANGED).detail) == {"address"}


def entry(event: Event, subject: str, actor: str = "nora", at: datetime = NOON, **detail: Any) -> Entry:
    return record(event, subject, actor=actor, now=at, detail=detail)


def test_it_says_who_did_what_to_which_page_case_and_consent(draft: PageContent) -> None:
    case, consent = CaseFactory(), ConsentFactory()
    entry(Event.PAGE_PUBLISHED, f"Old title (page {draft.page_id})", version=1)
    entry(Event.CASE_APPROVED, case.code)
    entry(Event.CONSENT_CHANGED, consent.reference, given_on=["2026-01-01", "2026-01-02"])
    page = main_of(writer("Doctor"), ADDRESS)
    said = words(page)
    assert "Nora Nurse made “Prices” live 1 March 2026, 12:00" in said
    assert f"Nora Nurse approved case {case.title} ({case.code})" in said
    assert f"Nora Nurse corrected consent {consent.reference}" in said
    folded = [words(node) for node in page.find_class("records-details")]
    assert any("Given on: 2026-01-01 → 2026-01-02" in text for text in folded)
    assert not any("open" in node.attrib for node in page.find_class("records-details"))


def test_every_kind_of_entry_has_words(clock: Any) -> None:
    assert set(history_phrases.PHRASES) == set(Event)
    for event in Event:
        entry(event, "nobody")
    rows = history.rows(list(history.entries()), User(is_superuser=True))
    assert len(rows) == len(Event)
    assert not any("{" in row.before + row.after for row in rows)


def test_it_is_narrowed_by_person_page_kind_and_day(draft: PageContent) -> None:
    other = page_of_kind("clinic", title="Parking")
    entry(Event.PAGE_SIGNED, f"Prices (page {draft.page_id})")
    entry(Event.PAGE_SIGNED, f"Parking (page {other.page_id})", actor="otto", at=NOON + timedelta(days=1))
    entry(Event.SIGNED_IN, "otto", actor="otto", at=NOON + timedelta(days=1))
    every = {(one.event, one.actor) for one in history.entries()}
    assert every == {("PAGE_SIGNED", "nora"), ("PAGE_SIGNED", "otto"), ("SIGNED_IN", "otto")}
    assert [one.actor for one in history.entries(actor="nora")] == ["nora"]
    assert [one.actor for one in history.entries(page_id=draft.page_id)] == ["nora"]
    assert [one.event for one in history.entries(kind="people")] == ["SIGNED_IN"]
    assert [one.actor for one in history.entries(on=date(2026, 3, 1))] == ["nora"]
    doctor = writer("Doctor")
    said = words(main_of(doctor, f"{ADDRESS}?person=otto&kind=pages&day=2026-03-02"))
    assert "otto signed “Parking”" in said
    assert "nora" not in said.replace("Nora Nurse", "")


def test_a_day_or_person_that_is_none_is_said_and_loses_nothing(clock: Any) -> None:
    page = main_of(writer("Doctor"), f"{ADDRESS}?day=32.13.2026&person=nobody-here")
    assert "Choose one from the list." in words(page)
    assert page.xpath(".//input[@name='day']/@value") == ["32.13.2026"]


def test_it_goes_on_to_older_pages(clock: Any) -> None:
    for number in range(60):
        entry(Event.CLINIC_CHANGED, f"Clinic {number}")
    doctor = writer("Doctor")
    first, second = (words(main_of(doctor, f"{ADDRESS}?kind=facts&p={page}")) for page in (1, 2))
    assert "Clinic 59" in first
    assert "Clinic 3 " not in first
    assert "Clinic 3 " in second


@pytest.mark.parametrize(("role", "answer"), [("Doctor", 200), ("Owner", 200), ("Nurse", 403), ("Reception", 403)])
def test_doctor_and_owner_read_it_and_nobody_else(role: str, answer: int) -> None:
    assert member(role).get(ADDRESS).status_code == answer
    assert ('href="/staff/history/"' in member(role).get("/staff/").content.decode()) is (answer == 200)


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get(ADDRESS).status_code == 302


def test_a_consents_reference_is_only_read_by_who_may_open_it() -> None:
    consent, viewer = ConsentFactory(), editor("plain")
    entry(Event.CONSENT_CHANGED, consent.reference)
    (hidden,), (shown,) = (
        history.rows(list(history.entries(kind="consents")), user) for user in (viewer, User(is_superuser=True))
    )
    assert hidden.subject.label == "a consent"
    assert shown.subject.label == f"consent {consent.reference}"


def test_what_was_typed_is_no_markup() -> None:
    entry(Event.CLINIC_CHANGED, "<b>Clinic</b>", name=["<i>", "<script>"])
    text = writer("Doctor").get(ADDRESS).content.decode()
    assert "<b>Clinic" not in text
    assert "&lt;script&gt;" in text


def test_a_picture_of_the_library_is_named(clock: Any) -> None:
    nurse = editor("nora", "view_librarypicture")
    picture = LibraryPicture.objects.create(name="Treatment room")
    for pk in (picture.pk, picture.pk + 1):
        record(Event.PICTURE_TAKEN_DOWN, "0" * 32, actor="nora", now=NOON, detail={"picture": pk})
    gone, named = history.rows(history.entries(kind="pictures"), nurse)
    assert (named.before, named.subject.label, named.after) == (
        "took",
        "the picture “Treatment room”",
        "of the library down",
    )
    assert gone.subject == history.Subject("a picture that is gone")
