"""What foreign HTML means by elements and attributes: bold, a link, a heading, struck out, hidden, a comment."""

import re
from collections.abc import Mapping

from .pieces import Style

Attributes = Mapping[str, str]

SILENT = {"script", "style", "head", "title", "template", "noscript", "xml", "iframe", "object", "math"}
PICTURES = {"img", "svg", "picture", "video", "audio", "canvas", "v:imagedata"}
STRUCK = {"s", "strike", "del"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup"}
BOLD = {"bold", "bolder", "600", "700", "800", "900"}
NOT_BOLD = {"normal", "lighter", "300", "400"}
PLAIN_COLOURS = re.compile(r"auto|inherit|initial|windowtext|transparent|currentcolor|black|white|#0{3,8}|#f{3,8}")
PLAIN_RGB = re.compile(r"rgba?\((?:0,0,0|255,255,255)(?:,[\d.]+)?\)")
WORD_COMMENT = re.compile(r"mso-?comment|msocom")
WORD_HEADING = re.compile(r"\bMso(?:Title|Heading)")
WORD_LEVEL = re.compile(r"level(\d)")


def style_of(attributes: Attributes) -> dict[str, str]:
    """Return the declarations of an element's `style`, in lower case."""
    pairs = (part.partition(":") for part in attributes.get("style", "").lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def why_dropped(tag: str, attributes: Attributes, declared: Attributes) -> str:
    """Return why the words in an element are left out: silent, picture, marker, comment, struck, hidden; "" if not."""
    names = attributes.get("class", "").lower()
    if tag in SILENT:
        return "silent"
    if tag in PICTURES:
        return "picture"
    if declared.get("mso-list") == "ignore":
        return "marker"
    if WORD_COMMENT.search(names) or "comment-list" in declared.get("mso-element", ""):
        return "comment"
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    if tag in STRUCK or "msodel" in names or "line-through" in line:
        return "struck"
    if declared.get("display") == "none" or declared.get("mso-hide") == "all" or "hidden" in attributes:
        return "hidden"
    return ""


def style_in(tag: str, attributes: Attributes, declared: Attributes, outer: Style, *, in_heading: bool) -> Style:
    """Return how the words in an element are marked; a heading takes its weight from being one."""
    marks = set(outer.marks)
    if tag in MARKS:
        marks.add(MARKS[tag])
    weight, slant, align = (declared.get(name, "") for name in ("font-weight", "font-style", "vertical-align"))
    if weight in NOT_BOLD:
        marks.discard("strong")
    elif weight in BOLD and not in_heading:
        marks.add("strong")
    if slant == "normal":
        marks.discard("em")
    elif slant == "italic" and not in_heading:
        marks.add("em")
    if align in {"sub", "super"}:
        marks.add("sub" if align == "sub" else "sup")
    return Style(frozenset(marks), _link(attributes) if tag == "a" else outer.link)


def _link(attributes: Attributes) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a link that leads somewhere; a page of the site is named in one of the editor's own."""
    href = attributes.get("href", "")
    if not href or href.startswith("#_"):  # a mark of Word's
        return ()
    return tuple((name, value) for name, value in attributes.items() if name == "href" or name.startswith("data-cms-"))


def heading_of(tag: str, attributes: Attributes) -> str:
    """Return the heading of prose that an element becomes, or ""."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    return "h3" if tag == "p" and WORD_HEADING.search(attributes.get("class", "")) else ""


def word_level(declared: Attributes) -> int:
    """Return the depth of one of Word's list paragraphs, which has no list around it; 0 for any other."""
    found = WORD_LEVEL.search(declared.get("mso-list", ""))
    return max(1, int(found[1])) if found else 0


def is_coloured(tag: str, attributes: Attributes, declared: Attributes) -> bool:
    """Whether an element has a colour that is more than black on white."""
    values = [declared.get(name, "") for name in ("color", "background", "background-color", "mso-highlight")]
    values += [attributes.get("color", "").lower() if tag == "font" else "", "yellow" if tag == "mark" else ""]
    return any(
        value and not PLAIN_COLOURS.fullmatch(value) and not PLAIN_RGB.fullmatch(value.replace(" ", ""))
        for value in values
    )
