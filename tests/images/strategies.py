"""Uploads that Hypothesis makes: sound pictures of every kind, and what becomes of them when bytes go wrong."""

import struct
import zlib
from functools import cache

from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.images import samples

#: What each format can hold, as Pillow names it.
MODES = {
    "jpg": ("RGB", "L", "CMYK"),
    "png": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"),
    "webp": ("RGB", "RGBA"),
    "avif": ("RGB", "RGBA", "L"),
    "heic": ("RGB", "L"),
}
KINDS = st.sampled_from([(kind, mode) for kind, modes in MODES.items() for mode in modes])
SIZES = st.sampled_from([(320, 320), (320, 330), (319, 400), (90, 1)])
PROFILES = (None, b"", b"\0" * 200, samples.display_p3(), samples.display_p3()[:300])
OPTIONS = {
    "jpg": ({}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}),
    "png": ({}, {"compress_level": 1}),
    "webp": ({"method": 0}, {"lossless": True, "method": 0}, {"save_all": True, "method": 0}),
    "avif": ({"speed": 10}, {"speed": 10, "subsampling": "4:4:4"}),
    "heic": ({}, {"quality": 20}),
}
MAGIC = (
    b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypheic",
    b"\xff\xd8\xff\xc0\x00\x11\x08\x01\x90\x01\x90\x03", b"\0\0\0\x18ftypmif1\0\0\0\0avif", b"GIF89a", b"II*\0",
)  # fmt: skip
EXTREMES = st.sampled_from([0, 1, 2, 319, 320, 4000, 16383, 16384, 30000, 65535, 2**31 - 1, 2**31, 2**32 - 1])
PLACES = st.floats(0, 1)


