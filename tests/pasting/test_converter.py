"""What is pasted keeps its words, in order and apart, and its lists; what is left out is said."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from content.blocks.rich_text import clean, text_lines
from content.models import Prose
from content.pasting.converter import convert
from tests.factories import ProseFactory, page_for
from tests.faults.xss import CORPUS
from tests.pasting.clipboards import ALL, WORD, WORD_LEFT_OUT, WORD_PROSE
from tests.rendering import add_form
from tests.sizes import tries
from tests.staff.members import member


@pytest.mark.parametrize("program", ALL)
def test_what_programs_put_on_the_clipboard_becomes_prose(program: str) -> None:
    html, prose, left_out = ALL[program]
    assert clean(html) == prose
    assert convert(html).sentence == left_out
    assert clean(prose) == prose


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        (
            "<h1>Before you come</h1><h2>Bring</h2><h5>Small</h5>",
            "<h3>Before you come</h3><h3>Bring</h3><h4>Small</h4>",
        ),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<font>a</font><font> b</font>", "<p>a b</p>"),
        ("<p>stret<font>ch</font> mark</p>", "<p>stretch mark</p>"),
        ("<p>a<img>b</p>", "<p>a b</p>"),
        ("<p>a<s> b </s>c</p>", "<p>a c</p>"),
        ("<p>colou<s>rr</s>r</p>", "<p>colour</p>"),
        ("<p>a<span style='display:none'> b </span>c</p>", "<p>a c</p>"),
        ("<p>a<div>b</div>c</p>", "<p>a</p><p>b</p><p>c</p>"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "<p>a – b<br>c – d</p><p>e</p>"),
        ("<table><tr><td>a</td></tr><tr><td><ul><li>b</li></ul></td></tr></table>", "<p>a</p><ul><li>b</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li><font></font></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<ul><li>a</ul><p></p><ol><li>b<u></u></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<u>a</u>&nbsp;&nbsp;b&nbsp;c", "<p>a b&nbsp;c</p>"),
        ("<p>[[weeks-between-sessions]]<u> later</u></p>", "<p>[[weeks-between-sessions]] later</p>"),
        ("<center>1 &lt; 2 &amp; 3</center>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<b style='font-weight:normal'>a</b><span style='font-weight:700'>b</span>", "<p>a<strong>b</strong></p>"),
    ],
)
def test_no_two_words_are_joined_by_a_mark_that_is_removed(html: str, prose: str) -> None:
    assert clean(html) == prose


WRAPS = (
    *(
        "<span style='color:red'>{}</span>",
        "<b>{}</b>",
        "<i>{}</i>",
        "<font size=2>{}</font>",
        "<u>{}</u>",
        "<o:p>{}</o:p>",
    ),
    *(
        "<a href='/x/'>{}</a>",
        "<sup>{}</sup>",
        "<span class=MsoHyperlink>{}</span>",
        "{}<!-- note -->",
        "<mark>{}</mark>",
    ),
)
GAPS = (
    " ",
    "\n",
    "&nbsp;",
    "<br>",
    " <img src=a> ",
    "<img src=a>",
    "<o:p> </o:p>",
    "<span>&nbsp; </span>",
    "<s> gone </s>",
    "<del>\n</del>",
)
BLOCKS = (
    *(
        "<p>{}</p>",
        "<div>{}</div>",
        "<h1>{}</h1>",
        "<h6>{}</h6>",
        "<ul><li>{}</li></ul>",
        "<ol><li><p>{}</p></li></ol>",
    ),
    *(
        "<blockquote>{}</blockquote>",
        "<section>{}</section>",
        "<ul><ul><li>{}</li></ul></ul>",
        "<table><tr><td>{}</td></tr></table>",
    ),
    *(
        "<table><tr><td>{}</td><td>{}</td></tr></table>",
        "<table><tr><td><p>{}</p><ul><li>{}</li></ul></td><td>{}</td></tr></table>",
    ),
    *(
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>{}</p>",
        "<p>{}",
        "<li>{}",
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str]]:
    """HTML as programs write it, and its words in order."""
    words: list[str] = []

    def line() -> str:
        parts = []
        for number in range(draw(st.integers(1, 4))):
            words.append(f"w{len(words)}")
            wrapped = words[-1]
            for wrap in draw(st.lists(st.sampled_from(WRAPS), max_size=3)):
                wrapped = wrap.format(wrapped)
            parts += [draw(st.sampled_from(GAPS)), wrapped] if number else [wrapped]
        return "".join(parts)

    blocks = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
    html = "".join(re.sub(r"\{\}", lambda _: line(), block) for block in blocks)
    return html, words


@settings(max_examples=tries(150, 3000), deadline=None)
@given(documents())
def test_words_in_are_words_out_in_order(made: tuple[str, list[str]]) -> None:
    html, words = made
    out = clean(html)
    assert re.findall(r"[^\s–]+", " ".join(text_lines(out))) == words
    assert clean(out) == out


@settings(max_examples=tries(100, 2000), deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*CORPUS, WORD, "<table><tr><td>", "</", "<![", "<li>", "x"]), max_size=6).map(
            "".join
        ),
    )
)
def test_whatever_is_pasted_is_taken_and_is_safe(html: str) -> None:
    out = clean(html)
    assert clean(out) == out
    assert not re.search(r"<(?!/?(?:p|br|h3|h4|ul|ol|li|strong|em|sub|sup|a)\b)", out)


def test_a_hundred_thousand_open_marks_are_read_in_no_time() -> None:
    assert convert("<i>" * 100_000 + "x" + "</u>" * 100_000).html == "<p><em>x</em></p>"


@pytest.mark.django_db
@pytest.mark.parametrize("is_bulk", [True, False])
def test_text_is_converted_on_every_way_into_the_database(is_bulk: bool) -> None:  # noqa: FBT001  a parameter of the table
    block = ProseFactory(body="<p>x</p>" if is_bulk else "<h1>a</h1><h2>b</h2>")
    if is_bulk:
        Prose.objects.filter(pk=block.pk).update(body="<h1>a</h1><h2>b</h2>")
    assert Prose.objects.get(pk=block.pk).body == "<h3>a</h3><h3>b</h3>"


@pytest.mark.django_db
def test_whoever_saves_is_told_in_a_line_what_was_left_out(staff: Client) -> None:
    slot = page_for(Prose)
    answer = add_form(staff, slot, Prose, {"heading": "Pasted", "body": WORD})
    assert answer.status_code == 200
    assert Prose.objects.get(placeholder=slot).body == WORD_PROSE
    assert WORD_LEFT_OUT in [str(message) for message in answer.context["messages"]] if answer.context else True


@pytest.mark.django_db
def test_the_editor_is_told_what_a_pasted_text_becomes(staff: Client) -> None:
    url = reverse("pasted")
    assert url == "/staff/pasted/"  # static/js/paste-text.js asks there
    assert staff.post(url, {"html": WORD}).json() == {"html": WORD_PROSE, "left_out": WORD_LEFT_OUT}
    assert staff.post(url, {"html": '<p onclick="x()">a</p><img src=x onerror=y()>'}).json()["html"] == "<p>a</p>"
    assert staff.post(url, {"html": "x" * 500_001}).status_code == 413
    assert staff.get(url).status_code == 405


@pytest.mark.django_db
def test_only_those_who_write_pages_may_ask() -> None:
    assert Client().post("/staff/pasted/", {"html": "x"})["Location"].startswith("/admin/login/")
    assert member("").post("/staff/pasted/", {"html": "x"}).status_code in {302, 403}
    assert [member(role).post("/staff/pasted/", {"html": "x"}).status_code for role in ("Reception", "Owner")] == [
        200,
        200,
    ]
