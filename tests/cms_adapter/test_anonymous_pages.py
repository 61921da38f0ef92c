"""A reader's page costs few queries, and is never older than the last change."""

from collections.abc import Callable
from datetime import date

import pytest
from cms.models import PageContent
from cms.toolbar.utils import get_object_preview_url
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from clinic_site.page_cache import process_cache, store
from content import pages
from content.cms_adapter import anonymous_pages
from content.consent import withdrawal_journal
from content.gallery import facets
from content.models import Case, Clinic, Treatment
from tests.factories import (
    NOON,
    CaseFactory,
    CaseGalleryFactory,
    ProseFactory,
    TopicLinkFactory,
    author,
    page_of_kind,
    slot_of,
)
from tests.page_cache import activate_page_cache
from tests.publishing.pages import live, next_draft, renamed
from tests.rendering import address, publish, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembers"), pytest.mark.database_full]
TREATMENT = "/microneedling-for-stretch-marks/"
COSTS = {  # the first view in a process, and each that follows
    "/": (8, 0),
    TREATMENT: (15, 2),
    f"{TREATMENT}aftercare/?area=abdomen": (10, 0),
    "/before-and-after/?area=abdomen": (9, 2),
    "/plan-your-sessions/?first=2030-01-07&sessions=4": (8, 0),
    "/search/?q=pain": (10, 4),
}


def asked(url: str) -> list[str]:
    """The queries of a reader's request; without the savepoints that blocks set inside the test's own transaction."""
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]


def forget() -> None:
    """As in a process that has just begun."""
    process_cache.clear()
    facets._cached_index = None
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()
    cache.clear()


def words(url: str) -> str:
    return text_of(html.fromstring(Client().get(url).content.decode()))


def test_what_is_published_while_a_reader_is_answered_is_no_error() -> None:
    """Between the look at all pages and the look at this one: the newer version, or that there is none any more."""
    content = live(title="Older")
    replaced, taken_down = (RequestFactory().get(content.page.get_absolute_url()) for _ in range(2))
    for request in (replaced, taken_down):
        assert content.page_id in pages.published_pages(request)
    newer = next_draft(content, title="Newer")
    publish(newer)
    found = anonymous_pages.for_request(replaced)
    assert found is not None
    assert found.content.title == pages.published_pages(replaced)[content.page_id].menu_title == "Newer"
    newer.versions.get().unpublish(author())
    assert anonymous_pages.for_request(taken_down) is None


@pytest.mark.parametrize("url", COSTS)
@pytest.mark.parametrize("cases", [1, 3])
def test_a_page_costs_few_queries(today: date, url: str, cases: int) -> None:
    for _ in range(cases):
        CaseFactory(body_area="ABDOMEN")
    activate_page_cache()
    forget()
    first, warm = asked(url), asked(url)
    assert (len(first), len(warm)) == COSTS[url], "\n".join([*first, "", *warm])
    assert len(set(first)) == len(first)
    assert len(set(warm)) == len(warm)


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("blocks", [1, 3])
def test_more_blocks_cost_no_more_queries(today: date, blocks: int) -> None:
    CaseFactory()
    draft = page_of_kind("topic")
    slot = slot_of(draft, "topic_body")
    for _ in range(blocks):
        ProseFactory(placeholder=slot)
        CaseGalleryFactory(placeholder=slot)
        TopicLinkFactory(placeholder=slot)
    publish(draft)
    activate_page_cache()
    forget()
    assert (len(asked(address(draft))), len(asked(address(draft)))) == (16, 2)


@pytest.fixture
def live_page() -> PageContent:
    draft = page_of_kind("clinic", title="Old title")
    ProseFactory(placeholder=slot_of(draft, "clinic_body"), body="<p>Every [[weeks-between-sessions]].</p>")
    publish(draft)
    return draft


def publishes(content: PageContent) -> None:
    renamed(content, title="New title")


def changes_a_fact(content: PageContent) -> None:
    treatment = Treatment.objects.get()
    treatment.weeks_between_min, treatment.weeks_between_max = 7, 9
    treatment.save()


def changes_the_clinic(content: PageContent) -> None:
    clinic = Clinic.objects.get()
    clinic.name = "Another name"
    clinic.save()


