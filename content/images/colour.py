"""How a file says what its numbers look like, other than by an ICC profile, and the way from there to sRGB.

A description is turned into an ICC profile, so that one way leads to sRGB. Codes are those of
ITU-T H.273 (CICP).
"""

import io
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageMath

from .icc_profile import Curve, UnknownColourError, matrix_profile

SRGB_PRIMARIES, SRGB_TRANSFER = 1, 13
UNSPECIFIED = frozenset({0, 2, 3})  # 0 and 3 are reserved
D65, C, DCI = (0.3127, 0.3290), (0.310, 0.316), (0.314, 0.351)
SMPTE_170M = (D65, (0.630, 0.340), (0.310, 0.595), (0.155, 0.070))
#: White point, red, green and blue as CIE x and y, by their code.
PRIMARIES = {
    1: (D65, (0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    4: (C, (0.67, 0.33), (0.21, 0.71), (0.14, 0.08)),
    5: (D65, (0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
    6: SMPTE_170M,
    7: SMPTE_170M,
    8: (C, (0.681, 0.319), (0.243, 0.692), (0.145, 0.049)),
    9: (D65, (0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: (DCI, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    12: (D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    22: (D65, (0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),
}
ADOBE_RGB = (D65, (0.64, 0.33), (0.21, 0.71), (0.15, 0.06))


def power(gamma: float) -> Curve:
    """Return the curve of a plain power."""
    return gamma, 1, 0, 0, 0


SRGB_CURVE: Curve = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
BT709_TRANSFERS = (1, 6, 14, 15)
#: By its code; the others are made for brighter screens, cinemas or measuring.
CURVES = {
    4: power(2.2),
    5: power(2.8),
    7: (1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4, 0.0912),
    8: power(1),
    SRGB_TRANSFER: SRGB_CURVE,
    **dict.fromkeys(BT709_TRANSFERS, power(2.4)),  # as screens show it: BT.1886
}
ADOBE_RGB_CURVE = power(563 / 256)


@dataclass(frozen=True)
class CodedColour:
    """The codes of the primaries and of the transfer curve."""

    primaries: int
    transfer: int

    def profile(self, *, is_video_curve_srgb: bool) -> bytes | None:
        """Return the ICC profile, or None for sRGB; raises UnknownColourError, above all for HDR.

        Still pictures coded like video were made from sRGB and are shown as that; `is_video_curve_srgb` says so.
        """
        primaries = SRGB_PRIMARIES if self.primaries in UNSPECIFIED else self.primaries
        transfer = SRGB_TRANSFER if self.transfer in UNSPECIFIED else self.transfer
        if is_video_curve_srgb and transfer in BT709_TRANSFERS:
            transfer = SRGB_TRANSFER
        if (primaries, transfer) == (SRGB_PRIMARIES, SRGB_TRANSFER):
            return None
        if primaries not in PRIMARIES or transfer not in CURVES:
            raise UnknownColourError
        return matrix_profile(PRIMARIES[primaries], CURVES[transfer])


def to_eight_bit(picture: Image.Image) -> Image.Image:
    """Return the picture in L, RGB or CMYK with 8 bits a channel, whatever its transparency."""
    if picture.mode.startswith(("I", "F")):
        maximum = 65535 if picture.mode != "F" else 1.0
        return picture.convert("F").point(lambda value: value * (255 / maximum) + 0.5).convert("L")
    if picture.mode in {"LA", "La", "1"}:
        return picture.convert("L")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGBA").convert("RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture, in L, RGB or CMYK, as RGB in sRGB; a broken profile is ignored."""
    if profile:
        from PIL import ImageCms  # noqa: PLC0415  only pictures with a profile need it

        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            is_grey_in_rgb = picture.mode == "L" and source.profile.xcolor_space.strip() == "RGB"
            converted = ImageCms.profileToProfile(
                picture.convert("RGB") if is_grey_in_rgb else picture,
                source,
                ImageCms.createProfile("sRGB"),
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",  # without black point compensation, as browsers do it
            )
            if converted is not None:
                return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _alpha(picture: Image.Image) -> Image.Image | None:
    """Return how opaque each pixel is, or None for a picture without transparency."""
    if not picture.has_transparency_data:
        return None
    if picture.mode.startswith("I"):  # of 16 bits: one tone is clear, which Pillow knows for 8 bits only
        clear, tones = picture.info["transparency"], picture.convert("I")
        opaque = ImageMath.lambda_eval(lambda args: args["convert"]((args["tone"] != clear) * 255, "L"), tone=tones)
        return opaque if isinstance(opaque, Image.Image) else None
    return (picture if picture.mode in {"RGBA", "LA"} else picture.convert("RGBA")).getchannel("A")


def on_white(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB in sRGB, on white where it is transparent."""
    alpha = _alpha(picture)
    coloured = to_srgb(to_eight_bit(picture), profile)
    if alpha is None:
        return coloured
    background = Image.new("RGB", coloured.size, "white")
    background.paste(coloured, mask=alpha)
    return background
