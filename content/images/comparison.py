"""How two photographs differ as pictures: brighter, warmer, framed otherwise. Staff judge whether it matters."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter, ImageStat

from content.images.specs import FORMATS, widths_for

GRID = (24, 18)


@dataclass(frozen=True)
class Difference:
    """After against before: `brightness` and `warmth` in parts of the whole range, `correlation` from -1 to 1."""

    brightness: float
    warmth: float
    correlation: float


def smallest_rendition(width: int) -> tuple[int, str]:
    """Width and ending, as `shelf.rendition` takes them, of the smallest rendition of a picture `width` pixels wide."""
    return widths_for(width)[0], FORMATS[-1].suffix


def compare(before: Path, after: Path) -> Difference:
    """Compare two pictures that this site wrote itself; raises OSError where one can't be read."""
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


def _correlation(one: list[float], other: list[float]) -> float:
    """Pearson's; 1 for two flat pictures, which can't be told apart."""
    mean, mean2 = sum(one) / len(one), sum(other) / len(other)
    products = sum((a - mean) * (b - mean2) for a, b in zip(one, other, strict=True))
    spread = (sum((a - mean) ** 2 for a in one) * sum((b - mean2) ** 2 for b in other)) ** 0.5
    return products / spread if spread else 1.0
