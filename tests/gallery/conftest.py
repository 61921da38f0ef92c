"""A shelf and a clock of its own for every test: the clinic's day is `DAY`."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import NOON


@pytest.fixture
def var(tmp_path: Path, settings: Any, db: None) -> Path:
    """An empty VAR_DIR."""
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Views read the clock; here it stands at `NOON`, until `set_to` moves it."""

    def set_to(now: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now)

    set_to(NOON)
    return set_to
