"""A PNG reduced to the chunks that its picture needs, and how it says what its colours look like.

Texts, thumbnails and other frames are never decoded, so that neither a long one nor a bomb among them matters.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from .colour import PRIMARIES, SRGB_PRIMARIES, CodedColour, power
from .icc_profile import UnknownColourError, matrix_profile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
CODES = 4  # bytes: primaries, transfer, matrix, whether the range is full
MAX_PROFILE = 8 * 1024 * 1024  # bytes of an ICC profile
GAMMA_OF_SRGB = 45455  # in hundred-thousandths; by itself it is short for sRGB
GAMMAS = range(10_000, 1_000_001)  # others are mistakes
DESCRIPTIONS = {b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"acTL"}
#: By bits and kind, how far apart two tones are of 8 bits; Pillow widens the pixels, but not the tone that is clear.
GREY_STEPS = {b"\2\0": 85, b"\4\0": 17}
TONE = 2  # bytes of a grey that is clear


class DamagedPngError(Exception):
    """A chunk that the picture needs is missing or wrong."""


@dataclass
class ReducedPng:
    """The chunks that the picture needs, as a file, and the others that say something of it, by their names."""

    file: bytes
    described: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def is_animated(self) -> bool:
        """Whether there are more pictures than the one that was kept."""
        return b"acTL" in self.described

    def profile(self) -> bytes | None:
        """Return the ICC profile, or one made from the description that counts most, or None for sRGB.

        Raises UnknownColourError, above all for HDR.
        """
        coded = self.described.get(b"cICP", b"")
        if len(coded) == CODES:
            primaries, transfer, matrix, is_full = coded
            if matrix or not is_full:
                raise UnknownColourError
            return CodedColour(primaries, transfer).profile(is_video_curve_srgb=False)
        if compressed := self.described.get(b"iCCP"):
            return _inflated(compressed)
        return None if b"sRGB" in self.described else self._measured_profile()

    def _measured_profile(self) -> bytes | None:
        gamma = int.from_bytes(self.described.get(b"gAMA", b"")[:4], "big")
        numbers = struct.unpack(">8I", self.described.get(b"cHRM", b"")[:32].ljust(32, b"\0"))
        if gamma not in GAMMAS:
            return None
        if not all(numbers):
            return None if gamma == GAMMA_OF_SRGB else matrix_profile(PRIMARIES[SRGB_PRIMARIES], power(100_000 / gamma))
        chromaticities = [(x / 100_000, y / 100_000) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        return matrix_profile(chromaticities, power(100_000 / gamma))


def reduce_png(data: bytes) -> ReducedPng:
    """Return the PNG without what its picture doesn't need; raises DamagedPngError."""
    kept, has_pixels, has_end, grey_steps = [SIGNATURE], False, False, 1
    described: dict[bytes, bytes] = {}
    for name, body, checksum in _chunks(data):
        is_whole = zlib.crc32(body, zlib.crc32(name)) == checksum
        if name in PICTURE and not is_whole:
            raise DamagedPngError
        if name == b"IHDR":
            grey_steps = GREY_STEPS.get(bytes(body[8:10]), 1)
        if name == b"tRNS" and grey_steps > 1 and len(body) == TONE:
            kept.append(_chunk(name, bytes([0, body[1] * grey_steps & 255])))
        elif name in PICTURE or (name == b"eXIf" and is_whole):
            kept.append(_chunk(name, body))
        elif name in DESCRIPTIONS and is_whole and not has_pixels:
            described.setdefault(name, bytes(body))
        has_pixels = has_pixels or name == b"IDAT"
        has_end = name == b"IEND"
    if not has_end:
        raise DamagedPngError
    return ReducedPng(b"".join(kept), described)


def _chunk(name: bytes, body: bytes | memoryview) -> bytes:
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(name)))


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, int]]:
    """Yield name, content and checksum of each chunk up to the end of the picture."""
    view, at, name = memoryview(data), len(SIGNATURE), b""
    while at + 12 <= len(data) and name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        yield name, view[at + 8 : at + 8 + length], int.from_bytes(data[at + 8 + length : at + 12 + length], "big")
        at += 12 + length


def _inflated(chunk: bytes) -> bytes:
    """Return the profile in an `iCCP` chunk, b"" for a broken one; raises UnknownColourError for one of many MB."""
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(chunk[chunk.index(b"\0") + 2 :], MAX_PROFILE)
    except (ValueError, zlib.error):
        return b""
    if unpacker.unconsumed_tail:
        raise UnknownColourError
    return profile
