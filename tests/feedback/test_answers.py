"""A reader says whether a page was clear; it is counted for that version, and nothing tells who said so."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cms.models import PageContent
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from lxml import html

from content import idempotency
from content.feedback import answers
from content.models import Answer, IdempotencyKey, PracticePage
from content.reviews import practice
from tests.factories import NOON, author, page_of_kind
from tests.rendering import address, main_of, publish, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def live() -> PageContent:
    draft = page_of_kind("clinic", title="Clear or not")
    publish(draft)
    return draft


def press(page: Any, clear: str = "no", **more: Any) -> Any:
    """The page to which the answer leads; a browser follows with a GET."""
    return Client().post("/was-this-clear/", {"page": page, "clear": clear}, follow=True, **{"headers": HERE, **more})


def tell(receipt: str, words: str) -> Any:
    return Client().post("/was-this-clear/words/", {"receipt": receipt, "words": words}, headers=HERE)


def receipt_of(reply: Any) -> str:
    assert reply.status_code == 200
    return str(html.fromstring(reply.content.decode()).xpath("//input[@name='receipt']/@value")[0])


def kept() -> list[tuple[int, bool, str]]:
    return list(Answer.objects.order_by("pk").values_list("content_id", "is_clear", "words"))


def test_the_page_asks_and_each_button_counts_for_the_version_shown(live: PageContent) -> None:
    tree = html.fromstring(Client().get(address(live)).content.decode())
    form = tree.xpath("//form[@class='was-clear']")[0]
    assert (form.get("action"), form.get("method")) == ("/was-this-clear/", "post")
    assert [one.text_content() for one in form.iter("button")] == ["Yes", "No"]
    version = form.xpath(".//input[@name='page']/@value")[0]
    assert press(version, "yes").status_code == press(version, "no").status_code == 200
    assert kept() == [(live.pk, True, ""), (live.pk, False, "")]


def test_words_belong_to_the_answer_before_and_are_taken_once(live: PageContent) -> None:
    receipt = receipt_of(press(live.pk))
    assert "Thank you" in tell(receipt, "  How long it takes.\r\nAnd the price. ").content.decode()
    assert kept() == [(live.pk, False, "How long it takes.\nAnd the price.")]
    again = tell(receipt, "Something else")
    assert again.status_code == 400
    assert "You can add words once" in again.content.decode()
    assert "Something else" in again.content.decode()
    assert kept() == [(live.pk, False, "How long it takes.\nAnd the price.")]


def test_a_forged_or_old_receipt_adds_nothing(live: PageContent, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = receipt_of(press(live.pk))
    for forged in ("", "1", receipt[:-1], f"{live.pk}:a:b", "\x00", "x" * 100_000):
        reply = tell(forged, "Mine")
        assert reply.status_code == 400
        assert "could not be added" in reply.content.decode()
    monkeypatch.setattr(answers, "RECEIPT_MAX_AGE", -1)
    assert tell(receipt, "Mine").status_code == 400
    assert kept() == [(live.pk, False, "")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a" * 501, "Please use 500 letters or fewer. You have 501."),
        ("b" * 100_000, "You have 100000."),
    ],
)
def test_words_that_cannot_be_kept_get_a_sentence_and_stay_in_the_box(
    live: PageContent, words: str, sentence: str
) -> None:
    receipt = receipt_of(press(live.pk))
    reply = tell(receipt, words)
    tree = html.fromstring(reply.content.decode().replace("\x00", ""))
    box = tree.xpath("//textarea")[0]
    assert reply.status_code == 400
    assert sentence in text_of(tree.get_element_by_id("words-wrong"))
    assert "words-wrong" in box.get("aria-describedby").split()
    assert text_of(main_of(tree)).count(sentence) == 2  # in the summary, and beside the box
    assert (box.text or "").strip() == words.strip("\x00\x07 \r\n\t")
    assert kept() == [(live.pk, False, "")]
    assert tell(receipt, "Now it fits").status_code == 200
    assert kept() == [(live.pk, False, "Now it fits")]


@pytest.mark.parametrize("nothing", ["", " \r\n\t ", "\x00\x07"])
def test_a_reader_who_writes_nothing_is_thanked_and_may_still_write(live: PageContent, nothing: str) -> None:
    receipt = receipt_of(press(live.pk))
    reply = tell(receipt, nothing)
    assert reply.status_code == 200
    assert "We have counted your answer." in reply.content.decode()
    assert "your words" not in reply.content.decode()
    assert kept() == [(live.pk, False, "")]
    assert tell(receipt, "Now I know").status_code == 200
    assert kept() == [(live.pk, False, "Now I know")]


def test_loading_a_reply_again_counts_nothing_and_loses_nothing(live: PageContent) -> None:
    first = Client().post("/was-this-clear/", {"page": live.pk, "clear": "no"}, headers=HERE)
    assert first.status_code == 303  # what the browser loads again is a GET, which can't count
    for _ in range(2):
        receipt = receipt_of(Client().get(first["Location"]))
    for _ in range(2):
        assert "read your words" in tell(receipt, "The price").content.decode()
    assert kept() == [(live.pk, False, "The price")]


def test_a_button_pressed_twice_counts_once_and_takes_words(live: PageContent) -> None:
    first, second = press(live.pk), press(live.pk)
    assert receipt_of(first) == receipt_of(second)
    assert tell(receipt_of(second), "The price").status_code == 200
    assert kept() == [(live.pk, False, "The price")]


def test_another_button_browser_or_hour_counts(live: PageContent, clock: Any) -> None:
    press(live.pk)
    press(live.pk, "yes")
    press(live.pk, headers={**HERE, "User-Agent": "another telephone"})
    press(live.pk, REMOTE_ADDR="192.0.2.9")
    clock(NOON + idempotency.WINDOW + timedelta(seconds=1))
    press(live.pk)
    assert [is_clear for _, is_clear, _ in kept()] == [False, True, False, False, False]


def test_a_press_is_forgotten_soon(live: PageContent, clock: Any) -> None:
    press(live.pk)
    assert IdempotencyKey.objects.count() == 1
    idempotency.delete_expired(NOON + timedelta(minutes=3))
    assert not IdempotencyKey.objects.exists()


def test_a_press_that_is_not_answered_yet_is_not_counted_again(
    live: PageContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(live.pk)
    IdempotencyKey.objects.update(location="")
    monkeypatch.setattr(idempotency, "PATIENCE", 0)
    reply = press(live.pk)
    assert reply.status_code == 503
    assert "You need not press again." in reply.content.decode()
    assert len(kept()) == 1


def test_five_hundred_letters_on_many_lines_fit_and_unseen_signs_are_left_out(live: PageContent) -> None:
    assert tell(receipt_of(press(live.pk)), "a\r\n" * 249 + "ab").status_code == 200
    assert tell(receipt_of(press(live.pk, "yes")), "He\x00l\x1blo\u202e").status_code == 200
    assert [len(words) for _, _, words in kept()] == [500, 5]
    assert kept()[1][2] == "Hello"


def test_words_in_any_script_are_read_as_they_were_typed(live: PageContent) -> None:
    assert tell(receipt_of(press(live.pk)), "4\u00a0to\u202f6\u3000weeks? می\u200cخواهم").status_code == 200
    assert [words for _, _, words in kept()] == ["4 to 6 weeks? می\u200cخواهم"]


@pytest.mark.parametrize("clear", ["", "maybe", "YES", "\x00", "y" * 100_000])
def test_neither_yes_nor_no_is_asked_again(live: PageContent, clear: str) -> None:
    reply = press(live.pk, clear)
    assert reply.status_code == 400
    tree = html.fromstring(reply.content.decode())
    assert "Press Yes or No." in text_of(main_of(tree))
    assert tree.xpath("//form[@class='was-clear']//input/@value") == [str(live.pk)]
    assert kept() == []


def _practice() -> int:
    content = page_of_kind("clinic", title="Practice")
    publish(content)
    PracticePage.objects.create(page=content.page, made_by=author(), made_at=timezone.now())
    assert practice.publish_problem(content)
    return int(content.pk)


def _offline_for_long() -> int:
    content = page_of_kind("clinic", title="Gone")
    publish(content)
    content.versions.get().unpublish(author())
    content.versions.update(modified=timezone.now() - timedelta(days=3))
    return int(content.pk)


@pytest.mark.parametrize(
    "which",
    [
        lambda: page_of_kind("clinic", title="A draft").pk,
        _practice,
        _offline_for_long,
        lambda: PageContent.objects.get(page__is_home=True).pk,
        *(
            lambda value=value: value
            for value in ("", "x", "0", "-1", "9" * 30, "9" * 100_000, "\x00", "999999", "1.5")
        ),
    ],
)
def test_a_version_that_no_reader_sees_is_not_counted(live: PageContent, which: Any) -> None:
    reply = press(which(), "yes")
    assert reply.status_code == 400
    assert "Please open it again" in reply.content.decode()
    assert kept() == []
    assert press(live.pk, "yes").status_code == 200  # the same words about a live page are


def test_a_reader_who_left_the_page_open_is_counted_for_what_they_read(live: PageContent) -> None:
    newer = live.versions.get().copy(author())
    newer.publish(author())
    assert press(live.pk, "yes").status_code == 200
    assert kept() == [(live.pk, True, "")]
    assert f'value="{newer.content.pk}"' in Client().get(address(live)).content.decode()


def test_home_and_whoever_writes_a_page_are_not_asked(live: PageContent, staff: Client) -> None:
    from cms.toolbar.utils import get_object_edit_url, get_object_preview_url

    assert b"was-clear" in Client().get(address(live)).content
    assert b"was-clear" not in Client().get("/").content
    draft = page_of_kind("clinic", title="A draft")
    for url in (get_object_edit_url(draft), get_object_preview_url(draft)):
        reply = staff.get(url)
        assert reply.status_code == 200
        assert b'class="was-clear"' not in reply.content


def test_another_site_cannot_answer_and_reading_the_address_changes_nothing(live: PageContent) -> None:
    for path, data in (("", {"page": live.pk, "clear": "yes"}), ("words/", {"receipt": "x", "words": "y"})):
        for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert Client().post(f"/was-this-clear/{path}", data, headers=headers).status_code == 403
        reply = Client().get(f"/was-this-clear/{path}")
        assert (reply.status_code, reply["Location"]) == (302, "/")
        Client().get(f"/was-this-clear/{path}", data)
    assert kept() == []


def test_no_reply_sets_a_cookie_or_may_be_kept(live: PageContent) -> None:
    strict = Client(enforce_csrf_checks=True)
    first = strict.post("/was-this-clear/", {"page": live.pk, "clear": "no"}, headers=HERE)
    replies = [first, strict.get(first["Location"])]
    receipt = receipt_of(replies[1])
    for words in ("x" * 501, "Some words", "Again"):
        data = {"receipt": receipt, "words": words}
        replies.append(strict.post("/was-this-clear/words/", data, headers=HERE))
    assert [one.status_code for one in replies] == [303, 200, 400, 200, 400]
    for one in replies:
        assert "no-store" in one["Cache-Control"]
        assert not one.cookies
    assert "no-store" not in Client().get(address(live))["Cache-Control"]


def test_only_the_day_is_kept_and_nothing_of_who_answered(live: PageContent, clock: Any) -> None:
    clock(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))  # half past midnight in London
    press(live.pk, REMOTE_ADDR="192.0.2.7", headers={**HERE, "User-Agent": "mine"})
    row = Answer.objects.values().get()
    assert row == {
        "id": row["id"],
        "page_id": live.page_id,
        "content_id": live.pk,
        "is_clear": False,
        "words": "",
        "answered_on": date(2026, 7, 2),
    }


def test_words_go_after_a_year_and_the_count_stays(live: PageContent) -> None:
    on = date(2026, 3, 1)
    for days in (364, 365, 366):
        Answer.objects.create(
            page_id=live.page_id,
            content_id=live.pk,
            is_clear=False,
            words=f"{days} days old",
            answered_on=on - timedelta(days=days),
        )
    assert answers.delete_expired_words(on) == ["forgot the words of 1 readers"]
    assert [words for _, _, words in kept()] == ["364 days old", "365 days old", ""]
    assert answers.delete_expired_words(on) == []


def test_the_tick_forgets(live: PageContent) -> None:
    Answer.objects.create(
        page_id=live.page_id, content_id=live.pk, is_clear=False, words="Old", answered_on=date(2020, 1, 1)
    )
    call_command("tick")
    assert kept() == [(live.pk, False, "")]


def test_deleting_the_page_leaves_its_answers(live: PageContent) -> None:
    press(live.pk)
    live.page.delete()
    assert len(kept()) == 1
