"""Asking, reading, signing and publishing on the staff's own pages."""

import re
from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version

from content.models import Prose, Request, SignOff
from content.reviews import gate
from tests.factories import NOON, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.rendering import publish, unescaped
from tests.staff.members import member
from tests.staff.page_content import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database_full]
TYPED = "correct horse battery"
CHANGE = ["change_page"]


def browser(user: User) -> Client:
    user.set_password(TYPED)
    user.save()
    client = Client()
    client.force_login(user)
    return client


def colleague(name: str, *rights: str) -> Client:
    user = User.objects.create(username=name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return browser(user)


@pytest.fixture
def dr(db: None) -> Client:
    user = doctor()
    user.user_permissions.add(*Permission.objects.filter(codename__in=CHANGE))
    return browser(user)


def changed_draft(kind: str = "topic") -> PageContent:
    """A live page and the draft in which a row of it was changed."""
    live = page_of_kind(kind, title="Looking after it", slug=f"looking-{PageContent.admin_manager.count()}")
    ProseFactory(placeholder=slot_of(live, f"{kind}_body"), body="<p>Rest for two days.</p>")
    publish(live)
    draft: PageContent = live.versions.get().copy(author()).content
    Prose.objects.filter(placeholder__in=draft.placeholders.all()).update(body="<p>Rest for three days.</p>")
    return draft


def state(content: PageContent) -> str:
    return str(Version.objects.get(object_id=content.pk).state)


def form_of(client: Client, content: PageContent) -> dict[str, str]:
    """What the sign page would send as it stands."""
    page = client.get(f"/staff/pages/{content.pk}/sign/").content.decode()
    matches = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("seen", "due_on")}
    return {name: hit[1] for name, hit in matches.items() if hit}


def test_a_doctor_reads_what_changed_signs_and_publishes_in_one_go(dr: Client) -> None:
    draft = changed_draft()
    page = unescaped(dr.get(f"/staff/pages/{draft.pk}/sign/"))
    assert "taken out: </span>two</del>" in page
    assert "new: </span>three</ins>" in page
    data = {**form_of(dr, draft), "typed": TYPED, "do": "sign_and_publish"}
    reply = dr.post(f"/staff/pages/{draft.pk}/sign/", data, follow=True)
    assert "is live" in unescaped(reply)
    assert state(draft) == "published"
    assert SignOff.objects.filter(content_id=draft.pk).count() == 1


