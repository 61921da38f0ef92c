"""How two photographs differ as pictures, in brightness, warmth and framing; staff judge whether it matters."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter, ImageStat

from content.images.specs import FORMATS, widths_for

GRID = (24, 18)


@dataclass(frozen=True)
class Difference:
    """The after picture against the before: `brightness` and `warmth` from -1 to 1, `correlation` from -1 to 1."""

    brightness: float
    warmth: float
    correlation: float


def smallest_rendition(width: int) -> tuple[int, str]:
    """Return width and suffix of the smallest rendition of a picture `width` pixels wide, for `rendition_path`."""
    return widths_for(width)[0], FORMATS[-1].suffix


def compare(before: Path, after: Path) -> Difference:
    """Compare two pictures that this site wrote itself; raises OSError if one can't be read."""
    pictures = [_opened(path) for path in (before, after)]
    (red, green, blue), (red2, green2, blue2) = (ImageStat.Stat(picture).mean for picture in pictures)
    brightness = (red2 + green2 + blue2 - red - green - blue) / 3 / 255
    warmth = ((red2 - blue2) - (red - blue)) / 2 / 255
    return Difference(brightness, warmth, _correlation(*(_greys(picture) for picture in pictures)))


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _greys(picture: Image.Image) -> list[float]:
    small = picture.convert("L").filter(ImageFilter.GaussianBlur(4)).resize(GRID, Image.Resampling.BOX)
    return [float(value) for value in small.tobytes()]


def _correlation(first: list[float], second: list[float]) -> float:
    """Return Pearson's correlation; 1 for two flat pictures, which can't be told apart."""
    first_mean, second_mean = sum(first) / len(first), sum(second) / len(second)
    products = sum((a - first_mean) * (b - second_mean) for a, b in zip(first, second, strict=True))
    spread = (sum((a - first_mean) ** 2 for a in first) * sum((b - second_mean) ** 2 for b in second)) ** 0.5
    return products / spread if spread else 1.0
