"""`manage.py tick`: everything that is due; run each minute, harmless to run more often."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from clinic_site.page_cache import store
from content.feedback import answers, limits
from content.gallery import withdrawal
from content.publishing import page_cache_builder, schedule, snapshots, ticks, url_history
from content.reviews import rereview
from content.search import index as search

POLL_INTERVAL = 0.2  # seconds between two looks at whether the published tree is true
RETRY_DELAY = 5  # seconds after a renewal that did not succeed


class Command(BaseCommand):
    """Tidies up behind rules that hold without it: nothing is hidden later because this ran late."""

    help = (
        "Do what is due: consents that ended, withdrawals to finish, files left over. Once, or every so many seconds."
    )

    is_first_round_done = False
    is_continuous = False  # not started anew each minute: its start is that of the site, with all that a release brings

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, unless it is told to go on."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on as long as the process that started it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again until whoever started it is gone."""
        if not options["every"]:
            self.tick()
            return
        self.is_continuous = True
        parent, again_at = os.getppid(), 0.0
        while os.getppid() == parent:
            self.attempt(self.tick)
            until = time.monotonic() + options["every"]
            while time.monotonic() < until and os.getppid() == parent:
                time.sleep(POLL_INTERVAL)
                if not store.active_name() and time.monotonic() >= again_at:
                    self.attempt(self.rebuild_page_cache)
                    again_at = time.monotonic() + (0 if store.active_name() else RETRY_DELAY)

    def attempt(self, work: Callable[[], None]) -> None:
        """Do this, whatever is away or held up now: it is tried again, and the process goes on."""
        close_old_connections()
        try:
            work()
        except Exception as error:
            self.stderr.write(f"tick: {type(error).__name__}")

    def tick(self) -> None:
        """One round; says what it did, and nothing where nothing was due.

        What must come down comes down before anything goes up or is kept as a copy.
        """
        now, on = timezone.now(), timezone.localdate()
        self.report(withdrawal.finish_due(now=now, on=on))
        if not self.is_first_round_done:
            self.first_round(now, on)
        self.report(schedule.publish_due(now=now))
        url_history.record_current_urls()
        self.report(snapshots.take_due(now=now))
        self.report(answers.delete_expired_words(on))
        limits.delete_expired(now)
        ticks.record_run(now)
        self.rebuild_page_cache()

    def rebuild_page_cache(self) -> None:
        """Make the published tree anew where it is not true any more; where it can't be written, staff are told."""
        try:
            self.report(page_cache_builder.rebuild(on=timezone.localdate()))
        except OSError as error:
            self.stderr.write(f"tick: the published pages can't be kept as files: {error.strerror}")

    def first_round(self, now: datetime, on: date) -> None:
        """Look at what a new release has changed: drawings that were signed as others, pages that look different."""
        opened = rereview.update_reopened(on=on, reason="the site was renewed")
        snapshots.enqueue([page.pk for page in opened], because="is being reviewed again", now=now)
        snapshots.enqueue_missing(now=now, is_new_release=self.is_continuous)
        self.report(search.rebuild_if_outdated())
        self.is_first_round_done = True

    def report(self, lines: list[str]) -> None:
        """What was done, a line each."""
        for line in lines:
            self.stdout.write(f"tick: {line}")
