"""The answer as a reader gets it: right, kept nowhere, and never an error however it was asked for."""

import logging
from typing import Any

import pytest
from cms.models import PageContent
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from clinic_site.http.logs import RedactingFilter, RedactingFormatter
from content.models import RightForMe, Treatment, WhoShouldWait
from content.publishing import offline
from content.reviews import gate
from tests.factories import DAY, NOON, QuestionsToAskFactory, RightForMeFactory, author, doctor, signed
from tests.faults.test_reading_changes_nothing import state
from tests.rendering import Element, main_of, publish, text_of

pytestmark = pytest.mark.django_db
ADDRESS, PAGE = "/is-it-right/answer/", "/is-it-right-for-me/"
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def form() -> tuple[dict[str, str], list[str]]:
    """What the page sends unseen, and the names of its questions in order."""
    tree = html.fromstring(Client().get(PAGE).content.decode())
    hidden = {str(box.get("name")): str(box.get("value")) for box in tree.xpath("//form//input[@type='hidden']")}
    names = list(dict.fromkeys(str(box.get("name")) for box in tree.xpath("//form//input[@type='radio']")))
    return hidden, names


def filled(*yes: int) -> dict[str, Any]:
    """Every question answered: yes to these numbers, counted from 1, no to the others."""
    hidden, names = form()
    return {**hidden, **{name: "yes" if number in yes else "no" for number, name in enumerate(names, 1)}}


def send(data: dict[str, Any], client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).post(ADDRESS, data, headers={**HERE, **headers})


def main(response: Any) -> Element:
    assert response.status_code == 200
    return main_of(html.fromstring(response.content.decode()))


def h1(response: Any) -> str:
    return text_of(main(response).find(".//h1"))


def chosen(tree: Element) -> dict[str, str]:
    return {str(box.get("name")): str(box.get("value")) for box in tree.xpath(".//input[@type='radio'][@checked]")}


def problems(tree: Element) -> list[str]:
    return [text_of(one) for one in tree.find_class("problem")]


@pytest.mark.parametrize(
    ("yes", "heading"),
    [((), "Book a consultation"), ((7,), "Speak to us first"), ((8, 11, 12), "Speak to us first"), ((4,), "Not now")],
)
def test_the_answer_is_the_heading_of_the_page(yes: tuple[int, ...], heading: str) -> None:
    assert h1(send(filled(*yes))) == heading


def test_the_answer_gives_every_reason_the_stronger_first_and_what_to_ask_and_what_was_answered() -> None:
    tree = main(send(filled(1, 11)))
    reasons = [text_of(one) for one in tree.find_class("reasons")[0].iter("li")]
    assert [reason.split("?")[0] for reason in reasons] == [
        "You said yes to: Are you pregnant, or could you be",
        "You said yes to: Do you take blood thinners",
    ]
    assert "Never stop a prescribed medicine yourself." in reasons[1]
    assert len(tree.find_class("to-ask")[0].findall("li")) == 7
    said = [text_of(one) for one in tree.find_class("pairs")[0].iter("dt")]
    assert said == ["Yes" if number in {1, 11} else "No" for number in range(1, 14)]


def test_no_to_everything_gives_no_reasons_and_says_that_a_clinician_still_looks() -> None:
    tree = main(send(filled()))
    assert not tree.find_class("reasons")
    assert "A clinician still looks at your skin" in text_of(tree)


def test_no_answer_ever_says_that_it_suits_the_reader() -> None:
    for yes in ((), (4,), (1,), tuple(range(1, 14))):
        text = text_of(main(send(filled(*yes)))).lower()
        assert not [word for word in ("suitab", "eligib", "safe for you", "right candidate") if word in text]


def test_the_answers_can_be_changed_without_answering_all_again() -> None:
    data = filled(2, 8)
    tree = main(send(data))
    assert chosen(tree) == {name: value for name, value in data.items() if name.startswith("q-")}


def test_an_unanswered_question_is_asked_again_beside_it_and_the_rest_is_kept() -> None:
    data = filled(1)
    _, names = form()
    del data[names[2]]
    data[names[4]] = "perhaps\x00<b>"
    tree = main(send(data))
    assert text_of(tree.find(".//h2")) == "2 questions still need an answer"
    listed = [one.get("href") for one in tree.find_class("problems")[0].iter("a")]
    assert listed == [f"#{names[2]}", f"#{names[4]}"]
    for number, group in enumerate(tree.iter("fieldset")):
        told = [text_of(tree.get_element_by_id(one)) for one in (group.get("aria-describedby") or "").split()]
        assert told == (["Error: Choose yes or no."] if number in {2, 4} else [])
    assert chosen(tree) == {name: data[name] for name in names if name not in {names[2], names[4]}}
    assert "perhaps" not in text_of(tree)


def test_a_form_without_a_single_answer_is_asked_again() -> None:
    tree = main(send({}))
    assert len(problems(tree)) == 13
    assert text_of(tree.find(".//h2")) == "13 questions still need an answer"


