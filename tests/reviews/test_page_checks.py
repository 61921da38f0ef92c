"""The checks on a page of the site: what is read, what a reason lets stand, and that the first content passes."""

import logging

import pytest
from cms.models import PageContent, Placeholder
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.blocks.base import Block
from content.ledger.models import Entry
from content.models import GivenReason, Treatment
from content.reviews import page_checks, page_text
from content.reviews.page_checks import ReasonError
from content.wording import checks as all_checks
from content.wording import claims
from content.wording.findings import Finding, Kind, Level
from tests import factories as f
from tests.factories import NOON, page_of_kind, slot_of

pytestmark = pytest.mark.django_db
WHY = "It is the name of the study."


def draft_saying(html: str) -> PageContent:
    draft = page_of_kind("clinic")
    f.ProseFactory(placeholder=slot_of(draft, "clinic_body"), heading="What we say", body=html)
    return draft


def give(draft: PageContent, **values: str) -> GivenReason:
    said = {"word": "painless", "sentence": "It is painless.", "reason": WHY, "actor": "dr", **values}
    return page_checks.give_reason(draft, **said, now=NOON)


def words(findings: list[Finding]) -> list[str]:
    return [one.word or one.code for one in findings if one.level is Level.BLOCKING]


@pytest.mark.parametrize("content", range(13))
def test_no_page_of_the_first_content_is_stopped(content: int) -> None:
    pages = list(PageContent.objects.order_by("page__path"))
    assert len(pages) == 13
    assert page_checks.blocking_findings(pages[content]) == []


def test_every_word_that_patients_read_is_read(db: None) -> None:
    for model, factory in f.FACTORIES.items():
        if model.__name__ == "TopicLink":
            continue
        block: Block = factory()
        said = page_text.passages(block.placeholder.source)
        read = {(one.block.pk, one.field) for one in said if isinstance(one.block, Block)}
        filled = [one.name for one in [*block.text_fields(), *block.rows_fields()] if getattr(block, one.name)]
        assert {(block.pk, name) for name in filled if name != "cases"} <= read, model


def test_passages_say_where_they_stand_and_hand_back_their_block() -> None:
    draft = draft_saying("<p>It is painless.</p>")
    [title, description, heading, body] = page_text.passages(draft)
    assert (title.block, title.place, title.kind) == (draft, "The page’s title", Kind.HEADING)
    assert description.place == "The page’s first sentence"
    assert (heading.text, body.place) == ("What we say", "Text, “What we say”: text")
    [finding] = page_checks.blocking_findings(draft)
    assert finding.block == body.block
    assert finding.block.heading == "What we say"


def test_block_inside_another_is_read() -> None:
    link = f.TopicLinkFactory(text="Perfect skin")
    assert words(page_checks.open_findings(link.placeholder.source)) == ["perfect"]


def test_do_not_row_is_read_as_the_page_shows_it() -> None:
    block = f.DoAndDontFactory(dont_rows=[{"text": "use creams that promise a cure"}])
    said = [one for one in page_text.passages(block.placeholder.source) if one.field == "dont_rows"]
    assert [one.text for one in said] == ["Do not use creams that promise a cure"]


def test_a_row_of_who_should_wait_is_read_after_the_words_above_it() -> None:
    block = f.WhoShouldWaitFactory(not_now=[{"text": "are pregnant"}], speak_first=[{"text": "take blood thinners"}])
    said = [one.text for one in page_text.passages(block.placeholder.source) if one.field in {"not_now", "speak_first"}]
    assert said == ["We do not treat you now if you are pregnant", "Speak to us first if you take blood thinners"]
    assert "cure" not in words(page_checks.open_findings(block.placeholder.source))
    doing = f.DoAndDontFactory(do_rows=[{"text": "use our cure"}])
    assert "cure" in words(page_checks.open_findings(doing.placeholder.source))


def test_key_fact_is_read_as_one_sentence() -> None:
    honest = f.KeyFactsFactory(facts=[{"value": "No treatment", "meaning": "removes stretch marks altogether"}])
    boast = f.KeyFactsFactory(facts=[{"value": "One treatment", "meaning": "removes stretch marks altogether"}])
    assert "remove" not in words(page_checks.open_findings(honest.placeholder.source))
    assert "remove" in words(page_checks.open_findings(boast.placeholder.source))


def test_slot_that_the_page_does_not_show_is_not_read() -> None:
    draft = page_of_kind("clinic")
    hidden = Placeholder.objects.create(slot="old_slot", source=draft)
    f.ProseFactory(placeholder=hidden, body="<p>It is painless.</p>")
    assert page_checks.blocking_findings(draft) == []


