"""Real little photographs, and hostile ones, made afresh: every format, turned, cut, swollen and stuffed with canaries."""

import functools
import io
import random
import struct
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

SIZE = (480, 360)
COLOURS = {"TL": (200, 60, 50), "TR": (60, 170, 80), "BL": (50, 80, 190), "BR": (220, 200, 70)}
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "heic": "HEIF"}
#: What lies in the stored top left, top right, bottom left, bottom right corner, after the EXIF standard's table.
STORED = {
    1: "TL TR BL BR", 2: "TR TL BR BL", 3: "BR BL TR TL", 4: "BL BR TL TR",
    5: "TL BL TR BR", 6: "TR BR TL BL", 7: "BR TR BL TL", 8: "BL TL BR TR",
}  # fmt: skip


def quarters(orientation: int = 1) -> Image.Image:
    """Four coloured quarters that are upright once turned as `orientation` says."""
    size = SIZE if orientation < 5 else SIZE[::-1]
    half = (size[0] // 2, size[1] // 2)
    picture = Image.new("RGB", size)
    for place, corner in enumerate(STORED[orientation].split()):
        picture.paste(COLOURS[corner], (place % 2 * half[0], place // 2 * half[1], size[0], size[1]))
        if place % 2 == 0:
            picture.paste(COLOURS[corner], (0, place // 2 * half[1], half[0], size[1]))
    return picture


def corners(picture: Image.Image) -> dict[str, tuple[int, ...]]:
    """The colour in the middle of each quarter."""
    wide, high = picture.size
    places = {"TL": (1, 1), "TR": (3, 1), "BL": (1, 3), "BR": (3, 3)}
    return {name: picture.convert("RGB").getpixel((x * wide // 4, y * high // 4)) for name, (x, y) in places.items()}


def skin(size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture with detail everywhere, so that a cut shows."""
    return Image.effect_noise(size, 70).convert("RGB")


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture's file."""
    out = io.BytesIO()
    picture.save(out, FORMATS.get(kind, kind), **options)
    return out.getvalue()


def turned(kind: str, orientation: int) -> bytes:
    """A file of `kind` whose EXIF says that it was taken on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(quarters(orientation), kind, exif=exif.tobytes())


def display_p3() -> bytes:
    """The sRGB profile with the primaries of Display P3."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for number in range(int.from_bytes(profile[128:132], "big")):
        name, at, _ = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        if name in primaries:
            struct.pack_into(">3i", profile, at + 8, *(round(each * 65536) for each in primaries[name]))
    return bytes(profile)


def lab(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """The colour of sRGB as an 8-bit Lab of an ICC profile."""
    pixel = Image.new("RGB", (1, 1), (red, green, blue))
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    found = ImageCms.profileToProfile(pixel, *profiles, outputMode="LAB")
    assert found
    lightness, *rest = found.tobytes()
    return lightness, *((each + 128) % 256 for each in rest)  # Pillow keeps a and b signed


def swapped_inks(black: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    """A CMYK profile of a press whose cyan ink is magenta and whose magenta is cyan: wrong colours show if it is unused."""
    nodes = [
        lab(*black) if key else lab(*((1 - ink) * 255 for ink in (magenta, cyan, yellow)))
        for cyan in (0, 1) for magenta in (0, 1) for yellow in (0, 1) for key in (0, 1)
    ]  # fmt: skip
    straight = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + struct.pack(">9i", *(65536, 0, 0, 0) * 2, 65536)
    table += straight * 4 + b"".join(bytes(node) for node in nodes) + straight * 3
    table += bytes(-len(table) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 156 + len(table), b"\0" * 4, 0x02100000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return (
        head.ljust(128, b"\0")
        + struct.pack(">I4sII4sII", 2, b"A2B0", 156, len(table), b"A2B1", 156, len(table))
        + table
    )


def without_adobe(jpeg: bytes) -> bytes:
    """The JPEG without its APP14 segment."""
    at = jpeg.index(b"\xff\xee")
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


# --- bombs -----------------------------------------------------------------------------------------------------------


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def flat_png(width: int, height: int, depth: int, colour: int, *extra: bytes) -> bytes:
    """A valid PNG of one colour; a few kilobytes whatever its size."""
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    row = bytes(1 + (width * depth * channels + 7) // 8)
    packer = zlib.compressobj(1)
    body = b"".join([packer.compress(row) for _ in range(height)]) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    palette = chunk(b"PLTE", bytes(6)) if colour == 3 else b""
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + palette + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sized_jpeg(jpeg: bytes, width: int, height: int) -> bytes:
    """The JPEG saying that it is of another size."""
    at = next(at for marker in (b"\xff\xc0", b"\xff\xc2") if (at := jpeg.find(marker)) >= 0)
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def many_scans(width: int, height: int, times: int) -> bytes:
    """A progressive JPEG that paints its last scan again and again."""
    jpeg = sized_jpeg(saved(quarters(), "jpg", progressive=True), width, height)
    last = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    return jpeg[:-2] + last * times + b"\xff\xd9"


def swollen_webp() -> bytes:
    """A lossless WebP of a few bytes that says it is 16,383 pixels each way."""
    webp = bytearray(saved(Image.new("RGB", (400, 400)), "webp", lossless=True))
    struct.pack_into("<I", webp, 21, 16382 | 16382 << 14)
    return bytes(webp)


def swollen_avif() -> bytes:
    """An AVIF whose header says 30,000 pixels each way."""
    avif = bytearray(saved(Image.new("RGB", (400, 400)), "avif", speed=10))
    struct.pack_into(">II", avif, avif.index(b"ispe") + 8, 30000, 30000)
    return bytes(avif)


def long_gif() -> bytes:
    """A GIF of 10,000 frames."""
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * 10_000 + b";"


def swollen_text() -> bytes:
    """A chunk of 58 KB that holds 60 MB of text; a picture with it is no bomb, since texts are never read."""
    return chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000), 9))


def swollen_profile() -> bytes:
    """The same as an ICC profile, which is read."""
    return chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60_000_000), 9))


#: Every bomb by its name; made when it is asked for, since some take seconds.
BOMBS: dict[str, Callable[[], bytes]] = {
    "png-9000": lambda: flat_png(9000, 9000, 8, 0),
    "png-13000": lambda: flat_png(13000, 13000, 1, 3),
    "png-20000-one-bit": lambda: flat_png(20000, 20000, 1, 0),
    "png-strip": lambda: flat_png(65500, 1, 8, 2),
    "png-profile": lambda: flat_png(400, 400, 8, 2, swollen_profile()),
    "gif-frames": long_gif,
    "jpeg-scans": lambda: many_scans(8000, 8000, 3000),
    "jpeg-few-scans": lambda: many_scans(8000, 8000, 40),
    "jpeg-65500": lambda: sized_jpeg(saved(quarters(), "jpg"), 65500, 65500),
    "webp-header": swollen_webp,
    "webp-flat": lambda: saved(Image.new("RGB", (9000, 9000)), "webp", quality=1, method=0),
    "avif-header": swollen_avif,
    "avif-flat": lambda: saved(Image.new("L", (7500, 7500)), "avif", speed=10, quality=1),
}


# --- broken ----------------------------------------------------------------------------------------------------------


#: The names of `whole`: each format, and a progressive JPEG.
WHOLE = [*FORMATS, "progressive"]


@functools.cache
def whole(name: str) -> bytes:
    """A sound file."""
    if name == "progressive":
        return saved(skin(), "jpg", progressive=True)
    return saved(skin(), name, **({"speed": 10} if name == "avif" else {}))


def flipped(data: bytes, chance: random.Random, bits: int) -> bytes:
    """The file with some of its bits turned, none in the first bytes that name the format."""
    changed = bytearray(data)
    for _ in range(bits):
        changed[chance.randrange(16, len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


# --- canaries --------------------------------------------------------------------------------------------------------

CANARY = b"CANARYCANARY"


def exif_with_canaries() -> bytes:
    """EXIF with a name, a place, a date and a maker's note."""
    exif = Image.Exif()
    exif[0x013B] = f"artist {CANARY.decode()}"
    exif[0x0112] = 6
    exif.get_ifd(0x8769).update(
        {0x9003: "2024:02:29 13:14:15", 0x927C: b"note " + CANARY, 0x9286: b"ASCII\0\0\0" + CANARY}
    )
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.123), 29: "2024:02:29", 27: b"ASCII\0\0\0" + CANARY})
    return exif.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def stuffed_jpeg() -> bytes:
    """A JPEG with the canary in every place that a camera or a program writes to."""
    thumbnail = saved(Image.new("RGB", (32, 32)), "jpg", comment=CANARY)
    jpeg = saved(
        skin(), "jpg", exif=exif_with_canaries(), comment=b"comment " + CANARY, xmp=b"<x:xmpmeta>" + CANARY,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY,
    )  # fmt: skip
    apps = b"".join(segment(0xE0 + number, b"Maker\0" + CANARY) for number in range(3, 14))
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 17) + b"\x1c\x02\x78\0\x0c" + CANARY)
    return jpeg[:2] + apps + iptc + segment(0xE0, b"JFXX\0\x10" + thumbnail) + jpeg[2:] + CANARY + thumbnail


def stuffed_png() -> bytes:
    """A PNG with the canary in its texts, EXIF and after its end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_text("Comment", CANARY.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return saved(skin(), "png", pnginfo=text, exif=exif_with_canaries()) + CANARY


def stuffed(kind: str) -> bytes:
    """A file of `kind` with canaries wherever the format has room for them."""
    if kind == "jpg":
        return stuffed_jpeg()
    if kind == "png":
        return stuffed_png()
    return saved(skin(), kind, exif=exif_with_canaries(), xmp=b"<x:xmpmeta>" + CANARY)
