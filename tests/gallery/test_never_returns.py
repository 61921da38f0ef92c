"""Whatever happens in whatever order, nothing withdrawn or ended is ever shown: a machine that tries."""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from content.gallery import photographs
from content.gallery.approval import NotReadyError, approve, end_approval
from content.gallery.withdrawal import finish_due, withdraw
from content.images import storage
from content.models import Case
from tests.factories import DAY, NOON, CaseFactory, on_the_shelf
from tests.sizes import tries

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
WHO = photographs.Actor("nurse", NOON)


class Gallery(RuleBasedStateMachine):
    """Cases come, are approved, changed, withdrawn and expire; days pass; ticks and new starts happen at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.folder = tempfile.mkdtemp()
        self.kept, site.VAR_DIR = site.VAR_DIR, Path(self.folder)
        self.day = DAY
        self.over: set[int] = set()  # cases whose person has withdrawn, or whose consent has ended
        self.clock = timezone.now
        timezone.now = lambda: NOON + (self.day - DAY)

    def teardown(self) -> None:
        timezone.now = self.clock
        site.VAR_DIR = self.kept
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def one(self, data: Any) -> Case:
        return Case.objects.get(pk=data.draw(st.sampled_from(sorted(Case.objects.values_list("pk", flat=True)))))

    @rule(days=st.integers(0, 30))
    def comes(self, days: int) -> None:
        if Case.objects.count() >= 4:
            return
        case = CaseFactory(consent__expires_on=self.day + timedelta(days=days))
        for kept in case.case_photos.select_related("photo"):
            on_the_shelf(kept.photo)

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def is_withdrawn(self, data: Any) -> None:
        case = self.one(data)
        withdraw(case.consent, actor="reception", now=NOON)
        self.over.add(case.pk)

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def is_approved_again(self, data: Any) -> None:
        case = self.one(data)
        case.is_own_patient = case.is_this_treatment_only = case.is_unretouched = True
        with suppress(NotReadyError):
            approve(case, actor="doctor", now=NOON, on=self.day)

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def loses_its_approval(self, data: Any) -> None:
        end_approval(self.one(data), actor="nurse", now=NOON, because="it was changed")

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def pair_changes_places(self, data: Any) -> None:
        case = self.one(data)
        photographs.swap(case.pairs.get(), WHO)

    @precondition(lambda self: Case.objects.exists())
    @rule(data=st.data())
    def files_come_back(self, data: Any) -> None:
        """As from a restored folder of photographs."""
        for kept in self.one(data).case_photos.select_related("photo"):
            if not storage.is_outside_quarantine(kept.photo.token):
                on_the_shelf(kept.photo)

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.over |= set(Case.objects.filter(consent__expires_on__lt=self.day).values_list("pk", flat=True))

    @rule()
    def tick(self) -> None:
        finish_due(now=NOON, on=self.day)

    @invariant()
    def nothing_that_is_over_is_shown(self) -> None:
        assert not Case.objects.showable(self.day).filter(pk__in=self.over).exists()
        client = Client()
        shown = client.get("/before-and-after/").content.decode() if self.over else ""
        for case in Case.objects.filter(pk__in=self.over):
            assert case.code not in shown
            assert client.get(f"/before-and-after/{case.code}/").status_code == 410
            for kept in case.case_photos.select_related("photo"):
                assert client.get(f"/photographs/{kept.photo.token}/320.jpg").status_code == 410


def test_nothing_withdrawn_or_ended_ever_returns() -> None:
    run_state_machine_as_test(
        Gallery,
        settings=settings(
            max_examples=tries(4, 15),
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
