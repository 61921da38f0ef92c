"""The codes of colour that a picture's own codec names, where the file around it names none (AV1, HEVC)."""

from .colour import CodedColour

AV1_SEQUENCE_HEADER = 1
HEVC_SEQUENCE_PARAMETERS = 33


class BitReader:
    """Reads numbers of any length from bytes, the highest bit first; past the end it raises ValueError."""

    def __init__(self, data: bytes) -> None:
        self.value, self.left = int.from_bytes(data, "big"), len(data) * 8

    def read(self, bits: int) -> int:
        """Return the number in the next bits."""
        self.left -= bits
        if self.left < 0:
            raise ValueError("There are no more bits.")
        return self.value >> self.left & (1 << bits) - 1

    def skip(self, *lengths: int) -> None:
        """Skip these numbers of bits."""
        for bits in lengths:
            self.read(bits)

    def golomb(self, times: int = 1) -> int:
        """Return the last of the next numbers in Exp-Golomb code."""
        number = 0
        for _ in range(times):
            zeros = 0
            while not self.read(1):
                zeros += 1
            number = (1 << zeros) - 1 + self.read(zeros)
        return number

    def colour(self) -> CodedColour | None:
        """Return the codes, if the next bit says that there are any."""
        return CodedColour(self.read(8), self.read(8)) if self.read(1) else None


def av1_colour(units: bytes) -> CodedColour | None:
    """Return the codes in the first sequence header of AV1 units; raises ValueError for a broken one."""
    at = 0
    while at < len(units):
        kind, has_extension, has_size = units[at] >> 3 & 15, units[at] & 4, units[at] & 2
        at += 2 if has_extension else 1
        size, shift = 0, 0
        while has_size:
            size |= (units[at] & 127) << shift
            shift += 7
            at += 1
            if not units[at - 1] & 128:
                break
        end = at + size if has_size else len(units)
        if kind == AV1_SEQUENCE_HEADER:
            return _av1_sequence_colour(BitReader(units[at : min(end, at + 200)]))
        at = end
    return None


def _av1_sequence_colour(bits: BitReader) -> CodedColour | None:
    """Read the header up to the codes, as section 5.5 of the AV1 specification lays it out."""
    profile, _, is_reduced = bits.read(3), bits.read(1), bits.read(1)
    bits.skip(5) if is_reduced else _skip_av1_operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    bits.skip(width_bits, height_bits)
    if not is_reduced and bits.read(1):  # frame numbers
        bits.skip(7)
    bits.skip(3)
    if not is_reduced:
        bits.skip(4)
        has_order_hint = bits.read(1)
        bits.skip(2 if has_order_hint else 0)
        content_tools = 2 if bits.read(1) else bits.read(1)
        if content_tools and not bits.read(1):
            bits.skip(1)
        bits.skip(3 if has_order_hint else 0)
    bits.skip(3)
    if bits.read(1) and profile == 2:  # more than 8 bits
        bits.skip(1)
    if profile != 1:
        bits.skip(1)
    return bits.colour()


def _skip_av1_operating_points(bits: BitReader) -> None:
    delay_bits = 0
    if bits.read(1):  # timing
        bits.skip(64)
        if bits.read(1):
            bits.golomb()
        if bits.read(1):
            delay_bits = bits.read(5) + 1
            bits.skip(42)
    has_delays = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.skip(12)
        if bits.read(5) > 7:
            bits.skip(1)
        if delay_bits and bits.read(1):
            bits.skip(delay_bits, delay_bits, 1)
        if has_delays and bits.read(1):
            bits.skip(4)


def hevc_colour(configuration: bytes) -> CodedColour | None:
    """Return the codes in the sequence parameters of an `hvcC` box; raises ValueError for broken ones."""
    at = 23
    for _ in range(configuration[22]):
        kind, count = configuration[at] & 63, int.from_bytes(configuration[at + 1 : at + 3], "big")
        at += 3
        for _ in range(count):
            size = int.from_bytes(configuration[at : at + 2], "big")
            if kind == HEVC_SEQUENCE_PARAMETERS:
                unit = configuration[at + 4 : at + 2 + size].replace(b"\0\0\3", b"\0\0")
                return _hevc_sequence_colour(BitReader(unit[:1000]))
            at += 2 + size
    return None


def _hevc_sequence_colour(bits: BitReader) -> CodedColour | None:
    """Read the parameters up to the codes, as section 7.3.2.2 and annex E of H.265 lay them out."""
    bits.skip(4)
    sublayers = bits.read(3)
    bits.skip(1, 88, 8)
    present = [(bits.read(1), bits.read(1)) for _ in range(8)][:sublayers] if sublayers else []
    for has_profile, has_level in present:
        bits.skip(88 * has_profile, 8 * has_level)
    bits.golomb()
    if bits.golomb() == 3:
        bits.skip(1)
    bits.golomb(2)
    if bits.read(1):  # cropping
        bits.golomb(4)
    bits.golomb(2)
    order_bits = bits.golomb() + 4
    bits.golomb(3 * (sublayers + 1 if bits.read(1) else 1))
    bits.golomb(6)
    if bits.read(1) and bits.read(1):
        _skip_hevc_scaling_lists(bits)
    bits.skip(2)
    if bits.read(1):  # uncompressed blocks
        bits.skip(8)
        bits.golomb(2)
        bits.skip(1)
    if bits.golomb():
        return None  # of a film, with sets of reference pictures: no camera writes them into a photograph
    if bits.read(1):
        bits.skip(*[order_bits + 1] * bits.golomb())
    bits.skip(2)
    return _hevc_usability_colour(bits) if bits.read(1) else None


def _skip_hevc_scaling_lists(bits: BitReader) -> None:
    for size in range(4):
        for _ in range(2 if size == 3 else 6):
            if not bits.read(1):
                bits.golomb()
            else:
                bits.golomb(min(64, 16 << 2 * size) + (size > 1))


def _hevc_usability_colour(bits: BitReader) -> CodedColour | None:
    if bits.read(1) and bits.read(8) == 255:
        bits.skip(32)
    if bits.read(1):
        bits.skip(1)
    if not bits.read(1):
        return None
    bits.skip(4)
    return bits.colour()
