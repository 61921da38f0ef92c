"""The site's drawings by name: file, size, label for staff and alternative text."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders


@dataclass(frozen=True)
class Drawing:
    """A picture under `static/`, measured in CSS pixels; `wide` is a larger file, if there is one."""

    path: str
    width: int
    height: int
    label: str
    wide: str = ""
    wide_width: int = 0
    alt: str = ""
    is_in_page: bool = False  # inlined: high up in a page, each request delays the first paint

    @property
    def is_vector(self) -> bool:
        """Whether it is an SVG: small, so loaded eagerly, and therefore printed even if never scrolled to."""
        return self.path.endswith(".svg")


DRAWINGS = {
    "tones": Drawing("img/tones-760.webp", 760, 570, "Six skin tones side by side", "img/tones.webp", 1400),
    "fibres-apart": Drawing("img/how-1.svg", 400, 300, "Skin in section: fibres pulled apart", is_in_page=True),
    "needles": Drawing("img/how-2.svg", 400, 300, "Skin in section: fine needles", is_in_page=True),
    "new-fibres": Drawing("img/how-3.svg", 400, 300, "Skin in section: new fibres", is_in_page=True),
    "numbing-cream": Drawing("img/step-1.svg", 400, 300, "Numbing cream on black skin"),
    "device": Drawing("img/step-2.svg", 400, 300, "The device on white skin"),
    "warm-skin": Drawing("img/step-3.svg", 400, 300, "Warm, flushed medium brown skin"),
    "soothing-cream": Drawing("img/step-4.svg", 400, 300, "A pot of soothing cream on light brown skin"),
    "abdomen": Drawing(
        "img/area-abdomen-320.webp",
        320,
        240,
        "Belly",
        wide="img/area-abdomen.webp",
        wide_width=640,
        alt="Belly, front view, medium brown skin. Many thin pale lines below the belly button.",
    ),
    "breasts": Drawing(
        "img/area-breasts-320.webp",
        320,
        240,
        "Breasts and chest, covered",
        wide="img/area-breasts.webp",
        wide_width=640,
        alt="Chest, front view, dark brown skin, in a strap top. A few thin pale lines above the top.",
    ),
    "hips": Drawing(
        "img/area-hips-320.webp",
        320,
        240,
        "Hips",
        wide="img/area-hips.webp",
        wide_width=640,
        alt="Hip, side view, black skin. Thin pale lines round the side.",
    ),
    "thighs": Drawing(
        "img/area-thighs-320.webp",
        320,
        240,
        "Thighs",
        wide="img/area-thighs.webp",
        wide_width=640,
        alt="Thighs, front view, white skin. Thin pale lines down both.",
    ),
}
CHOICES = [(name, drawing.label) for name, drawing in DRAWINGS.items()]


@cache
def svg_markup(path: str) -> str:
    """Return the content of the `<svg>` element of a drawing; raises FileNotFoundError if there is no such file."""
    file = finders.find(path)
    if not file:
        raise FileNotFoundError(path)
    return Path(file).read_text().partition(">")[2].removesuffix("\n").removesuffix("</svg>")
