"""A draft goes live at its time, once, and only if it may go live then."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client

from content.models import Entry, Prose, Schedule
from content.publishing import schedule, ticks
from content.publishing.schedule import NoSuchTimeError, RefusedError, to_utc
from content.reviews import go_live
from tests.factories import NOON, ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.publishing.pages import leads_to, live, next_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOON + timedelta(days=2)
LONDON = ZoneInfo("Europe/London")


def nurse() -> User:
    """Someone who may publish the clinic's own pages and no others."""
    user = User.objects.create_user("a-nurse", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["publish_page", "change_page"]))
    return User.objects.get(pk=user.pk)


def events(event: str) -> list[str]:
    return list(Entry.objects.filter(event=event).values_list("actor", flat=True))


def typed(text: str) -> datetime:
    """A date and a time of day as a form has them, without a zone."""
    return datetime.fromisoformat(text)


@pytest.mark.usefixtures("incomplete_pages")
def test_a_signed_draft_goes_live_at_its_time_and_not_before() -> None:
    page = live("topic", slug="topic", title="Before")
    draft = next_draft(page, title="After")
    signed(draft)
    schedule.schedule_publication(draft, user=doctor(), goes_live_at=LATER, now=NOON)
    assert events("PAGE_SCHEDULED") == ["dr-test"]
    assert schedule.publish_due(now=LATER - timedelta(seconds=1)) == []
    assert "Before" in Client().get("/topic/").content.decode()
    assert schedule.publish_due(now=LATER) == [f"page {draft.page_id} went live"]
    assert "After" in Client().get("/topic/").content.decode()
    assert schedule.publish_due(now=LATER) == []
    assert events("PAGE_PUBLISHED") == ["dr-test"]
    assert not Schedule.objects.exists()


@pytest.mark.usefixtures("incomplete_pages")
def test_an_unsigned_medical_draft_gets_no_time_and_a_signed_one_does() -> None:
    draft = page_of_kind("topic")
    with pytest.raises(RefusedError, match="No doctor has signed"):
        schedule.schedule_publication(draft, user=doctor(), goes_live_at=LATER, now=NOON)
    signed(draft)
    assert schedule.schedule_publication(draft, user=doctor(), goes_live_at=LATER, now=NOON).goes_live_at == LATER


@pytest.mark.usefixtures("incomplete_pages")
def test_a_nurse_sets_a_time_for_the_clinic_s_own_pages_alone() -> None:
    user, topic, own = nurse(), page_of_kind("topic"), page_of_kind("clinic", slug="own")
    signed(topic)
    with pytest.raises(RefusedError, match="You can’t make this page live"):
        schedule.schedule_publication(topic, user=user, goes_live_at=LATER, now=NOON)
    schedule.schedule_publication(own, user=user, goes_live_at=LATER, now=NOON)
    with pytest.raises(RefusedError):
        schedule.cancel(own, user=User.objects.create_user("reception", is_staff=True), now=NOON)
    assert Schedule.objects.count() == 1
    schedule.cancel(own, user=user, now=NOON)
    schedule.cancel(own, user=user, now=NOON)
    assert events("PAGE_UNSCHEDULED") == ["a-nurse"]
    assert schedule.publish_due(now=LATER) == []
    assert leads_to("/own/") == 404


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (NOON, "That time is over"),
        (NOON - timedelta(days=400), "That time is over"),
        (NOON + timedelta(days=367), "more than a year away"),
    ],
)
def test_a_time_that_is_over_or_far_away_is_refused(at: datetime, sentence: str) -> None:
    draft = page_of_kind("clinic")
    with pytest.raises(RefusedError, match=sentence):
        schedule.schedule_publication(draft, user=author(), goes_live_at=at, now=NOON)
    assert not Schedule.objects.exists()
    schedule.schedule_publication(draft, user=author(), goes_live_at=NOON + timedelta(days=366), now=NOON)


@pytest.mark.usefixtures("incomplete_pages")
def test_a_draft_changed_after_it_was_signed_stays_back_and_says_why() -> None:
    page = live("topic", slug="topic", title="Before")
    draft = next_draft(page, title="After")
    block: Prose = ProseFactory(placeholder=slot_of(draft, "topic_body"))
    signed(draft)
    schedule.schedule_publication(draft, user=doctor(), goes_live_at=LATER, now=NOON)
    Prose.objects.filter(pk=block.pk).update(body="<p>Changed at the last minute.</p>")
    assert schedule.publish_due(now=LATER) == [f"page {draft.page_id} was not made live"]
    assert "Before" in Client().get("/topic/").content.decode()
    [waiting] = schedule.failed()
    assert waiting.problem.startswith("It did not go live at its time. No doctor has signed this page as it reads now.")
    assert schedule.upcoming() == []
    assert events("PAGE_NOT_PUBLISHED") == ["the site"]
    assert schedule.publish_due(now=LATER) == []  # said once
    signed(draft)
    schedule.schedule_publication(draft, user=doctor(), goes_live_at=LATER + timedelta(days=1), now=LATER)
    assert schedule.failed() == []
    schedule.publish_due(now=LATER + timedelta(days=1))
    assert "After" in Client().get("/topic/").content.decode()


