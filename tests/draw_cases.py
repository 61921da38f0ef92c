"""Draws the demo cases' before and after pictures: `python -m tests.draw_cases content/seed/cases`.

No photograph goes in. A body is a height field between two outlines; its skin is noise in optical density; stretch marks
are tapered ribbons that tint and dent it. Before and after share every random number, so that only the marks differ.
Needs numpy. Lengths are in frame widths: the frame is 1 wide and 0.75 high, y runs down.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Plane: TypeAlias = npt.NDArray[np.floating]
Rgb: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]

SAVED = (1200, 900)
WIDE, HIGH = 1500, 1125  # drawn larger, then reduced: smoother edges
PIXEL = 1 / WIDE
QUALITY = 86
ACROSS = ((np.arange(WIDE, dtype=np.float32) + 0.5) * PIXEL)[None, :]
DOWN = ((np.arange(HIGH, dtype=np.float32) + 0.5) * PIXEL)[:, None]
PILL, PILL_EDGE = (14, 42, 44, 225), (160, 180, 178, 225)
LIGHT = (-0.62, -0.58, 0.78)
FILL_LIGHT = (0.85, 0.15, 0.5)
MELANIN = np.array((0.55, 0.95, 1.25), np.float32)
BLOOD = np.array((0.12, 1.0, 0.85), np.float32)
BACKDROP = (219, 230, 226)
CLOTHS: dict[str, Rgb] = {
    "sage": (136, 160, 153),
    "linen": (222, 213, 200),
    "ink": (46, 74, 78),
    "clay": (176, 138, 120),
}


@dataclass(frozen=True)
class Tone:
    """A skin: its colour, that of an old pale mark in it, and how much it shines."""

    skin: Rgb
    pale: Rgb
    sheen: float


TONES = {
    1: Tone((242, 212, 195), (253, 238, 230), 0.055),
    2: Tone((229, 188, 160), (247, 224, 209), 0.060),
    3: Tone((205, 155, 121), (238, 206, 181), 0.070),
    4: Tone((166, 115, 82), (216, 174, 143), 0.075),
    5: Tone((128, 83, 58), (186, 139, 108), 0.066),
    6: Tone((96, 61, 45), (164, 122, 98), 0.055),
}
COLOURED: dict[str, dict[int, Rgb]] = {
    "purple": {1: (182, 128, 150), 6: (58, 22, 46)},
    "red": {2: (203, 119, 108)},
    "pink": {2: (204, 128, 119), 3: (178, 104, 92)},
    "brown": {4: (112, 66, 46), 5: (70, 37, 24), 6: (46, 23, 15)},
}


@dataclass(frozen=True)
class Fading:
    """What is left of the marks, as parts of what they were, and the part of their colour that has gone."""

    strength: float = 1
    width: float = 1
    depth: float = 1
    colour_lost: float = 0


BEFORE = Fading()
OUTCOMES = {
    "large": Fading(0.37, 0.85, 0.40, 0.25),
    "moderate": Fading(0.55, 0.88, 0.60, 0.18),
    "small": Fading(0.77, 0.90, 0.80),
    "none": BEFORE,
}


@dataclass(frozen=True)
class Case:
    """One pair of pictures."""

    slug: str
    area: str
    tone: int
    colour: str
    outcome: str
    cloth: str
    seed: int
    mirrored: bool = False


CASES = [
    Case("abdomen-dark-brown", "abdomen", 5, "silver", "moderate", "linen", 11),
    Case("hips-light", "hips", 2, "red", "none", "sage", 24),
    Case("thighs-medium-brown", "thighs", 4, "brown", "small", "ink", 37),
    Case("breasts-light-brown", "breasts", 3, "pink", "large", "sage", 44),
    Case("abdomen-very-light", "abdomen", 1, "purple", "large", "ink", 53),
    Case("thighs-black", "thighs", 6, "silver", "small", "linen", 61, mirrored=True),
    Case("arm-black", "arm", 6, "brown", "moderate", "linen", 75),
    Case("hips-medium-brown", "hips from behind", 4, "silver", "moderate", "linen", 83, mirrored=True),
    Case("abdomen-light-brown", "fuller abdomen", 3, "silver", "none", "sage", 97),
    Case("back-dark-brown", "back", 5, "brown", "small", "ink", 108),
    Case("bottom-light", "bottom", 2, "pink", "small", "ink", 119),
    Case("abdomen-black", "abdomen", 6, "silver", "none", "clay", 123, mirrored=True),
    Case("abdomen-white-man", "man's abdomen", 2, "silver", "moderate", "ink", 131),
    Case("thighs-black-purple", "thighs", 6, "purple", "large", "clay", 142),
]


@dataclass(frozen=True)
class Bundle:
    """Where a group of marks lies: most start near `centre` and run at `angle`, or away from `fan_from`."""

    centre: Point
    spread: Point
    angle: float
    count: int
    lengths: Point
    fan_from: Point | None = None


@dataclass(frozen=True)
class Body:
    """What is in the frame: heights, how far inside skin and cloth each pixel lies, and where the marks run."""

    height: Plane
    skin: Plane
    cloth: Plane
    bundles: list[Bundle]
    shade: Plane = field(default_factory=lambda: np.zeros((HIGH, WIDE), np.float32))


@dataclass(frozen=True)
class Mark:
    """One stretch mark: its middle line as n × 2 points, its two half widths along it, and its strength."""

    line: npt.NDArray[np.float64]
    half_widths: npt.NDArray[np.float64]
    strength: float


# Planes: noise, blur and simple shapes


def random_numbers(case: Case, purpose: int) -> np.random.Generator:
    """The case's own stream for one purpose, the same before and after."""
    return np.random.default_rng((case.seed, purpose))


