"""ICC profiles: written for an RGB space that a file describes by numbers, and looked through for HDR."""

import struct
from collections.abc import Sequence

Chromaticities = Sequence[tuple[float, float]]  # CIE x and y of white, red, green and blue
Curve = tuple[float, float, float, float, float]  # g, a, b, c, d: light is (a x + b)^g from x = d on, below it c x
HDR_TRANSFERS = {16, 18}  # PQ and HLG, by their codes in ITU-T H.273

#: From XYZ to the cones' responses, after Bradford; the white point of ICC profiles.
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
D50 = (0.9642, 1.0, 0.8249)

Matrix = Sequence[Sequence[float]]


class UnknownColourError(Exception):
    """The colours can't be brought to sRGB without changing what they look like."""


def matrix_profile(chromaticities: Chromaticities, curve: Curve) -> bytes:
    """Return an ICC profile of an RGB space; raises UnknownColourError if these primaries span no colours."""
    try:
        columns = _columns_in_d50(chromaticities)
    except ZeroDivisionError:
        raise UnknownColourError from None
    tags = [(name, b"XYZ \0\0\0\0" + _fixed(*column)) for name, column in zip(_COLUMN_NAMES, columns, strict=True)]
    tags.append((b"wtpt", b"XYZ \0\0\0\0" + _fixed(*D50)))
    tags += [(name, b"para\0\0\0\0\0\3\0\0" + _fixed(*curve)) for name in (b"rTRC", b"gTRC", b"bTRC")]
    directory, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags:
        directory += struct.pack(">4sII", name, start + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head = (head.ljust(36, b"\0") + b"acsp").ljust(68, b"\0") + _fixed(*D50)
    return head.ljust(128, b"\0") + directory + body


_COLUMN_NAMES = (b"rXYZ", b"gXYZ", b"bXYZ")


def _fixed(*numbers: float) -> bytes:
    try:
        return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))
    except struct.error:
        raise UnknownColourError from None


def _columns_in_d50(chromaticities: Chromaticities) -> list[tuple[float, float, float]]:
    """Return XYZ of full red, green and blue as they look under the white of ICC profiles."""
    white, *primaries = [(x / y, 1.0, (1 - x - y) / y) for x, y in chromaticities]
    strengths = _solve(_transposed(primaries), white)
    cones_white, cones_d50 = _times(BRADFORD, white), _times(BRADFORD, D50)
    columns = []
    for primary, strength in zip(primaries, strengths, strict=True):
        cones = _times(BRADFORD, [strength * part for part in primary])
        adapted = [cone * to / was for cone, to, was in zip(cones, cones_d50, cones_white, strict=True)]
        columns.append(_solve(BRADFORD, adapted))
    return columns


def _transposed(matrix: Matrix) -> Matrix:
    return list(zip(*matrix, strict=True))


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _determinant(matrix: Matrix) -> float:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def _solve(matrix: Matrix, vector: Sequence[float]) -> tuple[float, float, float]:
    """Return what the 3 × 3 `matrix` turns into `vector`, by Cramer's rule."""
    columns, whole = _transposed(matrix), _determinant(matrix)
    first, second, third = (
        _determinant(_transposed([*columns[:number], vector, *columns[number + 1 :]])) / whole for number in range(3)
    )
    return first, second, third


def check_profile(profile: bytes) -> None:
    """Raise UnknownColourError for an ICC profile that says by its `cicp` tag that the picture is in HDR."""
    for number in range(min(int.from_bytes(profile[128:132], "big"), 200)):
        name, at, size = struct.unpack_from(">4sII", profile.ljust(132 + 12 * 200, b"\0"), 132 + 12 * number)
        if name == b"cicp" and size >= 12 and set(profile[at + 9 : at + 10]) & HDR_TRANSFERS:
            raise UnknownColourError
