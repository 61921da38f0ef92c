"""Colours come out as a browser shows them, however the file describes them, or the file is refused with a reason."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from content.images import decode, heif_boxes
from content.images.colour import CodedColour
from content.images.uploads import DecodeRefusedError
from tests.images import coloured, samples
from tests.images.coloured import SIZE, SKIN, cicp, gamma, png, primaries

P3 = (0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)

#: What Chromium 156 shows of SKIN and GREY, read from a canvas.
PNGS = {
    "no description": (png(), SKIN, 64),
    "sRGB by code": (png(cicp(1, 13)), SKIN, 64),
    "unspecified": (png(cicp(2, 2)), SKIN, 64),
    "Display P3": (png(cicp(12, 13)), (209, 147, 115), 64),
    "BT.2020": (png(cicp(9, 13)), (227, 142, 114), 64),
    "BT.2020 of television": (png(cicp(9, 14)), (225, 136, 106), 53),
    "BT.709": (png(cicp(1, 1)), (197, 144, 113), 54),
    "gamma 2.2": (png(cicp(1, 4)), (201, 151, 121), 62),
    "gamma 2.8": (png(cicp(1, 5)), (189, 131, 98), 40),
    "SMPTE 240M": (png(cicp(1, 7)), (206, 161, 134), 81),
    "linear": (png(cicp(1, 8)), (229, 202, 183), 137),
    "NTSC of 1953": (png(cicp(4, 13)), (221, 147, 115), 64),
    "PAL": (png(cicp(5, 13)), (202, 150, 120), 64),
    "SMPTE 170M": (png(cicp(6, 13)), (197, 151, 120), 64),
    "film": (png(cicp(8, 13)), (214, 148, 115), 64),
    "cinema": (png(cicp(11, 13)), (207, 148, 115), 64),
    "EBU": (png(cicp(22, 13)), (201, 150, 120), 64),
    "gAMA 1.0": (png(gamma(100_000)), (229, 202, 183), 137),
    "gAMA 1.8": (png(gamma(55_556)), (210, 167, 139), 81),
    "gAMA of sRGB": (png(gamma(45_455)), SKIN, 64),
    "gAMA that can't be": (png(gamma(0)), SKIN, 64),
    "gAMA beside sRGB": (png(samples.chunk(b"sRGB", b"\0"), gamma(100_000)), SKIN, 64),
    "cHRM alone": (png(primaries(*P3)), SKIN, 64),
    "cHRM and gAMA": (png(primaries(*P3), gamma(45_455)), (210, 149, 116), 62),
    "code before ICC": (png(coloured.icc(samples.display_p3()), cicp(1, 13)), SKIN, 64),
    "ICC before gAMA": (png(gamma(100_000), coloured.icc(samples.display_p3())), (209, 147, 115), 64),
}
STILLS = {
    (2, 2): (SKIN, 64),
    (9, 13): ((226, 144, 114), 64),
    (12, 13): ((209, 148, 115), 64),
    (1, 1): (SKIN, 64),  # stills coded like video were made from sRGB
    (9, 14): ((226, 144, 114), 64),
    (1, 4): ((201, 152, 121), 62),
    (1, 8): ((229, 202, 183), 137),
}
#: HDR, the cinema's curve, logarithmic ones, XYZ.
REFUSED = [(9, 16), (9, 18), (1, 16), (12, 18), (1, 17), (1, 9), (1, 12), (10, 13)]


def shown(data: bytes) -> Image.Image:
    return decode.normalise(data)[0]


def reason(data: bytes) -> str:
    with pytest.raises(DecodeRefusedError) as caught:
        decode.normalise(data)
    return str(caught.value)


def check(data: bytes, skin: tuple[int, int, int], grey: int, tolerance: int = 3) -> None:
    """The two colours are as a browser shows them."""
    picture = shown(data)
    for x, wanted in ((100, skin), (300, (grey,) * 3)):
        assert all(abs(a - b) <= tolerance for a, b in zip(picture.getpixel((x, 200)), wanted, strict=True)), (
            picture.getpixel((x, 200)),
            wanted,
        )


@pytest.mark.parametrize("name", PNGS)
def test_png_is_shown_as_a_browser_shows_it(name: str) -> None:
    check(*PNGS[name])


@pytest.mark.parametrize("kind", ["avif", "heic"])
@pytest.mark.parametrize("codes", STILLS)
def test_avif_and_heic_are_shown_as_a_browser_shows_them(codes: tuple[int, int], kind: str) -> None:
    skin, grey = STILLS[codes]
    check(coloured.coded(kind, *codes), skin, grey, tolerance=4)
    assert heif_boxes.coded_colour(coloured.coded(kind, *codes)) == CodedColour(*codes)


@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_codes_that_only_the_codec_names_count_too(kind: str) -> None:
    check(coloured.coded_inside(kind, 9, 13), (226, 144, 114), 64, tolerance=4)
    assert reason(coloured.coded_inside(kind, 9, 16)) == "colours"


@pytest.mark.parametrize("codes", REFUSED)
def test_colours_that_would_change_are_refused_with_that_reason(codes: tuple[int, int]) -> None:
    assert reason(png(cicp(*codes))) == "colours"
    assert reason(coloured.coded("avif", *codes)) == "colours"
    assert reason(coloured.coded("heic", *codes)) == "colours"


def test_png_of_a_narrow_range_is_refused() -> None:
    assert reason(png(cicp(1, 13, is_full=0))) == "colours"
    assert reason(png(cicp(1, 13, matrix=1))) == "colours"


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_icc_profile_of_hdr_is_refused(kind: str) -> None:
    assert reason(samples.saved(coloured.plain(), kind, icc_profile=coloured.hdr_profile())) == "colours"
    check(samples.saved(coloured.plain(), kind, icc_profile=samples.display_p3()), (209, 147, 115), 64, tolerance=7)


@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_icc_profile_counts_more_than_codes(kind: str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = samples.saved(coloured.plain(), kind, icc_profile=srgb, **({"speed": 10} if kind == "avif" else {}))
    check(data, SKIN, 64, tolerance=7)


def test_camera_that_names_adobe_rgb_in_exif_alone_is_believed() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA005] = {1: "R03", 2: b"0100"}
    adobe = samples.saved(coloured.plain(), "jpg", exif=exif.tobytes(), quality=100, subsampling=0)
    check(adobe, (219, 150, 118), 63)


def test_grey_picture_keeps_its_tones_under_a_colour_profile_and_gamma() -> None:
    grey = Image.new("L", SIZE, 64)
    linear = shown(png(gamma(100_000), picture=grey))
    assert linear.mode == "RGB"
    assert abs(linear.getpixel((9, 9))[0] - 137) <= 2
    profiled = shown(samples.saved(grey, "png", icc_profile=samples.display_p3()))
    assert abs(profiled.getpixel((9, 9))[0] - 64) <= 2


def test_colours_are_converted_before_they_are_laid_on_white() -> None:
    half = coloured.plain().convert("RGBA")
    half.putalpha(128)
    red, *_ = shown(png(gamma(100_000), picture=half)).getpixel((300, 200))
    assert abs(red - round((137 + 255) / 2)) <= 2  # not 206, a grey laid on white first and then made lighter


@pytest.mark.parametrize(
    "broken", [b"", b"\1", struct.pack(">I", 2**31) * 8, b"\0" * 32], ids=["none", "one", "huge", "zero"]
)
def test_broken_description_is_left_aside(broken: bytes) -> None:
    for name in (b"cHRM", b"gAMA", b"cICP", b"iCCP"):
        check(png(samples.chunk(name, broken)), SKIN, 64)


def test_long_and_swollen_texts_of_a_png_are_never_read() -> None:
    long = samples.chunk(b"tEXt", b"Comment\0" + b"x" * 3_000_000)
    bomb = samples.flat_png(400, 400, 8, 2, *[samples.swollen_text()] * 4)
    check(png(long), SKIN, 64)
    assert shown(bomb).size == (400, 400)


def test_ancillary_chunk_with_a_wrong_checksum_is_left_aside() -> None:
    wrong = bytearray(gamma(100_000))
    wrong[-1] ^= 1
    check(png(bytes(wrong)), SKIN, 64)


@pytest.mark.parametrize("options", [{}, {"subsampling": "4:4:4"}, {"quality": 100}])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_avif_with_alpha_is_no_damage(mode: str, options: dict[str, object]) -> None:
    picture = coloured.plain().convert(mode)
    picture.putalpha(255)
    assert shown(samples.saved(picture, "avif", speed=10, **options)).size == SIZE


def test_transparency_that_old_encoders_wrote_is_laid_on_white() -> None:
    for data in (coloured.properties_listed_twice(), coloured.transparency_of_nothing()):
        with pytest.raises((OSError, SyntaxError)):
            Image.open(io.BytesIO(data), formats=["AVIF"])
        check(data, SKIN, 255, tolerance=5)


@pytest.mark.parametrize("kind", ["jpg", "webp", "avif"])
def test_orientation_in_xmp_alone_turns_nothing(kind: str) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>'
    assert shown(samples.saved(samples.quarters(), kind, xmp=xmp)).size == samples.SIZE


@pytest.mark.parametrize(("depth", "clear"), [(2, 0), (2, 2), (4, 9), (8, 9), (16, 300)])
def test_one_clear_tone_of_grey_is_laid_on_white_and_no_other(depth: int, clear: int) -> None:
    out = samples.flat_png(400, 400, depth, 0, samples.chunk(b"tRNS", struct.pack(">H", clear)))
    assert shown(out).getpixel((9, 9))[0] == (255 if clear == 0 else 0)
    row = b"\0" + (
        bytes([clear * {2: 85, 4: 17, 8: 1}[depth]]) * (50 * depth) if depth < 16 else struct.pack(">H", clear) * 400
    )
    pixels = samples.chunk(b"IDAT", zlib.compress(row * 400))
    start, end = out.index(b"IDAT") - 4, out.index(b"IEND") - 4
    assert shown(out[:start] + pixels + out[end:]).getpixel((9, 9)) == (255, 255, 255)


def test_cmyk_without_black_point_compensation() -> None:
    inks = Image.new("CMYK", SIZE, (0, 0, 0, 255))
    profile = samples.swapped_inks(black=(40, 40, 40)).replace(b"prtr", b"scnr")  # its black is known one way only
    data = samples.saved(inks, "jpg", icc_profile=profile, quality=95)
    assert all(abs(value - 40) <= 4 for value in shown(data).getpixel((9, 9)))


def test_film_is_called_a_film() -> None:
    assert reason(b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + struct.pack(">I", 8) + b"free") == "film"
    assert reason(b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + struct.pack(">I", 8) + b"wide") == "film"


def test_series_of_pictures_gives_its_first() -> None:
    out = io.BytesIO()
    coloured.plain().save(out, "AVIF", save_all=True, append_images=[Image.new("RGB", SIZE, "blue")] * 2, speed=10)
    for data in (out.getvalue(), out.getvalue().replace(b"avif", b"avis", 1)):
        picture, said = decode.normalise(data)
        assert abs(picture.getpixel((100, 200))[0] - 200) <= 6
        assert said["notes"] == ("one_of_several",)
    png_series = io.BytesIO()
    coloured.plain().save(png_series, "PNG", save_all=True, append_images=[Image.new("RGB", SIZE, "blue")])
    assert decode.normalise(png_series.getvalue())[1]["notes"] == ("one_of_several",)
