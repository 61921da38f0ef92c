"""Draws static/img/icon-*.png from icon.svg: `python -m tests.draw_icons`, after the sign in it has changed."""

import re
from pathlib import Path

from PIL import Image, ImageDraw

IMG = Path(__file__).parent.parent / "static" / "img"
BRAND, WHITE = "#0b5558", "#ffffff"
SMOOTH = 8
#: File, side in pixels, part of the side that the sign takes, rounded corners? A mask may cut away 20 % of a maskable.
ICONS = (
    ("icon-180.png", 180, 0.79, False),
    ("icon-192.png", 192, 0.79, True),
    ("icon-512.png", 512, 0.79, True),
    ("icon-maskable.png", 512, 0.6, False),
)


def waves() -> list[list[tuple[float, float]]]:
    """The outlines of the sign, as points from -22 to 22 round its middle."""
    path = re.search(r'd="([^"]+)"', (IMG / "icon.svg").read_text())
    assert path
    shapes = [re.findall(r"([-.\d]+) ([-.\d]+)", part) for part in path[1].split("Z") if part]
    return [[(float(x) - 22, float(y) - 17) for x, y in shape] for shape in shapes]


def icon(side: int, part: float, *, is_round: bool) -> Image.Image:
    """The sign on its ground."""
    large = side * SMOOTH
    drawn = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(drawn)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), large * 12 // 56 if is_round else 0, fill=BRAND)
    scale = large * part / 44
    for shape in waves():
        draw.polygon([(large / 2 + x * scale, large / 2 + y * scale) for x, y in shape], fill=WHITE)
    small = drawn.resize((side, side), Image.Resampling.LANCZOS)
    return small if is_round else small.convert("RGB")


def main() -> None:
    """Write all of them."""
    for name, side, part, is_round in ICONS:
        icon(side, part, is_round=is_round).save(IMG / name, optimize=True)


if __name__ == "__main__":
    main()
