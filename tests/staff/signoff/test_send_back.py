"""Sending a page back on the staff's own pages: by whom, with which words, and what everybody reads then."""

import pytest
from cms.models import PageContent
from django.test import Client
from django.urls import reverse

from content.models import Outcome, Prose, Request, SignOff
from content.reviews import draft_locks, signing
from tests.factories import NOON
from tests.rendering import filled_in, opened, unescaped
from tests.staff.dashboard.test_start_page import sections
from tests.staff.members import member
from tests.staff.rights import person, writer
from tests.staff.signoff.test_sign_views import TYPED, browser, changed_draft, form_of, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages", "clock"), pytest.mark.database_full]
WORDS = "The days are from 2019. Look at the new study."


def asked_for(kind: str = "topic") -> PageContent:
    """A changed page for which reception has asked."""
    reception = writer("Reception")
    draft = changed_draft(kind)
    draft_locks.release(draft, now=NOON)
    reception.post(f"/staff/pages/{draft.pk}/ask/", {"note": "The days"})
    assert Request.objects.exists()
    return draft


def send_back(client: Client, draft: PageContent, **changes: str) -> str:
    asked = Request.objects.filter(content=draft).values_list("pk", flat=True).first() or ""
    data = {"do": "send_back", "comment": WORDS, "asked": asked, **changes}
    return unescaped(client.post(f"/staff/pages/{draft.pk}/sign/", data, follow=True))


def edit(client: Client, draft: PageContent) -> Prose:
    """The draft's block after somebody has mended it in the editor."""
    block = Prose.objects.get(placeholder__in=draft.get_placeholders())
    url = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk], query={"cms_path": "/"})
    values = {"heading": "Mended", "body": "<p>Rest for four days.</p>"}
    client.post(url, {**filled_in(values), **opened(client, url)})
    return Prose.objects.get(pk=block.pk)


def doctors() -> Client:
    writer("Doctor")
    return browser(person("Doctor"))


def test_a_doctor_sends_a_page_back_and_its_asker_goes_on_from_there() -> None:
    draft, doctor, reception = asked_for(), doctors(), writer("Reception")
    assert "is sent back" in send_back(doctor, draft)
    assert "Waiting for you" not in sections(doctor)
    row = sections(reception)["Sent back to you"]
    assert f"a-doctor sent it back, 1 March, 12:00. “{WORDS}”" in row
    assert "Go on writing" in row
    for page in ("changes", "ask"):
        assert WORDS in unescaped(reception.get(f"/staff/pages/{draft.pk}/{page}/"))
    reply = reception.post(f"/staff/pages/{draft.pk}/change/")
    assert f"/edit/{draft.pk}/" in reply["Location"]
    assert draft.versions.get().locked_by is None
    assert edit(reception, draft).heading == "Mended"
    assert draft.versions.get().locked_by == person("Reception")


def test_the_row_stays_until_it_is_dismissed_and_the_words_stay_with_the_draft() -> None:
    draft, reception = asked_for(), writer("Reception")
    send_back(doctors(), draft)
    outcome = Outcome.objects.get()
    for _ in range(2):
        assert "Sent back to you" in sections(reception)
    assert writer("Nurse").post(f"/staff/outcomes/{outcome.pk}/dismiss/").status_code == 404
    assert Client().post(f"/staff/outcomes/{outcome.pk}/dismiss/").status_code == 302
    assert reception.get(f"/staff/outcomes/{outcome.pk}/dismiss/").status_code == 405
    assert "Sent back to you" in sections(reception)
    reception.post(f"/staff/outcomes/{outcome.pk}/dismiss/")
    assert "Sent back to you" not in sections(reception)
    assert WORDS in unescaped(reception.get(f"/staff/pages/{draft.pk}/changes/"))
    reception.post(f"/staff/pages/{draft.pk}/ask/", {"note": ""})
    assert WORDS not in unescaped(reception.get(f"/staff/pages/{draft.pk}/changes/"))
    assert "Waiting for the doctor" in sections(reception)["What you asked for"]


