"""Staff see what readers say of each page, escaped, counted honestly, and can take a name away."""

from datetime import date, timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from django.utils import timezone
from lxml import html

from content.models import Answer
from content.staff.accounts.roles import ROLES
from tests.factories import author, page_of_kind
from tests.rendering import publish, text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def live() -> PageContent:
    draft = page_of_kind("clinic", title="Clear or not")
    publish(draft)
    return draft


def create_answers(content: PageContent, clear: int, of: int, **more: Any) -> list[Answer]:
    return [
        Answer.objects.create(
            page_id=content.page_id,
            content_id=content.pk,
            is_clear=number < clear,
            **{"answered_on": DAY, **more},
        )
        for number in range(of)
    ]


def row_text(title: str) -> str:
    tree = html.fromstring(member("Nurse").get("/staff/feedback/").content.decode())
    return next(text_of(row) for row in tree.xpath("//ul[@class='staff-rows']/li") if title in text_of(row))


def words_page(browser: Client, content: PageContent, query: str = "") -> Any:
    return browser.get(f"/staff/feedback/{content.page_id}/{query}")


def test_each_version_is_counted_by_itself(live: PageContent) -> None:
    assert "No answers yet." in row_text("Clear or not")
    create_answers(live, 3, 4)
    assert "This version: 3 of 4 clear." in row_text("Clear or not")
    newer = live.versions.get().copy(author())
    newer.publish(author())
    assert "Since you last changed it: no answers. Before: 3 of 4 clear." in row_text("Clear or not")
    create_answers(newer.content, 8, 10)
    assert "Since you last changed it: 8 of 10 clear (80%). Before: 3 of 4 clear." in row_text("Clear or not")


def test_the_list_costs_the_same_with_many_answers(live: PageContent, django_assert_num_queries: Any) -> None:
    from content.staff.records.feedback_views import rows

    create_answers(live, 1, 3, words="Words")
    with django_assert_num_queries(3):
        assert next(row.words for row in rows() if row.page_id == live.page_id) == 3
    create_answers(live, 9, 9, words="Words")
    with django_assert_num_queries(3):
        assert next(row.words for row in rows() if row.page_id == live.page_id) == 12


def test_a_page_that_went_offline_or_was_deleted_keeps_its_answers_in_sight(live: PageContent) -> None:
    create_answers(live, 1, 2, words="I am Jane Roe")
    live.versions.get().unpublish(author())
    assert "Not live now. 1 of 2 clear." in row_text("Clear or not")
    shown = words_page(member("Nurse"), live).content.decode()
    assert "I am Jane Roe" in shown
    assert "in an earlier version" not in shown
    page_id = live.page_id
    live.page.delete()
    assert "Not live now. 1 of 2 clear." in row_text("A page that was deleted")
    assert b"Delete these words" in member("Nurse").get(f"/staff/feedback/{page_id}/").content


def test_words_are_escaped_and_come_newest_first_twenty_at_a_time(live: PageContent) -> None:
    for number in range(21):
        create_answers(
            live, 0, 1, words=f"<script>alert({number})</script>\nsecond line", answered_on=DAY + timedelta(number)
        )
    first = words_page(member("Nurse"), live)
    shown = html.fromstring(first.content.decode()).find_class("staff-said")
    assert [text_of(one) for one in shown] == [f"<script>alert({n})</script> second line" for n in range(20, 0, -1)]
    assert b"<script>alert" not in first.content
    second = html.fromstring(words_page(member("Nurse"), live, "?page=2").content.decode()).find_class("staff-said")
    assert [text_of(one) for one in second] == ["<script>alert(0)</script> second line"]
    assert words_page(member("Nurse"), live, "?page=x").status_code == 200


@pytest.mark.parametrize(("role", "may"), [("Reception", False), ("Nurse", True), ("Doctor", True), ("Owner", True)])
def test_every_role_reads_and_all_but_reception_delete(live: PageContent, role: str, *, may: bool) -> None:
    mine, other = create_answers(live, 0, 2, words="I am Jane Roe")
    browser = member(role)
    assert browser.get("/staff/feedback/").status_code == 200
    assert (b"Delete these words" in words_page(browser, live).content) == may
    asked = browser.get(f"/staff/feedback/words/{mine.pk}/delete/")
    assert asked.status_code == (200 if may else 403)
    assert ("Delete the words “I am Jane Roe”" in asked.content.decode()) == may
    assert Answer.objects.filter(words="I am Jane Roe").count() == 2
    reply = browser.post(f"/staff/feedback/words/{mine.pk}/delete/")
    assert reply.status_code == (302 if may else 403)
    assert list(Answer.objects.order_by("pk").values_list("words", flat=True)) == [
        "" if may else "I am Jane Roe",
        "I am Jane Roe",
    ]
    assert Answer.objects.filter(is_clear=False).count() == 2
    assert other.words


@pytest.mark.parametrize("role", ROLES)
def test_the_start_page_says_for_a_week_that_somebody_wrote(live: PageContent, role: str) -> None:
    on = timezone.localdate()
    for days, number in ((6, 2), (7, 4)):
        create_answers(live, 0, number, words="Words", answered_on=on - timedelta(days))
    create_answers(live, 0, 8, answered_on=on)  # nothing to read
    start = html.fromstring(member(role).get("/staff/").content.decode())
    section = start.get_element_by_id("said")
    assert "Clear or not 2 wrote something." in text_of(section)
    assert section.xpath(".//a/@href") == [f"/staff/feedback/{live.page_id}/"]
    Answer.objects.filter(answered_on=on - timedelta(6)).update(words="")
    assert not html.fromstring(member(role).get("/staff/").content.decode()).xpath("//*[@id='said']")


def test_words_are_for_staff_alone(live: PageContent) -> None:
    create_answers(live, 0, 1, words="Told in confidence")
    assert len(ROLES) == 4
    for path in ("/staff/feedback/", f"/staff/feedback/{live.page_id}/"):
        assert Client().get(path).status_code == 302
        assert member("").get(path).status_code == 403
    assert b"Told in confidence" in words_page(member("Reception"), live).content
    assert b"Told in confidence" not in Client().get(live.page.get_absolute_url()).content


def test_a_post_without_a_token_deletes_nothing(live: PageContent) -> None:
    answer = create_answers(live, 0, 1, words="Words")[0]
    strict = Client(enforce_csrf_checks=True)
    member("Nurse")
    from django.contrib.auth.models import User

    strict.force_login(User.objects.get(username="a-nurse"))
    assert strict.post(f"/staff/feedback/words/{answer.pk}/delete/").status_code == 403
    answer.refresh_from_db()
    assert answer.words == "Words"


def test_the_start_page_leads_here_and_unknown_pages_are_not_found(live: PageContent) -> None:
    browser = member("Reception")
    assert b'href="/staff/feedback/"' in browser.get("/staff/").content
    assert browser.get("/staff/feedback/999999/").status_code == 404
    draft = page_of_kind("clinic", title="Never live")
    assert words_page(browser, draft).status_code == 404
