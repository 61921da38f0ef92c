"""`manage.py tick`: do everything that is due; run each minute, harmless to run more often."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from clinic_site import disk_room
from clinic_site.page_cache import store
from content import idempotency
from content.backup import work_folder
from content.feedback import answers, limits
from content.gallery import withdrawal
from content.library import taking_down
from content.publishing import page_cache_builder, schedule, snapshots, ticks, url_history
from content.reviews import rereview
from content.search import index as search
from content.staff.accounts import lockout
from content.staff.autosave import store as autosave
from content.staff.sessions import interrupted
from content.undo import changes as block_changes

POLL_INTERVAL = 0.2  # seconds between two checks whether the page cache is valid
RETRY_DELAY = 5  # seconds after a rebuild that failed


class Command(BaseCommand):
    """Tidies up behind rules that hold without it: nothing is hidden later because this ran late."""

    help = (
        "Do what is due: consents that ended, withdrawals to finish, files left over. Once, or every so many seconds."
    )

    is_first_round_done = False
    is_continuous = False  # started once, with the site, so that its first round follows a release

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the interval; without it the command runs one round."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on as long as the process that started it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one round, or one round each interval until the parent process has ended."""
        self.report(store.invalidate_damaged())
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
        """Do `work`; report an exception and continue, for the next round tries again."""
        close_old_connections()
        try:
            work()
        except Exception as error:
            self.stderr.write(f"tick: {type(error).__name__}")

    def tick(self) -> None:
        """Run one round; print what was done, and nothing if nothing was due.

        What must come down comes down before anything is published or stored as a snapshot.
        """
        now, on = timezone.now(), timezone.localdate()
        disk_room.keep_reserve()
        self.report(work_folder.delete_abandoned())
        self.report(withdrawal.finish_due(now=now, on=on))
        self.report(taking_down.finish_due(now=now))
        if not self.is_first_round_done:
            self.first_round(now, on)
        self.report(schedule.publish_due(now=now))
        url_history.record_current_urls()
        self.report(snapshots.take_due(now=now))
        self.report(answers.delete_expired_words(on))
        limits.delete_expired(now)
        idempotency.delete_expired(now)
        block_changes.delete_expired(now)
        lockout.delete_expired(now)
        autosave.delete_expired(now)
        interrupted.delete_expired(now)
        ticks.record_run(now)
        self.rebuild_page_cache()

    def rebuild_page_cache(self) -> None:
        """Rebuild the page cache if it is invalid; if it can't be written, the start page warns staff."""
        try:
            self.report(page_cache_builder.rebuild(on=timezone.localdate()))
        except OSError as error:
            self.stderr.write(f"tick: the published pages can't be kept as files: {error.strerror}")

    def first_round(self, now: datetime, on: date) -> None:
        """Handle what a new release changed: signed drawings that differ, pages that look different."""
        opened = rereview.update_reopened(on=on, reason="the site was renewed")
        snapshots.enqueue([page.pk for page in opened], because="is being reviewed again", now=now)
        snapshots.enqueue_missing(now=now, is_new_release=self.is_continuous)
        self.report(search.rebuild_if_outdated())
        self.is_first_round_done = True

    def report(self, lines: list[str]) -> None:
        """Print what was done, a line each."""
        for line in lines:
            self.stdout.write(f"tick: {line}")
