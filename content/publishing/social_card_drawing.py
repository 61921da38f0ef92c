"""Draws social cards: a page's title over the tide lines, or a case's two pictures side by side."""

import io
import math
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

Face = ImageFont.FreeTypeFont | ImageFont.ImageFont
Point = tuple[float, float]

VERSION = 2  # raise it after every change of a drawing: URLs depend on it
SIZE = (1200, 630)
MARGIN = 80
GLASS, DEEP, BRAND, SAND = "#c9deda", "#0d3b3e", "#0b5558", "#f6ece1"  # as in static/css/tokens.css
TITLE_SIZES = (84, 72, 62, 52, 44)  # pixels; the largest in which the title fits
NAME_SIZES = (40, 32, 26)
FALLBACK_FONT = "DejaVuSans.ttf"  # Debian's, if installed: for glyphs that Pillow's own font lacks
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))  # of this machine, for other scripts
FONT_SUFFIXES = {".ttf", ".otf", ".ttc"}
MISSING_GLYPH = "\uffff"
OVERSAMPLING = 2  # lines are drawn at twice their size, then reduced


@cache
def _faces(size: int) -> list[Face]:
    own = ImageFont.load_default(size)
    try:
        return [own, ImageFont.truetype(FALLBACK_FONT, size)]
    except OSError:
        return [own]


@cache
def _missing_glyph_mask(face: Face) -> bytes:
    return bytes(face.getmask(MISSING_GLYPH))


@cache
def machine_fonts() -> tuple[str, ...]:
    """Return the files of the upright sans-serif fonts of this machine, of usual weight."""
    files = [file for folder in FONT_FOLDERS for file in folder.rglob("*") if file.suffix.lower() in FONT_SUFFIXES]
    plain = [file for file in files if "Sans" in file.name and file.stem.endswith(("Regular", "Sans", "Medium"))]
    return tuple(sorted(map(str, plain)))


def _machine_face(words: str, size: int) -> Face | None:
    """Return a font of this machine that has every glyph of `words`, or None."""
    for file in machine_fonts():
        with suppress(OSError):
            face = ImageFont.truetype(file, size)
            if all(_has_glyph(face, sign) for sign in set(words)):
                return face
    return None


def _has_glyph(face: Face, sign: str) -> bool:
    return sign == " " or bytes(face.getmask(sign)) != _missing_glyph_mask(face)


def renderable(text: str, size: int) -> tuple[str, Face]:
    """Return `text` as it can be written, and the font: accents go before letters do, and no glyph is an empty box."""
    words = " ".join(text.split())
    faces = _faces(size)
    for face in faces:
        if all(_has_glyph(face, sign) for sign in words):
            return words, face
    face = _machine_face(words, size) or faces[-1]
    reduced = (
        part for sign in words for part in (sign if _has_glyph(face, sign) else unicodedata.normalize("NFKD", sign))
    )
    return " ".join("".join(sign for sign in reduced if _has_glyph(face, sign)).split()), face


def is_legible(text: str) -> bool:
    """Return whether every letter and figure of `text` can be written, accents apart."""
    words, _ = renderable(text, TITLE_SIZES[-1])
    return _letters(text) == _letters(words) and bool(words)


def legible_name(clinic: str) -> str:
    """Return the clinic's name, or the site's domain where no font here has the name's script."""
    return clinic if is_legible(clinic) else settings.SITE_DOMAIN


def _letters(text: str) -> int:
    return sum(unicodedata.category(sign)[0] in "LN" for sign in unicodedata.normalize("NFKD", text))


