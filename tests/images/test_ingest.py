"""What may come in, under whatever name, and what becomes of it: upright, in true colours, without a trace of where."""

import io
import random
import re
import resource
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageStat

from content.images import specs, storage
from content.images.ingest import MESSAGES, NOTES, UploadRefusedError, display_name, ingest
from content.images.models import Photo

from . import samples
from .conftest import NOW, left, take_in

DISGUISED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj",
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "php": b"<?php system($_GET['c']); ?>",
    "zip": b"PK\x03\x04" + bytes(60),
    "gif": b"GIF89a" + bytes(60),
    "bmp": b"BM" + bytes(60),
    "tiff": b"II*\0" + bytes(60),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "nothing": bytes(100),
}
NAMES = [
    "x" * 251 + ".jpg", "\u202egpj.exe", "a\0b.jpg", "../../../etc/passwd.jpg", "..\\..\\boot.jpg", "/abs.jpg",
    "<img src=x onerror=alert(1)>.jpg", "a\r\nSet-Cookie: b.jpg", "", "con.jpg", "é\u0301😀.jpg",
]  # fmt: skip


def refusal(data: bytes, name: str = "photo.jpg") -> UploadRefusedError:
    """The refusal of this upload."""
    with pytest.raises(UploadRefusedError) as caught:
        take_in(data, name)
    return caught.value


@pytest.mark.parametrize("disguised", DISGUISED)
def test_what_is_no_photograph_is_refused_under_every_name_and_type(disguised: str, var: Path) -> None:
    for suffix in ("jpg", "png", "webp", "avif", "heic", "svg", "html"):
        for declared in ("image/jpeg", "image/svg+xml", "text/html"):
            file = SimpleUploadedFile(f"photo.{suffix}", DISGUISED[disguised], declared)
            with pytest.raises(UploadRefusedError, match=r"^“photo\.\w+” is not a photograph"):
                ingest(file, now=NOW)
    assert left(var) == []
    assert Photo.objects.count() == 0


def test_empty_file_is_said_to_be_empty(var: Path) -> None:
    assert str(refusal(b"", "IMG_1.heic")) == (
        "“IMG_1.heic” is empty: if it is kept in the cloud, download it to this device first, then upload it."
    )
    assert left(var) == []


def test_motion_photo_is_kept_without_its_film(var: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + b"\xff\xda film " * 1_000 + bytes(6_000_000)
    photo = take_in(samples.saved(samples.quarters(), "jpg", progressive=True) + film)
    check_quarters(photo)
    assert photo.upload_notes == ()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}])
