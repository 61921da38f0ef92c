"""What is taken in and what is made of it, as data: limits of an upload, and the widths and formats of a rendition."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from PIL.Image import Resampling

# --- what is taken in ------------------------------------------------------------------------------------------------
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS_JPEG = 64_000_000  # JPEG shrinks while it is decoded
MAX_PIXELS = 50_000_000  # nothing else does; phones make 48 to 50 megapixels
MIN_SIDE = 320  # pixels; below this no stretch mark can be judged, and the smallest rendition would be blown up
MAX_ASPECT_RATIO = 8  # times as long as wide: anything longer is a strip, not a photograph
MAX_SCANS = 100  # of a progressive JPEG: cameras write about 10, an attack thousands
MAX_SCANNED_PIXELS = 1_000_000_000  # scans × pixels: what 64 megapixels in 15 scans cost

Cut = tuple[int, int, int, int]  # hundredths of a side cut away from the left, top, right and bottom
NO_CUT: Cut = (0, 0, 0, 0)

MAX_WALL_SECONDS = 30  # after which a child that still decodes is ended

# --- what is kept ----------------------------------------------------------------------------------------------------
MAX_STORED_PIXELS = 25_000_000  # an original above this is halved: 48 megapixels become 12
ORIGINAL = {"quality": 92, "subsampling": 0}  # whole colour: redness is what a clinician looks for

# --- what readers get ------------------------------------------------------------------------------------------------
WIDTHS = (320, 640, 960, 1280, 1600)  # pixels


@dataclass(frozen=True)
class Format:
    """A file format of a rendition: its file name's ending, Pillow's name for it, and how it is written."""

    suffix: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    at_widths: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """As in a Content-Type header."""
        return f"image/{self.name.lower()}"

    def options_at(self, width: int) -> dict[str, Any]:
        """Pillow's options for a rendition `width` pixels wide."""
        return self.options | self.at_widths.get(width, {})


#: Of the slow encoder only what pays: the four switched off cost a third of its time and gain 1 % of the bytes.
AVIF_CODEC = {
    "tune": "ssim",
    "enable-qm": "1",
    "enable-rect-partitions": "0",
    "enable-smooth-intra": "0",
    "use-intra-dct-only": "1",
    "disable-trellis-quant": "2",
}
WEBP_LARGE = {"quality": 75.9, "method": 5}  # method 6 takes twice the time
#: The JPEG standard's own tables at quality 80; that of brightness made even both ways and a little flatter.
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

#: Best first, which is the order of the sources in a `<picture>`; the last is the one that every browser reads.
#: What differs at a width keeps `tests/bench/ingest.py`: no less like the photograph than a peer's, in fewer bytes.
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
BY_SUFFIX = {one.suffix: one for one in FORMATS}
RESIZING = Resampling.LANCZOS  # each width from the next larger one, every pixel of it looked at
#: Twelve hexadecimal digits that change with anything above that changes a rendition's bytes.
SPEC_DIGEST = hashlib.sha256(repr((WIDTHS, FORMATS, RESIZING)).encode()).hexdigest()[:12]


def widths_for(width: int) -> list[int]:
    """The widths made of a picture `width` pixels wide, narrowest first: none is wider than the picture."""
    return [one for one in WIDTHS if one <= width] or [width]


def height_at(width: int, size: tuple[int, int]) -> int:
    """The height in pixels of a picture of `size` at `width`."""
    return max(1, round(size[1] * width / size[0]))


def crop_box(size: tuple[int, int], cut: Cut) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in pixels of a picture of `size` without the hundredths `cut` from each side."""
    left, top, right, bottom = cut
    return (
        round(size[0] * left / 100),
        round(size[1] * top / 100),
        size[0] - round(size[0] * right / 100),
        size[1] - round(size[1] * bottom / 100),
    )


def detect_format(head: bytes) -> str | None:
    """Pillow's name of the format that these first bytes (64 or more) announce, or None for one not taken in."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        length = int.from_bytes(head[:4], "big")
        brands = {head[at : at + 4] for at in (8, *range(16, min(length, len(head)), 4))}
        if brands & {b"avif"}:
            return "AVIF"
        if brands & {b"heic", b"heix"}:
            return "HEIF"
    return None
