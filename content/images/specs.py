"""Limits of an upload, and the widths and formats of its renditions, as data."""

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from PIL.Image import Resampling

# --- uploads --------------------------------------------------------------------------------------------------------
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS_JPEG = 64_000_000  # JPEG shrinks while it is decoded
MAX_PIXELS = 50_000_000  # nothing else does; phones make 48 to 50 megapixels
MIN_SIDE = (
    320  # pixels; on a smaller picture no stretch mark can be judged, and the smallest rendition would be enlarged
)
MAX_ASPECT_RATIO = 8  # a longer picture is a strip, not a photograph
MAX_SCANS = 100  # of a progressive JPEG: cameras write about 10, an attack thousands
MAX_SCANNED_PIXELS = 1_000_000_000  # scans × pixels, the cost of 64 megapixels in 15 scans


class Cut(NamedTuple):
    """What is shown of an original.

    It is `turned` to the right by quarters, in degrees, then straightened by `tilt` degrees to the right, then
    hundredths of its sides are cut away.
    """

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    turned: int = 0
    tilt: float = 0


NO_CUT = Cut()

MAX_WALL_SECONDS = 30  # seconds after which a child process is ended

# --- originals -------------------------------------------------------------------------------------------------------
MAX_STORED_PIXELS = 25_000_000  # an original above this is halved: 48 megapixels become 12
ORIGINAL = {"quality": 92, "subsampling": 0}  # full colour resolution: a clinician looks for redness

# --- renditions ------------------------------------------------------------------------------------------------------
WIDTHS = (320, 640, 960, 1280, 1600)  # pixels


@dataclass(frozen=True)
class Format:
    """A file format of renditions: file name suffix, Pillow's name, and encoder options."""

    suffix: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    at_widths: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The value of the Content-Type header."""
        return f"image/{self.name.lower()}"

    def options_at(self, width: int) -> dict[str, Any]:
        """Return Pillow's options for a rendition `width` pixels wide."""
        return self.options | self.at_widths.get(width, {})


#: The four tools switched off take a third of the slow encoder's time and save 1 % of the bytes.
AVIF_CODEC = {
    "tune": "ssim",
    "enable-qm": "1",
    "enable-rect-partitions": "0",
    "enable-smooth-intra": "0",
    "use-intra-dct-only": "1",
    "disable-trellis-quant": "2",
}
WEBP_LARGE = {"quality": 75.9, "method": 5}  # method 6 takes twice the time
#: The JPEG standard's tables at quality 80, the luminance table made symmetrical and a little flatter.
JPEG_BRIGHTNESS = (
    7, 5, 5, 6, 9, 12, 19, 25,
    5, 5, 6, 8, 10, 18, 23, 26,
    5, 6, 7, 9, 15, 21, 27, 27,
    6, 8, 9, 12, 20, 28, 31, 29,
    9, 10, 15, 20, 25, 34, 37, 34,
    12, 18, 21, 28, 34, 37, 41, 34,
    19, 23, 27, 31, 37, 41, 42, 37,
    25, 26, 27, 29, 34, 34, 37, 36,
)  # fmt: skip
JPEG_COLOUR = (
    7, 7, 10, 19, *[40] * 4,
    7, 8, 10, 26, *[40] * 4,
    10, 10, 22, 40, *[40] * 4,
    19, 26, *[40] * 38,
)  # fmt: skip

#: Best first, the order of the sources in a `<picture>`; every browser reads the last.
#: Options of single widths are tuned by `tests/bench/ingest.py`: as true to the photograph as peers, in fewer bytes.
FORMATS = (
    Format(
        "avif",
        "AVIF",
        {"quality": 51, "speed": 6, "max_threads": 1, "advanced": AVIF_CODEC},
        {320: {"quality": 42}, 960: {"quality": 48, "advanced": AVIF_CODEC | {"enable-qm": "0"}}},
    ),
    Format(
        "webp",
        "WEBP",
        {"quality": 76.6, "method": 6},
        {320: {"quality": 75.5}, 640: {"quality": 76.8}, 1280: WEBP_LARGE, 1600: WEBP_LARGE},
    ),
    Format("jpg", "JPEG", {"qtables": (JPEG_BRIGHTNESS, JPEG_COLOUR), "progressive": True}),
)
BY_SUFFIX = {kind.suffix: kind for kind in FORMATS}
RESIZING = Resampling.LANCZOS  # each width from the next larger one, without reducing_gap
#: Twelve hexadecimal digits that change with everything above that changes a rendition's bytes.
SPEC_DIGEST = hashlib.sha256(repr((WIDTHS, FORMATS, RESIZING)).encode()).hexdigest()[:12]


def widths_for(width: int) -> list[int]:
    """Return the widths of renditions of a picture `width` pixels wide, narrowest first, none wider than it."""
    return [each for each in WIDTHS if each <= width] or [width]


def height_at(width: int, size: tuple[int, int]) -> int:
    """Return the height in pixels of a picture of `size` at `width`."""
    return max(1, round(size[1] * width / size[0]))


def crop_box(size: tuple[int, int], cut: Cut) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom in pixels of a picture of `size`, turned already, cropped by `cut`."""
    left, top, right, bottom = cut[:4]
    return (
        round(size[0] * left / 100),
        round(size[1] * top / 100),
        size[0] - round(size[0] * right / 100),
        size[1] - round(size[1] * bottom / 100),
    )


def tilt_scale(size: tuple[int, int], tilt: float) -> float:
    """Return how much a picture of `size` is enlarged to fill its own outline when it is tilted by degrees."""
    angle = math.radians(abs(tilt))
    return math.cos(angle) + max(size[0] / size[1], size[1] / size[0]) * math.sin(angle)


def container(head: bytes) -> str | None:
    """Return what a file is by its first bytes: JPEG, PNG, WEBP, boxes (HEIC, AVIF, films), or None for no picture.

    The decoders decide whether they can read what is inside.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    return "boxes" if head[4:8] == b"ftyp" else None
