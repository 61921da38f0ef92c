"""What changed, in words, block by block."""

import pytest
from cms.models import PageContent

from content.models import CareCard, DoAndDont, Prose, Treatment
from content.reviews import diff, matching, signed_document
from tests.factories import (
    CareCardFactory,
    DoAndDontFactory,
    ProseFactory,
    author,
    page_of_kind,
    signed,
    slot_of,
)
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


@pytest.fixture
def pair() -> tuple[PageContent, PageContent]:
    """A live page, and its new draft that reads the same."""
    live = page_of_kind("topic", title="Aftercare")
    body = slot_of(live, "topic_body")
    ProseFactory(placeholder=body, heading="One", body="<p>Keep the area clean and cool.</p><p>Rest.</p>")
    DoAndDontFactory(placeholder=body)
    CareCardFactory(placeholder=slot_of(live, "topic_help"))
    publish(live)
    return live, live.versions.get().copy(author()).content


def differing(live: PageContent, draft: PageContent) -> list[diff.BlockDiff]:
    content = PageContent.admin_manager.get(pk=draft.pk)
    return diff.changed_blocks(signed_document.build(live), signed_document.build(content))


def words(line: matching.TextDiff) -> dict[str, str]:
    return {mark: "".join(text for one, text in line.words if one == mark) for mark in ("gone", "new")}


def of(draft: PageContent, model: type[Prose]) -> Prose:
    return model.objects.get(placeholder__in=draft.placeholders.all())


def test_a_new_draft_differs_in_nothing(pair: tuple[PageContent, PageContent]) -> None:
    assert differing(*pair) == []


def test_one_row_that_was_changed_is_the_only_thing_told(pair: tuple[PageContent, PageContent]) -> None:
    block = of(pair[1], DoAndDont)
    block.dont_rows = [{"text": "sunbathe for 3 weeks"}, *block.dont_rows[:1]]
    block.dont_rows = [block.dont_rows[1], block.dont_rows[0]]
    block.save()
    [part] = differing(*pair)
    assert (part.state, part.name, part.slot_name) == ("changed", "Do and do not", "This topic")
    [line] = [one for one in part.lines if one.is_changed]
    assert line.label == "Do not"
    assert words(line) == {"gone": "2", "new": "3"}


def test_a_row_put_first_marks_only_itself(pair: tuple[PageContent, PageContent]) -> None:
    block = of(pair[1], DoAndDont)
    block.do_rows = [{"text": "drink water"}, *block.do_rows]
    block.save()
    [part] = differing(*pair)
    assert [words(one) for one in part.lines if one.is_changed] == [{"gone": "", "new": "drink water"}]


def test_blocks_that_came_went_and_moved_are_told_apart(pair: tuple[PageContent, PageContent]) -> None:
    draft = pair[1]
    body = slot_of(draft, "topic_body")
    card = of(draft, CareCard)
    card.placeholder.delete_plugin(card)
    body.move_plugin(of(draft, Prose), target_position=2)
    ProseFactory(placeholder=body, heading="Quite another thing", body="<p>Zebras run fast.</p>")
    told = {(part.name, part.state): part.summary for part in differing(*pair)}
    assert told[("Text", "new")] == "New"
    assert told[("Care card: when to get help", "gone")] == "Taken out"
    assert "Moved" in {part.summary for part in differing(*pair) if part.state == "same"}


def test_bold_alone_is_told_too(pair: tuple[PageContent, PageContent]) -> None:
    block = of(pair[1], Prose)
    block.body = "<p>Keep the area <strong>clean</strong> and cool.</p><p>Rest.</p>"
    block.save()
    [part] = differing(*pair)
    assert [one.label for one in part.lines if one.is_changed] == ["How it looks"]


def test_a_title_is_told_as_the_pages_own(pair: tuple[PageContent, PageContent]) -> None:
    PageContent.admin_manager.filter(pk=pair[1].pk).update(title="Looking after it", meta_description="")
    [part] = differing(*pair)
    assert part.name == "About the page"
    assert [one.label for one in part.lines if one.is_changed] == ["Title", "First sentence"]


def test_a_changed_fact_is_shown_in_its_words() -> None:
    live = page_of_kind("topic")
    DoAndDontFactory(placeholder=slot_of(live, "topic_body"), intro="It takes [[days-to-settle]].")
    publish(live)
    before, since = diff.baseline(live)
    Treatment.objects.update(days_to_settle_max=9)
    [part] = diff.changed_blocks(before, signed_document.build(live))
    assert [words(one) for one in part.lines if one.is_changed] == [{"gone": "7", "new": "9"}]
    assert since == "what Dr dr-test signed on 1 March 2026"


def test_a_page_that_was_never_live_is_compared_with_nothing() -> None:
    draft = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    assert diff.baseline(draft) == (None, "")
    assert diff.changed_blocks(None, signed_document.build(draft)) == []
    assert len(diff.diff(None, signed_document.build(draft))) == 2


def test_every_seeded_page_reads_whole_and_differs_from_itself_in_nothing() -> None:
    for content in PageContent.objects.all():
        read = signed_document.build(content)
        assert diff.changed_blocks(read, read) == []
        assert all(
            line.label and "[[" not in text
            for part in diff.diff(None, read)
            for line in part.lines
            for _, text in line.words
        )


def test_what_was_signed_is_the_measure_once_it_was() -> None:
    live = page_of_kind("topic")
    publish(live)
    signed(live)
    assert diff.baseline(live)[1].startswith("what Dr dr-test signed")
