"""Every address of the staff's own pages, posted to by every role: what takes a right is refused without it, in words."""

from collections.abc import Iterator

import pytest
from cms.models import PageContent
from django.contrib.auth.models import User

from content.models import Comment, GivenReason, Hold, Outcome, PracticePage, Request, SignOff
from content.reviews import signed_document
from content.staff.accounts.roles import ROLES
from tests.factories import ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.faults.test_reading_changes_nothing import state
from tests.publishing.pages import snapshots_of
from tests.staff.members import member
from tests.staff.rights import person, writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
PASSWORD = "a long walk by the sea"  # noqa: S105  made up


@pytest.fixture
def draft() -> PageContent:
    """A medical draft that a doctor has signed, held by somebody who saved in it just now."""
    made = page_of_kind("topic", slug="wanted", title="Wanted")
    ProseFactory(placeholder=slot_of(made, "topic_body"))
    signed(made)
    made.versions.update(locked_by=author())
    return made


def tries(draft: PageContent) -> Iterator[tuple[str, dict[str, str], set[str]]]:
    """An address, what is posted to it, and the roles that may."""
    seen = signed_document.fingerprint(signed_document.build(draft))
    sign = {"due_on": "2027-01-01", "typed": PASSWORD, "password": PASSWORD, "seen": seen, "page": str(draft.pk)}
    base, someone = f"/staff/pages/{draft.pk}", doctor().pk
    version = draft.versions.get().pk
    for do in ("sign", "publish", "sign_and_publish", "signature", ""):
        yield f"{base}/sign/", {**sign, "do": do}, {"Doctor"}
    yield "/staff/reopened/", sign, {"Doctor"}
    yield f"{base}/sign/", {"do": "send_back", "comment": "Not yet."}, {"Doctor"}
    yield f"{base}/comment/", {"do": "leave", "block": "0", "words": "From 2019."}, set(ROLES)
    yield "/staff/ask-together/", {"page": str(draft.pk)}, set(ROLES)
    yield f"{base}/schedule/", {"day": "2027-01-01", "time": "09:00"}, {"Doctor"}
    yield f"{base}/schedule/", {"do": "cancel"}, {"Doctor"}
    yield f"{base}/offline/", {}, {"Doctor"}
    yield f"{base}/offline/", {"do": "back"}, {"Doctor"}
    yield f"{base}/unlock/", {}, {"Doctor"}
    yield f"{base}/checks/", {"word": "safe", "sentence": "It is safe.", "reason": "So it is."}, {"Doctor"}
    yield f"/admin/djangocms_versioning/pagecontentversion/{version}/unlock/", {}, set(ROLES)  # leads to a question
    yield "/staff/new-topic/", {"title": "x"}, {"Nurse", "Doctor"}
    yield "/staff/people/", {}, {"Owner"}
    yield "/staff/people/add/", {"username": "eve", "name": "Eve"}, {"Owner"}
    yield f"/staff/people/{someone}/", {"name": "Eve"}, {"Owner"}
    yield f"/staff/people/{someone}/active/", {"do": "shut"}, {"Owner"}
    yield f"/staff/people/{someone}/link/", {"has_lost_telephone": "on"}, {"Owner"}
    for snapshot in snapshots_of(draft):
        yield f"/staff/archive/{snapshot.pk}/shown/", {}, {"Nurse", "Doctor", "Owner"}
    yield "/staff/archive/", {}, {"Nurse", "Doctor", "Owner"}


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_a_post_does_what_its_role_may_and_nothing_else(role: str, draft: PageContent) -> None:
    browser = writer(role) if role else member("")
    browser.post("/staff/")  # the first request of anybody makes the CMS's row of their settings
    for url, data, able in tries(draft):
        before = state()
        reply = browser.post(url, data)
        if role in able:
            assert reply.status_code in {200, 302}, url
        else:
            assert reply.status_code == 403, (url, data)
            assert state() == before, url
        if (
            role == "Doctor"
            and not PageContent.objects.filter(pk=draft.pk).exists()
            and "publish" in data.get("do", "")
        ):
            assert SignOff.objects.filter(content_id=draft.pk).exists()


def test_a_doctor_without_a_record_signs_nothing_and_with_one_does(draft: PageContent) -> None:
    browser = member("Doctor")
    user = person("Doctor")
    user.set_password(PASSWORD)
    user.save()
    browser.force_login(user)
    url, before = f"/staff/pages/{draft.pk}/sign/", SignOff.objects.count()
    data = {"do": "sign", "due_on": "2027-01-01", "typed": PASSWORD}
    data["seen"] = signed_document.fingerprint(signed_document.build(draft))
    assert browser.post(url, data).status_code == 403
    assert SignOff.objects.count() == before
    writer("Doctor").force_login(user)
    browser.post(url, {**data, "seen": "0" * 64})
    browser.post(url, {**data, "seen": ""})
    browser.post(url, {**data, "typed": "wrong"})
    assert SignOff.objects.count() == before
    browser.post(url, data)
    assert SignOff.objects.count() == before + 1
    assert SignOff.objects.first().signed_by == user.username


@pytest.mark.parametrize(
    "text",
    ['"><img src=x onerror=alert(1)>', "<script>alert(1)</script>", "{{ request.user }}", "]]><svg/onload=alert(1)>"],
)
def test_what_staff_type_about_pages_and_people_is_shown_and_never_run(text: str) -> None:
    writer("Doctor")
    nurse, owner, dr = member("Nurse"), member("Owner"), writer("Doctor")
    User.objects.filter(username__startswith="a-").update(first_name=text[:80])
    hostile = page_of_kind("topic", title=f"Title {text}", menu_title=text)
    block = ProseFactory(placeholder=slot_of(hostile, "topic_body"), heading=text)
    nurse.post(f"/staff/pages/{hostile.pk}/ask/", {"note": text})
    assert Request.objects.get().note == text
    GivenReason.objects.create(
        page=hostile.page, word="safe", sentence=text, reason=text, given_by=text, given_at="2026-03-01T12:00Z"
    )
    nurse.post(f"/staff/pages/{hostile.pk}/comment/", {"do": "leave", "block": block.pk, "words": text})
    nurse.post(
        f"/staff/pages/{hostile.pk}/comment/", {"do": "answer", "comment": Comment.objects.get().pk, "words": text}
    )
    nurse.post("/staff/practice/", {})
    assert PracticePage.objects.exists()
    Hold.objects.all().delete()
    for browser, urls in (
        (nurse, ("/staff/", "/staff/pages/", "/staff/practice/")),
        (owner, ("/staff/people/", f"/staff/people/{person('Nurse').pk}/")),
        (dr, ("/staff/", "/staff/pages/", "/staff/reopened/",
              *(f"/staff/pages/{hostile.pk}/{name}/" for name in ("sign", "ask", "changes", "checks", "schedule", "unlock")),
              f"/admin/djangocms_versioning/pagecontentversion/?page={hostile.page_id}")),
    ):  # fmt: skip
        for url in urls:
            reply = browser.get(url)
            assert reply.status_code == 200, url
            assert text not in reply.content.decode() or text.startswith("{{"), url
    dr.post(f"/staff/pages/{hostile.pk}/sign/", {"do": "send_back", "comment": text})
    assert Outcome.objects.get().comment == text
    for url in ("/staff/", f"/staff/pages/{hostile.pk}/ask/"):
        assert text not in nurse.get(url).content.decode() or text.startswith("{{"), url
    assert block.pk
