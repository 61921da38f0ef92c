"""Where the picture in a JPEG ends, how much work it is, and whether its last bytes are missing."""

import re
import struct
from dataclasses import dataclass

END = b"\xff\xd9"
START_OF_SCAN = 0xDA
#: A marker that ends the picture or has a length after it: not a zero, a restart, a start or filling.
MARKER = re.compile(rb"\xff+([^\x00\x01\xd0-\xd8\xff])", re.DOTALL)
#: What could have stood where the file was cut: a picture that depends on it is not whole.
POSSIBLE_ENDINGS = (END, b"\x55" * 256 + END)


@dataclass(frozen=True)
class JpegSurvey:
    """Where the picture ends, in bytes, the number of its scans, and whether it says itself that it ends there."""

    end: int
    scans: int
    has_end: bool


def survey(data: bytes) -> JpegSurvey:
    """Follow the markers of a JPEG to the end of its picture; what comes after, such as a film, is never decoded."""
    scans, at = 0, 2
    while match := MARKER.search(data, at):
        marker, at = match[1][0], match.end()
        if marker == END[1]:
            return JpegSurvey(at, scans, has_end=True)
        scans += marker == START_OF_SCAN
        if at + 2 > len(data):
            break
        at += max(2, struct.unpack_from(">H", data, at)[0])
    return JpegSurvey(len(data), scans, has_end=False)