def noise(rng: np.random.Generator, size: float, stretch: Point = (1, 1)) -> Plane:
    """Smooth noise around 0 whose features are about `size` wide and high, times `stretch`."""
    columns = max(4, int(1 / (size * stretch[0])) + 4)
    rows = max(4, int(0.75 / (size * stretch[1])) + 4)
    coarse = Image.fromarray(rng.standard_normal((rows, columns)).astype(np.float32))
    return np.asarray(coarse.resize((WIDE, HIGH), Image.Resampling.BICUBIC))


def clouds(rng: np.random.Generator, size: float, octaves: int, gain: float = 0.5, stretch: Point = (1, 1)) -> Plane:
    """Noise with finer and weaker noise on top of it."""
    layers = [gain**octave * noise(rng, size / 2**octave, stretch) for octave in range(octaves)]
    return np.sum(np.array(layers), axis=0) / np.float32(np.hypot.reduce([gain**one for one in range(octaves)]))


def blur(plane: Plane, radius: float) -> Plane:
    """Gaussian blur whose standard deviation is `radius`; the edges are held."""
    return blur_rows(blur_rows(plane, radius).T, radius).T


def blur_rows(plane: Plane, radius: float) -> Plane:
    """The blur of each row, by its spectrum."""
    sigma = radius * WIDE
    margin = int(3 * sigma) + 1
    padded = np.pad(plane, ((0, 0), (margin, margin)), mode="edge")
    transfer = np.exp(-2 * (np.pi * sigma * np.fft.rfftfreq(padded.shape[1])) ** 2).astype(np.float32)
    blurred = np.fft.irfft(np.fft.rfft(padded, axis=1) * transfer, padded.shape[1], axis=1)
    return blurred[:, margin:-margin].astype(np.float32)


def shifted(plane: Plane, right: float, down: float) -> Plane:
    """The plane moved right and down; what it leaves open is filled from its edge."""
    columns, rows = int(right * WIDE), int(down * WIDE)
    return np.pad(plane, ((rows, 0), (columns, 0)), mode="edge")[:HIGH, :WIDE]


def specks(rng: np.random.Generator, count: int, radius: float) -> Plane:
    """Round spots of different strength, at most about 1."""
    plane = np.zeros((HIGH, WIDE), np.float32)
    plane[rng.integers(0, HIGH, count), rng.integers(0, WIDE, count)] = rng.uniform(0.2, 1, count)
    return blur(plane, radius) * np.float32(2 * np.pi * (radius * WIDE) ** 2)


def curve(at: Plane, *knots: Point) -> Plane:
    """A smooth function through `knots` (position, value), straight on beyond the first and the last."""
    places, values = np.array(knots, np.float32).T
    slopes = np.gradient(values, places)
    left = np.clip(np.searchsorted(places, at) - 1, 0, len(places) - 2)
    span = places[left + 1] - places[left]
    part = np.clip((at - places[left]) / span, 0, 1)
    rise = values[left + 1] - values[left]
    bend = (1 - part) * (slopes[left] * span - rise) - part * (slopes[left + 1] * span - rise)
    beyond = (at - np.clip(at, places[0], places[-1])) * np.where(at < places[0], slopes[0], slopes[-1])
    return values[left] + part * rise + part * (1 - part) * bend + beyond


def hill(centre: Point, spread: Point, degrees: float = 0) -> Plane:
    """A Gaussian hill of height 1, turned by `degrees`."""
    turn = np.float32(np.radians(degrees))
    right, down = ACROSS - centre[0], DOWN - centre[1]
    along, away = right * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - right * np.sin(turn)
    return np.exp(-0.5 * ((along / spread[0]) ** 2 + (away / spread[1]) ** 2))


