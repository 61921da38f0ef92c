"""Uploads, and what is left of them."""

import io
from datetime import UTC, datetime
from pathlib import Path

from content.images.ingest import ingest
from content.images.models import Photo

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def take_in(data: bytes, name: str = "photo.jpg") -> Photo:
    """Upload these bytes under this name."""
    file = io.BytesIO(data)
    file.name = name
    return ingest(file, now=NOW)


def left(var: Path) -> list[str]:
    """Return every file in storage, without the locks."""
    return sorted(str(path.relative_to(var)) for path in var.rglob("*") if path.is_file() and path.suffix != ".lock")
