"""Headings inside rich text keep their order."""

import pytest

from content.wording import headings
from content.wording.findings import Kind, Level, PageText, Passage


def found(html: str) -> list[tuple[Level, str]]:
    passages = [Passage("Text", None, Kind.TEXT, "body", html=html)]
    return [(one.level, one.code) for one in headings.check(PageText(passages))]


@pytest.mark.parametrize("html", ["<h3>One</h3><h4>Two</h4>", "<p>No heading</p>", "<h3>One</h3><h3>Two</h3>"])
def test_headings_in_order_are_fine(html: str) -> None:
    assert found(html) == []


@pytest.mark.parametrize("html", ["<h4>Two</h4>", "<h4>Two</h4><h3>One</h3>"])
def test_small_heading_without_a_larger_above_is_stopped(html: str) -> None:
    assert found(html) == [(Level.BLOCKING, "heading-order")]


@pytest.mark.parametrize(
    "html", ["<h3></h3>", "<h3> &nbsp; </h3><p>x</p>", "<h3><strong>\u200b</strong></h3>", "<h3>–</h3>"]
)
def test_empty_heading_is_stopped(html: str) -> None:
    assert found(html) == [(Level.BLOCKING, "empty-heading")]