def wrap(text: str, face: Face, width: int) -> list[str]:
    """Return the words in lines of at most `width` pixels; a longer word is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            lines[-1] = longer
            continue
        parts = _break_word(word, face, width)
        lines = [*lines, *parts] if lines[-1] else parts
    return lines


def _break_word(word: str, face: Face, width: int) -> list[str]:
    parts = [""]
    for sign in word:
        if parts[-1] and face.getlength(parts[-1] + sign) > width:
            parts.append("")
        parts[-1] += sign
    return parts


def _fit(text: str, width: int, sizes: tuple[int, ...], max_lines: int) -> tuple[list[str], Face, int]:
    """Return the lines, font and size, the largest at which there are at most `max_lines`; the rest is cut with “…”."""
    for size in sizes:
        words, face = renderable(text[:300], size)
        lines = wrap(words, face, width)
        if len(lines) <= max_lines:
            return lines, face, size
    last = lines[max_lines - 1]
    while face.getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: max_lines - 1], f"{last.rstrip()}…"], face, size


def _tide(width: float, height: float, *, top: float, thick: float, turn: float) -> list[Point]:
    """Return the outline of one tapered, wavy line from left to right."""
    steps = 60
    upper, lower = [], []
    for step in range(steps + 1):
        part = step / steps
        middle = top + height * math.sin(part * math.tau * 1.6 + turn) + height * 0.4 * math.sin(part * math.tau * 0.7)
        half = thick * math.sin(math.pi * part) ** 0.7 / 2
        upper.append((part * width, middle - half))
        lower.append((part * width, middle + half))
    return [*upper, *reversed(lower)]


def _draw_tides(card: Image.Image) -> None:
    """Draw parallel tide lines at the lower right, where no text stands."""
    width, height = SIZE[0] // 2, 150
    mask = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING))
    draw = ImageDraw.Draw(mask)
    for number in range(4):
        line = _tide(width * OVERSAMPLING * 0.86, 18, top=60 + number * 56, thick=20, turn=number * 0.5)
        shift = (0, 90, 30, 120)[number]
        draw.polygon([(x + shift, y) for x, y in line], fill=255)
    card.paste(BRAND, (SIZE[0] - width, SIZE[1] - height - 30), mask.resize((width, height), Image.Resampling.LANCZOS))


def _png(card: Image.Image) -> bytes:
    out = io.BytesIO()
    card.quantize(192, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_title_card(title: str, clinic: str) -> bytes:
    """Return a card with the title and the clinic's name, as a PNG file.

    Words in a script that no font here has are left out whole: half a title could say something else. The clinic's
    name then stands large, or the site's domain; the title itself is sent as text beside the picture.
    """
    clinic = legible_name(clinic)
    title = title if is_legible(title) else clinic
    card = Image.new("RGB", SIZE, GLASS)
    _draw_tides(card)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=BRAND)
    lines, face, size = _fit(title, SIZE[0] - 2 * MARGIN, TITLE_SIZES, 4)
    for number, line in enumerate(lines):
        draw.text((MARGIN, 60 + number * size * 1.16), line, font=face, fill=DEEP)
    lines, face, size = _fit(clinic, SIZE[0] // 2 - MARGIN - 20, NAME_SIZES, 3)
    for number, line in enumerate(reversed(lines)):
        draw.text((MARGIN, SIZE[1] - 96 - number * size * 1.2), line, font=face, fill=DEEP)
    return _png(card)


def draw_case_card(before: Image.Image, after: Image.Image, *, title: str, clinic: str, is_drawn: bool) -> bytes:
    """Return a card with both pictures, whole and at one size, each under its label, as a full-colour PNG file."""
    card = Image.new("RGB", SIZE, SAND)
    draw = ImageDraw.Draw(card)
    gap, top, high = 40, 138, 400
    wide = (SIZE[0] - 3 * gap) // 2
    _line(draw, (gap, 26), title, 40)
    for number, (word, picture) in enumerate((("Before", before), ("After", after))):
        shown = picture.convert("RGB")
        shown.thumbnail((wide, high), Image.Resampling.LANCZOS)
        left = gap + number * (wide + gap)
        _line(draw, (left, 88), word, 32)
        card.paste(shown, (left, top))
    caption = "Illustration, not a photograph of a patient" if is_drawn else "One person’s result. Yours may differ."
    _line(draw, (gap, SIZE[1] - 68), f"{caption} · {legible_name(clinic)}", 32)
    out = io.BytesIO()
    card.save(out, "PNG")
    return out.getvalue()


def _line(draw: ImageDraw.ImageDraw, at: Point, text: str, size: int) -> None:
    words, face = renderable(text, size)
    draw.text(at, wrap(words, face, SIZE[0] - 80)[0], font=face, fill=DEEP)
