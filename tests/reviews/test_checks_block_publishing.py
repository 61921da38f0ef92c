"""What the checks find stops signing and publishing, until it is mended or a reviewer gives the reason."""

import pytest
from cms.models import PageContent
from djangocms_versioning.exceptions import ConditionFailed

from content.models import Prose, Reopened, RightForMe, Treatment, WhoShouldWait
from content.reviews import gate, page_checks, rereview, rules, signing
from tests.factories import DAY, NOON, author, doctor, signed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def draft(db: None) -> PageContent:
    """A new draft of the seeded page on the session, in which someone has written that it is painless."""
    live = PageContent.objects.get(page__reverse_id="your-session")
    made: PageContent = live.versions.get().copy(author()).content
    block = Prose.objects.filter(placeholder__in=made.placeholders.all()).first()
    assert block
    block.body = f"{block.body}<p>It is quite painless.</p>"
    block.save()
    return made


def test_painless_is_neither_signed_nor_published_until_it_is_mended(draft: PageContent) -> None:
    with pytest.raises(signing.RefusedError, match="look under “Checks”"):
        signed(draft)
    with pytest.raises(ConditionFailed):
        draft.versions.get().publish(author())
    block = Prose.objects.get(placeholder__in=draft.placeholders.all(), body__contains="painless")
    block.body = str(block.body).replace("<p>It is quite painless.</p>", "")
    block.save()
    signed(draft)
    draft.versions.get().publish(author())


def test_a_reviewers_reason_lets_it_stand_and_travels_with_the_page(draft: PageContent) -> None:
    [stop] = page_checks.blocking_findings(draft)
    page_checks.give_reason(
        draft, word=stop.word, sentence=stop.quoted, reason="A patient is quoted.", actor="dr-test", now=NOON
    )
    signed(draft)
    draft.versions.get().publish(author())
    second = draft.versions.get().copy(author()).content
    assert page_checks.blocking_findings(second) == []


def test_every_seeded_page_could_be_signed_as_it_is() -> None:
    live = rules.live_pages()
    assert len(live) == 7
    for content in live:
        signed(content, user=doctor())


def edited(template: str) -> PageContent:
    """A new draft of the seeded page of this kind."""
    draft: PageContent = (
        PageContent.objects.get(template=f"pages/{template}.html").versions.get().copy(author()).content
    )
    return draft


def test_a_page_that_says_who_should_wait_and_is_not_asked_about_is_neither_signed_nor_published() -> None:
    draft = edited("treatment")
    block = WhoShouldWait.objects.get(placeholder__in=draft.get_placeholders())
    block.speak_first[0] |= {"question": "", "reason": ""}  # 18 to 21
    block.save()
    found = page_checks.blocking_findings(draft)
    assert [one.code for one in found] == ["not-asked"]
    assert found[0].quoted == "are 18 to 21"
    assert found[0].problem.startswith("“Is it right for me?” can’t ask about this row: it has no question.")
    with pytest.raises(signing.RefusedError, match="look under “Checks”"):
        signed(draft)
    with pytest.raises(ConditionFailed):
        draft.versions.get().publish(author())
    del block.speak_first[0]
    block.save()
    [prose] = page_checks.blocking_findings(draft)  # the page still says it in a sentence
    assert (prose.code, prose.quoted) == ("age-not-listed", "If you are 18 to 21, ask us about this first.")


def test_questions_that_the_lists_do_not_hold_are_neither_signed_nor_published() -> None:
    draft = edited("suitability")
    block = RightForMe.objects.get(placeholder__in=draft.get_placeholders())
    block.questions = [{"question": "Do you have epilepsy?", "yes_means": "NOT_NOW", "reason": "Wait."}]
    block.save()
    [stop] = page_checks.blocking_findings(draft)
    assert (stop.code, stop.block) == ("not-listed", block)
    with pytest.raises(signing.RefusedError, match="look under “Checks”"):
        signed(draft)
    block.questions = []
    block.save()
    signed(draft)
    draft.versions.get().publish(author())


def old_site(monkeypatch: pytest.MonkeyPatch) -> tuple[PageContent, PageContent]:
    """The treatment page and the questions as they were stored before rows had questions; both live and signed."""
    treatment, asking = (
        PageContent.objects.get(template=f"pages/{kind}.html") for kind in ("treatment", "suitability")
    )
    block, lists = RightForMe.objects.get(), WhoShouldWait.objects.get()
    block.questions = [{"question": "Are you pregnant?", "yes_means": "NOT_NOW", "reason": "We wait."}]
    block.save()
    for name in ("not_now", "speak_first"):
        setattr(lists, name, [{"text": row["text"]} for row in getattr(lists, name)])
    lists.save()
    with monkeypatch.context() as before_the_check:
        before_the_check.setattr(gate, "_publish_checks", [])
        for content in (treatment, asking):
            signed(content)
    return treatment, asking


def test_live_pages_from_before_stay_live_and_signed_and_are_mended_list_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    treatment, asking = old_site(monkeypatch)
    rereview.update_reopened(on=DAY, reason="the site was renewed")
    assert not Reopened.objects.exists()
    assert all(rules.valid_signature(content) for content in (treatment, asking))
    assert {one.code for one in page_checks.blocking_findings(asking)} == {"not-asked", "not-listed"}
    lists = edited("treatment")
    block = WhoShouldWait.objects.get(placeholder__in=lists.get_placeholders())
    for number, row in enumerate([*block.not_now, *block.speak_first]):
        row |= {"question": f"Is it so, number {number}?", "reason": "Tell us."}
    block.save()
    signed(lists)
    lists.versions.get().publish(author())
    assert [one.page_id for one in Reopened.objects.all()] == [asking.page_id]  # it asks more than was signed
    words = RightForMe.objects.get(placeholder__in=asking.get_placeholders()).display_fields(Treatment.objects.get())
    assert [row["question"] for row in words.questions][-1] == "Are you pregnant?"
    assert len(words.questions) == 14
    questions = edited("suitability")
    own = RightForMe.objects.get(placeholder__in=questions.get_placeholders())
    own.questions = []
    own.save()
    signed(questions)
    questions.versions.get().publish(author())
    assert not Reopened.objects.exists()