def test_jpeg_without_its_end_is_kept_if_no_pixel_is_missing(options: dict[str, object], var: Path) -> None:
    data = samples.saved(samples.skin(), "jpg", **options)
    for missing in (1, 2):
        photo = take_in(data[:-missing])
        assert photo.upload_notes == (NOTES["cut_off"],)
        with Image.open(io.BytesIO(data)) as whole, Image.open(storage.original_path(photo.token)) as kept:
            assert max(ImageStat.Stat(ImageChops.difference(whole.convert("RGB"), kept)).mean) < 3
    for missing in (5, 12, 200, len(data) // 3):
        assert refusal(data[:-missing]).reason == "damaged"


def test_one_of_several_pictures_is_kept_with_a_note(var: Path) -> None:
    moving = samples.saved(samples.quarters(), "webp", save_all=True, append_images=[samples.skin()])
    assert take_in(moving).upload_notes == (NOTES["one_of_several"],)


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_a_photograph_is_known_by_its_bytes_whatever_it_is_called(kind: str, var: Path) -> None:
    data = samples.saved(samples.quarters(), kind)
    for name, declared in (("photo.txt", "text/html"), (f"photo.{kind}", "image/svg+xml")):
        photo = ingest(SimpleUploadedFile(name, data, declared), now=NOW)
        assert photo.size == samples.SIZE
        with Image.open(storage.original_path(photo.token)) as kept:
            assert kept.format == "JPEG"


@pytest.mark.parametrize("name", NAMES)
def test_file_name_is_used_only_in_messages_and_escaped(name: str, var: Path) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"), name)
    assert re.fullmatch("[0-9a-f]{32}", photo.token)
    files = left(var)
    assert len(files) == 1 + len(specs.FORMATS)  # 480 pixels wide: one width
    assert all(photo.token in file for file in files)
    sentence = str(refusal(b"GIF89a", name))
    assert len(sentence) < 250
    assert sentence.isprintable()
    assert "/" not in sentence.split("”", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("before\u00a01\u202fJan\u30002027.jpg", "before 1 Jan 2027.jpg"),
        ("می\u200cخواهم.jpg", "می\u200cخواهم.jpg"),
        ("\u2067gpj\u202e.exe", "gpj.exe"),
    ],
    ids=ascii,
)
def test_file_name_is_shown_as_it_reads(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_two_uploads_of_one_photograph_share_no_name(var: Path) -> None:
    data = samples.saved(samples.quarters(), "jpg")
    first, second = take_in(data), take_in(data)
    assert first.token != second.token
    assert first.sha256 == second.sha256


def test_an_upload_above_30_mb_is_refused_whatever_it_holds(var: Path) -> None:
    data = samples.saved(samples.quarters(), "jpg")
    take_in(data + bytes(specs.MAX_BYTES - len(data)))
    assert refusal(data + bytes(specs.MAX_BYTES - len(data) + 1)).reason == "many_bytes"
    assert Photo.objects.count() == 1


# --- odd but legal ---------------------------------------------------------------------------------------------------


def check_quarters(photo: Photo, tolerance: int = 14) -> None:
    """The original and every rendition are the right way up and in the right colours."""
    files = [storage.original_path(photo.token), *storage.renditions_folder(photo.token).rglob("*.*")]
    assert len(files) > 3
    for file in files:
        with Image.open(file) as picture:
            assert picture.mode == "RGB"
            assert picture.width > picture.height
            for corner, colour in samples.corners(picture).items():
                far = max(abs(a - b) for a, b in zip(colour, samples.COLOURS[corner], strict=True))
                assert far <= tolerance, (file.name, corner, colour)


@pytest.mark.parametrize("kind", samples.FORMATS)
@pytest.mark.parametrize("orientation", samples.STORED)
def test_every_orientation_ends_upright(kind: str, orientation: int, var: Path) -> None:
    photo = take_in(samples.turned(kind, orientation))
    assert photo.size == samples.SIZE
    check_quarters(photo)


def odd_pictures() -> dict[str, bytes]:
    """Pictures that a decoder easily gets wrong, each showing the four quarters."""
    picture = samples.quarters()
    cmyk = picture.convert("CMYK")
    see_through = picture.copy()
    see_through.putalpha(255)
    return {
        "cmyk-adobe": samples.saved(cmyk, "jpg", quality=95),
        "cmyk-plain": samples.without_adobe(samples.saved(ImageChops.invert(cmyk), "jpg", quality=95)),
        "progressive": samples.saved(picture, "jpg", progressive=True),
        "palette": samples.saved(picture.quantize(8), "png"),
        "rgba": samples.saved(see_through, "png"),
        "mpo": samples.saved(picture, "MPO", save_all=True, append_images=[samples.skin()]),
        "tables": samples.saved(picture, "jpg", subsampling=1, optimize=True),
        "lossless": samples.saved(picture, "webp", lossless=True),
        "moving": samples.saved(picture, "webp", save_all=True, append_images=[samples.skin()]),
    }


ODD = odd_pictures()


@pytest.mark.parametrize("name", ODD)
def test_an_odd_picture_keeps_its_colours(name: str, var: Path) -> None:
    check_quarters(take_in(ODD[name]))


def test_sixteen_bits_and_grey_with_transparency_keep_their_tones(var: Path) -> None:
    deep = Image.new("I;16", (400, 400), 32896)
    grey = Image.new("LA", (400, 400), (128, 255))
    clear = Image.new("LA", (400, 400), (0, 0))
    for picture, tone in ((deep, 128), (grey, 128), (clear, 255)):
        with Image.open(storage.original_path(take_in(samples.saved(picture, "png")).token)) as kept:
            assert kept.mode == "RGB"
            assert all(abs(value - tone) <= 2 for value in kept.getpixel((200, 200)))


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_display_p3_becomes_srgb(kind: str, var: Path) -> None:
    picture = Image.new("RGB", (400, 400), (234, 51, 35))  # pure sRGB red in the wider space
    photo = take_in(samples.saved(picture, kind, icc_profile=samples.display_p3()))
    with Image.open(storage.original_path(photo.token)) as kept:
        red, green, blue = kept.getpixel((200, 200))
        assert red >= 250
        assert green <= 12
        assert blue <= 12
        assert "icc_profile" not in kept.info


@pytest.mark.parametrize("is_adobe", [True, False])
def test_a_cmyk_profile_says_what_its_inks_look_like(is_adobe: bool, var: Path) -> None:  # noqa: FBT001  pytest passes it by name
    inks = Image.new("CMYK", (400, 400), (255, 0, 0, 0))  # a magenta, by this profile
    inks.paste((0, 255, 255, 0), (200, 0, 400, 400))  # a green
    profile = samples.swapped_inks()
    if is_adobe:
        data = samples.saved(inks, "jpg", quality=95, icc_profile=profile)
    else:
        data = samples.without_adobe(samples.saved(ImageChops.invert(inks), "jpg", quality=95, icc_profile=profile))
    photo = take_in(data)
    for path in (storage.original_path(photo.token), *storage.renditions_folder(photo.token).rglob("*.*")):
        with Image.open(path) as kept:
            assert kept.mode == "RGB"
            for place, colour in ((0.25, (255, 0, 255)), (0.75, (0, 255, 0))):
                found = kept.getpixel((round(kept.width * place), kept.height // 2))
                assert all(abs(a - b) <= 16 for a, b in zip(found, colour, strict=True)), (path.name, found)


def test_a_broken_profile_is_left_aside(var: Path) -> None:
    check_quarters(take_in(samples.saved(samples.quarters(), "jpg", icc_profile=b"\0" * 200)))


# --- metadata --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_no_metadata_is_in_any_stored_byte(kind: str, var: Path) -> None:
    data = samples.stuffed(kind)
    assert samples.CANARY in data
    photo = take_in(data)
    assert photo.captured_on == date(2024, 2, 29)
    for path in (path for path in var.rglob("*") if path.is_file()):
        held = path.read_bytes()
        for trace in (samples.CANARY, b"Exif\0\0", b"xmpmeta", b"Photoshop", b"ICC_PROFILE", b"2024:02:29"):
            assert trace not in held, (path.name, trace)
        if path.suffix in {".jpg", ".webp", ".avif"}:
            with Image.open(path) as picture:
                assert dict(picture.getexif()) == {}
                assert not {"exif", "xmp", "icc_profile", "comment"} & {k for k, v in picture.info.items() if v}


@pytest.mark.parametrize(
    "date_text", ["0000:00:00 00:00:00", "2024:13:41 00:00:00", "yesterday", "2031:01:01 00:00:00", ""]
)
def test_a_date_that_can_not_be_is_no_date(date_text: str, var: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = date_text
    assert take_in(samples.saved(samples.quarters(), "jpg", exif=exif.tobytes())).captured_on is None


# --- the disk --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 2_000, 40_000])
def test_a_full_disk_leaves_nothing_and_says_so(room: int, var: Path) -> None:
    data = samples.saved(samples.skin((700, 500)), "jpg", quality=30)
    take_in(data)
    before = left(var)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        refused = refusal(data)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.reason == "no_room"
    assert left(var) == before
    assert Photo.objects.count() == 1


def test_sentences_name_the_file_and_end_once() -> None:
    for reason in MESSAGES:
        sentence = str(UploadRefusedError("beach.jpg", reason))
        assert sentence.startswith("“beach.jpg” ")
        assert sentence.count(". ") == 0
        assert sentence.endswith(".")


def test_a_third_upload_waits_for_its_turn(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from content.images import ingest as room

    monkeypatch.setattr(room, "SLOT_TIMEOUT", 0.3)
    data = samples.saved(samples.quarters(), "jpg")
    with room.decoder_slot(), room.decoder_slot():
        assert refusal(data).reason == "busy"
    assert take_in(data).pk


def test_bits_of_a_photograph_come_out_as_they_went_in(var: Path) -> None:
    data = samples.saved(samples.skin((700, 500)), "png")
    photo = take_in(data)
    with Image.open(io.BytesIO(data)) as before, Image.open(storage.original_path(photo.token)) as after:
        chance = random.Random(3)
        for _ in range(50):
            place = chance.randrange(700), chance.randrange(500)
            assert abs(before.getpixel(place)[0] - after.getpixel(place)[0]) < 40