@cache
def plain(mode: str, size: tuple[int, int]) -> Image.Image:
    """Detail in the left half and one colour in the right, in this mode."""
    picture = Image.new("RGB", size, (200, 150, 120))
    picture.paste(samples.skin((max(1, size[0] // 2), size[1])))
    return (
        Image.linear_gradient("L").resize(size).convert("I").convert("I;16")
        if mode == "I;16"
        else picture.convert(mode)
    )


@cache
def sound(kind: str, mode: str, size: tuple[int, int], orientation: int, profile: int, option: int) -> bytes:
    """A sound file with canaries in its metadata; the numbers choose among what the format offers."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = samples.CANARY.decode()
    exif.get_ifd(0x8769)[0x9003] = "2024:02:29 13:14:15"
    options = dict(OPTIONS[kind][option])
    if options.get("save_all"):
        options["append_images"] = [plain(mode, size).rotate(180)]
    if kind == "png":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", samples.CANARY.decode())
    if PROFILES[profile] is not None:
        options["icc_profile"] = PROFILES[profile]
    return samples.saved(plain(mode, size), kind, exif=exif.tobytes(), **options)


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """A sound picture; large enough to be taken in, or not."""
    kind, mode = draw(KINDS)
    size = draw(SIZES)
    option = draw(st.integers(0, len(OPTIONS[kind]) - 1))
    if kind in {"avif", "heic", "webp"}:  # slow to write: fewer of them, each used more often
        return sound(kind, mode, size, draw(st.sampled_from([1, 6])), draw(st.sampled_from([0, 3])), option)
    return sound(kind, mode, size, draw(st.integers(0, 9)), draw(st.integers(0, len(PROFILES) - 1)), option)


def resized_in_words(data: bytes, width: int, height: int) -> bytes:
    """The file saying that it is of another size, wherever its format says so."""
    changed = bytearray(data)
    if data.startswith(b"\x89PNG"):
        struct.pack_into(">II", changed, 16, width, height)
        changed[29:33] = struct.pack(">I", zlib.crc32(changed[12:29]))
    elif data.startswith(b"\xff\xd8"):
        return samples.sized_jpeg(data, width & 0xFFFF, height & 0xFFFF)
    elif data[8:12] == b"WEBP":
        for name, at in ((b"VP8X", 12), (b"VP8 ", 14), (b"VP8L", 9)):
            if (found := data.find(name)) >= 0 and found + at + 6 <= len(data):
                changed[found + at : found + at + 6] = (width & 0xFFFFFF).to_bytes(3, "little") + (
                    height & 0xFFFFFF
                ).to_bytes(3, "little")
    elif (found := data.find(b"ispe")) >= 0:
        struct.pack_into(">II", changed, found + 8, width, height)
    return bytes(changed)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A picture with one to three things wrong with it."""
    data = draw(pictures())
    for _ in range(draw(st.integers(1, 3))):
        data = draw(st.sampled_from(WRONGS))(draw, data)
    return data


def _cut(draw: st.DrawFn, data: bytes) -> bytes:
    return data[: int(len(data) * draw(PLACES))]


def _flip(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    for place in draw(st.lists(PLACES, min_size=1, max_size=20)) if data else ():
        changed[int((len(data) - 1) * place)] ^= 1 << draw(st.integers(0, 7))
    return bytes(changed)


def _flip_early(draw: st.DrawFn, data: bytes) -> bytes:
    """Where headers are, which is where decoders decide."""
    return _flip(draw, data[:600]) + data[600:]


def _insert(draw: st.DrawFn, data: bytes) -> bytes:
    at = int(len(data) * draw(PLACES))
    return data[:at] + draw(st.binary(max_size=40)) + data[at:]


def _swap(draw: st.DrawFn, data: bytes) -> bytes:
    first, second, third = sorted(int(len(data) * draw(PLACES)) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def _repeat(draw: st.DrawFn, data: bytes) -> bytes:
    first, second = sorted(int(len(data) * draw(PLACES)) for _ in range(2))
    return data[:second] + data[first:second] * draw(st.integers(1, 3)) + data[second:]


def _other_head(draw: st.DrawFn, data: bytes) -> bytes:
    head = draw(st.sampled_from(MAGIC))
    return head + data[len(head) :]


def _splice(draw: st.DrawFn, data: bytes) -> bytes:
    other = draw(pictures())
    return data[: int(len(data) * draw(PLACES))] + other[int(len(other) * draw(PLACES)) :]


def _join(draw: st.DrawFn, data: bytes) -> bytes:
    return data + draw(pictures())


def _noise(draw: st.DrawFn, data: bytes) -> bytes:
    return draw(st.sampled_from(MAGIC)) + draw(st.binary(max_size=300))


def _say_size(draw: st.DrawFn, data: bytes) -> bytes:
    try:
        return resized_in_words(data, draw(EXTREMES), draw(EXTREMES))
    except (StopIteration, struct.error):  # broken already, so that there is no place for a size
        return data


def _extreme_number(draw: st.DrawFn, data: bytes) -> bytes:
    """Four bytes anywhere become a number that is seldom thought of."""
    at = int(max(0, min(len(data), 800) - 4) * draw(PLACES))
    return data[:at] + struct.pack(draw(st.sampled_from("<>")) + "I", draw(EXTREMES)) + data[at + 4 :]


def _segment(draw: st.DrawFn, data: bytes) -> bytes:
    """Metadata that nobody wrote in good faith."""
    body = draw(st.sampled_from([b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08", b"ICC_PROFILE\0\1\1", b"MPF\0", b"Adobe\0"]))
    body += draw(st.binary(max_size=60))
    if data.startswith(b"\x89PNG"):
        name = draw(st.sampled_from([b"eXIf", b"iCCP", b"tRNS", b"acTL", b"fcTL", b"iTXt", b"zTXt", b"PLTE", b"IHDR"]))
        return data[:33] + samples.chunk(name, body) + data[33:]
    return (
        data[:2] + samples.segment(draw(st.sampled_from([0xE1, 0xE2, 0xED, 0xEE, 0xFE, 0xC4, 0xDB])), body) + data[2:]
    )


WRONGS = (
    _cut, _cut, _flip, _flip_early, _insert, _swap, _repeat, _other_head, _splice, _join, _noise, _say_size,
    _say_size, _extreme_number, _segment,
)  # fmt: skip

#: Mostly broken: a sound picture costs the writing of every rendition.
uploads = st.integers(0, 19).flatmap(lambda number: pictures() if number == 0 else broken())
