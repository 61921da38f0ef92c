"""What has to hold of every picture that was taken in, whatever came in."""

from datetime import date
from pathlib import Path

from PIL import Image

from content.images import specs
from tests.images import samples

#: Why an upload may be refused for what it holds; the other reasons tell of the server.
ITS_OWN_FAULT = {
    "empty", "unknown", "film", "unusual", "colours", "many_bytes", "many_pixels", "strip", "small", "damaged", "heavy",
}  # fmt: skip


def expected(width: int) -> set[str]:
    """The names of the renditions of a picture `width` pixels wide."""
    return {f"{each}.{one.suffix}" for each in specs.widths_for(width) for one in specs.FORMATS}


def check_pictures(original: Path, renditions: Path, size: tuple[int, int]) -> None:
    """The original and its renditions are all there, of the right size, and hold nothing but a picture."""
    assert {path.name for path in renditions.iterdir()} == expected(size[0])
    assert size[0] * size[1] <= specs.MAX_STORED_PIXELS
    for path in (original, *renditions.iterdir()):
        held = path.read_bytes()
        assert samples.CANARY not in held
        assert b"Exif\0\0" not in held
        with Image.open(path) as picture:
            width = size[0] if path == original else int(path.stem)
            assert picture.size == (width, specs.height_at(width, size))
            assert picture.mode == "RGB"
            assert not {"exif", "xmp", "icc_profile", "comment"} & {key for key, value in picture.info.items() if value}


def check_day(day: str | None) -> None:
    """A date of taking is a real day or none."""
    assert day is None or date.fromisoformat(day).isoformat() == day