CHANGES: dict[str, tuple[Callable[[PageContent], None], str]] = {
    "publish": (publishes, "New title"),
    "fact": (changes_a_fact, "Every 7 to 9 weeks."),
    "clinic": (changes_the_clinic, "Another name"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_request_sees_a_change(change: str, live_page: PageContent) -> None:
    activate_page_cache()
    url, (make, after) = address(live_page), CHANGES[change]
    assert asked(url) != asked(url) == []
    assert after not in words(url)
    make(live_page)
    assert after in words(url)
    activate_page_cache()
    assert after in words(url)
    assert after in words(url)


def test_the_next_request_sees_that_a_page_has_moved(live_page: PageContent) -> None:
    activate_page_cache()
    old, home = address(live_page), words("/")
    assert asked(old) != asked(old) == []
    renamed(live_page, slug="elsewhere", in_navigation=True, menu_title="Moved here")
    for _ in range(2):
        assert Client().get(old)["Location"] == "/elsewhere/"
        assert "Old title" in words("/elsewhere/")
        assert "Moved here" in words("/")
        activate_page_cache()
    assert "Moved here" not in home


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("how", ["saved", "behind the back", "in the second memory alone"])
def test_the_next_request_sees_that_a_consent_is_withdrawn(today: date, how: str) -> None:
    hidden, twin = CaseFactory(), CaseFactory()
    draft = page_of_kind("topic")
    CaseGalleryFactory(placeholder=slot_of(draft, "topic_body"))
    publish(draft)
    activate_page_cache()
    for url in (address(draft), "/before-and-after/"):
        assert hidden.code in Client().get(url).content.decode()
        assert hidden.code in Client().get(url).content.decode()
    if how == "saved":
        hidden.consent.withdrawn_at = NOON
        hidden.consent.save()
    elif how == "in the second memory alone":  # as when a database of before the withdrawal is back
        withdrawal_journal.journal_path().parent.mkdir(parents=True, exist_ok=True)
        withdrawal_journal.journal_path().write_text(f"{hidden.consent.reference}\n")
        assert store.active_name()
    else:  # no signal, so the tree stays open: the permission was never remembered
        type(hidden.consent).objects.filter(pk=hidden.consent.pk).update(withdrawn_at=NOON)
        assert store.active_name()
    for url in (address(draft), "/before-and-after/"):
        source = Client().get(url).content.decode()
        assert twin.code in source
        assert not [name for name in (hidden.code, *tokens(hidden)) if name in source]


def tokens(case: Case) -> list[str]:
    return [photo.token for pair in case.pairs.all() for photo in pair.photos]


def test_staff_get_the_draft_and_readers_the_live_page(live_page: PageContent, staff: Client) -> None:
    activate_page_cache()
    words(address(live_page))
    draft = next_draft(live_page, title="Title of the draft")
    activate_page_cache()
    words(address(live_page))
    assert "Title of the draft" in staff.get(get_object_preview_url(draft)).content.decode()
    live_as_staff_see_it = staff.get(address(live_page)).content.decode()
    assert "cms-toolbar" in live_as_staff_see_it
    assert "Old title" in live_as_staff_see_it
    page = Client().get(address(live_page)).content.decode()
    assert "Old title" in page
    assert "cms-toolbar" not in page


def test_what_a_block_does_to_its_record_is_gone_with_the_request(live_page: PageContent) -> None:
    activate_page_cache()
    before = Client().get(address(live_page)).content
    assert [Client().get(address(live_page)).content for _ in range(2)] == [before, before]


@pytest.mark.parametrize("url", ["/", TREATMENT, "/contact/", "/plan-your-sessions/"])
def test_a_reader_gets_what_the_cms_itself_would_show(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from content.cms_adapter import anonymous_pages

    read = Client().get(url)
    monkeypatch.setattr(anonymous_pages, "render_page", lambda request: None)
    monkeypatch.setattr(anonymous_pages, "for_request", lambda request: None)
    shown = Client().get(url)
    assert read.content == shown.content
    assert read.headers == shown.headers


def test_a_page_that_leads_elsewhere_or_asks_who_reads_is_left_to_the_cms(live_page: PageContent) -> None:
    live_page.page.login_required = True
    live_page.page.save()
    activate_page_cache()
    assert "/admin/login/" in Client().get(address(live_page))["Location"]
    live_page.page.login_required = False
    live_page.page.save()
    PageContent.objects.filter(pk=live_page.pk).update(redirect="/contact/")
    activate_page_cache()
    assert Client().get(address(live_page))["Location"] == "/contact/"
