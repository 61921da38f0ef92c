"""Whatever happens in whatever order, a reply of the tree is what a fresh render would say now: a machine that tries."""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from clinic_site.page_cache.wsgi_app import PageCacheApplication
from content.gallery.withdrawal import finish_due, withdraw
from content.models import Case, Clinic, Treatment
from content.publishing import internal_client, offline, page_cache_builder
from tests.factories import DAY, NOON, CaseFactory, author, on_the_shelf
from tests.publishing.pages import live, renamed
from tests.publishing.wire import fresh, from_tree, nobody
from tests.sizes import tries

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
RUNS, STEPS = tries(1, 2, "TREE_RUNS"), tries(15, 20)
NEWEST = tries(2, 1_000)  # addresses that are looked at after each step, besides those of `ALWAYS`
ALWAYS = ["/", "/microneedling-for-stretch-marks/", "/before-and-after/", "/sitemap.xml"]


class KilledError(BaseException):
    """In place of kill -9: nothing catches it."""


class Tree(RuleBasedStateMachine):
    """Pages go live, change, move and go; facts change; cases come, are withdrawn, expire; and the tree suffers."""

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.folder = tempfile.mkdtemp()
        self.kept, site.VAR_DIR = site.VAR_DIR, Path(self.folder)
        self.day, self.number = DAY, 0
        self.pages: list[Any] = []
        self.urls: list[str] = []
        self.front = PageCacheApplication(nobody)
        self.clock = timezone.now
        timezone.now = lambda: NOON + (self.day - DAY)

    def teardown(self) -> None:
        timezone.now = self.clock
        site.VAR_DIR = self.kept
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        shutil.rmtree(self.folder, ignore_errors=True)

    def name(self) -> str:
        self.number += 1
        return f"page-{self.number}"

    @rule()
    def renewed(self) -> None:
        page_cache_builder.rebuild(on=self.day)

    @rule()
    def page_goes_live(self) -> None:
        name = self.name()
        self.pages.append(live(title=name, slug=name, in_navigation=True))
        self.urls.append(f"/{name}/")

    @precondition(lambda self: self.pages)
    @rule(moves=st.booleans())
    def page_is_published_again(self, *, moves: bool) -> None:
        name = self.name()
        texts = {"slug": name} if moves else {}
        self.pages[-1] = renamed(self.pages[-1], title=f"Now {name}", menu_title=f"Now {name}", **texts)
        self.urls.append(f"/{name}/")

    @precondition(lambda self: self.pages)
    @rule()
    def page_goes_offline(self) -> None:
        offline.take_offline(self.pages.pop(), user=author(), now=timezone.now())

    @rule(minutes=st.integers(10, 30))
    def fact_changes(self, minutes: int) -> None:
        facts = Treatment.objects.get()
        facts.numbing_minutes_min = minutes
        facts.numbing_minutes_max = minutes + 30
        facts.save()

    @rule()
    def clinic_changes(self) -> None:
        clinic = Clinic.objects.get()
        clinic.name = f"Clinic {self.name()}"
        clinic.save()

    @rule()
    def change_is_taken_back(self) -> None:
        """It fails after it has been made, so nothing has changed."""
        with suppress(KilledError), transaction.atomic():
            clinic = Clinic.objects.get()
            clinic.name = "Never to be read"
            clinic.save()
            raise KilledError

    @rule(days=st.integers(0, 20))
    def case_comes(self, days: int) -> None:
        case = CaseFactory(consent__expires_on=self.day + timedelta(days=days))
        for kept in case.case_photos.select_related("photo"):
            on_the_shelf(kept.photo)
        self.urls.append(f"/before-and-after/{case.code}/")

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def case_is_withdrawn(self, data: Any) -> None:
        case = Case.objects.get(pk=data.draw(st.sampled_from(sorted(Case.objects.values_list("pk", flat=True)))))
        withdraw(case.consent, actor="reception", now=timezone.now())

    @rule(days=st.integers(1, 15))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def tick(self) -> None:
        finish_due(now=timezone.now(), on=self.day)

    @rule()
    def site_starts_anew(self) -> None:
        self.front = PageCacheApplication(nobody)

    @rule()
    def tree_is_wiped(self) -> None:
        shutil.rmtree(Path(self.folder) / "published", ignore_errors=True)

    @rule(after=st.integers(0, 12))
    def renewal_is_killed(self, after: int) -> None:
        self.renew_meanwhile(after, lambda: (_ for _ in ()).throw(KilledError))

    @rule(after=st.integers(0, 12), minutes=st.integers(10, 30))
    def fact_changes_while_it_is_renewed(self, after: int, minutes: int) -> None:
        self.renew_meanwhile(after, lambda: self.fact_changes(minutes))

    @precondition(lambda self: Case.objects.exists())
    @rule(after=st.integers(0, 12))
    def case_is_withdrawn_while_it_is_renewed(self, after: int) -> None:
        consent = Case.objects.order_by("pk")[0].consent
        self.renew_meanwhile(after, lambda: withdraw(consent, actor="x", now=timezone.now()))

    def renew_meanwhile(self, after: int, happens: Any) -> None:
        """Renew, and have this happen once so many pages are kept."""
        ask, left = internal_client.get, [after]

        def asked(url: str) -> Any:
            left[0] -= 1
            if left[0] == -1:
                happens()
            return ask(url)

        internal_client.get = asked
        try:
            with suppress(KilledError):
                page_cache_builder.rebuild(on=self.day)
        finally:
            internal_client.get = ask

    @invariant()
    def every_reply_is_what_a_fresh_render_says(self) -> None:
        for url in [*ALWAYS, *self.urls[-NEWEST:]]:
            got = from_tree(url, self.front)
            if got is not None:
                assert (got.status, got.body) == fresh(url), url


def test_no_reply_of_the_tree_differs_from_a_fresh_render() -> None:
    run_state_machine_as_test(
        Tree,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
