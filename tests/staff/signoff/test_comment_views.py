"""Comments beside the blocks: who leaves them, where they stand, what they ask before a page is signed."""

import pytest
from cms.models import PageContent
from django.core.management import call_command
from django.test import Client
from lxml import html

from content.comments import threads, writing
from content.models import Comment, SignOff
from content.publishing.models import ShownHtml
from content.staff.accounts.roles import ROLES
from tests.factories import NOON, author, doctor, signed
from tests.rendering import publish, unescaped
from tests.staff.members import member
from tests.staff.rights import person, writer
from tests.staff.signoff.test_sign_views import TYPED, browser, changed_draft, form_of, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database_full]
WORDS = "This number is from 2019."


def block_of(content: PageContent) -> int:
    return int(threads.flat_blocks(content)[0].block.pk)


def left_on(content: PageContent, words: str = WORDS) -> Comment:
    return writing.leave(content, block_of(content), words, user=author(), now=NOON)


def doctors() -> Client:
    writer("Doctor")
    return browser(person("Doctor"))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_comments_answers_and_settles_and_all_read_it(role: str) -> None:
    draft, client = changed_draft(), writer(role)
    url = f"/staff/pages/{draft.pk}/comment/"
    reply = client.post(url, {"do": "leave", "block": block_of(draft), "words": WORDS, "back": "page_sign"})
    comment = Comment.objects.get()
    assert reply["Location"] == f"/staff/pages/{draft.pk}/sign/#comment-{comment.pk}"
    assert (comment.author, comment.words) == (person(role).username, WORDS)
    client.post(url, {"do": "answer", "comment": comment.pk, "words": "It is from 2025."})
    for reader in map(writer, ROLES):
        for page in ("changes", "sign", "ask"):
            text = unescaped(reader.get(f"/staff/pages/{draft.pk}/{page}/"))
            assert text.count(f'id="comment-{comment.pk}"') == 1, page
            assert "It is from 2025." in text
    client.post(url, {"do": "settle", "comment": comment.pk})
    comment.refresh_from_db()
    assert comment.settled_by == person(role).username
    assert "Settled by" in unescaped(client.get(f"/staff/pages/{draft.pk}/changes/"))


def test_strangers_and_staff_without_a_role_leave_and_read_nothing() -> None:
    draft = changed_draft()
    comment = left_on(draft)
    for client, status in ((Client(), 302), (member(""), 403)):
        for data in (
            {"do": "leave", "block": block_of(draft), "words": "x"},
            {"do": "answer", "comment": comment.pk, "words": "x"},
            {"do": "settle", "comment": comment.pk},
            {"do": "delete", "comment": comment.pk},
        ):
            reply = client.post(f"/staff/pages/{draft.pk}/comment/", data)
            assert reply.status_code == status
            assert WORDS not in reply.content.decode()
    assert list(Comment.objects.values_list("words", "settled_at")) == [(WORDS, None)]
    assert not comment.answers.exists()
    assert writer("Nurse").get(f"/staff/pages/{draft.pk}/comment/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/staff/pages/{draft.pk}/comment/").status_code in {302, 403}


def test_only_its_author_or_who_publishes_the_page_deletes_a_comment() -> None:
    draft, nurse, reception = changed_draft(), writer("Nurse"), writer("Reception")
    url = f"/staff/pages/{draft.pk}/comment/"
    nurse.post(url, {"do": "leave", "block": "0", "words": "By the nurse"})
    comment = Comment.objects.get()
    assert 'value="delete"' not in unescaped(reception.get(f"/staff/pages/{draft.pk}/changes/"))
    assert reception.post(url, {"do": "delete", "comment": comment.pk}).status_code == 403
    assert Comment.objects.exists()
    assert nurse.post(url, {"do": "delete", "comment": comment.pk}).status_code == 302
    assert not Comment.objects.exists()
    theirs = left_on(draft)
    doctors().post(url, {"do": "delete", "comment": theirs.pk})
    assert not Comment.objects.exists()


def test_a_comment_of_another_page_is_not_found_under_this_one() -> None:
    draft, other = changed_draft(), changed_draft("clinic")
    comment = left_on(other)
    for do in ("answer", "settle", "delete"):
        reply = writer("Nurse").post(
            f"/staff/pages/{draft.pk}/comment/", {"do": do, "comment": comment.pk, "words": "x"}
        )
        assert reply.status_code == 404
    assert writer("Nurse").post(f"/staff/pages/{draft.pk}/comment/", {"do": "all"}).status_code == 403


