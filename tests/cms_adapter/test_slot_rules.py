"""A block can't be moved, pasted or copied to where it may not be added."""

from typing import Any

import pytest
from cms.models import CMSPlugin, Placeholder, UserSettings
from django.test import Client
from django.urls import reverse

from content.models import TopicLink
from content.topics import SLOT_NAMES
from tests.factories import (
    LANGUAGE,
    CalloutFactory,
    ProseFactory,
    SessionSpacingFactory,
    TopicLinkFactory,
    TopicLinksFactory,
    author,
    page_of_kind,
    slot_of,
)
from tests.rendering import add_form

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, **data: Any) -> Any:
    return client.post(reverse(f"admin:cms_placeholder_{name}") + "?cms_path=/", {"target_language": LANGUAGE, **data})


def clipboard() -> Placeholder:
    settings, _ = UserSettings.objects.get_or_create(
        user=author(), defaults={"language": LANGUAGE, "clipboard": Placeholder.objects.create(slot="clipboard")}
    )
    found: Placeholder = settings.clipboard
    return found


def placed() -> list[tuple[int, int, int | None, int]]:
    """Where every block stands."""
    return sorted(CMSPlugin.objects.values_list("pk", "placeholder_id", "parent_id", "position"))


def test_a_whole_slot_cannot_be_pasted_where_its_blocks_may_not_stand(staff: Client) -> None:
    draft = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    copied = post(
        staff, "copy_plugins", source_language=LANGUAGE,
        source_placeholder_id=slot_of(draft, "topic_body").pk, target_placeholder_id=clipboard().pk,
    )  # fmt: skip
    assert copied.status_code == 200
    whole = CMSPlugin.objects.get(placeholder=clipboard(), plugin_type="PlaceholderPlugin")
    before = placed()
    for slot, copy in (("topic_sources", "true"), ("topic_sources", "false"), ("topic_body", "false")):
        target = slot_of(draft, slot)
        refused = post(
            staff, "move_plugin", plugin_id=whole.pk, placeholder_id=target.pk, target_position=1, move_a_copy=copy
        )
        assert refused.status_code == 400, (slot, copy)
        assert "Nothing was changed." in refused.content.decode()
        assert placed() == before
    allowed = slot_of(draft, "topic_summary")
    pasted = post(
        staff, "move_plugin", plugin_id=whole.pk, placeholder_id=allowed.pk, target_position=1, move_a_copy="true"
    )
    assert pasted.status_code == 200
    assert [block.plugin_type for block in CMSPlugin.objects.filter(placeholder=allowed)] == ["ProsePlugin"]


def test_a_slot_cannot_be_copied_straight_into_another_that_refuses_its_blocks(staff: Client) -> None:
    draft = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    before = placed()
    refused = post(
        staff, "copy_plugins", source_language=LANGUAGE,
        source_placeholder_id=slot_of(draft, "topic_body").pk, target_placeholder_id=slot_of(draft, "topic_help").pk,
    )  # fmt: skip
    assert refused.status_code == 400
    assert placed() == before


def test_a_link_cannot_leave_its_list(staff: Client) -> None:
    link = TopicLinkFactory(target=TopicLinksFactory(placeholder=slot_of(page_of_kind("topic"), "topic_body")))
    before = placed()
    refused = post(staff, "move_plugin", plugin_id=link.pk, target_position=1)
    assert (refused.status_code, placed()) == (400, before)
    assert "stands only inside its list" in refused.content.decode()


def test_a_section_cannot_enter_a_list_of_links(staff: Client) -> None:
    body = slot_of(page_of_kind("topic"), "topic_body")
    links, section = TopicLinksFactory(placeholder=body), SessionSpacingFactory(placeholder=body)
    before = placed()
    refused = post(staff, "move_plugin", plugin_id=section.pk, plugin_parent=links.pk, target_position=2)
    assert (refused.status_code, placed()) == (400, before)


def test_a_link_cannot_be_added_inside_a_text(staff: Client) -> None:
    text = ProseFactory(placeholder=slot_of(page_of_kind("topic"), "topic_body"))
    page = str(text.placeholder.source.page_id)
    refused = add_form(staff, text.placeholder, TopicLink, {"page": page, "text": "", "description": ""}, parent=text)
    assert refused.status_code == 400
    assert not TopicLink.objects.filter(placeholder=text.placeholder).exists()


def test_blocks_move_freely_within_what_is_theirs(staff: Client) -> None:
    draft = page_of_kind("topic")
    block = CalloutFactory(placeholder=slot_of(draft, "topic_body"))
    target = slot_of(draft, "topic_summary")
    moved = post(staff, "move_plugin", plugin_id=block.pk, placeholder_id=target.pk, target_position=1)
    assert moved.status_code == 200
    block.refresh_from_db()
    assert block.placeholder == target


def test_a_visitor_is_shown_the_door() -> None:
    assert post(Client(), "move_plugin", plugin_id=1, placeholder_id=1)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("slot", sorted(SLOT_NAMES))
def test_no_slot_takes_the_free_form_text(staff: Client, slot: str) -> None:
    placeholder = slot_of(page_of_kind(slot.split("_", maxsplit=1)[0]), slot)
    query = {
        "cms_path": "/",
        "placeholder_id": placeholder.pk,
        "plugin_type": "TextPlugin",
        "plugin_language": LANGUAGE,
        "plugin_position": 1,
    }
    response = staff.post(reverse("admin:cms_placeholder_add_plugin", query=query), {"body": "<p>free</p>"})
    assert response.status_code == 400
    assert not CMSPlugin.objects.filter(placeholder=placeholder).exists()
