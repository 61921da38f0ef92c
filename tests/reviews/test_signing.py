"""A signature: who can give it, what it is bound to, and that nothing can change or forget it."""

from datetime import date, timedelta

import pytest
from cms.models import PageContent
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, IntegrityError, connection, transaction

from content.ledger.models import Entry, Event
from content.models import Clinician, Prose, Reopened, Request, SignOff, Treatment
from content.reviews import gate, rules, signed_document, signing
from tests.factories import (
    DAY,
    NOON,
    DoAndDontFactory,
    ProseFactory,
    author,
    doctor,
    page_of_kind,
    signed,
    slot_of,
)
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database]
NEXT_YEAR = date(2027, 3, 1)


def topic() -> PageContent:
    draft = page_of_kind("topic", slug=f"a-topic-{PageContent.admin_manager.count()}")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    return draft


def sign(content: PageContent, user: User, **values: object) -> SignOff:
    return signing.sign(content, **{"user": user, "due_on": NEXT_YEAR, "now": NOON, "on": DAY, **values})


def refused(content: PageContent, user: User, **values: object) -> str:
    before = SignOff.objects.count(), Entry.objects.count()
    with pytest.raises(signing.RefusedError) as refusal:
        sign(content, user, **values)
    assert (SignOff.objects.count(), Entry.objects.count()) == before
    return str(refusal.value)


def test_a_signature_keeps_what_was_signed_and_by_whom() -> None:
    draft = topic()
    made = sign(draft, doctor())
    assert made.document == signed_document.build(draft)
    assert made.fingerprint == signed_document.fingerprint(made.document)
    assert (made.name, made.title, made.signed_by) == ("Dr dr-test", "Dermatologist", "dr-test")
    assert (made.signed_on, made.due_on) == (DAY, NEXT_YEAR)
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor) == (Event.PAGE_SIGNED, "dr-test")
    assert entry.detail["fingerprint"] == made.fingerprint


def test_any_edit_un_signs_and_taking_it_back_signs_again() -> None:
    draft = topic()
    sign(draft, doctor())
    assert rules.valid_signature(draft)
    Prose.objects.update(body="<p>Another word.</p>")
    assert rules.valid_signature(draft) is None
    Prose.objects.update(body=ProseFactory.body)
    assert rules.valid_signature(draft)


def test_being_a_superuser_is_no_right_to_sign() -> None:
    draft = topic()
    owner = author()
    Clinician.objects.create(shown_name="Dr Super", title="Owner", user=owner)
    assert "Only a doctor" in refused(draft, User.objects.get(pk=owner.pk))
    sign(draft, doctor())


def test_a_right_through_a_group_counts_and_a_clinicians_record_is_needed() -> None:
    draft = topic()
    group = Group.objects.create(name="Signers")
    group.permissions.add(Permission.objects.get(codename="sign_page"))
    user = User.objects.create(username="dr-group", is_staff=True)
    user.groups.add(group)
    assert "clinician’s record" in refused(draft, User.objects.get(pk=user.pk))
    Clinician.objects.create(shown_name="Dr Group", title="GP", user=user)
    assert sign(draft, User.objects.get(pk=user.pk)).name == "Dr Group"
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "Only a doctor" in refused(draft, User.objects.get(pk=user.pk))


def test_what_was_changed_while_the_doctor_read_is_not_signed() -> None:
    draft = topic()
    seen = signed_document.fingerprint(signed_document.build(draft))
    Prose.objects.update(body="<p>Another word.</p>")
    assert "changed while you read it" in refused(draft, doctor(), seen=seen)
    sign(draft, doctor(), seen=signed_document.fingerprint(signed_document.build(draft)))


@pytest.mark.parametrize("days", [-1, 0, 732, 400_000])
def test_the_next_review_lies_ahead_and_not_too_far(days: int) -> None:
    draft = topic()
    assert "within two years" in refused(draft, doctor(), due_on=DAY + timedelta(days=days))
    sign(draft, doctor(), due_on=DAY + timedelta(days=1))


