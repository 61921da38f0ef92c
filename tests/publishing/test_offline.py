"""Taking a page offline: what goes with it, who may, what stays, and the way back."""

import pytest
from cms.models import Page, PageContent
from django.contrib.auth.models import User
from djangocms_versioning.exceptions import ConditionFailed

from content.models import Entry, Reopened, SignOff
from content.publishing import offline
from content.publishing.offline import RefusedError
from tests.factories import NOON, ProseFactory, TopicLinkFactory, author, doctor, page_of_kind, signed, slot_of
from tests.publishing.pages import leads_to, live
from tests.publishing.test_schedule import nurse
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages"), pytest.mark.database_full]


def test_a_page_taken_offline_is_gone_and_on_record() -> None:
    page = live(slug="parking")
    offline.take_offline(page, user=nurse(), now=NOON)
    assert leads_to("/parking/") == 410
    entry = Entry.objects.get(event="PAGE_OFFLINE")
    assert (entry.actor, entry.detail) == ("a-nurse", {"version": "1", "pages_below": []})
    with pytest.raises(RefusedError, match="not live"):
        offline.take_offline(page, user=author(), now=NOON)


def test_a_medical_page_is_a_doctor_s_to_take_offline() -> None:
    page = live("topic", slug="topic")
    for user in (nurse(), User.objects.create_user("reception", is_staff=True)):
        with pytest.raises(RefusedError, match="You can’t"):
            offline.take_offline(page, user=user, now=NOON)
    assert leads_to("/topic/") == "/topic/"
    offline.take_offline(page, user=doctor(), now=NOON)
    assert leads_to("/topic/") == 410


def test_the_home_page_stays_whoever_asks() -> None:
    home = PageContent.objects.get(page__is_home=True)
    for user in (doctor(), author()):
        with pytest.raises(RefusedError, match="home page"):
            offline.take_offline(home, user=user, now=NOON)
    version = home.versions.get()
    for user in (doctor(), author()):
        assert not version.check_unpublish.as_bool(user)
        with pytest.raises(ConditionFailed, match="home page"):
            version.unpublish(user)
    assert leads_to("/") == "/"


def test_the_home_page_gets_new_versions() -> None:
    home = PageContent.objects.get(page__is_home=True)
    second = home.versions.get().copy(author())
    publish(second.content)
    assert PageContent.objects.get(page__is_home=True).pk == second.object_id
    assert leads_to("/") == "/"


def test_what_goes_with_a_page_and_what_links_to_it_is_known_before() -> None:
    above = live(slug="team", title="Team")
    live(slug="nurses", title="Nurses", parent=above.page)
    live(slug="team-days", title="Team days")
    page_of_kind("clinic", slug="draft-below", parent=Page.objects.get(pk=above.page_id))
    listing, writing, other = (page_of_kind("clinic", title=title) for title in ("Lists it", "Writes of it", "Neither"))
    TopicLinkFactory(placeholder=slot_of(listing, "clinic_body"), page=above.page)
    ProseFactory(placeholder=slot_of(writing, "clinic_body"), body='<p>Meet <a href="/team/nurses/">us</a>.</p>')
    ProseFactory(placeholder=slot_of(other, "clinic_body"), body='<p>See <a href="/team-days/">this</a>.</p>')
    for draft in (listing, writing, other):
        publish(draft)
    found = offline.consequences(above)
    assert [one.title for one in found.below] == ["Nurses"]
    assert [one.title for one in found.linking] == ["Lists it", "Writes of it"]


def test_a_page_with_an_address_of_its_own_stays_when_the_one_above_goes() -> None:
    above = live(slug="above")
    own = live(slug="own", title="Own", parent=above.page, overwrite_url="its-own-address")
    live(slug="lowest", title="Lowest", parent=Page.objects.get(pk=own.page_id))
    live(slug="below", title="Below", parent=Page.objects.get(pk=above.page_id))
    assert [one.title for one in offline.consequences(above).below] == ["Below"]
    offline.take_offline(above, user=author(), now=NOON)
    assert leads_to("/its-own-address/lowest/") == "/its-own-address/lowest/"
    assert leads_to("/above/below/") == 410


def test_the_site_stands_without_its_gallery() -> None:
    gallery = PageContent.objects.get(page__reverse_id="gallery")
    before = leads_to("/before-and-after/")
    offline.take_offline(gallery, user=author(), now=NOON)
    assert before == "/before-and-after/"
    assert leads_to("/before-and-after/") == 410
    for path in ("/", "/microneedling-for-stretch-marks/", "/about/"):
        assert leads_to(path) == path


def test_put_back_makes_a_draft_that_is_signed_and_published_again() -> None:
    page = live("topic", slug="topic")
    offline.take_offline(page, user=doctor(), now=NOON)
    draft = offline.restore_as_draft(page, user=doctor(), now=NOON)
    assert leads_to("/topic/") == 410
    assert draft.versions.get().state == "draft"
    with pytest.raises(ConditionFailed, match="No doctor has signed"):
        draft.versions.get().publish(doctor())
    signed(draft)
    draft.versions.get().publish(doctor())
    assert leads_to("/topic/") == "/topic/"
    assert Entry.objects.filter(event="PAGE_PUT_BACK", actor="dr-test").count() == 1
    assert SignOff.objects.filter(page_id=page.page_id).count() == 2
    assert not Reopened.objects.exists()


def test_put_back_takes_the_same_right_and_needs_something_to_put_back() -> None:
    page = live("topic", slug="topic")
    with pytest.raises(RefusedError, match="is live"):
        offline.restore_as_draft(page, user=doctor(), now=NOON)
    offline.take_offline(page, user=doctor(), now=NOON)
    with pytest.raises(RefusedError, match="You can’t"):
        offline.restore_as_draft(page, user=nurse(), now=NOON)
    offline.restore_as_draft(page, user=doctor(), now=NOON)
    with pytest.raises(RefusedError, match="draft of this page is there"):
        offline.restore_as_draft(page, user=doctor(), now=NOON)


def test_a_page_that_anybody_saw_has_a_history_and_a_first_draft_has_none() -> None:
    draft = page_of_kind("clinic", slug="first-draft")
    assert not offline.has_history(draft.page)
    below = live(slug="below", parent=Page.objects.get(pk=live(slug="above").page_id))
    assert offline.has_history(below.page)
    assert offline.has_history(Page.objects.get(pk=below.page.parent_id))
    gone = live(slug="gone")
    gone.versions.get().unpublish(author())
    assert offline.has_history(gone.page)
