"""The narrow HTML of prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.blocks.rich_text import clean, text_lines
from content.models import Prose
from tests.factories import ProseFactory
from tests.faults.xss import CORPUS

KEPT = '<p>A <strong>b</strong> <em>c</em> m<sup>2</sup> H<sub>2</sub>O<br><a href="/about/">d</a></p><h3>e</h3><h4>f</h4><ul><li>g</li></ul><ol><li>h</li></ol>'


def test_clean_keeps_what_the_editor_makes() -> None:
    assert clean(KEPT) == KEPT


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<p style="color:red">x</p>', "<p>x</p>"),
        ('<p class="a" id="b" data-x="1" onclick="y()">x</p>', "<p>x</p>"),
        ('<img src="https://evil.example/a.png">x', "<p>x</p>"),
        ("<h1>x</h1><h2>y</h2>", "<h3>x</h3><h3>y</h3>"),
        ("<script>alert(1)</script>x<style>p{}</style>", "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p><a>x</a></p>"),
        ('<a href="data:text/html,x" target="_blank">x</a>', "<p><a>x</a></p>"),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ("<table><tr><td>x</td></tr></table>", "<p>x</p>"),
        ('<iframe src="/"></iframe><form><input></form>x', "<p>x</p>"),
        ("<svg><script>x</script></svg>", ""),
    ],
)
def test_clean_takes_out_everything_else(html: str, left: str) -> None:
    assert clean(html) == left


@given(st.one_of(st.text(), st.lists(st.sampled_from([*CORPUS, KEPT, "<", ">", "&", "x"]), max_size=5).map("".join)))
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@pytest.mark.django_db
def test_text_is_cleaned_on_every_way_into_the_database() -> None:
    block = ProseFactory(body='<p onclick="x()">kept</p><script>gone</script>')
    Prose.objects.filter(pk=block.pk).update(body='<p style="x">kept</p><img src=x onerror=y()>')
    assert Prose.objects.get(pk=block.pk).body == "<p>kept</p>"


@pytest.mark.parametrize(
    "html", ["<p><select><p>", "<h3><select><br/><h3>x", "<p><option><ul><li><p>x<select><li>y", "<a><title><a>x"]
)
def test_cleaning_settles_what_an_element_taken_out_leaves_behind(html: str) -> None:
    assert clean(clean(html)) == clean(html)


def test_lines_of_rich_text_are_its_paragraphs_headings_list_items_and_breaks() -> None:
    html = "<h3>Before</h3>\n<p>Eat &amp; drink\n  as usual.<br>Come <strong>on</strong> time.</p><ul><li>a</li><li>b</li></ul>"
    assert text_lines(html) == ["Before", "Eat & drink as usual.", "Come on time.", "a", "b"]
    assert text_lines("<p> </p><p>&nbsp;</p>") == []
    assert text_lines("<p>Less than: 1 &lt; 2</p>") == ["Less than: 1 < 2"]
