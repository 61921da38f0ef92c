"""The child process that decodes an upload: `python -m content.images.decode <what> <folder> <cut>`, upload on stdin.

Whatever is in the file, only this process decodes it: it limits its own memory, time and output, has no settings and
no database, and leaves nothing but newly encoded pictures and one line of JSON. `what` is `all` (the original and its
renditions) or `renditions`; `cut` is `specs.Cut` as JSON.
"""

import contextlib
import hashlib
import io
import json
import re
import resource
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from PIL import AvifImagePlugin, ExifTags, Image, ImageChops, JpegImagePlugin, WebPImagePlugin

from . import render, specs

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


class DecodeRefusedError(Exception):
    """The upload is refused; the message is the reason, a key of `ingest.MESSAGES`."""


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


def open_upload(upload: BinaryIO) -> Image.Image:
    """Return the picture, not decoded yet; raises DecodeRefusedError for no picture or too large a one."""
    kind = specs.detect_format(upload.read(64))
    upload.seek(0)
    if kind is None:
        raise DecodeRefusedError("unknown")
    if kind == "HEIF":
        import pillow_heif  # noqa: PLC0415  0.1 s and 40 MB that only HEIC needs

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
    if kind == "PNG":
        with Image.open(upload, formats=["PNG"]) as picture:
            check_size(picture.size, kind)
            picture.verify()  # the checksums, which decoding leaves out
        upload.seek(0)
    if kind == "WEBP" and (announced := WebPImagePlugin._get_size(upload.read(30))):
        check_size(announced, kind)  # opening reserves memory for the whole picture
    upload.seek(0)
    picture = Image.open(upload, formats=[kind])
    check_size(picture.size, kind)
    return picture


def check_size(size: tuple[int, int], kind: str) -> None:
    """Raise DecodeRefusedError for a picture of `size` (pixels) that is too large, too small or a strip."""
    if size[0] * size[1] > (specs.MAX_PIXELS_JPEG if kind == "JPEG" else specs.MAX_PIXELS):
        raise DecodeRefusedError("many_pixels")
    if max(size) > specs.MAX_ASPECT_RATIO * min(size):
        raise DecodeRefusedError("strip")
    if min(size) < specs.MIN_SIDE:
        raise DecodeRefusedError("small")


def check_scans(size: tuple[int, int], upload: BinaryIO) -> None:
    """Raise DecodeRefusedError for a JPEG with so many scans of `size` (pixels) that it takes minutes."""
    upload.seek(0)
    scans = upload.read().count(b"\xff\xda")
    if scans > specs.MAX_SCANS or scans * size[0] * size[1] > specs.MAX_SCANNED_PIXELS:
        raise DecodeRefusedError("heavy")


def shrink_while_loading(picture: JpegImagePlugin.JpegImageFile) -> None:
    """Let the decoder halve a JPEG of too many pixels."""
    width, height = picture.size
    if width * height > specs.MAX_STORED_PIXELS:
        picture.draft(None, (width // 2, height // 2))


def normalise(upload: BinaryIO) -> tuple[Image.Image, str | None]:
    """Return the picture upright, in 8-bit sRGB without metadata, and its capture date (YYYY-MM-DD) or None."""
    picture = open_upload(upload)
    captured_on, orientation = read_metadata(picture)
    profile = picture.info.get("icc_profile")
    is_inverted = picture.mode == "CMYK" and "adobe" not in picture.info
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        check_scans(picture.size, upload)
        shrink_while_loading(picture)
    picture = load_first_frame(picture)
    while picture.width * picture.height > specs.MAX_STORED_PIXELS:
        picture = picture.reduce(2)
    if is_inverted:  # Pillow treats every CMYK JPEG as Adobe's, which are stored inverted
        picture = ImageChops.invert(picture)
    picture = to_srgb(to_eight_bit(picture), profile)
    if orientation in TRANSPOSE_BY_ORIENTATION:
        picture = picture.transpose(TRANSPOSE_BY_ORIENTATION[orientation])
    picture.info = {}  # or Pillow would write comments and profiles into the output
    return picture, captured_on


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
        exif = picture.getexif()
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


def to_eight_bit(picture: Image.Image) -> Image.Image:
    """Return the picture in L, RGB or CMYK with 8 bits a channel, transparency on white."""
    if picture.mode.startswith(("I", "F")):
        maximum = 65535 if picture.mode != "F" else 1.0
        return picture.convert("F").point(lambda value: value * (255 / maximum) + 0.5).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        background = Image.new("RGB", picture.size, "white")
        background.paste(picture, mask=picture.getchannel("A"))
        return background
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB in sRGB; a profile that can't be used is ignored."""
    if profile:
        from PIL import ImageCms  # noqa: PLC0415  only pictures with a profile need it

        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                picture, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )  # fmt: skip
            if converted is not None:
                return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def write(picture: Image.Image, folder: Path, *, with_original: bool) -> dict[str, Any]:
    """Write the pictures into `folder` and return their facts; raises OSError if there is no room."""
    facts: dict[str, Any] = {"width": picture.width, "height": picture.height}
    if with_original:
        original = folder / "original.jpg"
        picture.save(original, "JPEG", **specs.ORIGINAL)
        facts["sha256"] = hashlib.sha256(original.read_bytes()).hexdigest()
    (folder / "renditions").mkdir()
    render.write_renditions(picture, folder / "renditions")
    return facts


def process(what: str, folder: Path, upload: BinaryIO, cut: specs.Cut = specs.NO_CUT) -> dict[str, Any]:
    """Return the picture's facts, or `refused` with the reason; renditions leave out what is `cut` from the edges."""
    try:
        picture, captured_on = normalise(upload)
        if cut != specs.NO_CUT:
            picture = picture.crop(specs.crop_box(picture.size, cut))
    except DecodeRefusedError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception:  # decoders raise nearly every exception for a file that they can't read
        return {"refused": "damaged"}
    try:
        return {**write(picture, folder, with_original=what == "all"), "captured_on": captured_on}
    except MemoryError:
        return {"refused": "heavy"}
    except OSError:
        return {"refused": "no_room"}


if __name__ == "__main__":
    limit_self()
    sys.stdout.write(
        json.dumps(process(sys.argv[1], Path(sys.argv[2]), sys.stdin.buffer, tuple(json.loads(sys.argv[3]))))
    )