@pytest.mark.parametrize("block", ["999999", "x", "", str(10**30)])
def test_what_cannot_be_kept_is_given_back_to_copy(block: str) -> None:
    draft = changed_draft()
    reply = writer("Nurse").post(f"/staff/pages/{draft.pk}/comment/", {"do": "leave", "block": block, "words": WORDS})
    assert reply.status_code == 409
    page = html.fromstring(reply.content.decode())
    assert page.xpath("string(.//main//textarea)").strip() == WORDS
    assert "no longer on the page" in page.text_content()


def test_coming_back_leads_nowhere_else() -> None:
    draft = changed_draft()
    data = {"do": "leave", "block": "0", "words": WORDS, "back": "https://elsewhere.example/"}
    reply = writer("Nurse").post(f"/staff/pages/{draft.pk}/comment/", data)
    assert reply["Location"].startswith(f"/staff/pages/{draft.pk}/changes/#")


def test_its_author_stays_by_name_when_they_leave() -> None:
    draft, nurse = changed_draft(), writer("Nurse")
    user = person("Nurse")
    user.first_name, user.last_name = "Nina", "Ward"
    user.save()
    nurse.post(f"/staff/pages/{draft.pk}/comment/", {"do": "leave", "block": "0", "words": WORDS})
    user.is_active, user.first_name = False, "Gone"
    user.save()
    assert "Nina Ward" in unescaped(writer("Reception").get(f"/staff/pages/{draft.pk}/changes/"))


def test_a_comment_on_an_unchanged_block_stands_under_what_changed_too() -> None:
    live = changed_draft("clinic")
    publish(live)
    draft = live.versions.get().copy(author()).content
    left_on(draft)
    page = html.fromstring(writer("Nurse").get(f"/staff/pages/{draft.pk}/changes/").content.decode())
    [section] = page.xpath(".//section[@aria-labelledby='changed-heading']")
    assert WORDS in section.text_content()


def test_signing_asks_first_and_goes_on_all_the_same() -> None:
    client, draft = doctors(), changed_draft()
    address = f"/staff/pages/{draft.pk}/sign/"
    form = form_of(client, draft)
    for number in (1, 2):
        left_on(draft, f"Comment {number}")
    page = unescaped(client.get(address))
    assert "2 comments are open" in page
    assert "Sign all the same" in page
    assert 'name="typed"' not in page
    for data in ({**form, "do": "sign"}, {**form, "do": "sign_and_publish"}, {"do": "publish"}):
        assert "2 comments are open" in unescaped(client.post(address, {**data, "typed": TYPED}))
    assert not SignOff.objects.filter(content_id=draft.pk).exists()
    [way] = html.fromstring(page).xpath(".//a[text()='Sign all the same']/@href")
    answered = unescaped(client.get(way))
    assert "comments are open" not in answered
    [despite] = html.fromstring(answered).xpath(".//input[@name='despite']/@value")
    third = left_on(draft, "One more")
    reply = client.post(address, {**form, "do": "sign", "typed": TYPED, "despite": despite})
    assert "1 comment is open" in unescaped(reply)
    writing.settle(third, user=doctor(), now=NOON)
    client.post(address, {**form, "do": "sign", "typed": TYPED, "despite": despite})
    assert SignOff.objects.filter(content_id=draft.pk).exists()


def test_the_toolbars_button_asks_first_too() -> None:
    draft = changed_draft("clinic")
    nurse, version = writer("Nurse"), draft.versions.get().pk
    comment = left_on(draft)
    url = f"/admin/djangocms_versioning/pagecontentversion/{version}/publish/"
    assert nurse.post(url)["Location"] == f"/staff/pages/{draft.pk}/sign/"
    assert state(draft) == "draft"
    assert "Publish all the same" in unescaped(nurse.get(f"/staff/pages/{draft.pk}/sign/"))
    writing.settle(comment, user=author(), now=NOON)
    nurse.post(url)
    assert state(draft) == "published"


@pytest.mark.usefixtures("remembers")
def test_patients_and_what_is_kept_for_them_never_hold_a_comment() -> None:
    draft = changed_draft()
    left_on(draft)
    writing.answer(Comment.objects.get(), "An answer of ours.", user=author(), now=NOON)
    signed(draft)
    publish(draft)
    left_on(draft, "Another of ours.")
    call_command("tick", verbosity=0)
    pages = [
        Client().get(url).content.decode()
        for url in (draft.page.get_absolute_url(), "/whole-guide/", "/search/?q=2019")
    ]
    pages += ShownHtml.objects.values_list("html", flat=True)
    assert "three" in pages[0]
    assert any("three days" in page for page in pages[3:])
    for page in pages:
        for words in (WORDS, "An answer of ours.", "Another of ours."):
            assert words not in page
    signature = SignOff.objects.filter(content_id=draft.pk).latest("pk")
    assert "2019" not in str(signature.document)
