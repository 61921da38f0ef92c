"""Renders the widths and formats of `specs.py`, each width from the next larger one, which costs least."""

from pathlib import Path

from PIL import Image

from .specs import FORMATS, RESIZING, height_at, widths_for


def write_renditions(picture: Image.Image, folder: Path) -> None:
    """Write `<width>.<suffix>` for each width and format into `folder`; raises OSError if there is no room."""
    size = picture.size
    for width in reversed(widths_for(size[0])):
        picture = picture.resize((width, height_at(width, size)), RESIZING)
        for kind in FORMATS:
            picture.save(folder / f"{width}.{kind.suffix}", kind.name, **kind.options_at(width))
