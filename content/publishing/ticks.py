"""When the `tick` command last ran, for staff to see on their start page that it still does."""

from datetime import datetime

from .models import Tick


def record_run(now: datetime) -> None:
    """Note that it ran at `now`."""
    Tick.objects.update_or_create(pk=1, defaults={"ran_at": now})


def last_run_at() -> datetime | None:
    """Return when it last ran; None if never."""
    return Tick.objects.values_list("ran_at", flat=True).first()
