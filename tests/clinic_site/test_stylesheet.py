"""The stylesheet inside pages; that browsers take it is tested on the running site (`tests/browser`)."""

from clinic_site import stylesheet


def test_a_page_is_kept_with_a_link_in_place_of_its_stylesheet() -> None:
    page = "<head><style>a{color:red}\nb{}</style><title>A</title></head><p>The text</p>"
    link = '<link rel="stylesheet" href="/static/css/site.css">'
    assert stylesheet.linked(page) == f"<head>{link}<title>A</title></head><p>The text</p>"


def test_where_no_stylesheet_is_built_pages_link_to_it_and_the_policy_names_no_hash() -> None:
    assert stylesheet.in_head() == '<link rel="stylesheet" href="/static/css/site.css">'
    assert stylesheet.policy_source() == ""
