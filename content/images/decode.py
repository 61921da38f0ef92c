"""The child that opens an upload: `python -m content.images.decode <what> <folder> <cut>`, the upload on its input.

Whatever is in the file, only this process meets it: it limits its own memory, time and output, knows no settings and
no database, and leaves nothing but freshly encoded pictures and one line of JSON. `what` is `all` (the original and its
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
    """The upload is not taken in; its text is the reason, a key of `ingest.MESSAGES`."""


def limit_self() -> None:
    """No more memory, time or output than the largest honest photograph needs; no dump of it if this process dies."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    least = min((each for each in resource.getrlimit(resource.RLIMIT_FSIZE) if each >= 0), default=MAX_OUTPUT)
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(MAX_OUTPUT, least), most))
    signal.alarm(specs.MAX_WALL_SECONDS)  # also when whoever started this is gone
    Image.MAX_IMAGE_PIXELS = None  # `check_size` refuses sooner, and differently for each format
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread would reserve memory of its own


def open_upload(upload: BinaryIO) -> Image.Image:
    """The picture, nothing of it decoded yet; raises RefusedError for what is none or too large."""
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
    """Raise RefusedError for a picture of `size` (pixels) that is too large, too small or a strip."""
    if size[0] * size[1] > (specs.MAX_PIXELS_JPEG if kind == "JPEG" else specs.MAX_PIXELS):
        raise DecodeRefusedError("many_pixels")
    if max(size) > specs.MAX_ASPECT_RATIO * min(size):
        raise DecodeRefusedError("strip")
    if min(size) < specs.MIN_SIDE:
        raise DecodeRefusedError("small")


def check_scans(size: tuple[int, int], upload: BinaryIO) -> None:
    """Raise RefusedError for a JPEG that paints `size` (pixels) over and over, which takes minutes."""
    upload.seek(0)
    scans = upload.read().count(b"\xff\xda")
    if scans > specs.MAX_SCANS or scans * size[0] * size[1] > specs.MAX_SCANNED_PIXELS:
        raise DecodeRefusedError("heavy")


def shrink_while_loading(picture: JpegImagePlugin.JpegImageFile) -> None:
    """Let the decoder halve a JPEG of many pixels."""
    width, height = picture.size
    if width * height > specs.MAX_STORED_PIXELS:
        picture.draft(None, (width // 2, height // 2))


def normalise(upload: BinaryIO) -> tuple[Image.Image, str | None]:
    """The picture upright, in sRGB, 8-bit RGB and without any metadata, and its capture date (YYYY-MM-DD) if said."""
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
    if is_inverted:  # Pillow takes every CMYK JPEG for one of Adobe's, which store the opposite
        picture = ImageChops.invert(picture)
    picture = to_srgb(to_eight_bit(picture), profile)
    if orientation in TRANSPOSE_BY_ORIENTATION:
        picture = picture.transpose(TRANSPOSE_BY_ORIENTATION[orientation])
    picture.info = {}  # else Pillow would write comments and profiles again
    return picture, captured_on


def load_first_frame(picture: Image.Image) -> Image.Image:
    """The first frame, decoded. WebP by hand: Pillow would hold the picture four times, 800 MB at 50 megapixels."""
    if not isinstance(picture, WebPImagePlugin.WebPImageFile):
        picture.load()
        return picture
    info, size, raw = picture.info, picture.size, picture.rawmode
    frame = picture._decoder.get_next()
    if frame is None:
        raise DecodeRefusedError("damaged")
    del picture
    fresh = Image.frombuffer("RGBA" if raw == "RGBA" else "RGB", size, frame[0], "raw", raw, 0, 1)
    fresh.info = dict(info)
    return fresh


def read_metadata(picture: Image.Image) -> tuple[str | None, int]:
    """The capture date (YYYY-MM-DD or None) and the EXIF orientation (1 to 8) that the file states."""
    try:
        exif = picture.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        said = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    except Exception:  # metadata may be broken in any way; the picture is none the worse for it
        return None, 1
    return _exif_date(said), orientation if isinstance(orientation, int) else 1


def _exif_date(said: object) -> str | None:
    found = re.match(r"(\d{4}):(\d\d):(\d\d)", said) if isinstance(said, str) else None
    with contextlib.suppress(ValueError):
        return date(*[int(part) for part in found.groups()]).isoformat() if found else None
    return None


def to_eight_bit(picture: Image.Image) -> Image.Image:
    """The picture in L, RGB or CMYK with 8 bits a channel; what is transparent becomes white."""
    if picture.mode.startswith(("I", "F")):
        deepest = 65535 if picture.mode != "F" else 1.0
        return picture.convert("F").point(lambda value: value * (255 / deepest) + 0.5).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB in the sRGB colours; a profile that can't be used is left aside."""
    if profile:
        from PIL import ImageCms  # noqa: PLC0415  only pictures with a profile need it

        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(
                picture, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )  # fmt: skip
            if changed is not None:
                return changed
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def write(picture: Image.Image, folder: Path, *, with_original: bool) -> dict[str, Any]:
    """Write the pictures into `folder` and return the facts; raises OSError where there is no room."""
    facts: dict[str, Any] = {"width": picture.width, "height": picture.height}
    if with_original:
        kept = folder / "original.jpg"
        picture.save(kept, "JPEG", **specs.ORIGINAL)
        facts["sha256"] = hashlib.sha256(kept.read_bytes()).hexdigest()
    (folder / "renditions").mkdir()
    render.write_renditions(picture, folder / "renditions")
    return facts


def process(what: str, folder: Path, upload: BinaryIO, cut: specs.Cut = specs.NO_CUT) -> dict[str, Any]:
    """The facts of the picture, or `refused` with the reason; renditions lack what is `cut` away from the edges."""
    try:
        picture, captured_on = normalise(upload)
        if cut != specs.NO_CUT:
            picture = picture.crop(specs.crop_box(picture.size, cut))
    except DecodeRefusedError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception:  # the decoders raise nearly every kind, each for a file that they can't read
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