def new_version() -> tuple[PageContent, RightForMe]:
    live = PageContent.objects.get(template="pages/suitability.html")
    draft = live.versions.get().copy(author()).content
    return draft, RightForMe.objects.get(placeholder__in=draft.get_placeholders())


def new_list() -> tuple[PageContent, WhoShouldWait]:
    """A draft of the treatment page, and its lists of who should wait."""
    draft = PageContent.objects.get(template="pages/treatment.html").versions.get().copy(author()).content
    return draft, WhoShouldWait.objects.get(placeholder__in=draft.get_placeholders())


def test_a_reader_of_nineteen_is_told_to_ask_first() -> None:
    _, names = form()
    [question] = [
        name for name in names if "18 to 21" in text_of(main(Client().get(PAGE)).get_element_by_id(name).find("legend"))
    ]
    response = send({**filled(), question: "yes"})
    assert h1(response) == "Speak to us first"
    assert "Ask us which device we use, and what its maker says it is for." in text_of(main(response))


def test_a_page_without_questions_tells_nobody_to_book() -> None:
    data = filled()
    draft, lists = new_list()
    lists.delete()
    with gate.seeding():  # as a page that went live before there was a check that stops this
        draft.versions.get().publish(author())
    assert "Call us" in text_of(main(Client().get(PAGE)))
    assert not main(Client().get(PAGE)).xpath(".//form[@class='yes-no']")
    for body in (data, {}, {"asked": RightForMe.objects.get().display_fields(Treatment.objects.get()).asked}):
        reply = send(body)
        assert reply.status_code == 404
        assert "no-store" in reply["Cache-Control"]


def test_questions_that_changed_meanwhile_are_asked_again_and_answers_to_the_others_kept() -> None:
    data = filled(1, 6)
    _, names = form()
    draft, block = new_list()
    block.not_now[0]["question"] = "Are you pregnant?"
    block.save()
    publish(draft)
    tree = main(send(data))
    assert text_of(tree.find(".//h2")) == "The questions have changed"
    assert chosen(tree) == {name: data[name] for name in names[1:]}
    assert len(problems(tree)) == 1


def test_a_question_taken_out_meanwhile_is_told_too() -> None:
    data = filled(1)
    draft, block = new_list()
    del block.not_now[0]
    block.save()
    publish(draft)
    tree = main(send(data))
    assert text_of(tree.find(".//h2")) == "The questions have changed"
    assert len(chosen(tree)) == 12
    assert problems(tree) == []


def test_new_words_for_a_reason_hold_at_once_for_the_same_questions() -> None:
    data = filled(6)
    draft, block = new_list()
    block.not_now[5]["reason"] = "Tell the nurse."
    block.save()
    publish(draft)
    response = send(data)
    assert h1(response) == "Not now"
    assert "Tell the nurse." in text_of(main(response))


def test_a_draft_answers_nobody() -> None:
    draft, block = new_version()
    block.not_now_heading = "Only a draft"
    block.save()
    assert h1(send(filled(1))) == "Not now"
    publish(draft)
    assert h1(send(filled(1))) == "Only a draft"


def test_another_page_of_the_kind_answers_with_its_own_words() -> None:
    other = RightForMeFactory()
    draft = other.placeholder.source
    asked = other.display_fields(Treatment.objects.get())
    data = {"page": str(draft.page_id), "asked": asked.asked, **{row["name"]: "no" for row in asked.questions}}
    assert text_of(main(send(data)).find(".//h2")) == "The questions have changed"  # it is not live: those of the site
    QuestionsToAskFactory(placeholder=draft.placeholders.get(slot="suitability_more"), heading="Ask this")
    with gate.seeding():  # as a page that went live before its questions had to stand in the list
        draft.versions.get().publish(author())
    response = send(data)
    assert "It takes 15 to 60 minutes." in text_of(main(response))
    assert "Ask this" in text_of(main(response))


def test_whoever_opens_the_address_is_led_to_the_questions() -> None:
    for method in ("get", "head"):
        reply = getattr(Client(), method)(f"{ADDRESS}?q=yes")
        assert (reply.status_code, reply["Location"]) == (302, PAGE)
    assert Client().put(ADDRESS).status_code == 405


def test_without_a_live_page_there_is_no_answer() -> None:
    data = filled(1)
    content = PageContent.objects.get(template="pages/suitability.html")
    offline.take_offline(content, user=doctor(), now=NOON)
    assert Client().get(ADDRESS).status_code == 404
    reply = send(data)
    assert reply.status_code == 404
    assert "no-store" in reply["Cache-Control"]


