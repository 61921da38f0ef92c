"""`manage.py tick`: everything that is due; run each minute, harmless to run more often."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from content.gallery import withdrawal
from content.publishing import addresses, schedule, snapshots, ticks
from content.reviews import again

#: In this order: what must come down comes down before anything goes up or a copy is taken.
DUE: list[Callable[[datetime, date], list[str]]] = [
    lambda now, on: withdrawal.settle(now=now, on=on),
    lambda now, on: schedule.run(now=now),
    lambda now, on: snapshots.take(now=now),
]


class Command(BaseCommand):
    """Tidies up behind rules that hold without it: nothing is hidden later because this ran late."""

    help = (
        "Do what is due: consents that ended, withdrawals to finish, files left over. Once, or every so many seconds."
    )

    has_begun = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, unless it is told to go on."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on as long as the process that started it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again until whoever started it is gone."""
        if not options["every"]:
            self.tick()
            return
        parent = os.getppid()
        while os.getppid() == parent:
            close_old_connections()
            try:
                self.tick()
            except Exception as error:  # whatever is away now, the next minute tries again
                self.stderr.write(f"tick: {type(error).__name__}")
            until = time.monotonic() + options["every"]
            while time.monotonic() < until and os.getppid() == parent:
                time.sleep(1)

    def tick(self) -> None:
        """One round; says what it did, and nothing where nothing was due. The first looks at what a release changed."""
        now, on = timezone.now(), timezone.localdate()
        if not self.has_begun:
            again.recheck(on=on, because="the site was renewed")
            snapshots.begin(now=now)
            self.has_begun = True
        for due in DUE:
            for line in due(now, on):
                self.stdout.write(f"tick: {line}")
        addresses.remember()
        ticks.note(now)
