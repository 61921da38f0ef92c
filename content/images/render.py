"""Renditions: the widths and formats of `specs.py`, each resized from the next larger one, so that it costs little."""

from pathlib import Path

from PIL import Image

from .specs import FORMATS, RESIZING, height_at, widths_for


def write_renditions(picture: Image.Image, folder: Path) -> None:
    """Write `<width>.<suffix>` for each width and format into `folder`; raises OSError where there is no room."""
    size = picture.size
    for width in reversed(widths_for(size[0])):
        picture = picture.resize((width, height_at(width, size)), RESIZING)
        for one in FORMATS:
            picture.save(folder / f"{width}.{one.suffix}", one.name, **one.options_at(width))
