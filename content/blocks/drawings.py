"""The site's own drawings by name: where each lies, how large it is, and what staff call it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A picture under `static/`; `width` and `height` in CSS pixels, `wide` a second, larger file if there is one."""

    path: str
    width: int
    height: int
    label: str
    wide: str = ""
    wide_width: int = 0


DRAWINGS = {
    "tones": Drawing("img/tones-760.webp", 760, 570, "Six skin tones side by side", "img/tones.webp", 1400),
    "fibres-apart": Drawing("img/how-1.svg", 400, 300, "Skin in section: fibres pulled apart"),
    "needles": Drawing("img/how-2.svg", 400, 300, "Skin in section: fine needles"),
    "new-fibres": Drawing("img/how-3.svg", 400, 300, "Skin in section: new fibres"),
    "numbing-cream": Drawing("img/step-1.svg", 400, 300, "Numbing cream on black skin"),
    "device": Drawing("img/step-2.svg", 400, 300, "The device on white skin"),
    "warm-skin": Drawing("img/step-3.svg", 400, 300, "Warm, flushed medium brown skin"),
    "soothing-cream": Drawing("img/step-4.svg", 400, 300, "A pot of soothing cream on light brown skin"),
    "abdomen": Drawing("img/area-abdomen.webp", 640, 480, "Abdomen"),
    "breasts": Drawing("img/area-breasts.webp", 640, 480, "Breasts and chest, covered"),
    "hips": Drawing("img/area-hips.webp", 640, 480, "Hips"),
    "thighs": Drawing("img/area-thighs.webp", 640, 480, "Thighs"),
}
CHOICES = [(name, drawing.label) for name, drawing in DRAWINGS.items()]
