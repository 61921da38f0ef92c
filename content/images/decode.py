"""The child process that decodes an upload: `python -m content.images.decode <what> <folder> <cut>`, upload on stdin.

Whatever is in the file, only this process decodes it: it limits its own memory, time and output, has no settings and
no database, and leaves nothing but newly encoded pictures, without metadata (place, device, name), and a line of JSON.
`what` is `original`, `renditions` or `all`; `cut` is `specs.Cut` as JSON.
"""

import contextlib
import hashlib
import json
import math
import re
import resource
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from PIL import AvifImagePlugin, ExifTags, Image, ImageChops, WebPImagePlugin

from . import render, specs
from .colour import on_white
from .uploads import DecodeRefusedError, open_upload, unreadable_reason

MAX_MEMORY = 768 * 1024 * 1024  # bytes of address space: a 48-megapixel HEIC takes 597 MB
CPU_SECONDS = 20
MAX_OUTPUT = 64 * 1024 * 1024  # bytes in one file

TRANSPOSE_BY_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def limit_self() -> None:
    """Limit memory, time and output to what the largest honest photograph needs, and disable core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    soft_limit = min((limit for limit in resource.getrlimit(resource.RLIMIT_FSIZE) if limit >= 0), default=MAX_OUTPUT)
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(MAX_OUTPUT, soft_limit), hard_limit))
    signal.alarm(specs.MAX_WALL_SECONDS)  # even if the parent process is gone
    Image.MAX_IMAGE_PIXELS = None  # `check_size` has stricter limits for each format
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread would reserve memory of its own


def normalise(data: bytes) -> tuple[Image.Image, dict[str, Any]]:
    """Return the picture upright, in 8-bit sRGB without metadata, and its facts: when it was taken, notes for staff."""
    picture, profile, notes = open_upload(data)
    captured_on, orientation = read_metadata(picture)
    is_inverted = picture.mode == "CMYK" and "adobe" not in picture.info
    picture = load_first_frame(picture)
    while picture.width * picture.height > specs.MAX_STORED_PIXELS:
        picture = picture.reduce(2)
    if is_inverted:  # Pillow treats every CMYK JPEG as Adobe's, which are stored inverted
        picture = ImageChops.invert(picture)
    picture = on_white(picture, profile)
    if orientation in TRANSPOSE_BY_ORIENTATION:
        picture = picture.transpose(TRANSPOSE_BY_ORIENTATION[orientation])
    picture.info = {}  # or Pillow would write comments and profiles into the output
    return picture, {"captured_on": captured_on, "notes": notes}


def load_first_frame(picture: Image.Image) -> Image.Image:
    """Return the first frame, decoded.

    WebP is decoded by hand, as Pillow would hold a picture four times: 800 MB at 50 megapixels.
    """
    if not isinstance(picture, WebPImagePlugin.WebPImageFile):
        picture.load()
        return picture
    info, size, raw = picture.info, picture.size, picture.rawmode
    frame = picture._decoder.get_next()
    if frame is None:
        raise DecodeRefusedError("damaged")
    del picture
    loaded = Image.frombuffer("RGBA" if raw == "RGBA" else "RGB", size, frame[0], "raw", raw, 0, 1)
    loaded.info = dict(info)
    return loaded


def read_metadata(picture: Image.Image) -> tuple[str | None, int]:
    """Return the capture date (YYYY-MM-DD or None) and the EXIF orientation (1 to 8) that the file states."""
    try:
        exif = Image.Exif()  # not `getexif`, which takes an orientation from XMP, as no browser does
        exif.load(picture.info.get("exif", b""))
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        captured_at = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    except Exception:  # broken metadata can raise anything, and doesn't matter to the picture
        return None, 1
    return _exif_date(captured_at), orientation if isinstance(orientation, int) else 1


def _exif_date(value: object) -> str | None:
    match = re.match(r"(\d{4}):(\d\d):(\d\d)", value) if isinstance(value, str) else None
    with contextlib.suppress(ValueError):
        return date(*[int(part) for part in match.groups()]).isoformat() if match else None
    return None


def tilted(picture: Image.Image, tilt: float) -> Image.Image:
    """Return a picture of the same size, tilted to the right by degrees and enlarged so that no corner is empty."""
    scale, angle = specs.tilt_scale(picture.size, tilt), math.radians(tilt)
    cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
    x, y = picture.width / 2, picture.height / 2
    from_here = (cosine, sine, x - cosine * x - sine * y, -sine, cosine, y + sine * x - cosine * y)
    return picture.transform(picture.size, Image.Transform.AFFINE, from_here, Image.Resampling.BICUBIC)


def write(picture: Image.Image, folder: Path, what: str) -> dict[str, Any]:
    """Write `what` into `folder` and return the facts of it; raises OSError if there is no room."""
    facts: dict[str, Any] = {"width": picture.width, "height": picture.height}
    if what != "renditions":
        original = folder / "original.jpg"
        picture.save(original, "JPEG", **specs.ORIGINAL)
        facts["sha256"] = hashlib.sha256(original.read_bytes()).hexdigest()
    if what != "original":
        (folder / "renditions").mkdir()
        render.write_renditions(picture, folder / "renditions")
    return facts


def process(what: str, folder: Path, upload: BinaryIO, cut: specs.Cut = specs.NO_CUT) -> dict[str, Any]:
    """Return the picture's facts, or `refused` with the reason; renditions leave out what is `cut` from the edges."""
    data = upload.read()
    try:
        picture, said = normalise(data)
        if cut.turned:
            picture = picture.transpose(render.TRANSPOSE_BY_DEGREES[cut.turned])
        if cut.tilt:
            picture = tilted(picture, cut.tilt)
        if cut != specs.NO_CUT:
            picture = picture.crop(specs.crop_box(picture.size, cut))
    except DecodeRefusedError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception:  # decoders raise nearly every exception for a file that they can't read
        return {"refused": unreadable_reason(data)}
    del data
    try:
        return {**write(picture, folder, what), **said}
    except MemoryError:
        return {"refused": "heavy"}
    except OSError:
        return {"refused": "no_room"}


if __name__ == "__main__":
    limit_self()
    sys.stdout.write(
        json.dumps(process(sys.argv[1], Path(sys.argv[2]), sys.stdin.buffer, specs.Cut(*json.loads(sys.argv[3]))))
    )