@pytest.mark.parametrize(("kind", "able"), [("topic", {"Doctor"}), ("clinic", {"Nurse", "Doctor", "Owner"})])
def test_only_who_may_sign_or_publish_the_page_sends_it_back(kind: str, able: set[str]) -> None:
    for role in ("Reception", "Nurse", "Doctor", "Owner", ""):
        draft = asked_for(kind)
        client = writer(role) if role else member("")
        reply = client.post(f"/staff/pages/{draft.pk}/sign/", {"do": "send_back", "comment": WORDS})
        assert reply.status_code == (302 if role in able else 403), role
        assert Request.objects.filter(content=draft).exists() is (role not in able)
        page = client.get(f"/staff/pages/{draft.pk}/sign/")
        assert ('value="send_back"' in page.content.decode()) is False or role in able
    assert Client().post(f"/staff/pages/{draft.pk}/sign/", {"do": "send_back", "comment": WORDS}).status_code == 302
    assert Request.objects.filter(content=draft).exists()


@pytest.mark.parametrize(
    ("comment", "sentence"),
    [
        ("", "Say what has to change"),
        (" \n ", "Say what has to change"),
        ("x" * 601, "That has 601 characters; 600 is the most."),
    ],
)
def test_it_takes_words_and_not_too_many(comment: str, sentence: str) -> None:
    draft, doctor = asked_for(), doctors()
    page = send_back(doctor, draft, comment=comment)
    assert sentence in page
    assert "It was not sent back." in page
    assert comment.strip() in page
    assert Request.objects.filter(content=draft).exists()
    send_back(doctor, draft, comment="a\r\n" * 290)
    assert Outcome.objects.get().comment.count("\n") == 289


def test_of_two_doctors_one_wins_and_the_other_keeps_what_they_typed() -> None:
    draft, first = asked_for(), doctors()
    form, asked = form_of(first, draft), str(Request.objects.get().pk)
    send_back(first, draft)
    page = unescaped(
        first.post(f"/staff/pages/{draft.pk}/sign/", {**form, "asked": asked, "typed": TYPED, "do": "sign_and_publish"})
    )
    assert f"a-doctor sent it back while you read it: “{WORDS}”" in page
    assert state(draft) == "draft"
    assert not SignOff.objects.filter(content_id=draft.pk).exists()
    late = send_back(first, draft, asked=asked, comment="My own words")
    assert "It was not sent back." in late
    assert "My own words" in late


def test_what_became_of_a_page_is_told_with_who_changed_it_first() -> None:
    draft, doctor, reception = asked_for(), doctors(), writer("Reception")
    Outcome.objects.update(changed_by=["a-doctor"])
    data = {**form_of(doctor, draft), "asked": str(Request.objects.get().pk), "typed": TYPED, "do": "sign_and_publish"}
    doctor.post(f"/staff/pages/{draft.pk}/sign/", data)
    assert state(draft) == "published"
    row = sections(reception)["What you asked for"]
    assert "Live: a-doctor published it, 1 March, 12:00. Changed by a-doctor while it waited." in row
    assert "See the page" in row
    reception.post(f"/staff/outcomes/{Outcome.objects.get().pk}/dismiss/")
    assert "What you asked for" not in sections(reception)


def test_a_word_that_the_doctor_mends_in_the_editor_is_told_while_it_waits() -> None:
    draft, doctor, reception = asked_for(), doctors(), writer("Reception")
    assert "while it waited" not in sections(reception)["What you asked for"]
    assert edit(doctor, draft).heading == "Mended"
    assert "Changed by a-doctor while it waited." in sections(reception)["What you asked for"]
    send_back(doctor, draft)
    assert draft.versions.get().locked_by is None


def test_what_still_waits_is_not_dismissed() -> None:
    asked_for()
    writer("Reception").post(f"/staff/outcomes/{Outcome.objects.get().pk}/dismiss/")
    assert Outcome.objects.get().became == "WAITING"


def test_a_draft_that_somebody_throws_away_is_told_to_who_asked() -> None:
    draft = asked_for()
    owner = writer("Owner")
    draft_locks.acquire_if_free(draft, user=person("Owner"), now=NOON)
    version = draft.versions.get().pk
    owner.post(f"/admin/djangocms_versioning/pagecontentversion/{version}/discard/", {"discard": "1"})
    assert not PageContent.admin_manager.filter(pk=draft.pk).exists()
    assert "a-owner threw the draft away" in sections(writer("Reception"))["What you asked for"]


def test_a_request_of_an_older_release_still_stands_on_its_askers_page() -> None:
    draft = changed_draft()
    reception = writer("Reception")
    Request.objects.create(content=draft, asked_by="a-reception", asked_at=NOON)
    assert "Waiting for the doctor" in sections(reception)["What you asked for"]
    signing.cancel_request(draft, actor="a-reception", now=NOON)
    assert "What you asked for" not in sections(reception)
