"""An address that was ever public leads to its page, or says that the page is gone; no other address says anything."""

import pytest
from cms.models import Page, PageContent
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from djangocms_versioning.exceptions import ConditionFailed

from content.models import Address
from content.publishing import url_history
from tests.factories import author, page_of_kind
from tests.publishing.pages import leads_to, live, next_draft, renamed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_old_address_leads_to_the_new_one_with_what_was_asked() -> None:
    page = live(slug="opening-hours")
    renamed(page, slug="when-we-are-open")
    reply = Client().get("/opening-hours/?from=a-leaflet")
    assert (reply.status_code, reply["Location"]) == (301, "/when-we-are-open/?from=a-leaflet")
    assert "no-store" in reply["Cache-Control"]  # it repeats what was asked
    assert not reply.cookies
    # The page may move back, and a browser would never ask again.
    assert Client().get("/opening-hours/")["Cache-Control"] == "no-cache"
    assert leads_to("/opening-hours") == "/when-we-are-open/"
    assert Client().post("/opening-hours/").status_code in {403, 404}


def test_the_pages_below_a_renamed_page_are_found_at_their_old_addresses() -> None:
    above = live(slug="team")
    below = live(slug="nurses", parent=above.page)
    lowest = live(slug="training", parent=Page.objects.get(pk=below.page_id))
    renamed(above, slug="people")
    assert leads_to("/team/") == "/people/"
    assert leads_to("/team/nurses/") == "/people/nurses/"
    assert leads_to("/team/nurses/training/") == "/people/nurses/training/"
    assert url_history.current_url(lowest.page_id) == "/people/nurses/training/"


def test_a_page_that_moved_twice_is_one_step_away() -> None:
    second = renamed(live(slug="first"), slug="second")
    renamed(second, slug="third")
    assert Client().get("/first/")["Location"] == "/third/"
    assert Client().get("/second/")["Location"] == "/third/"


def test_a_page_that_moves_back_is_a_page_again() -> None:
    away = renamed(live(slug="here"), slug="there")
    renamed(away, slug="here")
    assert leads_to("/here/") == "/here/"
    assert leads_to("/there/") == "/here/"


def test_two_pages_that_change_places_are_each_at_their_own_address() -> None:
    one, other = live(slug="one", title="The first"), live(slug="other", title="The second")
    moving = renamed(one, slug="on-its-way")
    renamed(other, slug="one")
    renamed(moving, slug="other")
    assert "The second" in Client().get("/one/").content.decode()
    assert "The first" in Client().get("/other/").content.decode()
    assert leads_to("/on-its-way/") == "/other/"


def test_an_address_that_another_page_takes_is_that_page_s() -> None:
    renamed(live(slug="prices"), slug="fees")
    newer = live(slug="prices", title="Prices")
    assert leads_to("/prices/") == "/prices/"
    renamed(newer, slug="price-list")
    assert leads_to("/prices/") == "/price-list/"  # of the two, the last to have it


def test_a_page_moved_in_the_tree_is_found_where_it_was(client: Client) -> None:
    above, page = live(slug="about-us"), live(slug="history")
    client.force_login(author())
    reply = client.post(
        f"/admin/cms/page/{page.page_id}/move-page/", {"position": 0, "id": page.page_id, "target": above.page_id}
    )
    assert reply.status_code == 200
    assert leads_to("/history/") == "/about-us/history/"
    assert Address.objects.filter(path="about-us/history", page_id=page.page_id).exists()


def test_a_page_taken_offline_is_gone_at_every_address_it_had() -> None:
    page = renamed(live(slug="offers"), slug="autumn-offers")
    below = live(slug="october", parent=page.page)
    assert leads_to("/autumn-offers/october/") == "/autumn-offers/october/"
    page.versions.get().unpublish(author())
    for path in ("/offers/", "/autumn-offers/", "/autumn-offers/october/", "/offers"):
        assert leads_to(path) == 410
    again = next_draft(page)
    again.versions.get().publish(author())
    assert leads_to("/offers/") == "/autumn-offers/"
    assert leads_to("/autumn-offers/october/") == url_history.current_url(below.page_id)


def test_gone_says_what_to_do_and_is_kept_out_of_search() -> None:
    page = live(slug="old-news")
    page.versions.get().unpublish(author())
    reply = Client().get("/old-news/")
    assert reply.status_code == 410
    assert "no longer shown" in reply.content.decode()
    assert "pictures with it" not in reply.content.decode()
    assert reply["X-Robots-Tag"] == "noindex"
    assert Client().head("/old-news/").status_code == 410


def test_what_was_never_public_is_not_found_whatever_its_state() -> None:
    draft = page_of_kind("clinic", slug="secret-draft")
    live_now = live(slug="known")
    next_draft(live_now, slug="planned")
    archived = page_of_kind("clinic", slug="archived")
    archived.versions.get().archive(author())
    unknown = Client().get("/nothing-at-all/")
    for path in ("/secret-draft/", "/planned/", "/archived/"):
        reply = Client().get(path)
        assert reply.status_code == 404
        assert reply.content.replace(path.encode(), b"") == unknown.content.replace(b"/nothing-at-all/", b"")
    assert not Address.objects.filter(page_id=draft.page_id).exists()


def test_a_deleted_page_s_address_is_gone_for_good() -> None:
    page = live(slug="short-lived")
    Page.objects.get(pk=page.page_id).delete()
    assert leads_to("/short-lived/") == 410


def test_only_what_is_not_found_costs_a_question() -> None:
    live(slug="found")
    Client().get("/found/")
    with CaptureQueriesContext(
        connection,
    ) as found:
        Client().get("/found/")
    assert not [one for one in found.captured_queries if "content_address" in one["sql"]]
    with CaptureQueriesContext(connection) as missed:
        Client().get("/missed/")
    assert len([one for one in missed.captured_queries if "content_address" in one["sql"]]) == 1


@pytest.mark.parametrize("asked", ["x" * 5000, "a=%0d%0aSet-Cookie:%20b=c", "next=https://evil.example/", "é=ü&//x"])
def test_no_question_leads_astray(asked: str) -> None:
    renamed(live(slug="was"), slug="is")
    reply = Client().get("/was/", QUERY_STRING=asked)
    assert reply.status_code == 301
    assert reply["Location"].startswith("/is/")
    assert not reply.cookies


def test_an_address_leads_to_this_site_alone() -> None:
    renamed(live(slug="was"), slug="is")
    reply = Client().get("//was/")
    assert "://" not in reply.get("Location", "")
    assert not reply.get("Location", "").startswith("//")


def test_no_page_sends_its_readers_round_in_circles() -> None:
    moved, second = renamed(live(slug="first"), slug="first-now"), live(slug="second")
    draft = next_draft(moved)
    for to in ("/first/", "/first-now/"):  # an address that it had, and its own
        with pytest.raises(ConditionFailed, match="sent on again"):
            publish_with(draft, to)
    renamed(second, redirect="/first-now/")
    assert leads_through("/second/") == "/first-now/"
    with pytest.raises(ConditionFailed, match="sent on again"):
        publish_with(draft, "/second/")
    publish_with(draft, "/contact/")
    assert leads_through("/first/") == "/contact/"


def publish_with(draft: PageContent, redirect: str) -> None:
    """Make it live as a page that sends its readers on."""
    draft.redirect = redirect
    draft.save()
    draft.versions.get().publish(author())


def leads_through(path: str) -> str:
    """Where a browser ends up that follows every redirect."""
    reply = Client().get(path, follow=True)
    assert reply.status_code == 200
    return str(reply.request["PATH_INFO"])