@pytest.mark.parametrize("what", ["is_active", "right"])
def test_who_may_no_longer_publish_publishes_nothing(what: str) -> None:
    user, draft, other = nurse(), page_of_kind("clinic", slug="own"), page_of_kind("clinic", slug="other")
    schedule.schedule_publication(draft, user=user, goes_live_at=LATER, now=NOON)
    schedule.schedule_publication(other, user=author(), goes_live_at=LATER, now=NOON)
    if what == "right":
        user.user_permissions.clear()
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    schedule.publish_due(now=LATER)
    assert leads_to("/own/") == 404
    assert leads_to("/other/") == "/other/"  # one that is refused keeps no other back
    assert [one.problem for one in schedule.failed()] == [
        "It did not go live at its time. a-nurse may no longer make it live. "
        "Somebody who may sets the time again, or publishes it."
    ]


def test_an_address_that_is_taken_keeps_it_back_with_a_sentence() -> None:
    draft = page_of_kind("clinic", slug="same")
    schedule.schedule_publication(draft, user=author(), goes_live_at=LATER, now=NOON)
    live(slug="same", title="Sooner")
    schedule.publish_due(now=LATER)
    assert "has this address already" in schedule.failed()[0].problem
    assert "Sooner" in Client().get("/same/").content.decode()


def test_a_draft_published_by_hand_or_thrown_away_waits_no_longer() -> None:
    by_hand, archived, discarded = (page_of_kind("clinic", slug=slug) for slug in ("hand", "archived", "discarded"))
    for draft in (by_hand, archived, discarded):
        schedule.schedule_publication(draft, user=author(), goes_live_at=LATER, now=NOON)
    go_live.publish(by_hand, user=author(), now=NOON)
    archived.versions.get().archive(author())
    discarded.versions.get().delete()
    assert not Schedule.objects.exists()
    assert schedule.publish_due(now=LATER) == []


def test_only_a_draft_can_wait() -> None:
    page = live()
    with pytest.raises(RefusedError, match="live or old"):
        schedule.schedule_publication(page, user=author(), goes_live_at=LATER, now=NOON)


def test_the_tick_publishes_what_is_due(clock: object) -> None:
    draft = page_of_kind("clinic", slug="due")
    schedule.schedule_publication(
        draft, user=author(), goes_live_at=NOON - timedelta(minutes=1), now=NOON - timedelta(days=1)
    )
    assert ticks.last_run_at() is None
    call_command("tick")
    assert leads_to("/due/") == "/due/"
    assert ticks.last_run_at() == NOON


def test_a_scheduled_page_is_told_to_nobody_before_its_time() -> None:
    draft = page_of_kind("clinic", slug="new-clinic", title="We are opening in Leeds")
    schedule.schedule_publication(draft, user=author(), goes_live_at=LATER, now=NOON)
    assert leads_to("/new-clinic/") == 404
    assert "Leeds" not in Client().get("/").content.decode()
    for path in ("/sitemap.xml", "/new-clinic/?preview"):
        assert Client().get(path).status_code in {200, 404}
        assert "Leeds" not in Client().get(path).content.decode()


def test_a_time_means_the_clinic_s_clock_in_summer_and_winter() -> None:
    assert to_utc(typed("2026-07-01T09:00"), LONDON) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert to_utc(typed("2026-12-01T09:00"), LONDON) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert to_utc(typed("2028-02-29T09:00"), LONDON) == datetime(2028, 2, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_every_minute_of_a_year_is_a_moment_or_a_sentence(zone: str) -> None:
    where, shown = ZoneInfo(zone), typed("2026-01-01T00:00")
    skipped = 0
    for _ in range(0, 366 * 24 * 60, 15):
        try:
            moment = to_utc(shown, where)
        except NoSuchTimeError:
            skipped += 15
        else:
            assert moment.astimezone(where).replace(tzinfo=None) == shown
        shown += timedelta(minutes=15)
    assert skipped == (30 if zone == "Australia/Lord_Howe" else 60)


def test_a_time_that_the_clocks_skip_gets_a_sentence() -> None:
    with pytest.raises(NoSuchTimeError, match=r"There is no 01:30 on 29 March 2026: the clocks go forward then\."):
        to_utc(typed("2026-03-29T01:30"), LONDON)


def test_a_time_that_comes_twice_means_the_second() -> None:
    assert to_utc(typed("2026-10-25T01:30"), LONDON) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
