"""Little pictures of two colours that describe these otherwise than by an ICC profile, in every way that formats know."""

import struct
import zlib
from functools import cache

from PIL import Image

from tests.images import samples

SKIN, GREY = (200, 150, 120), (64, 64, 64)
SIZE = (400, 400)


@cache
def plain() -> Image.Image:
    """Skin on the left, grey on the right."""
    picture = Image.new("RGB", SIZE, SKIN)
    picture.paste(GREY, (SIZE[0] // 2, 0, *SIZE))
    return picture


def png(*chunks: bytes, picture: Image.Image | None = None) -> bytes:
    """A PNG with these chunks before its pixels."""
    data = samples.saved(picture or plain(), "png")
    return data[:33] + b"".join(chunks) + data[33:]


def cicp(primaries: int, transfer: int, matrix: int = 0, is_full: int = 1) -> bytes:
    """A chunk that names colours by their codes."""
    return samples.chunk(b"cICP", bytes([primaries, transfer, matrix, is_full]))


def gamma(value: int) -> bytes:
    """A chunk that names the exponent of the encoding, in hundred-thousandths."""
    return samples.chunk(b"gAMA", struct.pack(">I", value))


def primaries(*chromaticities: float) -> bytes:
    """A chunk that names white, red, green and blue as x and y."""
    return samples.chunk(b"cHRM", struct.pack(">8I", *(round(each * 100_000) for each in chromaticities)))


def icc(profile: bytes) -> bytes:
    """A chunk with an ICC profile."""
    return samples.chunk(b"iCCP", b"x\0\0" + zlib.compress(profile))


@cache
def still(kind: str) -> bytes:
    """An AVIF or HEIC of full colour resolution, said to be sRGB."""
    quality = {"quality": 100, "subsampling": "4:4:4"} | ({"speed": 10} if kind == "avif" else {})
    return samples.saved(plain(), kind, **quality)


def coded(kind: str, first: int, second: int) -> bytes:
    """An AVIF or HEIC whose colour box names these codes of primaries and transfer."""
    data = bytearray(still(kind))
    struct.pack_into(">HH", data, data.index(b"nclx") + 4, first, second)
    return bytes(data)


def coded_inside(kind: str, first: int, second: int) -> bytes:
    """An AVIF or HEIC without a colour box: only its codec names the codes."""
    data = still(kind)
    at = data.index(b"colrnclx")
    bits = "".join(f"{byte:08b}" for byte in data.replace(b"colrnclx", b"freenclx"))
    named = data[at + 8 : at + 14 : 2], data[at + 9 : at + 14 : 2]
    was = "1" + "".join(f"{number:08b}" for number in named[1])
    start = bits.index(was, bits.index("".join(f"{byte:08b}" for byte in (b"hvcC" if kind == "heic" else b"mdat"))))
    bits = bits[:start] + f"1{first:08b}{second:08b}" + bits[start + 17 :]
    return int(bits, 2).to_bytes(len(data), "big")


@cache
def see_through(*, moving: bool) -> bytes:
    """An AVIF with transparency: grey is clear."""
    picture = plain().convert("RGBA")
    picture.paste((0, 0, 0, 0), (SIZE[0] // 2, 0, *SIZE))
    more = {"save_all": True, "append_images": [picture]} if moving else {}
    return samples.saved(picture, "avif", speed=10, quality=90, **more)


def properties_listed_twice() -> bytes:
    """An AVIF with transparency whose two pictures each have a list of properties, as an old encoder wrote them."""
    data = bytearray(see_through(moving=False))
    at = data.index(b"ipma") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    entries, first = data[at + 16 : at + size], at + 16
    assert data[at + 12 : at + 16] == struct.pack(">I", 2)
    middle = 3 + entries[2]  # an item's number, how many properties, and these
    lists = [entries[:middle], entries[middle:]]
    data[at : at + size] = b"".join(
        struct.pack(">I4sII", 16 + len(each), b"ipma", 0, 1) + bytes(each) for each in lists
    )
    for name in (b"iprp", b"meta"):
        place = data.index(name) - 4
        struct.pack_into(">I", data, place, int.from_bytes(data[place : place + 4], "big") + 16)
    place = data.index(b"iloc") + 12
    assert first < data.index(b"mdat")
    for number in range(2):  # number, source, count, place and length of each picture's bytes
        extent = place + 14 * number + 6
        struct.pack_into(">I", data, extent, int.from_bytes(data[extent : extent + 4], "big") + 16)
    return bytes(data)


def transparency_of_nothing() -> bytes:
    """A series of AVIF pictures that says its transparency is that of a picture which isn't there."""
    data = bytearray(see_through(moving=True))
    at = data.index(b"auxl")
    data[at + 8 : at + 10] = b"\0\0"
    return bytes(data)


def hdr_profile() -> bytes:
    """An ICC profile that says by its `cicp` tag that the picture is in PQ."""
    profile = samples.display_p3()
    count = int.from_bytes(profile[128:132], "big")
    directory, body = profile[132 : 132 + 12 * count], profile[132 + 12 * count :]
    entries = [struct.unpack_from(">4sII", directory, 12 * number) for number in range(count)]
    moved = b"".join(struct.pack(">4sII", name, at + 12, size) for name, at, size in entries)
    tag = struct.pack(">4sII", b"cicp", len(profile) + 12, 12)
    whole = profile[:128] + struct.pack(">I", count + 1) + moved + tag + body + b"cicp\0\0\0\0" + bytes([9, 16, 0, 1])
    return struct.pack(">I", len(whole)) + whole[4:]
