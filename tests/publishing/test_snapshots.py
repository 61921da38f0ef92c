"""What patients saw: of each version and each changed fact, without their photographs, and for good."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from cms.models import Page, PageUrl
from cms.utils.permissions import get_current_user, set_current_user
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from clinic_site.assets import stylesheet
from content.models import Clinic, Prose, ShownHtml, Snapshot, SnapshotDue, Treatment
from content.publishing import internal_client, snapshots
from tests.factories import (
    NOON,
    CaseFactory,
    CaseGalleryFactory,
    PictureFactory,
    ProseFactory,
    author,
    page_of_kind,
    signed,
    slot_of,
)
from tests.publishing.pages import live, next_draft, renamed, snapshots_of
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_due(db: None) -> None:
    """The first content's own snapshots are taken by the first tick; here they would only cost time."""
    SnapshotDue.objects.all().delete()


def html_of(snapshot: Snapshot) -> str:
    return ShownHtml.objects.get(sha256=snapshot.sha256).html


def test_snapshot_of_a_published_page_is_what_a_visitor_gets(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = live(slug="parking", title="Where to park")
    [snapshot] = Snapshot.objects.filter(page_id=page.page_id)
    sent = Client(headers={"host": "localhost"}).get("/parking/").content.decode()
    assert (
        html_of(snapshot) == stylesheet.with_linked_stylesheet(sent) != sent
    )  # without the policy, which changes with the style
    assert snapshot.sha256 == hashlib.sha256(html_of(snapshot).encode()).hexdigest()
    assert (snapshot.title, snapshot.path, snapshot.because) == ("Where to park", "parking", "published")
    assert snapshot.content_id == page.pk
    assert snapshot.shown_from == page.versions.get().modified
    assert not SnapshotDue.objects.exists()


def test_what_was_due_when_the_machine_stopped_is_taken_by_the_next_tick() -> None:
    page = live()
    assert not Snapshot.objects.filter(page_id=page.page_id).exists()
    assert SnapshotDue.objects.get(page_id=page.page_id).because == "published"
    call_command("tick")
    [snapshot] = Snapshot.objects.filter(page_id=page.page_id)
    assert snapshot.shown_from == page.versions.get().modified  # since when it stood there, not since it was taken
    call_command("tick")
    assert Snapshot.objects.filter(page_id=page.page_id).count() == 1


def test_a_version_that_is_not_published_after_all_leaves_nothing_due() -> None:
    draft = page_of_kind("clinic")

    @transaction.atomic
    def publish_and_fail() -> None:
        publish(draft)
        assert SnapshotDue.objects.exists()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert not SnapshotDue.objects.exists()


def test_each_version_has_a_snapshot_and_a_rename_one_of_each_page_below() -> None:
    page = live(slug="team", title="Team")
    below = live(slug="nurses", parent=page.page)
    snapshots_of(page)
    newer = renamed(page, slug="people", title="People")
    assert [one.title for one in snapshots_of(newer)] == ["Team", "People"]
    assert [(one.path, one.because) for one in snapshots_of(below)] == [
        ("team/nurses", "published"),
        ("people/nurses", "a page above it was published"),
    ]


def test_changed_fact_makes_snapshots_of_the_pages_that_quote_it_alone() -> None:
    quoting, silent = page_of_kind("clinic", title="Quoting"), page_of_kind("clinic", title="Silent")
    ProseFactory(placeholder=slot_of(quoting, "clinic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    publish(quoting)
    publish(silent)
    assert (len(snapshots_of(quoting)), len(snapshots_of(silent))) == (1, 1)
    treatment = Treatment.objects.get()
    treatment.weeks_between_min, treatment.weeks_between_max = 8, 9
    treatment.save()
    first, second = snapshots_of(quoting)
    assert "4 to 6 weeks" in html_of(first)
    assert "8 to 9 weeks" in html_of(second)
    assert second.because == "a fact was changed: weeks between sessions: 4 to 6 weeks → 8 to 9 weeks"
    assert second.content_id == first.content_id
    assert len(snapshots_of(silent)) == 1


def test_a_fact_set_back_stores_the_same_html_once() -> None:
    page = page_of_kind("clinic")
    ProseFactory(placeholder=slot_of(page, "clinic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    publish(page)
    snapshots_of(page)
    treatment = Treatment.objects.get()
    for least, most in ((8, 9), (4, 6)):
        treatment.weeks_between_min, treatment.weeks_between_max = least, most
        treatment.save()
        snapshots_of(page)
    one, other, back = snapshots_of(page)
    assert one.sha256 == back.sha256 != other.sha256
    assert ShownHtml.objects.filter(sha256=one.sha256).count() == 1


def test_changed_telephone_number_makes_a_snapshot() -> None:
    page = live()
    snapshots_of(page)
    clinic = Clinic.objects.get()
    clinic.telephone = "020 7946 0999"
    clinic.save()
    assert [one.because for one in snapshots_of(page)] == ["published", "the clinic’s record was changed"]
    clinic.save()
    assert len(snapshots_of(page)) == 2  # nothing looked different


def test_page_taken_offline_is_recorded_as_offline_with_those_below_it() -> None:
    page = live(slug="above")
    below = live(slug="below", parent=page.page)
    snapshots_of(page)
    page.versions.get().unpublish(author())
    assert [one.was_offline for one in snapshots_of(page)] == [False, True]
    assert [one.because for one in snapshots_of(below)] == ["published", "a page above it was taken offline"]
    next_draft(page).versions.get().publish(author())
    assert [one.was_offline for one in snapshots_of(page)] == [False, True, False]
    assert [one.was_offline for one in snapshots_of(below)] == [False, True, False]


@pytest.mark.usefixtures("incomplete_pages")
def test_snapshot_holds_no_photograph_of_a_patient_but_drawings(today: object) -> None:
    case = CaseFactory(skin_tone="BLACK")
    page = page_of_kind("clinic")
    PictureFactory(placeholder=slot_of(page, "clinic_body"))
    treatment_page = page_of_kind("treatment")
    CaseGalleryFactory(placeholder=slot_of(treatment_page, "treatment_results"))
    publish(page)
    publish(treatment_page)
    [drawn] = snapshots_of(page)
    assert "/static/img/" in html_of(drawn)
    assert 'alt="Six skin tones side by side."' in html_of(drawn)
    [shown] = snapshots_of(treatment_page)
    html = html_of(shown)
    assert html.count(f"Photograph of case {case.code}") == 2
    assert "/photographs/" not in html
    visitor_sees = Client().get(f"/{shown.path}/").content.decode()
    for kept_photo in case.case_photos.all():
        assert kept_photo.photo.token in visitor_sees
        assert kept_photo.photo.token not in html
        assert kept_photo.photo.alt in visitor_sees
        assert kept_photo.photo.alt not in html


def test_every_way_to_write_a_photograph_s_address_is_taken_out(today: object) -> None:
    case = CaseFactory()
    token = case.pairs.get().before.token
    html = (
        f'<meta property="og:image" content="https://clinic.example/photographs/{token}/960.jpg">'
        f'<a href="/photographs/{token}/1280.jpg">Look closer</a><i data-token="{token}"></i>'
        '<picture><source srcset="/static/img/a.webp"><img src="/static/img/a.svg" alt="A drawing"></picture>'
        f'<picture><img src="/photographs/{token}/320.jpg" srcset="/photographs/{token}/320.jpg 320w, '
        f'/photographs/{token}/640.jpg 640w" alt="Abdomen"></picture>'
    )
    left = internal_client.without_photographs(html)
    assert token not in left
    assert "/photographs/" not in left
    assert f"<span>Photograph of case {case.code}</span>" in left
    assert '<img src="/static/img/a.svg" alt="A drawing">' in left


def test_the_site_is_asked_as_a_stranger_even_while_staff_work(staff: Client) -> None:
    page = live(slug="asked")
    set_current_user(author())
    try:
        [snapshot] = snapshots_of(page)
        assert get_current_user() == author()
    finally:
        set_current_user(None)
    assert "cms-toolbar" not in html_of(snapshot)
    sent = Client(headers={"host": "localhost"}).get("/asked/").content.decode()
    assert html_of(snapshot) == stylesheet.with_linked_stylesheet(sent)


def test_a_page_that_fails_stays_due_and_keeps_no_other_back() -> None:
    broken, whole = live(slug="broken"), live(slug="whole")
    PageUrl.objects.filter(page=broken.page).update(path="no such address")
    assert snapshots.take_due(now=NOON) == [f"snapshot of page {whole.page_id} taken"]
    assert [one.page_id for one in SnapshotDue.objects.all()] == [broken.page_id]
    PageUrl.objects.filter(page=broken.page).update(path="broken")
    assert snapshots.take_due(now=NOON) == [f"snapshot of page {broken.page_id} taken"]


def test_a_page_that_sends_its_readers_on_says_where() -> None:
    page = live(slug="moved-house", redirect="/contact/")
    [snapshot] = snapshots_of(page)
    assert html_of(snapshot) == "<p>Visitors were sent on to /contact/.</p>"


def test_two_that_take_at_once_take_one() -> None:
    page = live()
    assert snapshots.take_due(now=NOON) == [f"snapshot of page {page.page_id} taken"]
    assert snapshots.take_due(now=NOON) == []


def test_older_page_gets_its_first_snapshot_at_the_next_tick() -> None:
    page = live()
    SnapshotDue.objects.all().delete()
    snapshots.enqueue_missing(now=NOON)
    snapshots.enqueue_missing(now=NOON)
    due = SnapshotDue.objects.filter(page_id=page.page_id)
    assert [one.because for one in due] == ["first kept"]
    assert [one.because for one in snapshots_of(page)] == ["first kept"]
    SnapshotDue.objects.all().delete()
    snapshots.enqueue_missing(now=NOON)
    assert not SnapshotDue.objects.filter(page_id=page.page_id).exists()


def test_release_makes_snapshots_of_pages_it_has_changed() -> None:
    page = page_of_kind("clinic")
    block = ProseFactory(placeholder=slot_of(page, "clinic_body"))
    publish(page)
    snapshots_of(page)
    snapshots.enqueue_missing(now=NOON, is_new_release=True)
    assert len(snapshots_of(page)) == 1
    Prose.objects.filter(pk=block.pk).update(body="<p>Drawn another way.</p>")
    snapshots.enqueue_missing(now=NOON, is_new_release=True)
    assert [one.because for one in snapshots_of(page)] == ["published", "the site was renewed"]


@pytest.mark.usefixtures("incomplete_pages")
def test_page_signed_again_gets_a_snapshot_with_its_new_stamp(today: object) -> None:
    page = live("topic")
    snapshots_of(page)
    signed(page, due_on=date(2027, 2, 1))
    first, second = snapshots_of(page)
    assert second.because == "signed"
    assert "1 February 2027" not in html_of(first)
    assert "1 February 2027" in html_of(second)


@pytest.mark.usefixtures("incomplete_pages")
def test_reopened_page_gets_a_snapshot(today: object) -> None:
    page = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(page, "topic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    publish(page)
    snapshots_of(page)
    treatment = Treatment.objects.get()
    treatment.weeks_between_max = 9
    treatment.save()
    first, second = snapshots_of(page)
    assert "Being reviewed again" not in html_of(first)
    assert "Being reviewed again" in html_of(second)


def test_a_site_that_is_on_https_alone_is_asked_over_it(settings: Any) -> None:
    page = live(slug="over-https", title="Over HTTPS")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    internal_client._handler.cache_clear()
    try:
        [snapshot] = snapshots_of(page)
    finally:
        internal_client._handler.cache_clear()
    assert "Over HTTPS" in html_of(snapshot)


def test_what_stood_there_is_found_for_any_moment() -> None:
    page = live(title="First")
    [first] = snapshots_of(page)
    newer = renamed(page, title="Second")
    second = snapshots_of(newer)[1]
    assert snapshots.snapshot_at(page.page_id, first.shown_from - timedelta(seconds=1)) is None
    assert snapshots.snapshot_at(page.page_id, first.shown_from) == first
    assert snapshots.snapshot_at(page.page_id, second.shown_from - timedelta(microseconds=1)) == first
    assert snapshots.snapshot_at(page.page_id, second.shown_from + timedelta(days=400)) == second


def test_a_deleted_page_can_still_be_looked_up() -> None:
    page = live(title="Parking")
    [snapshot] = snapshots_of(page)
    Page.objects.get(pk=page.page_id).delete()
    assert (page.page_id, "Parking (page deleted)") in snapshots.archived_pages()
    assert snapshots.snapshot_at(page.page_id, snapshot.taken_at + timedelta(days=9000)) == snapshot


@pytest.mark.parametrize("model", [Snapshot, ShownHtml])
@pytest.mark.parametrize("attack", ["UPDATE {table} SET sha256 = sha256", "DELETE FROM {table}"])
def test_snapshots_can_be_neither_changed_nor_deleted(model: Any, attack: str) -> None:
    page = live()
    snapshots_of(page)
    before = list(model.objects.values_list())
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack.format(table=model._meta.db_table))
    assert list(model.objects.values_list()) == before
    assert before
