"""The stylesheet inside pages; that browsers take it is tested on the running site (`tests/browser`)."""

import pytest
from django.test import Client

from clinic_site.assets import stylesheet


def test_archived_page_links_to_the_stylesheet_and_has_no_script() -> None:
    page = '<head><style>a{color:red}\nb{}</style><script type="module">go()</script><title>A</title></head><p>Text</p>'
    link = '<link rel="stylesheet" href="/static/css/site.css">'
    assert stylesheet.with_linked_stylesheet(page) == f"<head>{link}<title>A</title></head><p>Text</p>"


def test_where_no_style_is_built_pages_link_to_it_and_the_policy_names_no_hash(client: Client, db: None) -> None:
    reply = client.get("/")
    assert '<link rel="stylesheet" href="/static/css/site.css"><script type="module" src="/static/js/site.js">' in (
        reply.content.decode()
    )
    assert "sha256" not in reply["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (".card { color: red }", [{"card"}]),
        (".card h3, .tag { & .inner { color: red } }", [{"card"}, {"tag"}]),
        ("@media (width < 40rem) { .a:not(.b):is(.c, .d) .e { color: red } }", [{"a", "e"}]),
        ("before-after .bar { color: red }", [{"before-after", "bar"}]),
        ("body { color: red } .x { color: red }", [set(), {"x"}]),
    ],
)
def test_a_part_is_for_pages_that_hold_all_names_of_one_of_its_selectors(css: str, names: list[set[str]]) -> None:
    assert [set(one) for one in stylesheet.selectors(f"@layer blocks{{{css}}}")] == names
