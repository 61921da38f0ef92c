"""When the work that is due was last looked at: staff see on their home page that it still is."""

from datetime import datetime

from .models import Tick


def record_run(now: datetime) -> None:
    """It was looked at now."""
    Tick.objects.update_or_create(pk=1, defaults={"ran_at": now})


def last_run_at() -> datetime | None:
    """When it last was; None before the first time."""
    return Tick.objects.values_list("ran_at", flat=True).first()