def coverage(inside: Plane) -> Plane:
    """How much of each pixel is covered, 0 to 1, from the distance inside an outline."""
    down, across = np.gradient(inside, PIXEL)
    return np.clip(inside / np.maximum(np.hypot(down, across), 0.2) * WIDE + 0.5, 0, 1)


def to_light(colour: Rgb) -> Plane:
    """The linear light of a colour in sRGB."""
    part = np.array(colour, np.float32) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_srgb(light: Plane) -> Plane:
    """The sRGB value, 0 to 1, of linear light."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


# Bodies


def between(left: Plane, right: Plane) -> Plane:
    """How far inside two outlines, each a column of places, a pixel lies."""
    return np.minimum(ACROSS - left, right - ACROSS)


def roundness(left: Plane, right: Plane, fullness: float) -> Plane:
    """The height of a limb of elliptic section; it ends a little outside its outline, where it still has a slope."""
    margin = 0.03
    return fullness * np.sqrt(np.maximum((ACROSS - left + margin) * (right + margin - ACROSS), 0))


def navel(centre: Point) -> tuple[Plane, Plane]:
    """The navel's relief and its shade."""
    across, down = centre
    dip = 0.017 * hill((across, down), (0.0145, 0.020)) - 0.006 * hill((across, down - 0.036), (0.040, 0.015))
    return -dip, 0.62 * hill((across, down + 0.001), (0.0105, 0.0165))


def trunk(left: Plane, belly: float) -> Body:
    """The front of the trunk, from the ribs to a waistband, with a belly of the given height."""
    height = roundness(left, 1 - left, 0.5)
    height += belly * hill((0.5, 0.52), (0.26, 0.17)) - 0.005 * hill((0.5, 0.04), (0.024, 0.16))
    relief, shade = navel((0.5, 0.32))
    waistband = curve(ACROSS, (-0.2, 0.625), (0.1, 0.652), (0.3, 0.672), (0.7, 0.672), (0.9, 0.652), (1.2, 0.625))
    bundles = [
        Bundle((0.29, 0.49), (0.085, 0.07), 102, 17, (0.09, 0.21)),
        Bundle((0.71, 0.49), (0.085, 0.07), 78, 17, (0.09, 0.21)),
        Bundle((0.50, 0.53), (0.10, 0.04), 90, 9, (0.05, 0.12)),
    ]
    return Body(height + relief, between(left, 1 - left), DOWN - waistband, bundles, shade)


def abdomen() -> Body:
    """A slim trunk with a waist."""
    left = curve(DOWN, (-0.3, 0.06), (0.02, 0.105), (0.22, 0.118), (0.45, 0.085), (0.68, 0.03), (1.0, -0.02))
    return trunk(left, 0.020)


def fuller_abdomen() -> Body:
    """A fuller trunk, widest at the navel's height."""
    left = curve(DOWN, (-0.3, 0.09), (0.02, 0.075), (0.22, 0.043), (0.42, 0.024), (0.60, 0.030), (0.75, 0.042))
    return trunk(left, 0.034)


def mans_abdomen() -> Body:
    """A man's trunk, straight at the sides, with the loose fold that a large loss of weight leaves."""
    left = curve(DOWN, (-0.3, 0.085), (0.02, 0.095), (0.22, 0.098), (0.42, 0.092), (0.60, 0.085), (0.80, 0.09))
    body = trunk(left, 0.012)
    fold = 0.012 * hill((0.5, 0.575), (0.30, 0.035)) - 0.010 * hill((0.5, 0.632), (0.30, 0.016))
    middle = -0.006 * hill((0.5, 0.10), (0.016, 0.16))
    return Body(body.height + fold + middle, body.skin, body.cloth, body.bundles, body.shade)


def hip() -> Body:
    """One side of the trunk from the waist to a waistband, with nothing yet to tell front from back."""
    right = curve(
        DOWN, (-0.3, 0.69), (-0.02, 0.645), (0.10, 0.64), (0.26, 0.69), (0.43, 0.765), (0.58, 0.795), (0.78, 0.785)
    )
    left = np.full_like(right, -0.35)
    height = roundness(left, right, 0.5) + 0.014 * hill((0.60, 0.44), (0.15, 0.14))
    waistband = curve(ACROSS, (-0.3, 0.585), (0.0, 0.615), (0.25, 0.628), (0.5, 0.618), (0.72, 0.578), (0.95, 0.51))
    bundles = [
        Bundle((0.60, 0.37), (0.10, 0.075), 27, 22, (0.10, 0.22)),
        Bundle((0.41, 0.44), (0.08, 0.055), 40, 11, (0.08, 0.16)),
    ]
    return Body(height, between(left, right), DOWN - waistband, bundles)


