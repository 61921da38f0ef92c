"""What was deleted or moved in a draft is put back exactly where it was, under the rules of every change."""

from datetime import timedelta
from typing import Any

import pytest
from cms.models import CMSPlugin, PageContent, Placeholder, UserSettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.cms_adapter import block_trees
from content.ledger.models import Entry
from content.models import BlockChange, DoAndDont, Prose, TopicLink, TopicLinks
from content.reviews import draft_locks
from content.undo import changes
from tests.factories import (
    LANGUAGE,
    CalloutFactory,
    DoAndDontFactory,
    ProseFactory,
    TopicLinkFactory,
    TopicLinksFactory,
    author,
    page_of_kind,
    slot_of,
)
from tests.rendering import publish, unescaped
from tests.sizes import tries
from tests.staff.editors import browser_of, editor
from tests.staff.members import member
from tests.staff.rights import person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("incomplete_pages")]

Row = tuple[int, int, int | None, int, str]


@pytest.fixture
def draft() -> PageContent:
    """A topic with three blocks, one of them a list with two links."""
    content = page_of_kind("topic")
    body = slot_of(content, "topic_body")
    ProseFactory(placeholder=body, heading="Before you come", body="<p>Eat as <strong>usual</strong>.</p>")
    links = TopicLinksFactory(placeholder=body, heading="Read on")
    TopicLinkFactory(target=links, text="One")
    TopicLinkFactory(target=links, text="Two")
    DoAndDontFactory(placeholder=body, heading="Afterwards")
    return content


def placed(draft: PageContent) -> list[Row]:
    """Where every block of the draft stands, and its digest of fields."""
    rows = CMSPlugin.objects.filter(placeholder__in=Placeholder.objects.get_for_obj(draft)).order_by("pk")
    return [
        (row.pk, row.placeholder_id, row.parent_id, row.position, str(block_trees.snapshot(row)["fields"]))
        for row in rows
    ]


def delete(client: Client, block: CMSPlugin) -> Any:
    url = reverse("admin:cms_placeholder_delete_plugin", args=[block.pk])
    return client.post(f"{url}?cms_path=/", {"post": "yes"})


def move(client: Client, block: CMSPlugin, **data: Any) -> Any:
    url = reverse("admin:cms_placeholder_move_plugin") + "?cms_path=/"
    return client.post(url, {"plugin_id": block.pk, "target_language": LANGUAGE, **data})


def undo(client: Client, draft: PageContent, key: int | None = None) -> str:
    """What is said once the newest change, or this one, was undone."""
    change = BlockChange.objects.filter(content=draft).first() if key is None else None
    url = reverse("page_undo", args=[draft.pk])
    answer = client.post(url, {"undo": key or (change.pk if change else 0)}, follow=True)
    return unescaped(answer)


def of(draft: PageContent, model: Any) -> Any:
    return model.objects.filter(placeholder__in=draft.placeholders.all()).first()


@pytest.mark.parametrize("model", [Prose, TopicLinks, TopicLink, DoAndDont])
def test_a_deleted_block_is_back_where_it_was_with_all_inside_it(staff: Client, draft: PageContent, model: Any) -> None:
    before = placed(draft)
    delete(staff, of(draft, model))
    assert len(placed(draft)) < len(before)
    assert "is back where it was" in undo(staff, draft)
    assert placed(draft) == before
    assert not BlockChange.objects.exists()


