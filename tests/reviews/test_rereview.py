"""A changed fact reopens what was signed, and nothing else; set back, it closes again; signed anew together."""

from datetime import date, timedelta

import pytest
from cms.models import PageContent
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from content.models import Clinic, Entry, Prose, SignOff, Treatment
from content.reviews import rereview, rules, signed_document
from content.reviews.signing import RefusedError
from content.treatment.models import SINGLE_FACTS
from tests.factories import DAY, NOON, ProseFactory, SessionSpacingFactory, doctor, page_of_kind, signed, slot_of
from tests.publishing.pages import live, next_draft
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
COUNTED = [field for field, _ in SINGLE_FACTS]


def quoting(title: str = "Quoting", body: str = "<p>Every [[weeks-between-sessions]].</p>") -> PageContent:
    """A live, signed medical page that says how many weeks lie between sessions."""
    draft = page_of_kind("topic", title=title)
    ProseFactory(placeholder=slot_of(draft, "topic_body"), body=body)
    publish(draft)
    return draft


def change(**facts: int) -> None:
    treatment = Treatment.objects.get()
    for name, value in facts.items():
        setattr(treatment, name, value)
    treatment.save()


def reopened() -> list[tuple[str, date, str]]:
    return [(str(one.page), one.since, one.because) for one in rules.reopened()]


def test_a_changed_fact_reopens_the_signed_pages_that_quote_it(today: date) -> None:
    quoting()
    quoting("Silent", "<p>Drink water.</p>")
    change(weeks_between_max=8)
    assert reopened() == [("Quoting", DAY, "weeks between sessions: 4 to 6 weeks → 4 to 8 weeks")]


def test_a_drawing_that_is_reckoned_from_a_fact_reopens_too(today: date) -> None:
    draft = page_of_kind("topic", title="Drawn")
    SessionSpacingFactory(placeholder=slot_of(draft, "topic_body"), intro="One after another.")
    publish(draft)
    change(weeks_between_max=8)
    assert [title for title, _, _ in reopened()] == ["Drawn"]


@pytest.mark.parametrize("name", ["weeks_between_max", "usual_sessions_max", *COUNTED])
def test_every_fact_that_a_plan_is_reckoned_from_reopens_the_planner(name: str, today: date) -> None:
    publish(page_of_kind("planner", title="Plan"))
    change(**{name: 30})
    assert [title for title, _, _ in reopened()] == ["Plan"]