def hips() -> Body:
    """A hip from the front."""
    body = hip()
    relief, shade = navel((0.13, 0.30))
    relief += 0.008 * hill((0.13, 0.50), (0.17, 0.15)) - 0.006 * hill((0.40, 0.50), (0.022, 0.10), 38)
    return Body(body.height + relief, body.skin, body.cloth, body.bundles, shade)


def hips_from_behind() -> Body:
    """A hip from behind, with the furrow of the spine."""
    body = hip()
    relief = -0.013 * hill((0.14, 0.16), (0.032, 0.30)) + 0.007 * hill((0.235, 0.20), (0.060, 0.28))
    relief -= 0.006 * hill((0.235, 0.55), (0.020, 0.020))
    return Body(body.height + relief, body.skin, body.cloth, body.bundles)


def thighs() -> Body:
    """Two thighs below shorts."""
    inner = curve(DOWN, (-0.2, 0.385), (0.12, 0.378), (0.40, 0.395), (0.75, 0.44))
    outer = curve(DOWN, (-0.2, 0.965), (0.12, 0.94), (0.40, 0.895), (0.75, 0.82))
    other_outer = curve(DOWN, (-0.2, -0.21), (0.30, -0.16), (0.75, -0.09))
    other_inner = curve(DOWN, (-0.2, 0.40), (0.12, 0.370), (0.40, 0.335), (0.75, 0.275))
    near, other = between(inner, outer), between(other_outer, other_inner)
    height = np.where(near > other, roundness(inner, outer, 0.7), roundness(other_outer, other_inner, 0.7))
    height += 0.010 * hill((0.70, 0.30), (0.09, 0.30)) + 0.010 * hill((0.12, 0.30), (0.09, 0.30))
    hem = curve(
        ACROSS,
        (-0.2, 0.14),
        (0.10, 0.172),
        (0.28, 0.158),
        (0.375, 0.128),
        (0.47, 0.158),
        (0.70, 0.184),
        (0.95, 0.155),
        (1.15, 0.11),
    )
    bundles = [
        Bundle((0.58, 0.37), (0.085, 0.10), 76, 20, (0.10, 0.24)),
        Bundle((0.79, 0.38), (0.04, 0.10), 98, 12, (0.09, 0.20)),
        Bundle((0.14, 0.40), (0.08, 0.10), 100, 12, (0.09, 0.18)),
    ]
    return Body(height.astype(np.float32), np.maximum(near, other), hem - DOWN, bundles)


def breasts() -> Body:
    """The upper chest of a woman in a top with two straps; the marks lie above its neckline."""
    height = 0.24 * np.sqrt((ACROSS + 0.25) * (1.25 - ACROSS)) - 0.014 * hill((0.5, 0.03), (0.022, 0.026))
    bundles = []
    for side in (-1, 1):
        middle = 0.5 + side * 0.24
        height += 0.115 * hill((middle, 0.66), (0.150, 0.185))
        height += 0.010 * hill((0.5 + side * 0.19, 0.060), (0.11, 0.020), side * -9)
        height -= 0.022 * hill((0.5 + side * 0.485, 0.40), (0.024, 0.13), side * 16)
        bundles.append(Bundle((0.5 + side * 0.20, 0.37), (0.055, 0.040), 90, 16, (0.07, 0.15), (middle, 0.75)))
    from_middle = np.abs(ACROSS - 0.5)
    neck = 0.12 * ((from_middle / 0.31) ** 3 + (np.maximum(DOWN, 0) / 0.53) ** 4 - 1)
    armhole = curve(DOWN, (-0.1, 0.385), (0.2, 0.372), (0.34, 0.378), (0.44, 0.41), (0.52, 0.47), (0.60, 0.60))
    return Body(height, np.ones((HIGH, WIDE), np.float32), np.minimum(neck, armhole - from_middle), bundles)


