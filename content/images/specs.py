"""What is taken in and what is made of it, as data: limits of an upload, and the widths and formats of a rendition."""

import hashlib
from dataclasses import dataclass, field

# --- what is taken in ------------------------------------------------------------------------------------------------
MOST_BYTES = 30 * 1024 * 1024
MOST_PIXELS_JPEG = 64_000_000  # JPEG shrinks while it is decoded
MOST_PIXELS = 50_000_000  # nothing else does; phones make 48 to 50 megapixels
LEAST_SIDE = 320  # pixels; below this no stretch mark can be judged, and the smallest rendition would be blown up
MOST_STRETCHED = 8  # times as long as wide: anything longer is a strip, not a photograph
MOST_SCANS = 100  # of a progressive JPEG: cameras write about 10, an attack thousands
MOST_SCANNED_PIXELS = 1_000_000_000  # scans × pixels: what 64 megapixels in 15 scans cost

Cut = tuple[int, int, int, int]  # hundredths of a side cut away from the left, top, right and bottom
NOTHING: Cut = (0, 0, 0, 0)

WALL_SECONDS = 30  # after which a child that still decodes is ended

# --- what is kept ----------------------------------------------------------------------------------------------------
KEPT_PIXELS = 25_000_000  # an original above this is halved: 48 megapixels become 12
ORIGINAL = {"quality": 92, "subsampling": 0}  # whole colour: redness is what a clinician looks for

# --- what readers get ------------------------------------------------------------------------------------------------
WIDTHS = (320, 640, 960, 1280, 1600)  # pixels


@dataclass(frozen=True)
class Format:
    """A file format of a rendition: its file name's ending, Pillow's name for it, and how it is written."""

    suffix: str
    name: str
    options: dict[str, int | bool | str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """As in a Content-Type header."""
        return f"image/{self.name.lower()}"


#: Best first, which is the order of the sources in a `<picture>`; the last is the one that every browser reads.
FORMATS = (
    Format("avif", "AVIF", {"quality": 45, "speed": 10, "max_threads": 1}),
    Format("webp", "WEBP", {"quality": 75, "method": 4}),
    Format("jpg", "JPEG", {"quality": 80}),
)
BY_SUFFIX = {one.suffix: one for one in FORMATS}
#: Twelve hexadecimal digits that change with anything above that changes a rendition's bytes.
DIGEST = hashlib.sha256(repr((WIDTHS, FORMATS)).encode()).hexdigest()[:12]


def widths_for(width: int) -> list[int]:
    """The widths made of a picture `width` pixels wide, narrowest first: none is wider than the picture."""
    return [one for one in WIDTHS if one <= width] or [width]


def height_at(width: int, size: tuple[int, int]) -> int:
    """The height in pixels of a picture of `size` at `width`."""
    return max(1, round(size[1] * width / size[0]))


def box(size: tuple[int, int], cut: Cut) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in pixels of a picture of `size` without the hundredths `cut` from each side."""
    left, top, right, bottom = cut
    return (
        round(size[0] * left / 100),
        round(size[1] * top / 100),
        size[0] - round(size[0] * right / 100),
        size[1] - round(size[1] * bottom / 100),
    )


def kind_of(head: bytes) -> str | None:
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