def test_samples_that_nobody_signed_and_the_clinic_s_own_pages_stay_as_they_are(today: date) -> None:
    own = page_of_kind("clinic", title="Own")
    ProseFactory(placeholder=slot_of(own, "clinic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    publish(own)
    change(weeks_between_max=8)
    assert reopened() == []
    assert not SignOff.objects.exists()


def test_a_fact_set_back_closes_what_it_reopened(today: date) -> None:
    page = quoting()
    change(weeks_between_max=8)
    assert len(reopened()) == 1
    change(weeks_between_max=6)
    assert reopened() == []
    assert rules.valid_signature(page)


def test_since_when_stays_the_first_day(today: date) -> None:
    quoting()
    change(weeks_between_max=8)
    assert rereview.update_reopened(on=DAY + timedelta(days=9), reason="later") == []
    change(weeks_between_max=9)
    assert [since for _, since, _ in reopened()] == [DAY]


def test_a_change_in_python_that_is_taken_back_reopens_nothing(today: date) -> None:
    quoting()
    with transaction.atomic():
        change(weeks_between_max=8)
        transaction.set_rollback(True)
    assert reopened() == []
    assert Treatment.objects.get().weeks_between_max == 6


def test_what_a_release_changes_is_seen_by_the_next_tick(clock: object) -> None:
    page = quoting()
    Prose.objects.filter(placeholder__in=page.get_placeholders()).update(body="<p>Another drawing, say.</p>")
    assert reopened() == []
    call_command("tick")
    assert [(title, because) for title, _, because in reopened()] == [("Quoting", "the site was renewed")]


def test_the_clinic_s_record_reopens_nothing(today: date) -> None:
    quoting()
    clinic = Clinic.objects.get()
    clinic.telephone = "020 7946 0999"
    clinic.save()
    rereview.update_reopened(on=DAY, reason="")
    assert reopened() == []


def test_a_page_that_is_offline_waits_for_nobody(today: date) -> None:
    page = quoting()
    change(weeks_between_max=8)
    page.versions.get().unpublish(doctor())
    rereview.update_reopened(on=DAY, reason="")
    assert reopened() == []


def test_what_a_change_would_do_is_known_before_and_changes_nothing(today: date) -> None:
    page = quoting()
    unsigned = page_of_kind("topic", title="Draft")
    ProseFactory(placeholder=slot_of(unsigned, "topic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    signed_draft = next_draft(page, title="Next")
    signed(signed_draft)
    treatment = Treatment.objects.get()
    treatment.weeks_between_max = 8
    found = {one.content.title: one for one in rereview.preview_effects(treatment, on=DAY)}
    assert found["Quoting"].changes == [("weeks between sessions", "4 to 6 weeks", "4 to 8 weeks")]
    assert [(one.is_live, one.loses_signature) for one in map(found.get, ("Quoting", "Next", "Draft")) if one] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    assert Treatment.objects.get().weeks_between_max == 6
    assert reopened() == []
    change(weeks_between_max=8)
    treatment = Treatment.objects.get()
    treatment.weeks_between_max = 6
    assert {one.content.title: one for one in rereview.preview_effects(treatment, on=DAY)}["Quoting"].regains_signature


def ticked(*pages: PageContent) -> list[tuple[PageContent, str]]:
    return [(page, signed_document.fingerprint(signed_document.build(page))) for page in pages]


def test_reopened_pages_are_signed_together(today: date) -> None:
    one, other = quoting("One"), quoting("Other")
    change(weeks_between_max=8)
    waiting = rereview.pages_to_resign()
    assert [(page.content.title, page.only_facts_differ) for page in waiting] == [("One", True), ("Other", True)]
    assert waiting[0].changes == [("weeks between sessions", "4 to 6 weeks", "4 to 8 weeks")]
    given = {"user": doctor(), "due_on": date(2027, 1, 1), "now": NOON, "on": DAY}
    assert len(rereview.sign_all(ticked(one, other), **given)) == 2
    assert reopened() == []
    assert rules.valid_signature(one)
    assert rules.valid_signature(other)
    assert rereview.pages_to_resign() == []
    assert Entry.objects.filter(event="PAGE_SIGNED", actor="dr-test").count() == 4


def test_one_that_can_t_be_signed_keeps_all_unsigned_and_is_named(today: date) -> None:
    one, other = quoting("One"), quoting("Other")
    change(weeks_between_max=8)
    seen = ticked(one, other)
    Prose.objects.filter(placeholder__in=other.get_placeholders()).update(body="<p>[[weeks-between-sessions]]!</p>")
    given = {"user": doctor(), "due_on": date(2027, 1, 1), "now": NOON, "on": DAY}
    with pytest.raises(RefusedError) as refused:
        rereview.sign_all(seen, **given)
    assert refused.value.problems == [
        "Other: More than its facts has changed. Read it and sign it on its own page.",
    ]
    assert len(reopened()) == 2
    assert SignOff.objects.count() == 2


def test_facts_that_change_once_more_are_not_signed_unseen(today: date) -> None:
    page = quoting()
    change(weeks_between_max=8)
    seen = ticked(page)
    change(weeks_between_max=9)
    given = {"user": doctor(), "due_on": date(2027, 1, 1), "now": NOON, "on": DAY}
    for shown in (seen, [(page, "")]):
        with pytest.raises(RefusedError, match="Quoting: The page was changed while you read it"):
            rereview.sign_all(shown, **given)
    assert rereview.sign_all(ticked(page), **given)


def test_a_page_that_does_not_wait_is_not_signed(today: date) -> None:
    page = live("topic")
    given = {"user": doctor(), "due_on": date(2027, 1, 1), "now": NOON, "on": DAY}
    with pytest.raises(RefusedError, match="does not wait"):
        rereview.sign_all(ticked(page), **given)


def test_a_recheck_reads_all_signatures_at_once(today: date) -> None:
    asked = []
    for count in (1, 3):
        while SignOff.objects.count() < count:
            quoting()
        with CaptureQueriesContext(connection) as questions:
            rereview.update_reopened(on=DAY, reason="")
        asked.append(len([one for one in questions.captured_queries if '"content_signoff"' in one["sql"]]))
    assert asked == [1, 1]