def arm() -> Body:
    """A man's upper arm and the side of his chest, in a vest."""
    flank = curve(DOWN, (-0.2, 0.30), (0.15, 0.262), (0.36, 0.278), (0.55, 0.302), (0.80, 0.32))
    far = np.full_like(flank, 1.45)
    outer = curve(DOWN, (-0.3, 0.085), (-0.02, 0.030), (0.20, 0.012), (0.42, 0.030), (0.66, 0.060), (0.80, 0.07))
    inner = curve(DOWN, (-0.2, 0.375), (0.08, 0.345), (0.32, 0.300), (0.46, 0.272), (0.70, 0.258), (0.80, 0.255))
    chest = roundness(flank, far, 0.40) + 0.040 * hill((0.60, 0.30), (0.17, 0.12), -16)
    limb = roundness(outer, inner, 0.80) + 0.030 * hill((0.155, 0.13), (0.10, 0.16))
    melt = 0.005 + 0.050 * np.clip(1 - DOWN / 0.44, 0, 1)  # arm and chest are one above the armpit
    height = 0.5 * (chest + limb + np.hypot(chest - limb, melt))
    armhole = curve(
        DOWN, (-0.2, 0.53), (0.0, 0.545), (0.18, 0.535), (0.33, 0.475), (0.44, 0.385), (0.52, 0.29), (0.60, 0.20)
    )
    neck = curve(DOWN, (-0.2, 0.70), (0.0, 0.715), (0.16, 0.76), (0.28, 0.85), (0.36, 1.0), (0.42, 1.2))
    vest = np.minimum(ACROSS - armhole, np.maximum(neck - ACROSS, DOWN - 0.40))
    vest = np.where(flank - 0.004 > ACROSS, -1, vest).astype(np.float32)  # it ends at the flank, without a hem
    bundles = [
        Bundle((0.385, 0.19), (0.05, 0.075), 150, 17, (0.09, 0.19)),
        Bundle((0.155, 0.31), (0.045, 0.085), 20, 14, (0.07, 0.15)),
    ]
    return Body(height, np.maximum(between(flank, far), between(outer, inner)), vest, bundles)


def back() -> Body:
    """A man's lower back above trousers."""
    left = curve(DOWN, (-0.2, 0.035), (0.05, 0.085), (0.30, 0.135), (0.47, 0.145), (0.62, 0.125), (0.80, 0.10))
    height = roundness(left, 1 - left, 0.42) - 0.017 * hill((0.5, 0.16), (0.034, 0.30))
    shade = 0.10 * hill((0.5, 0.2), (0.010, 0.28))
    for side in (-1, 1):
        height += 0.013 * hill((0.5 + side * 0.10, 0.20), (0.058, 0.28), side * 3)
        height -= 0.005 * hill((0.5 + side * 0.085, 0.545), (0.020, 0.018))
    waistband = curve(ACROSS, (0, 0.605), (0.3, 0.622), (0.5, 0.626), (0.7, 0.622), (1, 0.605))
    bundles = [
        Bundle((0.36, 0.33), (0.09, 0.105), 3, 15, (0.10, 0.24)),
        Bundle((0.66, 0.34), (0.08, 0.105), -3, 15, (0.10, 0.24)),
        Bundle((0.50, 0.40), (0.06, 0.05), 0, 5, (0.10, 0.18)),
    ]
    return Body(height, between(left, 1 - left), DOWN - waistband, bundles, shade)


def bottom() -> Body:
    """The side of the bottom and the upper thigh from behind, in full briefs."""
    right = curve(
        DOWN, (-0.2, 0.70), (-0.02, 0.69), (0.10, 0.715), (0.26, 0.80), (0.40, 0.845), (0.55, 0.84), (0.80, 0.785)
    )
    left = np.full_like(right, -0.35)
    height = roundness(left, right, 0.5) + 0.050 * hill((0.50, 0.36), (0.19, 0.15))
    height -= 0.010 * hill((0.40, 0.585), (0.16, 0.020), -6)
    waistband = curve(ACROSS, (-0.1, 0.075), (0.3, 0.085), (0.6, 0.065), (0.9, 0.01))
    leg = curve(
        ACROSS, (-0.1, 0.70), (0.15, 0.66), (0.35, 0.57), (0.55, 0.435), (0.70, 0.32), (0.85, 0.22), (1.0, 0.15)
    )
    bundles = [
        Bundle((0.66, 0.47), (0.07, 0.055), 52, 17, (0.08, 0.17)),
        Bundle((0.78, 0.36), (0.025, 0.05), 60, 8, (0.07, 0.13)),
    ]
    return Body(height, between(left, right), np.minimum(DOWN - waistband, leg - DOWN), bundles)


AREAS: dict[str, Callable[[], Body]] = {
    "abdomen": abdomen,
    "fuller abdomen": fuller_abdomen,
    "man's abdomen": mans_abdomen,
    "hips": hips,
    "hips from behind": hips_from_behind,
    "thighs": thighs,
    "breasts": breasts,
    "arm": arm,
    "back": back,
    "bottom": bottom,
}


# Marks


