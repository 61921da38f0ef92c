"""Opens an upload by what it is, whatever it is called: each format with its limits and its description of colour."""

import hashlib
import io
from collections.abc import Callable
from typing import NamedTuple

from PIL import ExifTags, Image, JpegImagePlugin, WebPImagePlugin

from . import heif_boxes, jpeg_segments, png_chunks, specs
from .colour import ADOBE_RGB, ADOBE_RGB_CURVE
from .icc_profile import UnknownColourError, check_profile, matrix_profile

INTEROPERABILITY_INDEX = 1  # the EXIF field
ADOBE_RGB_FILE = "R03"  # what cameras write there for Adobe RGB, often without an ICC profile
FILM_BRANDS = {b"isom", b"iso2", b"mp41", b"mp42", b"qt  ", b"M4V ", b"avc1", b"3gp4", b"3gp5", b"3g2a", b"msf1"}
FILM_BRANDS |= {b"avis", b"hevc", b"hevx"}
AVIF_BRANDS = {b"avif", b"avis"}


class DecodeRefusedError(Exception):
    """The upload is refused; the message is the reason, a key of `ingest.MESSAGES`."""


class OpenedUpload(NamedTuple):
    """A picture, mostly not decoded yet, the ICC profile of its colours, and what staff should know of its file."""

    picture: Image.Image
    profile: bytes | None
    notes: tuple[str, ...] = ()


def open_upload(data: bytes) -> OpenedUpload:
    """Return the picture in a file; raises DecodeRefusedError for none, or one that is too large or too odd."""
    opener = OPENERS.get(specs.container(data[:64]))
    if opener is None:
        raise DecodeRefusedError("unknown" if data else "empty")
    try:
        opened = opener(data)
        if opened.profile:
            check_profile(opened.profile)
    except UnknownColourError:
        raise DecodeRefusedError("colours") from None
    return opened


def check_size(size: tuple[int, int], kind: str) -> None:
    """Raise DecodeRefusedError for a picture of `size` (pixels) that is too large, too small or a strip."""
    if size[0] * size[1] > (specs.MAX_PIXELS_JPEG if kind == "JPEG" else specs.MAX_PIXELS):
        raise DecodeRefusedError("many_pixels")
    if max(size) > specs.MAX_ASPECT_RATIO * min(size):
        raise DecodeRefusedError("strip")
    if min(size) < specs.MIN_SIDE:
        raise DecodeRefusedError("small")


def unreadable_reason(data: bytes) -> str:
    """Return why no decoder could read a file: it is cut off, or nobody knows."""
    kind = specs.container(data[:64])
    is_cut_off = (
        (kind == "JPEG" and not jpeg_segments.survey(data).has_end)
        or (kind == "WEBP" and int.from_bytes(data[4:8], "little") + 8 > len(data))
        or (kind == "boxes" and heif_boxes.is_cut_off(data))
    )
    return "damaged" if is_cut_off else "unusual"


# --- JPEG ------------------------------------------------------------------------------------------------------------


def open_jpeg(data: bytes) -> OpenedUpload:
    """Open a JPEG without what follows its picture."""
    survey = jpeg_segments.survey(data)
    if not survey.has_end:
        return _open_cut_off_jpeg(data.removesuffix(b"\xff"), survey.scans)
    picture = _jpeg(data[: survey.end], survey.scans)
    return OpenedUpload(picture, picture.info.get("icc_profile") or _camera_profile(picture))