def test_number_is_compared_with_the_treatments_own_fact() -> None:
    draft = draft_saying("<p>Sessions are 4 to 6 weeks apart.</p>")
    assert [one.code for one in page_checks.open_findings(draft)] == ["typed-fact"]
    Treatment.objects.update(weeks_between_min=5, weeks_between_max=8)
    [finding] = page_checks.open_findings(draft)
    assert (finding.level, finding.code) == (Level.BLOCKING, "other-number")
    assert "5 to 8 weeks" in finding.problem


def test_links_lead_to_pages_that_are_live() -> None:
    html = (
        '<p><a href="/contact/">Call us</a>, <a href="/microneedling-for-stretch-marks/aftercare/#x">aftercare</a>, '
        '<a href="/before-and-after/">before and after</a>, <a href="#what-we-say">above</a></p>'
    )
    assert page_checks.blocking_findings(draft_saying(html)) == []
    other = page_of_kind("clinic", title="Not yet live", slug="not-yet-live")
    assert other.versions.get().state == "draft"
    for address in ("/not-yet-live/", "/admin/", "/before-and-after/k7m2p9xq4t/", "#nowhere"):
        assert words(page_checks.open_findings(draft_saying(f'<p><a href="{address}">There</a></p>'))) == [
            "link-broken"
        ], address


def test_link_to_a_case_answers_while_the_case_is_approved() -> None:
    case = f.CaseFactory()
    draft = draft_saying(f'<p><a href="/before-and-after/{case.code}/">One case</a></p>')
    assert page_checks.blocking_findings(draft) == []
    type(case).objects.update(approved_at=None)
    assert words(page_checks.open_findings(draft)) == ["link-broken"]


def test_topic_page_without_its_parts_is_stopped() -> None:
    draft = page_of_kind("topic")
    f.DoAndDontFactory(placeholder=slot_of(draft, "topic_body"))
    assert [one.place for one in page_checks.blocking_findings(draft)] == ["Summary", "When to get help"]
    f.CalloutFactory(placeholder=slot_of(draft, "topic_summary"))
    f.CareCardFactory(placeholder=slot_of(draft, "topic_help"))
    assert page_checks.blocking_findings(draft) == []
    assert page_checks.publish_problem(draft) == ""


def test_refusal_says_how_much_there_is_to_mend() -> None:
    assert page_checks.publish_problem(draft_saying("<p>It is painless.</p>")).startswith("One thing")
    assert page_checks.publish_problem(draft_saying("<p>It is safe and gentle.</p>")).startswith("2 things")


def test_reason_lets_the_word_stand_in_its_sentence_and_tells_the_ledger() -> None:
    draft = draft_saying("<p>It is painless.</p><p>Call it painless.</p>")
    given = give(draft, reason="  It is the name\n of the study. ")
    assert (given.page, given.reason, given.given_by, given.given_at) == (draft.page, WHY, "dr", NOON)
    checked = page_checks.run_checks(draft)
    assert [one.quoted for one in checked.blocking] == ["Call it painless."]
    assert [(finding.quoted, reason.reason) for finding, reason in checked.explained] == [("It is painless.", WHY)]
    entry = Entry.objects.get(event="WORDING_REASON_GIVEN")
    assert (entry.actor, entry.subject) == ("dr", f"page {draft.page_id}")
    assert entry.detail == {"word": "painless", "sentence": "It is painless.", "reason": WHY}


def test_reason_holds_however_the_sentence_is_typed_and_ends_when_it_changes() -> None:
    draft = draft_saying("<p>It is painless.</p>")
    give(draft)
    [block] = [one.block for one in page_text.passages(draft) if one.field == "body"]
    type(block).objects.update(body="<p>It  is pain<strong>less</strong>.</p>")
    assert page_checks.blocking_findings(draft) == []
    type(block).objects.update(body="<p>It is painless for all.</p>")
    assert words(page_checks.open_findings(draft)) == ["painless"]


def test_reason_goes_with_the_page_into_its_next_version_and_to_no_other_page() -> None:
    draft = draft_saying("<p>It is painless.</p>")
    give(draft)
    draft.versions.get().publish(f.author())
    assert page_checks.blocking_findings(draft.versions.get().copy(f.author()).content) == []
    assert words(page_checks.open_findings(draft_saying("<p>It is painless.</p>"))) == ["painless"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": ""}, "Say why"),
        ({"reason": " – \n"}, "Say why"),
        ({"reason": "x" * 301}, "301 characters"),
        ({"word": "cure"}, "not on the page"),
        ({"word": ""}, "not on the page"),
        ({"sentence": "It is harmless."}, "not on the page"),
        ({"sentence": ""}, "not on the page"),
    ],
)
def test_reason_that_says_nothing_or_fits_nothing_is_refused(values: dict[str, str], sentence: str) -> None:
    draft = draft_saying("<p>It is painless.</p>")
    with pytest.raises(ReasonError, match=sentence):
        give(draft, **values)
    assert not GivenReason.objects.exists()
    assert not Entry.objects.filter(event="WORDING_REASON_GIVEN").exists()