def test_the_stamp_stands_under_the_answer_and_until_then_it_is_a_sample() -> None:
    assert "No clinician has reviewed this page yet" in send(filled()).content.decode()
    draft, _ = new_version()
    signed(draft)
    draft.versions.get().publish(author())
    for data in (filled(), {}):
        text = send(data).content.decode()
        assert "No clinician has reviewed" not in text
        assert DAY.strftime("%-d %B %Y") in text
        assert "Dr dr-test" in text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_is_refused_with_a_sentence(headers: dict[str, str]) -> None:
    reply = send(filled(1), **headers)
    assert reply.status_code == 403
    assert "was not sent from this website" in reply.content.decode()
    assert "no-store" in reply["Cache-Control"]


def test_a_reply_is_kept_by_nobody_and_sets_no_cookie() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(PAGE)
    for data in (filled(1), filled(), {}, {"asked": "x"}):
        reply = send(data, client)
        assert reply.status_code == 200
        assert "no-store" in reply["Cache-Control"]
        assert "ETag" not in reply
        assert 'name="robots" content="noindex"' in reply.content.decode()
    assert not client.cookies


def test_staff_get_the_same_answer(staff: Client) -> None:
    reply = send(filled(1), staff)
    assert h1(reply) == "Not now"


def test_an_answer_changes_no_row_of_any_table() -> None:
    data = filled(1, 5)
    send(data)
    before = state()
    for body in (data, filled(), {}, {"asked": "x", "q-1": "yes"}):
        assert send(body).status_code == 200
    assert state() == before


def test_the_next_reader_never_sees_the_answers_of_the_one_before() -> None:
    clean = main(Client().get(PAGE))
    send(filled(*range(1, 14)), **{"X-Forwarded-Host": "elsewhere.example", "X-Original-URL": PAGE})
    Client().generic("GET", PAGE, b"asked=x&page=y", content_type="application/x-www-form-urlencoded")
    again = main(Client().get(PAGE))
    assert html.tostring(again) == html.tostring(clean)
    assert chosen(again) == {}


def heard(caplog: pytest.LogCaptureFixture) -> str:
    """All that would be written, as the site's handler writes it; the test's own log holds back nothing."""
    formatter, tidy = RedactingFormatter("{levelname} {name} {message}", style="{"), RedactingFilter()
    return "\n".join(formatter.format(record) for record in caplog.records if tidy.filter(record))


def test_no_answer_is_in_a_log_not_even_when_answering_fails(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="django.request")
    caplog.set_level(logging.DEBUG, logger="content")
    data = {**filled(3, 7), "canary": "my-canary"}
    words = {"my-canary", *(name for name in data if name.startswith("q-")), "chemotherapy", "isotretinoin"}
    assert send(data).status_code == 200
    assert send(data, Origin="https://elsewhere.example").status_code == 403
    RightForMe.objects.update(questions=[{"question": "Broken?"}, 1])
    broken = Client(raise_request_exception=False).post(ADDRESS, data, headers=HERE)
    assert broken.status_code == 500
    text = heard(caplog)
    assert "Traceback" in text
    assert not [word for word in words if word in text]
    assert "=yes" not in text


def test_fat_and_odd_bodies_get_a_page_or_a_plain_refusal() -> None:
    many = "&".join(f"x{number}=yes" for number in range(900))
    odd: list[tuple[bytes, str]] = [
        (b"x=" + b"a" * 100_000, "application/x-www-form-urlencoded"),
        (b"a" * 100_000, "application/x-www-form-urlencoded"),
        (many.encode(), "application/x-www-form-urlencoded"),
        (b"page=%00&asked=%ff%fe&q-1=\x00\x01", "application/x-www-form-urlencoded"),
        (b"page=99999999999999999999999&asked=", "application/x-www-form-urlencoded"),
        (b"page=-1&page=2&asked=1&asked=2", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"<a/>", "text/xml"),
        (b"", ""),
    ]
    for body, kind in odd:
        reply = Client().generic("POST", ADDRESS, body, content_type=kind, headers=HERE)
        assert reply.status_code == 200, body[:40]
        assert len(problems(main(reply))) == 13
    refused: list[tuple[bytes, str]] = [
        (b"x=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
        ("&".join(f"x{number}=1" for number in range(1100)).encode(), "application/x-www-form-urlencoded"),
        (b"--broken", "multipart/form-data"),
        (b"x=1", "application/x-www-form-urlencoded; charset=utf-16"),
    ]
    for body, kind in refused:
        assert Client().generic("POST", ADDRESS, body, content_type=kind, headers=HERE).status_code == 400, kind


@pytest.mark.slow
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_sent_is_answered_with_a_page(data: Any) -> None:
    hidden, names = form()
    key = st.sampled_from([*names, *hidden]) | st.text(min_size=1, max_size=12)
    value = st.sampled_from(["yes", "no", *hidden.values()]) | st.text(max_size=30)
    sent = data.draw(st.dictionaries(key, st.lists(value, max_size=3), max_size=14))
    tree = main(send(sent))
    kept = chosen(tree)
    assert kept == {name: sent[name][0] for name in names if sent.get(name) in (["yes"], ["no"])}
