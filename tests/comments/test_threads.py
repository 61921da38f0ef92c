"""A comment stays beside its block through drafts and versions, however alike two blocks are."""

import pytest
from cms.models import PageContent

from content.comments import threads, writing
from content.comments.models import Comment
from content.ledger.models import Entry, Event
from content.models import Prose
from content.reviews import diff, rules, signed_document
from content.reviews.signing import RefusedError
from tests.factories import NOON, DoAndDontFactory, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database]
WORDS = "This number is from 2019."


@pytest.fixture
def live() -> PageContent:
    """A live page with two texts that read the same, and a list."""
    made = page_of_kind("topic", title="Aftercare")
    body = slot_of(made, "topic_body")
    for _ in range(2):
        ProseFactory(placeholder=body, heading="", body="<p>Rest for two days, and keep the area clean.</p>")
    DoAndDontFactory(placeholder=body)
    publish(made)
    return PageContent.admin_manager.get(pk=made.pk)


def blocks(content: PageContent) -> list[Prose]:
    return [shown.block for shown in threads.flat_blocks(content)]


def leave(content: PageContent, block_id: int, words: str = WORDS) -> Comment:
    return writing.leave(content, block_id, words, user=author(), now=NOON)


def places(content: PageContent) -> tuple[dict[int, list[str]], list[str]]:
    """The words of the open comments by the number of the part, and those without a place."""
    fresh = PageContent.admin_manager.get(pk=content.pk)
    document = signed_document.build(fresh)
    found = threads.beside(fresh, diff.diff(diff.baseline(fresh)[0], document), document)
    placed = {number: [one.words for one in part.open] for number, part in enumerate(found.parts) if part.open}
    return placed, [one.words for one in found.lost]


def draft_from(content: PageContent) -> PageContent:
    draft: PageContent = content.versions.get().copy(author()).content
    return draft


def test_a_comment_stands_beside_its_block_and_one_on_the_title_beside_the_title(live: PageContent) -> None:
    leave(live, blocks(live)[1].pk)
    leave(live, 0, "Too long a title.")
    assert places(live) == ({0: ["Too long a title."], 2: [WORDS]}, [])


def test_a_new_draft_takes_it_along_to_the_same_of_two_blocks_that_read_alike(live: PageContent) -> None:
    leave(live, blocks(live)[1].pk)
    draft = draft_from(live)
    first, second, _ = blocks(draft)
    first.body = "<p>Zebras run fast, and nothing else is said here.</p>"
    first.save()
    second.body = "<p>Entirely other words, which share nothing with those before.</p>"
    second.save()
    assert places(draft) == ({2: [WORDS]}, [])
    publish(draft)
    later = draft_from(draft)
    assert places(later) == ({2: [WORDS]}, [])


def test_it_follows_a_block_that_moves(live: PageContent) -> None:
    draft = draft_from(live)
    leave(draft, blocks(draft)[2].pk)
    blocks(draft)[0].placeholder.move_plugin(blocks(draft)[2], target_position=1)
    assert places(draft) == ({1: [WORDS]}, [])


def test_a_comment_on_the_draft_is_seen_on_the_live_page_and_outlives_a_draft_that_is_thrown_away(
    live: PageContent,
) -> None:
    draft = draft_from(live)
    leave(draft, blocks(draft)[2].pk)
    leave(draft, 0, "The title")
    assert places(live) == ({0: ["The title"], 3: [WORDS]}, [])
    draft.versions.get().delete()
    assert places(live) == ({0: ["The title"], 3: [WORDS]}, [])
    assert places(draft_from(live)) == ({0: ["The title"], 3: [WORDS]}, [])


def test_two_comments_on_one_block_of_a_draft_that_is_gone_keep_together(live: PageContent) -> None:
    draft = draft_from(live)
    for words in ("One", "Two"):
        leave(draft, blocks(draft)[2].pk, words)
    draft.versions.get().delete()
    assert places(live) == ({3: ["One", "Two"]}, [])


def test_a_comment_on_a_block_that_was_taken_out_is_still_open_and_says_so(live: PageContent) -> None:
    draft = draft_from(live)
    block = blocks(draft)[2]
    leave(draft, block.pk)
    block.placeholder.delete_plugin(block)
    assert places(draft) == ({}, [WORDS])
    assert places(live) == ({3: [WORDS]}, [])
    assert threads.count_open([live.page_id]) == {live.page_id: 1}


def test_a_settled_comment_stays_with_the_version_it_was_settled_in(live: PageContent) -> None:
    comment = leave(live, blocks(live)[0].pk)
    writing.settle(comment, user=doctor(), now=NOON)
    assert places(live) == ({}, [])
    document = signed_document.build(live)
    parts = threads.beside(live, diff.diff(None, document), document).parts
    assert [one.settled_by_name for part in parts for one in part.settled] == ["dr-test"]
    draft = draft_from(live)
    document = signed_document.build(draft)
    assert not any(part.settled for part in threads.beside(draft, diff.diff(None, document), document).parts)


def test_comments_of_another_page_are_not_here(live: PageContent) -> None:
    other = page_of_kind("topic", title="Another")
    ProseFactory(placeholder=slot_of(other, "topic_body"))
    leave(other, blocks(other)[0].pk, "Elsewhere")
    leave(live, blocks(live)[0].pk)
    assert places(live) == ({1: [WORDS]}, [])
    with pytest.raises(RefusedError, match="no longer on the page"):
        leave(live, blocks(other)[0].pk)


def test_a_comment_takes_no_signature_away(live: PageContent) -> None:
    draft = draft_from(live)
    signed(draft)
    leave(draft, blocks(draft)[0].pk)
    assert rules.valid_signature(draft)


def test_answers_and_settling_are_recorded_without_their_words(live: PageContent) -> None:
    comment = leave(live, blocks(live)[0].pk)
    writing.answer(comment, "It is from 2025.", user=doctor(), now=NOON)
    writing.settle(comment, user=doctor(), now=NOON)
    for settled_again in (writing.settle, lambda *args, **kwargs: writing.answer(comment, "More", **kwargs)):
        with pytest.raises(RefusedError, match="settled this comment meanwhile"):
            settled_again(comment, user=author(), now=NOON)
    entries = Entry.objects.filter(event__startswith="COMMENT_").order_by("pk")
    assert [one.event for one in entries] == [Event.COMMENT_LEFT, Event.COMMENT_ANSWERED, Event.COMMENT_SETTLED]
    assert {one.subject for one in entries} == {f"Aftercare (page {live.page_id})"}
    assert "20" not in "".join(str(one.detail.get("words", "")) for one in entries)


@pytest.mark.parametrize("words", ["", "  \r\n ", "\0", "x" * 601])
def test_a_comment_says_something_and_not_too_much(live: PageContent, words: str) -> None:
    with pytest.raises(RefusedError):
        leave(live, 0, words)
    leave(live, 0, "a\r\n" * 300)  # a browser counts each line end as one
    leave(live, 0, "a\0b")
    assert [len(one.words) for one in Comment.objects.all()] == [599, 2]


def test_an_old_version_takes_no_comment_and_a_page_takes_its_comments_with_it(live: PageContent) -> None:
    second = draft_from(live)
    publish(second)
    with pytest.raises(RefusedError, match="Nobody reads this version"):
        leave(live, 0)
    alone = page_of_kind("topic", title="Never live")
    writing.answer(leave(alone, 0), "Yes", user=author(), now=NOON)
    alone.versions.get().delete()
    assert not Comment.objects.exists()