def _jpeg(data: bytes, scans: int) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=["JPEG"])
    check_size(picture.size, "JPEG")
    pixels = picture.width * picture.height
    if scans > specs.MAX_SCANS or scans * pixels > specs.MAX_SCANNED_PIXELS:
        raise DecodeRefusedError("heavy")
    if pixels > specs.MAX_STORED_PIXELS and isinstance(picture, JpegImagePlugin.JpegImageFile):
        picture.draft(None, (picture.width // 2, picture.height // 2))
    return picture


def _open_cut_off_jpeg(data: bytes, scans: int) -> OpenedUpload:
    """Open a JPEG without its end, but only if the missing bytes can't have been part of the picture.

    A decoder fills what is missing with a colour, and nobody may take that for skin.
    """
    digests = set()
    for ending in jpeg_segments.POSSIBLE_ENDINGS:
        picture = _jpeg(data + ending, scans)
        picture.load()
        digests.add(hashlib.sha256(picture.tobytes()).digest())
    if len(digests) > 1:
        raise DecodeRefusedError("damaged")
    return OpenedUpload(picture, picture.info.get("icc_profile") or _camera_profile(picture), ("cut_off",))


def _camera_profile(picture: Image.Image) -> bytes | None:
    """Return the profile that a camera names in EXIF alone."""
    try:
        index = picture.getexif().get_ifd(ExifTags.IFD.Interop).get(INTEROPERABILITY_INDEX)
    except Exception:  # broken metadata can raise anything, and doesn't matter to the picture
        return None
    is_adobe = isinstance(index, str) and index.rstrip("\0 ") == ADOBE_RGB_FILE
    return matrix_profile(ADOBE_RGB, ADOBE_RGB_CURVE) if is_adobe else None


# --- PNG, WebP -------------------------------------------------------------------------------------------------------


def open_png(data: bytes) -> OpenedUpload:
    """Open a PNG without its texts."""
    try:
        reduced = png_chunks.reduce_png(data)
    except png_chunks.DamagedPngError:
        raise DecodeRefusedError("damaged") from None
    picture = Image.open(io.BytesIO(reduced.file), formats=["PNG"])
    check_size(picture.size, "PNG")
    return OpenedUpload(picture, reduced.profile(), _notes_of_frames(reduced))


def open_webp(data: bytes) -> OpenedUpload:
    """Open a WebP of a size that is announced, since opening reserves memory for the whole picture."""
    if announced := WebPImagePlugin._get_size(data[:30]):
        check_size(announced, "WEBP")
    picture = Image.open(io.BytesIO(data), formats=["WEBP"])
    check_size(picture.size, "WEBP")
    return OpenedUpload(picture, picture.info.get("icc_profile"), _notes_of_frames(picture))


def _notes_of_frames(picture: object) -> tuple[str, ...]:
    return ("one_of_several",) if getattr(picture, "is_animated", False) else ()


# --- HEIC, AVIF ------------------------------------------------------------------------------------------------------


def open_heif_or_avif(data: bytes) -> OpenedUpload:
    """Open what is in boxes by the first decoder that accepts it."""
    brands = heif_boxes.brands(data)
    for kind in ("AVIF", "HEIF") if brands & AVIF_BRANDS else ("HEIF", "AVIF"):
        if kind == "HEIF":
            import pillow_heif  # noqa: PLC0415  0.1 s and 40 MB that only HEIC needs

            pillow_heif.options.DECODE_THREADS = 1
            pillow_heif.register_heif_opener()
        for variant in heif_boxes.variants(data):
            try:
                picture = Image.open(io.BytesIO(variant), formats=[kind])
            except (OSError, ValueError, SyntaxError):
                continue
            check_size(picture.size, kind)
            profile = picture.info.get("icc_profile") or _coded_profile(data)
            return OpenedUpload(picture, profile, _notes_of_frames(picture))
    is_film = brands & FILM_BRANDS and not heif_boxes.is_cut_off(data)
    raise DecodeRefusedError("film" if is_film else unreadable_reason(data))


def _coded_profile(data: bytes) -> bytes | None:
    coded = heif_boxes.coded_colour(data)
    return coded.profile(is_video_curve_srgb=True) if coded else None


OPENERS: dict[str | None, Callable[[bytes], OpenedUpload]] = {
    "JPEG": open_jpeg,
    "PNG": open_png,
    "WEBP": open_webp,
    "boxes": open_heif_or_avif,
}