def trace(rng: np.random.Generator, bundle: Bundle, start: Point, drift: Plane) -> npt.NDArray[np.float64]:
    """The middle line of a mark through `start`: along the bundle's direction, with the body's drift and its own waves."""
    length, step = rng.uniform(*bundle.lengths), 0.0035
    wave, height, phase = rng.uniform(0.05, 0.10), rng.uniform(0.08, 0.24), rng.uniform(0, 2 * np.pi)
    halves = []
    for way in (-1, 1):
        place, half = np.array(start), []
        for count in range(int(length / 2 / step)):
            row, column = np.clip((place[::-1] * WIDE).astype(int), 0, (HIGH - 1, WIDE - 1))
            direction = np.radians(bundle.angle)
            if bundle.fan_from:
                direction = np.arctan2(place[1] - bundle.fan_from[1], place[0] - bundle.fan_from[0])
            direction += 0.22 * drift[row, column] + height * np.sin(phase + way * count * step / wave * 2 * np.pi)
            place = place + way * step * np.array((np.cos(direction), np.sin(direction)))
            half.append(place)
        halves.append(half)
    return np.array([*halves[0][::-1], np.array(start), *halves[1]])


def half_widths(rng: np.random.Generator, points: int, width: float) -> npt.NDArray[np.float64]:
    """The two sides of a mark, n × 2: tapered at both ends and uneven between."""
    along = np.linspace(0, 1, points)
    taper = np.sin(np.pi * along) ** 0.7
    sides = []
    for _ in range(2):
        uneven = np.interp(along, np.linspace(0, 1, 14), rng.normal(1, 0.2, 14))
        sides.append(0.5 * width * taper * np.clip(uneven, 0.45, 1.6))
    return np.stack(sides, axis=1)


def marks_of(case: Case, body: Body) -> list[Mark]:
    """The case's marks, kept off each other's starts and inside the skin."""
    rng = random_numbers(case, 0)
    drift = noise(rng, 0.27)
    marks = []
    for bundle in body.bundles:
        starts: list[Point] = []
        for _ in range(40 * bundle.count):
            start = tuple(rng.normal(bundle.centre, bundle.spread))
            if len(starts) < bundle.count and is_free(start, starts, body, bundle):
                starts.append(start)
                line = trace(rng, bundle, start, drift)
                far = np.sum(((np.array(start) - bundle.centre) / bundle.spread) ** 2)
                weight = 1 - 0.11 * min(far, 3)
                widths = half_widths(rng, len(line), rng.uniform(0.0052, 0.0112) * weight)
                marks.append(Mark(line, widths, rng.uniform(0.6, 1) * weight))
    return marks


def is_free(start: Point, others: list[Point], body: Body, bundle: Bundle) -> bool:
    """Whether a mark may start here: on bare plain skin, and beside its neighbours rather than upon them."""
    row, column = int(start[1] * WIDE), int(start[0] * WIDE)
    if not (0 <= row < HIGH and 0 <= column < WIDE):
        return False
    if body.skin[row, column] < 0.02 or body.cloth[row, column] > -0.01 or body.shade[row, column] > 0.001:
        return False
    steps = np.array(others).reshape(-1, 2) - start
    heading = np.radians(bundle.angle)
    away = steps[:, 1] * np.cos(heading) - steps[:, 0] * np.sin(heading)
    along = steps[:, 0] * np.cos(heading) + steps[:, 1] * np.sin(heading)
    return bool((np.hypot(away, along / 6) > 0.014).all())


def painted(marks: list[Mark], width: float) -> Plane:
    """How strongly each pixel is marked, 0 to 1, with all widths times `width`."""
    fine = 2 * WIDE
    strength = np.zeros((2 * HIGH, 2 * WIDE), np.float32)
    for mark in marks:
        heading = np.gradient(mark.line, axis=0)
        heading /= np.linalg.norm(heading, axis=1, keepdims=True)
        aside = np.stack((-heading[:, 1], heading[:, 0]), axis=1) * width
        one, other = mark.line + aside * mark.half_widths[:, :1], mark.line - aside * mark.half_widths[:, 1:]
        outline = np.vstack((one, other[::-1])) * fine
        box_from = np.maximum(np.floor(outline.min(axis=0)).astype(int), 0)
        box_to = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + 1, (2 * WIDE, 2 * HIGH))
        if (box_to <= box_from).any():
            continue
        stencil = Image.new("L", tuple(box_to - box_from))
        ImageDraw.Draw(stencil).polygon([tuple(point) for point in outline - box_from], fill=255)
        here = strength[box_from[1] : box_to[1], box_from[0] : box_to[0]]
        np.maximum(here, np.asarray(stencil, np.float32) / 255 * mark.strength, out=here)
    return strength.reshape(HIGH, 2, WIDE, 2).mean(axis=(1, 3))