def test_the_notice_names_the_block_and_stays_after_a_reload(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    for _ in range(2):
        page = unescaped(staff.get(reverse("page_undo", args=[draft.pk])))
        assert "Text, “Before you come” was deleted." in page


def test_a_notice_that_was_hidden_stays_hidden(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    staff.post(reverse("page_undo", args=[draft.pk]), {"hide": BlockChange.objects.get().pk})
    assert "was deleted" not in unescaped(staff.get(reverse("page_undo", args=[draft.pk])))


def test_an_old_change_is_shown_no_more(draft: PageContent, staff: Client) -> None:
    delete(staff, of(draft, Prose))
    assert changes.undoable(draft, timezone.now())
    assert changes.undoable(draft, timezone.now() + timedelta(hours=25)) == []


def test_a_press_that_comes_twice_puts_back_once(staff: Client, draft: PageContent) -> None:
    before = placed(draft)
    delete(staff, of(draft, Prose))
    key = BlockChange.objects.get().pk
    undo(staff, draft, key)
    assert "undone already" in undo(staff, draft, key)
    assert placed(draft) == before


def test_two_deletions_are_undone_in_either_order(staff: Client, draft: PageContent) -> None:
    before = placed(draft)
    delete(staff, of(draft, Prose))
    delete(staff, of(draft, TopicLinks))
    for change in BlockChange.objects.order_by("pk"):
        undo(staff, draft, change.pk)
    assert placed(draft) == before


def test_a_moved_block_is_moved_back(staff: Client, draft: PageContent) -> None:
    before = placed(draft)
    block, other = of(draft, TopicLinks), slot_of(draft, "topic_closing")
    assert move(staff, block, placeholder_id=other.pk, target_position=1).status_code == 200
    assert placed(draft) != before
    assert "is back where it was" in undo(staff, draft)
    assert placed(draft) == before


def test_a_block_that_was_cut_out_is_put_back_from_the_copy(staff: Client, draft: PageContent) -> None:
    clipboard = Placeholder.objects.create(slot="clipboard")
    UserSettings.objects.update_or_create(user=author(), defaults={"language": LANGUAGE, "clipboard": clipboard})
    block = of(draft, Prose)
    assert move(staff, block, placeholder_id=clipboard.pk, target_position=1).status_code == 200
    assert of(draft, Prose) is None
    undo(staff, draft)
    back = of(draft, Prose)
    assert (back.heading, back.position, back.pk != block.pk) == ("Before you come", 1, True)


def test_pasting_what_was_cut_out_leaves_nothing_to_undo(staff: Client, draft: PageContent) -> None:
    clipboard = Placeholder.objects.create(slot="clipboard")
    UserSettings.objects.update_or_create(user=author(), defaults={"language": LANGUAGE, "clipboard": clipboard})
    block = of(draft, Prose)
    move(staff, block, placeholder_id=clipboard.pk, target_position=1)
    target = slot_of(draft, "topic_summary")
    pasted = move(staff, block, placeholder_id=target.pk, target_position=1, move_a_copy="true")
    assert pasted.status_code == 200
    assert not BlockChange.objects.exists()


def test_all_blocks_of_a_slot_are_put_back_at_once(staff: Client, draft: PageContent) -> None:
    before = placed(draft)
    slot = slot_of(draft, "topic_body")
    url = reverse("admin:cms_placeholder_clear_placeholder", args=[slot.pk])
    staff.post(f"{url}?cms_path=/&language={LANGUAGE}", {"post": "yes"})
    assert placed(draft) == []
    assert "Text, “Before you come”, and 2 more" in undo(staff, draft)
    assert placed(draft) == before


def test_a_block_whose_list_is_gone_cannot_stand_alone(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, TopicLink))
    key = BlockChange.objects.get().pk
    delete(staff, of(draft, TopicLinks))
    before = placed(draft)
    assert "stands only inside its list" in undo(staff, draft, key)
    assert placed(draft) == before


def test_a_block_whose_parent_is_gone_goes_to_the_end_of_its_slot_and_says_so(
    staff: Client, draft: PageContent
) -> None:
    delete(staff, of(draft, Prose))
    change = BlockChange.objects.get()
    change.place = {**change.place, "parent_id": 999_999}
    change.save()
    assert "stands at the end of “This topic” now" in undo(staff, draft)
    assert of(draft, Prose).position == 5


def test_undo_is_refused_once_the_page_went_live(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    key = BlockChange.objects.get().pk
    publish(draft)
    before = placed(draft)
    assert "no draft any more" in undo(staff, draft, key)
    assert placed(draft) == before
    assert "was deleted" not in unescaped(staff.get(reverse("page_undo", args=[draft.pk])))


def test_undo_is_refused_while_somebody_else_holds_the_draft(draft: PageContent, staff: Client) -> None:
    delete(staff, of(draft, Prose))
    nurse = browser_of(editor("nurse.b", "delete_topiclinks"))
    before = placed(draft)
    assert "is changing this page" in undo(nurse, draft)
    assert placed(draft) == before
    assert "was deleted" not in unescaped(nurse.get(reverse("page_undo", args=[draft.pk])))


def test_undo_of_another_drafts_change_is_refused(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    other = page_of_kind("topic")
    undo(staff, other, BlockChange.objects.get().pk)
    assert BlockChange.objects.count() == 1
    assert placed(other) == []


@pytest.mark.parametrize("role", ["Reception", "Nurse", "Doctor", "Owner"])
def test_each_role_puts_back_what_it_deleted(role: str, draft: PageContent) -> None:
    browser = member(role)
    draft_locks.release(draft, now=timezone.now())
    before = placed(draft)
    delete(browser, of(draft, Prose))
    undo(browser, draft)
    assert placed(draft) == before
    entry = Entry.objects.filter(event="BLOCK_PUT_BACK").get()
    assert (entry.actor, entry.detail["block"]) == (person(role).username, "Text, “Before you come”")


def test_whoever_may_not_change_pages_undoes_nothing(draft: PageContent, staff: Client) -> None:
    delete(staff, of(draft, Prose))
    url, key = reverse("page_undo", args=[draft.pk]), BlockChange.objects.get().pk
    assert Client().post(url, {"undo": key})["Location"].startswith("/admin/login/")
    assert member("").post(url, {"undo": key}).status_code in {302, 403}
    assert Client(enforce_csrf_checks=True).post(url, {"undo": key}).status_code in {302, 403}
    assert of(draft, Prose) is None


def test_undo_needs_the_right_to_add_that_kind_of_block(draft: PageContent, staff: Client) -> None:
    delete(staff, of(draft, TopicLinks))
    draft_locks.release(draft, now=timezone.now())
    without = browser_of(editor("helper"))
    assert "may not put this kind of block there" in undo(without, draft)
    assert of(draft, TopicLinks) is None


def test_undo_counts_as_a_save_of_the_draft(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    long_ago = timezone.now() - timedelta(days=3)
    Version.objects.filter(pk=draft.versions.get().pk).update(modified=long_ago)
    undo(staff, draft)
    assert draft.versions.get().modified > long_ago + timedelta(days=2)


def test_changes_are_forgotten_with_their_draft(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    publish(draft)
    changes.delete_expired(timezone.now())
    assert not BlockChange.objects.exists()


def test_the_cms_says_nothing_of_plugins_afterwards(staff: Client, draft: PageContent) -> None:
    delete(staff, of(draft, Prose))
    assert "plugin" not in unescaped(staff.get(reverse("page_changes", args=[draft.pk]))).lower()


@settings(max_examples=tries(5, 50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(1, 8)), min_size=1, max_size=4))
def test_whatever_was_deleted_and_moved_is_all_undone_from_the_newest_on(
    steps: list[tuple[bool, int, int]], django_db_blocker: Any
) -> None:
    """Blocks are deleted and moved about; undone one by one, the draft reads as at the beginning."""
    draft = page_of_kind("topic")
    body = slot_of(draft, "topic_body")
    for number in range(3):
        CalloutFactory(placeholder=body, title=f"Note {number}")
    links = TopicLinksFactory(placeholder=body)
    TopicLinkFactory(target=links)
    TopicLinkFactory(target=links)
    staff = Client()
    staff.force_login(author())
    before = placed(draft)
    for is_deleted, which, position in steps:
        roots = list(CMSPlugin.objects.filter(placeholder=body, parent=None).order_by("position"))
        if not roots:
            break
        block = roots[which % len(roots)]
        if is_deleted:
            delete(staff, block)
        else:
            move(staff, block, target_position=roots[position % len(roots)].position)
    for change in BlockChange.objects.filter(content=draft):
        undo(staff, draft, change.pk)
    assert placed(draft) == before
