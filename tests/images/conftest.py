"""A shelf of its own for every test."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from content.images.ingest import ingest
from content.images.models import Photo

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def var(tmp_path: Path, settings: Any, db: None) -> Path:
    """An empty VAR_DIR."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def take_in(data: bytes, name: str = "photo.jpg") -> Photo:
    """Upload these bytes under this name."""
    file = io.BytesIO(data)
    file.name = name
    return ingest(file, now=NOW)


def left(var: Path) -> list[str]:
    """Every file that lies on the shelf, without the locks."""
    return sorted(str(path.relative_to(var)) for path in var.rglob("*") if path.is_file() and path.suffix != ".lock")