def tint(case: Case, fading: Fading) -> Plane:
    """What a full mark adds to the skin's optical density; lost colour gives way to that of an old pale mark.

    On brown and black skin a coloured mark is darker than the skin: on its way to pale it would vanish.
    """
    tone = TONES[case.tone]
    pale = to_light(tone.pale)
    colour = to_light(COLOURED[case.colour][case.tone]) if case.colour in COLOURED else pale
    lost = fading.colour_lost if case.tone < 4 else 0
    return np.log(to_light(tone.skin)) - np.log(colour) * (1 - lost) - np.log(pale) * lost


# Light


def shade(height: Plane, albedo: Plane, sheen: Plane | float, sharpness: float) -> Plane:
    """The light, three channels, that a surface sends back; red reaches furthest round into the shadow, as in skin."""
    down, across = np.gradient(height, PIXEL)
    facing = 1 / np.sqrt(across * across + down * down + 1)
    normal = np.stack((-across * facing, -down * facing, facing), axis=2)
    key, fill = normal @ unit(LIGHT), normal @ unit(FILL_LIGHT)
    around = 0.15 * np.clip(fill, 0, 1) + 0.17 * (0.55 - 0.45 * normal[..., 1]) + 0.035
    reach = np.array((0.46, 0.30, 0.24), np.float32)
    diffuse = np.clip((key[..., None] + reach) / (1 + reach), 0, 1) ** 1.18
    glance = np.clip(normal @ unit(unit(LIGHT) + unit((0, 0, 1))), 0, 1)
    shine = sheen * (0.75 * glance**sharpness + 0.45 * glance ** (4 * sharpness))
    shine += 0.55 * sheen * (1 - facing) ** 3 * np.clip(0.4 - normal[..., 0], 0, 1)
    return albedo * (1.02 * diffuse + around[..., None]) + shine[..., None] * np.array((1, 0.95, 0.88), np.float32)


def unit(direction: npt.ArrayLike) -> Plane:
    """The direction at length 1."""
    return (np.asarray(direction) / np.linalg.norm(direction)).astype(np.float32)


def skin_density(case: Case) -> Plane:
    """The optical density, three channels, of unmarked skin: blotches, freckles and pores."""
    rng = random_numbers(case, 1)
    calm = 0.55 if case.tone < 3 else 1
    melanin = 0.045 * calm * clouds(rng, 0.20, 4) + 0.016 * clouds(rng, 0.017, 3, 0.6)
    melanin += 0.008 * rng.standard_normal((HIGH, WIDE), np.float32)
    melanin += 0.20 * specks(rng, 26 if case.tone < 5 else 10, 0.0012) + 0.03 * specks(rng, 3500, 0.0008)
    blood = 0.050 * calm * clouds(rng, 0.113, 4, 0.55) + 0.014 * clouds(rng, 0.0087, 2, 0.6)
    redness = 1.25 if case.tone < 4 else 0.7
    return -np.log(to_light(TONES[case.tone].skin)) + melanin[..., None] * MELANIN + blood[..., None] * BLOOD * redness


def skin_relief(case: Case) -> Plane:
    """Fine furrows and soft unevenness."""
    rng = random_numbers(case, 2)
    furrows = 0.07 * np.minimum(np.abs(clouds(rng, 0.0034, 2, 0.7)), 1)
    return PIXEL * (furrows + 0.13 * clouds(rng, 0.020, 3) + 0.50 * clouds(rng, 0.080, 2))


def marked_skin(case: Case, body: Body, fading: Fading) -> Plane:
    """The light from the skin with its marks: they tint it, dip into it and change its shine."""
    mask = painted(marks_of(case, body), fading.width)
    inked, halo = np.clip(1.12 * blur(mask, 0.0021), 0, 1), blur(mask, 0.0055)
    upright = abs(np.sin(np.radians(body.bundles[0].angle))) > 0.7
    rng = random_numbers(case, 3)
    wrinkles = noise(rng, 0.0016, (6, 1) if upright else (1, 6))
    strength = fading.strength * inked * (1 + 0.06 * wrinkles + 0.10 * noise(rng, 0.02))
    density = skin_density(case) + strength[..., None] * tint(case, fading) + body.shade[..., None] * MELANIN
    if case.colour in {"red", "pink", "purple"}:
        flush = 0.25 * fading.strength * (1 - fading.colour_lost) * halo
        density = density + flush[..., None] * BLOOD
    gloss = 1 - 0.4 * strength if case.colour in COLOURED else 1 + 0.4 * strength
    depth = 1.15 * PIXEL * fading.depth
    height = body.height + skin_relief(case) - depth * (0.95 * inked + 1.5 * halo - 0.07 * inked * wrinkles)
    return shade(height, np.exp(-density), TONES[case.tone].sheen * gloss, 15)


