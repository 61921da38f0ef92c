"""What the boxes of a HEIC or AVIF file say (ISO/IEC 23008-12): brands, whether it is whole, its codes of colour."""

import struct
from collections.abc import Iterator
from contextlib import suppress

from .codec_colour import av1_colour, hevc_colour
from .colour import CodedColour

#: Boxes of a film that hold boxes, and how many bytes stand before these.
CONTAINERS = {
    b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"stsd": 8, b"av01": 78, b"hvc1": 78, b"hev1": 78,
}  # fmt: skip
MAX_BOXES = 20_000

Box = tuple[bytes, int, int]  # name, and where its content starts and ends


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes between two places; raises ValueError where one is longer than its place."""
    end = len(data) if end is None else end
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        size, name = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise ValueError("A box is longer than its place.")
        yield name, start + head, start + size
        start += size


def brands(head: bytes) -> set[bytes]:
    """Return the brands that a file names in its first box, or none if it is of another kind."""
    if head[4:8] != b"ftyp":
        return set()
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[at : at + 4] for at in (8, *range(16, length - 3, 4))}


def is_cut_off(data: bytes) -> bool:
    """Return whether the file ends before its last box does."""
    try:
        list(boxes(data))
    except ValueError:
        return True
    return False


def variants(data: bytes) -> Iterator[bytes]:
    """Yield the file as it is, then without what old encoders wrote and strict decoders refuse.

    These are several lists of properties with the same flags, which are numbered apart, and references between
    pictures, without which there is no transparency.
    """
    yield data
    with suppress(ValueError, KeyError, IndexError):
        top = {name: (start, end) for name, start, end in boxes(data)}
        inside = {name: (start, end) for name, start, end in boxes(data, top[b"meta"][0] + 4, top[b"meta"][1])}
        changed = bytearray(data)
        lists = [start for name, start, _ in boxes(data, *inside[b"iprp"]) if name == b"ipma"]
        for number, start in enumerate(lists):
            changed[start + 1] = number
        yield bytes(changed)
        start, _ = inside[b"iref"]
        changed[start - 4 : start] = b"free"
        yield bytes(changed)


def coded_colour(data: bytes) -> CodedColour | None:
    """Return the codes of the picture that decoders show, or None where the file names none."""
    with suppress(ValueError, IndexError, KeyError, struct.error):
        top = {name: (start, end) for name, start, end in boxes(data)}
        if b"moov" in top and (data[8:12] == b"avis" or b"meta" not in top):
            return _colour(data, list(_boxes_of_film(data, 0, len(data))))
        return _Items(data, *top[b"meta"]).colour()
    return None


def _boxes_of_film(data: bytes, start: int, end: int) -> Iterator[Box]:
    for name, inner, stop in boxes(data, start, end):
        yield name, inner, stop
        if name in CONTAINERS:
            yield from _boxes_of_film(data, inner + CONTAINERS[name], stop)


def _colour(data: bytes, properties: list[Box]) -> CodedColour | None:
    """Return the codes that the properties of a picture name: a colour box has the last word, not the codec."""
    for name, start, end in properties:
        if name == b"colr" and data[start : start + 4] == b"nclx" and end - start >= 8:
            return CodedColour(*struct.unpack_from(">HH", data, start + 4))
    for name, start, end in properties:
        if name == b"hvcC":
            return hevc_colour(data[start:end])
        if name == b"av1C" and end - start > 4:
            return av1_colour(data[start + 4 : end])
    return None


class _Items:
    """The pictures of a file, by their numbers, as its `meta` box lists them."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.data = data
        self.boxes = {name: (inner, stop) for name, inner, stop in boxes(data, start + 4, end)}

    def colour(self) -> CodedColour | None:
        """Return the codes of the primary picture, or of the first tile that it is put together from."""
        at, _ = self.boxes[b"pitm"]
        primary = self._number(at + 4, 4 if self.data[at] else 2)
        tile = self._first_tile(primary)
        for item in dict.fromkeys((primary, tile)):
            if colour := _colour(self.data, self._properties(item)):
                return colour
        return av1_colour(self._content(tile))

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "big")

    def _first_tile(self, item: int) -> int:
        start, end = self.boxes.get(b"iref", (0, 0))
        size = 4 if self.data[start] else 2
        for name, inner, _ in boxes(self.data, start + 4, end) if end else ():
            if name == b"dimg" and self._number(inner, size) == item:
                return self._number(inner + size + 2, size)
        return item

    def _properties(self, item: int) -> list[Box]:
        start, end = self.boxes[b"iprp"]
        inside = list(boxes(self.data, start, end))
        every = next(list(boxes(self.data, inner, stop)) for name, inner, stop in inside if name == b"ipco")
        found = []
        for name, inner, _ in inside:
            if name == b"ipma":
                found += [every[number - 1] for number in self._associations(inner, item) if 0 < number <= len(every)]
        return found

    def _associations(self, start: int, wanted: int) -> Iterator[int]:
        """Yield the numbers, from 1, of the properties that an `ipma` box gives to an item."""
        id_size = 4 if self.data[start] else 2
        size = 2 if self.data[start + 3] & 1 else 1
        at = start + 8
        for _ in range(min(self._number(start + 4, 4), MAX_BOXES)):
            item, count = self._number(at, id_size), self.data[at + id_size]
            at += id_size + 1
            for _ in range(count):
                if item == wanted:
                    yield self._number(at, size) & (0x7FFF if size == 2 else 0x7F)
                at += size

    def _content(self, wanted: int) -> bytes:
        """Return the first bytes of an item, which hold the codec's header."""
        start, _ = self.boxes[b"iloc"]
        version = self.data[start]
        offset_size, length_size = divmod(self.data[start + 4], 16)
        base_size, index_size = divmod(self.data[start + 5], 16)
        id_size = 4 if version == 2 else 2
        at = start + 6 + id_size
        for _ in range(min(self._number(start + 6, id_size), MAX_BOXES)):
            item = self._number(at, id_size)
            at += id_size
            is_inside = bool(version and self._number(at, 2) & 15 == 1)
            at += 4 if version else 2
            base, extents = self._number(at, base_size), self._number(at + base_size, 2)
            at += base_size + 2
            skip = index_size if version else 0
            if item == wanted and extents:
                place = base + self._number(at + skip, offset_size) + (self.boxes[b"idat"][0] if is_inside else 0)
                return self.data[place : place + self._number(at + skip + offset_size, length_size)]
            at += extents * (skip + offset_size + length_size)
        return b""