def test_signing_and_publishing_checks_the_words_once(dr: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = changed_draft()
    data = {**form_of(dr, draft), "typed": TYPED, "do": "sign_and_publish"}
    checked = []
    monkeypatch.setattr(gate, "_publish_checks", [lambda content: checked.append(content.pk) or ""])
    dr.post(f"/staff/pages/{draft.pk}/sign/", data)
    assert state(draft) == "published"
    assert checked == [draft.pk]


def test_what_was_checked_for_one_draft_lets_no_other_draft_through(monkeypatch: pytest.MonkeyPatch) -> None:
    checked, other = changed_draft("clinic"), changed_draft("clinic")
    monkeypatch.setattr(gate, "_publish_checks", [lambda content: "Mend it first."])
    with gate.passed(checked):
        checked.versions.get().publish(author())
        with pytest.raises(ConditionFailed):
            other.versions.get().publish(author())
    assert (state(checked), state(other)) == ("published", "draft")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("typed", "wrong", "neither your password nor the code"),
        ("typed", "", "Type your password or a code"),
        ("due_on", "", "Choose the day of the next review"),
        ("due_on", "soon", "Write the day like this"),
        ("due_on", "2001-01-01", "lies after today"),
        ("due_on", "9999-12-31", "within two years"),
        ("seen", "0" * 64, "changed while you read it"),
        ("seen", "", "changed while you read it"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_signed(
    dr: Client, field: str, value: str, sentence: str
) -> None:
    draft = changed_draft()
    signatures = SignOff.objects.count()
    good = {**form_of(dr, draft), "typed": TYPED, "do": "sign_and_publish"}
    reply = dr.post(f"/staff/pages/{draft.pk}/sign/", {**good, field: value})
    assert reply.status_code == 200
    assert sentence in unescaped(reply)
    assert TYPED not in reply.content.decode()
    assert (SignOff.objects.count(), state(draft)) == (signatures, "draft")
    dr.post(f"/staff/pages/{draft.pk}/sign/", good)
    assert state(draft) == "published"


def test_the_next_review_is_proposed_a_year_ahead_and_can_be_chosen(dr: Client, clock: Any) -> None:
    draft = changed_draft()
    assert form_of(dr, draft)["due_on"] == "2027-03-01"
    dr.post(
        f"/staff/pages/{draft.pk}/sign/",
        {**form_of(dr, draft), "due_on": "01/06/2026", "typed": TYPED, "do": "sign"},
    )
    assert str(SignOff.objects.get(content_id=draft.pk).due_on) == "2026-06-01"
    assert state(draft) == "draft"


def test_a_signed_draft_is_published_with_one_button_and_an_edit_takes_the_button_away(dr: Client) -> None:
    draft = changed_draft()
    signed(draft)
    address = f"/staff/pages/{draft.pk}/sign/"
    assert 'value="publish"' in unescaped(dr.get(address))
    Prose.objects.filter(placeholder__in=draft.placeholders.all()).update(heading="Other")
    assert 'value="publish"' not in unescaped(dr.get(address))
    reply = dr.post(address, {"do": "publish"})
    assert "No doctor has signed this page as it reads now" in unescaped(reply)
    assert state(draft) == "draft"


@pytest.mark.parametrize("do", ["sign", "sign_and_publish", "publish"])
def test_who_may_not_sign_or_publish_is_refused_and_learns_who_can(do: str) -> None:
    draft = changed_draft()
    for name, rights in (("reception", CHANGE), ("nurse", [*CHANGE, "publish_page"])):
        client = colleague(name, *rights)
        address = f"/staff/pages/{draft.pk}/sign/"
        page = unescaped(client.get(address))
        assert "A doctor reads it, signs it and publishes it" in page
        assert re.findall(r'name="do" value="(\w+)"', page.split("Who goes on from here")[1]) == []
        assert not re.search(r'name="do" value="(sign|publish|send_back)', page)
        assert client.post(address, {"do": do, "typed": TYPED}).status_code == 403
    assert state(draft) == "draft"
    assert not SignOff.objects.filter(content_id=draft.pk).exists()


def test_a_nurse_publishes_the_clinics_own_page_and_reception_does_not() -> None:
    draft = changed_draft("clinic")
    address = f"/staff/pages/{draft.pk}/sign/"
    assert colleague("reception", *CHANGE).post(address, {"do": "publish"}).status_code == 403
    assert state(draft) == "draft"
    reply = colleague("nurse", *CHANGE, "publish_page").post(address, {"do": "publish"}, follow=True)
    assert "is live" in unescaped(reply)
    assert state(draft) == "published"


def test_read_again_nothing_to_change_signs_the_live_version_anew(dr: Client) -> None:
    content = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(content, "topic_body"))
    publish(content)
    address = f"/staff/pages/{content.pk}/sign/"
    assert "Read again, nothing to change" in unescaped(dr.get(address))
    before = SignOff.objects.filter(content_id=content.pk).count()
    dr.post(address, {**form_of(dr, content), "typed": TYPED, "do": "sign"})
    assert SignOff.objects.filter(content_id=content.pk).count() == before + 1
    assert state(content) == "published"


def test_reception_asks_the_doctor_with_a_note_and_can_take_it_back() -> None:
    draft = changed_draft()
    client = colleague("reception", *CHANGE)
    address = f"/staff/pages/{draft.pk}/ask/"
    page = unescaped(client.get(address))
    assert "A doctor reads it" in page
    assert "three</ins>" in page
    reply = client.post(address, {"note": "The days are new"}, follow=True)
    assert "Asked." in unescaped(reply)
    request = Request.objects.get(content=draft)
    assert (request.asked_by, request.note) == ("reception", "The days are new")
    client.post(address, {"do": "take_back"})
    assert not Request.objects.exists()


def test_a_note_that_is_too_long_gets_an_error_and_stays() -> None:
    draft = changed_draft()
    reply = colleague("reception", *CHANGE).post(f"/staff/pages/{draft.pk}/ask/", {"note": "n" * 301})
    assert reply.status_code == 200
    assert "n" * 301 in reply.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("page", ["ask", "sign", "changes"])
def test_the_pages_are_for_staff_who_edit(page: str) -> None:
    draft = changed_draft()
    address = f"/staff/pages/{draft.pk}/{page}/"
    assert Client().get(address)["Location"] == f"/admin/login/?next={address}"
    assert colleague("nobody").get(address).status_code == 403
    assert colleague("editor", *CHANGE).get(address).status_code == 200
    assert colleague("lost", *CHANGE).get(f"/staff/pages/999999/{page}/").status_code == 404


def test_looking_changes_nothing(dr: Client) -> None:
    draft = changed_draft()
    before = (Request.objects.count(), SignOff.objects.count(), list(Version.objects.values()))
    for page in ("ask", "sign", "changes"):
        dr.get(f"/staff/pages/{draft.pk}/{page}/?do=publish&typed={TYPED}")
    assert (Request.objects.count(), SignOff.objects.count(), list(Version.objects.values())) == before


def test_the_sign_page_costs_the_same_however_many_blocks(dr: Client) -> None:
    counts = []
    for number in (1, 3):
        draft = page_of_kind("topic", slug=f"n-{number}")
        for _ in range(number):
            ProseFactory(placeholder=slot_of(draft, "topic_body"))
        dr.get(f"/staff/pages/{draft.pk}/sign/")
        with CaptureQueriesContext(connection) as queries:
            dr.get(f"/staff/pages/{draft.pk}/sign/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def bar_of(client: Client, address: str) -> str:
    page = unescaped(client.get(address))
    match = re.search(r"<staff-bar .*?</staff-bar>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", match[0]).split()) if match else ""


def test_the_bar_says_where_a_version_stands_and_why_the_button_is_off(dr: Client) -> None:
    draft = changed_draft()
    preview = f"/admin/cms/placeholder/object/{draft.versions.get().content_type_id}/preview/{draft.pk}/"
    reception = colleague("reception", *CHANGE)
    assert bar_of(reception, preview).startswith("Being written version 2")
    assert "Ask the doctor" in bar_of(reception, preview)
    assert "Read and sign" in bar_of(dr, preview)
    Request.objects.create(content=draft, asked_by="reception", asked_at=NOON)
    assert bar_of(reception, preview).startswith("Waiting for the doctor")
    assert "reception has asked the doctor" in bar_of(reception, preview)
    signed(draft)
    assert bar_of(dr, preview).startswith("Signed, not live yet")
    publish(draft)
    assert bar_of(dr, draft.page.get_absolute_url()).startswith("Live version 2")


def test_the_bar_leads_to_the_start_and_to_what_patients_saw_and_offers_each_way_once(dr: Client) -> None:
    draft = changed_draft()
    owner = colleague("owner", *CHANGE, "publish_page", "view_snapshot")
    publish(draft)
    bar = bar_of(owner, draft.page.get_absolute_url())
    assert "Start" in bar
    assert "Archive: what patients saw" in bar
    assert "What patients saw" not in bar_of(colleague("reception", *CHANGE), draft.page.get_absolute_url())
    assert bar_of(dr, draft.page.get_absolute_url()).count("Take offline") == 1


def test_a_refused_signature_is_announced_at_the_top_with_a_link_to_the_field(dr: Client) -> None:
    draft = changed_draft()
    page = unescaped(dr.post(f"/staff/pages/{draft.pk}/sign/", {**form_of(dr, draft), "typed": "wrong", "do": "sign"}))
    top = page.index("Nothing was signed")
    assert top < page.index('href="#id_typed"') < page.index("What changed")
    assert "Nothing was signed" not in unescaped(dr.get(f"/staff/pages/{draft.pk}/sign/"))


def test_visitors_see_no_bar() -> None:
    draft = changed_draft()
    assert bar_of(Client(), draft.page.get_absolute_url()) == ""
    assert bar_of(colleague("editor", *CHANGE), draft.page.get_absolute_url()).startswith("Live")


def test_a_page_of_the_clinics_own_goes_live_as_it_was_read() -> None:
    draft = page_of_kind("clinic", slug="as-read")
    browser, url = member("Nurse"), f"/staff/pages/{draft.pk}/sign/"
    form = main_of(browser, url).xpath(".//form[.//button[@value='publish']]")[0]
    sent = {box.get("name"): box.get("value") for box in form.xpath(".//input[@name='seen']")} | {"do": "publish"}
    PageContent.admin_manager.filter(pk=draft.pk).update(title="Something else by now")
    assert "changed while you read it" in browser.post(url, sent).content.decode()
    assert Client().get("/as-read/").status_code == 404
    PageContent.admin_manager.filter(pk=draft.pk).update(title=draft.title)
    browser.post(url, sent)
    assert Client().get("/as-read/").status_code == 200


def test_the_bar_offers_a_publisher_each_way_on_once_and_the_home_page_stays(dr: Client) -> None:
    draft = changed_draft()
    signed(draft)
    publish(draft)
    of_topic = bar_of(dr, draft.page.get_absolute_url())
    assert (of_topic.count("Take offline"), of_topic.count("Read again")) == (1, 1)
    assert "Take offline" not in bar_of(colleague("editor", *CHANGE), draft.page.get_absolute_url())
    draft.page.set_as_homepage()
    assert "Take offline" not in bar_of(dr, "/")