def cloth_light(case: Case, body: Body) -> Plane:
    """The light from plain woven cloth over the body, with two rows of stitches along its hem."""
    rng = random_numbers(case, 4)
    thread = 2 * np.pi / 0.0028
    weave = np.sin(ACROSS * thread + 0.6 * noise(rng, 0.02)) * np.sin(DOWN * thread + 0.6 * noise(rng, 0.02))
    folds = 7 * clouds(rng, 0.14, 3, 0.5, (1.6, 0.7)) + 1.1 * clouds(rng, 0.04, 2, 0.5, (2.2, 0.8))
    down, across = np.gradient(body.cloth, PIXEL)
    inside = body.cloth / np.maximum(np.hypot(down, across), 0.2)
    stitches = 1.6 * np.exp(-(((inside - 0.016) / 0.0015) ** 2)) + np.exp(-(((inside - 0.0207) / 0.0011) ** 2))
    thickness = 9 * blur(coverage(body.cloth), 0.0023)
    height = blur(body.height, 0.015) + PIXEL * (thickness + folds + 0.13 * weave - stitches)
    dye = np.log(to_light(CLOTHS[case.cloth])) + (0.035 * weave + 0.03 * clouds(rng, 0.006, 2))[..., None]
    return shade(height, np.exp(dye), 0.012, 8)


def backdrop(figure: Plane) -> Plane:
    """A plain wall with the figure's soft shadow."""
    slope = 1.03 - 0.20 * (0.55 * ACROSS + 0.6 * DOWN)
    shadow = 1 - 0.30 * shifted(blur(figure, 0.023), 0.011, 0.017)
    return to_light(BACKDROP) * (slope * shadow)[..., None]


def over(under: Plane, upper: Plane, cover: Plane) -> Plane:
    """One picture laid over another."""
    return under * (1 - cover[..., None]) + upper * cover[..., None]


def scene(case: Case, fading: Fading) -> Image.Image:
    """One picture without its label."""
    body = AREAS[case.area]()
    cloth = np.minimum(coverage(body.cloth), coverage(body.skin + 0.004))
    figure = np.maximum(coverage(body.skin), cloth)
    skin = marked_skin(case, body, fading)
    skin *= 1 - (0.40 * shifted(blur(cloth, 0.006), 0.002, 0.003) + 0.16 * blur(cloth, 0.017))[..., None]
    light = over(
        over(backdrop(figure), skin, blur(coverage(body.skin), 0.0006)), cloth_light(case, body), blur(cloth, 0.0004)
    )
    light *= 1 - 0.18 * ((ACROSS - 0.46) ** 2 + (DOWN - 0.345) ** 2)[..., None]
    light = 1.07 * light / (1 + 0.10 * light)  # soft highlights, as on film
    grain = 0.005 * random_numbers(case, 5).standard_normal((HIGH, WIDE, 1), np.float32)
    values = np.clip(to_srgb(light) + grain, 0, 1)
    picture = Image.fromarray((255 * values + 0.5).astype(np.uint8)).resize(SAVED, Image.Resampling.LANCZOS)
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if case.mirrored else picture


def label(picture: Image.Image) -> Image.Image:
    """The picture saying that it is an illustration, large enough to read at a phone's width."""
    times = 3  # drawn larger, then reduced, as ImageDraw leaves jagged edges
    font = ImageFont.load_default(44 * times)
    wide, high, clear = font.getlength("Illustration") + 56 * times, 72 * times, 28 * times
    sheet = Image.new("RGBA", (picture.width * times, picture.height * times))
    right, low = sheet.width - clear, sheet.height - clear
    draw = ImageDraw.Draw(sheet)
    box = (right - wide, low - high, right, low)
    draw.rounded_rectangle(box, high / 2, fill=PILL, outline=PILL_EDGE, width=2 * times)
    draw.text((right - wide / 2, low - high / 2), "Illustration", font=font, fill="white", anchor="mm")
    return Image.alpha_composite(picture.convert("RGBA"), sheet.resize(picture.size)).convert("RGB")


def main(folder: str) -> None:
    """Writes every case's two pictures into the folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for case in CASES:
        for moment, fading in (("before", BEFORE), ("after", OUTCOMES[case.outcome])):
            path = Path(folder) / f"{case.slug}-{moment}.webp"
            label(scene(case, fading)).save(path, quality=QUALITY, method=6)


if __name__ == "__main__":
    main(sys.argv[1])