def test_only_words_of_the_list_take_a_reason() -> None:
    draft = draft_saying('<p><a href="/gone/">Gone</a></p>')
    [finding] = page_checks.blocking_findings(draft)
    with pytest.raises(ReasonError):
        give(draft, word=finding.code, sentence=finding.quoted)


def test_reason_is_not_given_twice() -> None:
    draft = draft_saying("<p>It is painless.</p>")
    give(draft)
    with pytest.raises(ReasonError, match="has its reason already"):
        give(draft)


def test_more_blocks_cost_no_more_queries() -> None:
    def queries(blocks: int) -> int:
        draft = page_of_kind("clinic")
        for number in range(blocks):
            body = f'<p>It is painless {number}. <a href="/contact/">Call us</a> every 3 weeks.</p>'
            f.ProseFactory(placeholder=slot_of(draft, "clinic_body"), body=body)
            f.QuestionsFactory(placeholder=slot_of(draft, "clinic_body"))
        content = PageContent.admin_manager.get(pk=draft.pk)
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert len(page_checks.blocking_findings(content)) == blocks
        return len(made)

    assert queries(3) == queries(30) == 8


def test_broken_check_stops_the_page_says_so_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = draft_saying("<p>It is painless.</p>")

    def fails(page: object) -> list[Finding]:
        raise RuntimeError("a fault")

    monkeypatch.setattr(page_checks, "CHECKS", {"numbers": fails, "claims": claims.check})
    with caplog.at_level(logging.ERROR):
        found = page_checks.blocking_findings(draft)
    assert [one.code for one in found] == ["broken-check", "needs-reason"]
    assert "numbers" in found[0].problem
    assert "The check “numbers” failed" in caplog.text
    monkeypatch.setattr(page_checks, "CHECKS", all_checks.CHECKS)
    assert words(page_checks.open_findings(draft)) == ["painless"]


def test_page_that_cannot_be_read_is_stopped(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    draft = draft_saying("<p>Fine.</p>")
    PageContent.admin_manager.filter(pk=draft.pk).update(template="pages/none.html")
    draft.refresh_from_db()
    assert [one.code for one in page_checks.blocking_findings(draft)] == ["broken-check"]
    assert "could not be read" in caplog.text


@pytest.mark.parametrize(
    "rows", ["text", [1, None], [{"question": 5}], {"a": "b"}, [{"question": None, "answer": "x"}]]
)
def test_rows_that_are_damaged_break_nothing(rows: object) -> None:
    block = f.QuestionsFactory()
    type(block).objects.filter(pk=block.pk).update(questions=rows)
    assert "broken-check" not in [one.code for one in page_checks.open_findings(block.placeholder.source)]


NUMBER = "Sessions are 2 weeks apart."
FACT = "weeks-between-sessions: 4 to 6 weeks"


def test_reason_lets_a_contradicting_number_stand_until_the_fact_changes() -> None:
    draft = draft_saying(f"<p>{NUMBER}</p>")
    given = give(draft, word=FACT, sentence=NUMBER)
    assert page_checks.blocking_findings(draft) == []
    treatment = Treatment.objects.get()
    treatment.weeks_between_min = 5
    treatment.save()
    assert words(page_checks.open_findings(draft)) == ["weeks-between-sessions: 5 to 6 weeks"]
    treatment.weeks_between_min = 4
    treatment.save()
    assert words(page_checks.open_findings(draft)) == [FACT]  # it doesn't come back with the fact
    assert not GivenReason.objects.filter(pk=given.pk).exists()
    assert Entry.objects.filter(event="WORDING_REASON_GIVEN").exists()


def test_another_fact_that_changes_ends_no_reason() -> None:
    draft = draft_saying(f"<p>{NUMBER}</p>")
    give(draft, word=FACT, sentence=NUMBER)
    treatment = Treatment.objects.get()
    treatment.hours_in_cotton = 24
    treatment.save()
    assert page_checks.blocking_findings(draft) == []


def test_reason_is_gone_once_the_page_goes_live_without_the_words() -> None:
    draft = draft_saying("<p>It is painless.</p>")
    give(draft)
    [block] = [one.block for one in page_text.passages(draft) if one.field == "body"]
    type(block).objects.update(body="<p>It may hurt.</p>")
    draft.versions.get().publish(f.author())
    assert not GivenReason.objects.exists()


def test_approval_of_this_treatment_takes_no_reason() -> None:
    said = "Our pen is FDA-approved."
    draft = draft_saying(f"<p>{said}</p>")
    with pytest.raises(ReasonError, match="No reason lets this stand"):
        give(draft, word="FDA-approved", sentence=said)
    GivenReason.objects.create(
        page=draft.page, word="FDA-approved", sentence=said, reason=WHY, given_by="dr", given_at=NOON
    )
    assert words(page_checks.open_findings(draft)) == ["FDA-approved"]
