"""Renders the widths and formats of `specs.py`, each width from the next larger one, which costs least."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from .specs import FORMATS, RESIZING, height_at, widths_for

TRANSPOSE_BY_DEGREES = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def write_renditions(picture: Image.Image, folder: Path) -> None:
    """Write `<width>.<suffix>` for each width and format into `folder`; raises OSError if there is no room."""
    size = picture.size
    for width in reversed(widths_for(size[0])):
        picture = picture.resize((width, height_at(width, size)), RESIZING)
        for kind in FORMATS:
            picture.save(folder / f"{width}.{kind.suffix}", kind.name, **kind.options_at(width))


def whole_picture(original: Path, turned: int, side: int) -> BytesIO:
    """Return the stored original as a JPEG of at most `side` pixels, turned to the right by degrees; raises OSError."""
    with Image.open(original) as picture:
        picture.draft("RGB", (side, side))
        picture.thumbnail((side, side), RESIZING)
        shown = picture.transpose(TRANSPOSE_BY_DEGREES[turned]) if turned else picture
        out = BytesIO()
        shown.save(out, "JPEG", quality=85)
    out.seek(0)
    return out