def test_only_drafts_and_the_live_version_of_medical_pages_are_signed() -> None:
    draft = topic()
    publish(draft)
    second = draft.versions.get().copy(author()).content
    publish(second)
    assert "old" in refused(draft, doctor())
    sign(second, doctor())
    assert "no medical content" in refused(page_of_kind("clinic"), doctor())


def test_a_page_asked_for_waits_until_it_is_signed() -> None:
    draft, twin = topic(), topic()
    for one in (draft, twin):
        signing.request_review(one, actor="reception", note="The last row", now=NOON)
    signing.request_review(draft, actor="nurse", note="The first row too", now=NOON)
    assert Request.objects.get(content=draft).note == "The first row too"
    sign(draft, doctor())
    assert [one.content for one in Request.objects.all()] == [twin]
    signing.cancel_request(twin, actor="nurse", now=NOON)
    assert not Request.objects.exists()


def test_only_a_draft_can_wait() -> None:
    draft = topic()
    publish(draft)
    with pytest.raises(signing.RefusedError, match="Only a draft"):
        signing.request_review(draft, actor="reception", note="", now=NOON)


def test_signing_the_live_page_anew_ends_its_being_reviewed_again() -> None:
    draft = topic()
    publish(draft)
    Reopened.objects.create(page=draft.page, since=DAY, because="a fact")
    sign(draft, doctor())
    assert not Reopened.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content_signoff SET name = 'Dr Other'",
        "UPDATE content_signoff SET due_on = '2030-01-01'",
        "DELETE FROM content_signoff",
    ],
)
def test_the_database_keeps_signatures_as_they_are(statement: str) -> None:
    signed(topic())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert SignOff.objects.get().name == "Dr dr-test"
    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.objects.all().delete()
    made = SignOff.objects.get()
    made.name = "Dr Other"
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save()
    assert SignOff.objects.get().name == "Dr dr-test"


@pytest.mark.parametrize("values", [{"due_on": DAY}, {"fingerprint": "abc"}, {"name": ""}, {"signed_by": ""}])
def test_the_database_takes_no_signature_that_is_none(values: dict[str, object]) -> None:
    made = signed(topic())
    fields = {one.name: getattr(made, one.name) for one in SignOff._meta.fields if one.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(**{**fields, **values})
    SignOff.objects.create(**fields)


def test_a_signed_draft_can_be_thrown_away_and_its_signature_stays() -> None:
    draft = topic()
    made = signed(draft)
    page = draft.page_id
    draft.versions.get().delete()
    assert not PageContent.admin_manager.filter(page=page).exists()
    assert SignOff.objects.get() == made


def test_a_page_is_due_from_its_day_on_and_the_longest_overdue_comes_first() -> None:
    first, second, third = topic(), topic(), topic()
    for content, due_on in ((first, date(2026, 6, 1)), (second, date(2026, 5, 1)), (third, date(2026, 7, 1))):
        publish(content)
        sign(content, doctor(), due_on=due_on)
    on = date(2026, 6, 1)
    assert [content for content, _ in rules.due(on)] == [second, first]
    assert [content for content, _ in rules.due(on - timedelta(days=1))] == [second]
    sign(second, doctor(), due_on=date(2027, 2, 1))
    assert [content for content, _ in rules.due(on)] == [first]


def test_a_year_from_the_29th_of_february_is_its_last_day() -> None:
    assert signing.default_due(date(2028, 2, 29)) == date(2029, 2, 28)
    assert signing.default_due(DAY) == NEXT_YEAR


def test_what_another_room_refuses_is_neither_signed_nor_published(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, twin = topic(), topic()
    monkeypatch.setattr(gate, "_publish_checks", [lambda content: "Not this one." if content.pk == draft.pk else ""])
    assert refused(draft, doctor()) == "Not this one."
    sign(twin, doctor())


def test_a_changed_fact_un_signs_the_pages_that_quote_it() -> None:
    quoting = page_of_kind("topic")
    DoAndDontFactory(placeholder=slot_of(quoting, "topic_body"), intro="It takes [[days-to-settle]].")
    other = topic()
    sign(quoting, doctor())
    sign(other, doctor())
    Treatment.objects.update(days_to_settle_max=9)
    assert rules.valid_signature(quoting) is None
    assert rules.valid_signature(other)
