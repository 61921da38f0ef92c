"""Ways on: links that follow their pages."""

import pytest
from cms.models import Page
from django.db.models import ProtectedError
from django.test import Client

from content.models import TopicLink, TopicLinks
from tests.blocks.scenarios import survives_versions
from tests.factories import TopicLinkFactory, TopicLinksFactory, page_for, page_of_kind, slot_of
from tests.rendering import add_form, complaints, seen, shown, text_of, typed

pytestmark = pytest.mark.django_db


def test_topic_links_survive_new_draft_edit_publish_and_revert() -> None:
    survives_versions(TopicLinksFactory(), intro="Other words.")


def test_topic_link_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(TopicLinkFactory(), text="Other words", description="")


def test_topic_link_follows_the_address_of_its_page() -> None:
    link = next(shown(TopicLinkFactory().parent.get_plugin_instance()[0]).iter("a"))
    assert (link.get("href"), text_of(link)) == ("/microneedling-for-stretch-marks/", "Your session")


def test_topic_link_to_a_page_that_is_not_published_is_not_shown() -> None:
    hidden, parent = page_of_kind("topic", title="Not yet"), TopicLinksFactory()
    TopicLinkFactory(target=parent, page=hidden.page, text="Hidden")
    TopicLinkFactory(target=parent, text="Shown")
    assert [text_of(link) for link in shown(parent).iter("a")] == ["Shown"]


def test_topic_link_stops_its_page_from_being_deleted() -> None:
    link = TopicLinkFactory()
    with pytest.raises(ProtectedError):
        link.page.delete()


def test_topic_link_stands_only_inside_a_list_of_links(staff: Client) -> None:
    placeholder = page_for(TopicLinks)
    page = Page.objects.get(reverse_id="treatment")
    response = add_form(staff, placeholder, TopicLink, {"page": str(page.pk), "text": "", "description": ""})
    assert response.status_code == 400


def test_topic_link_form_needs_a_page(staff: Client) -> None:
    parent = TopicLinksFactory()
    data = {"page": "", "text": "Words of the link", "description": ""}
    response = add_form(staff, parent.placeholder, TopicLink, data, parent=parent)
    assert complaints(response) == ["This field is required."]
    assert "Words of the link" in typed(response)


@pytest.mark.usefixtures("incomplete_pages")
def test_topic_links_without_a_published_page_are_not_shown() -> None:
    draft = page_of_kind("topic")
    links = TopicLinksFactory(placeholder=slot_of(draft, "topic_body"), heading="Lonely heading")
    TopicLinkFactory(target=links, page=page_of_kind("topic", title="Not yet").page)
    assert "Lonely heading" not in text_of(seen(links))
