"""Turns what is pasted from Word, Google Docs, Pages, Outlook or a web page into the narrow HTML of prose.

No word is lost and no two are joined, except what is said in `Result.left_out`: struck-out words, deletions that are
tracked, comments, pictures. Lists stay lists, headings become the two that prose has, tables become lines of text.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser

from .pasted_pieces import SPACES, Piece, Style, write

SILENT = {"script", "style", "head", "title", "template", "noscript", "xml", "iframe", "object", "math"}
PICTURES = {"img", "svg", "picture", "video", "audio", "canvas", "v:imagedata"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track", "v:imagedata"}
STRUCK = {"s", "strike", "del"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "ul"),
    *HEADINGS,
}
APART = {"button", "input", "textarea", "label", *PICTURES}  # in a line, but with space around
CELL_SEPARATOR = " – "
PLAIN_COLOURS = re.compile(r"auto|inherit|initial|windowtext|transparent|currentcolor|black|white|#0{3,8}|#f{3,8}")
RGB_PLAIN = re.compile(r"rgba?\((?:0,0,0|255,255,255)(?:,[\d.]+)?\)")
MARKER = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
WORD_DECLARATION = re.compile(r"<!\[[^\]>]*\]>")
SPACE = re.compile(rf"[{SPACES}]+")
MAX_QUOTED = 60  # letters of struck-out words that are told


@dataclass
class Result:
    """The HTML for prose, and a phrase for each kind of thing that was left out or changed."""

    html: str
    left_out: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """All that was left out in one line; "" if nothing was."""
        return " ".join(self.left_out)


def convert(html: str) -> Result:
    """Return foreign HTML as that of prose, with what was left out. The result still has to be sanitised."""
    source = WORD_DECLARATION.sub("", html).replace("<![", "&lt;![")
    widths = _TableWidths()
    widths.feed(source)
    widths.close()
    reader = _Reader(widths.found)
    reader.feed(source)
    reader.close()
    return Result(write(reader.pieces), reader.left_out())


def style_of(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the declarations of an element's `style`, in lower case."""
    pairs = (part.partition(":") for part in attributes.get("style", "").lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


class _TableWidths(HTMLParser):
    """Counts the cells of the widest row of each table, in the order in which the tables begin."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[int] = []
        self.open: list[tuple[int, int]] = []  # the table's number, the cells of its row so far

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.open.append((len(self.found), 0))
            self.found.append(0)
        elif self.open and tag == "tr":
            self.open[-1] = (self.open[-1][0], 0)
        elif self.open and tag in {"td", "th"}:
            number, cells = self.open[-1]
            self.open[-1] = (number, cells + 1)
            self.found[number] = max(self.found[number], cells + 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()


@dataclass(frozen=True)
class _Frame:
    """What an open element means for the words inside it; `drops` says why they are left out, "" if they are not."""

    tag: str
    style: Style = Style()
    drops: str = ""
    piece: Piece | None = None  # a list item's, or a row's
    lists: tuple[str, ...] = ()
    block: str = "p"
    word_item: tuple[int, str] | None = None  # depth and list of one of Word's own list paragraphs
    group: object = None


class _Reader(HTMLParser):
    """Reads HTML as browsers do, and collects its pieces."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.current: Piece | None = None
        self.frames: list[_Frame] = [_Frame("")]
        self.open: Counter[str] = Counter()
        self.widths, self.tables = widths, 0
        self.counts: Counter[str] = Counter()
        self.struck: list[str] = []
        self.marker = ""

    # --- what the parser calls ---
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        declared, outer = style_of(attributes), self.frames[-1]
        drops = outer.drops or _why_dropped(tag, attributes, declared)
        self._count(tag, attributes, declared, drops, outer)
        if not drops or drops == "struck":
            self._separate(tag)
        if tag in VOID:
            return
        self.open[tag] += 1
        frame = replace(outer, tag=tag, drops=drops, style=_style(tag, attributes, declared, outer))
        self.frames.append(self._placed(frame, tag, attributes, declared, outer))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open[tag]:
            while (frame := self.frames.pop()).tag != tag:
                self.open[frame.tag] -= 1
            self.open[tag] -= 1
            if frame.drops == "marker" and self.frames[-1].drops != "marker":
                self._end_marker()
        if not self.frames[-1].drops:
            self._separate(tag, is_end=True)

    def handle_data(self, data: str) -> None:
        frame = self.frames[-1]
        if frame.drops:
            self._drop(frame.drops, data)
            return
        if not data.strip(SPACES):
            if self.current is not None:
                self.current.add_space()
            return
        if self.current is None:
            self.current = self._open_piece(frame)
        self.current.add(_single_spaces(data), frame.style)

    # --- pieces ---
    def _separate(self, tag: str, *, is_end: bool = False) -> None:
        """Keep what is inside an element, and what comes after it, apart from what is before."""
        row = self.frames[-1].piece if self.frames[-1].block == "row" else None
        if tag == "br":
            if self.current is not None and row is None:
                self.current.break_line()
            elif self.current is not None:
                self.current.add_space()
        elif tag in APART and self.current is not None:
            self.current.add_space()
        elif row is not None and self.current is row and (tag in BLOCKS or tag in {"td", "th", "table"}):
            if tag in {"td", "th"} and not is_end and not row.is_empty:
                row.add(CELL_SEPARATOR, Style())
            else:
                row.add_space()
        elif tag in BLOCKS or tag in {"table", "tr", "td", "th", "thead", "tbody", "tfoot"}:
            self.current = None

    def _placed(
        self, frame: _Frame, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str], outer: _Frame
    ) -> _Frame:
        """Return the frame with what its element means for the place of its words."""
        if tag == "table":
            width, self.tables = self.widths[self.tables], self.tables + 1
            if outer.block == "row" or width < 2:
                return frame
            self.counts["table"] += 1
            return replace(frame, block="table", group=object(), word_item=None)
        if tag == "tr" and outer.block == "table":
            return replace(frame, block="row", piece=Piece("row", frame.group))
        if outer.block == "row":
            return frame
        if tag in {"ul", "ol"}:
            group = frame.group if frame.lists else object()
            return replace(frame, lists=(*frame.lists, tag), piece=None, group=group, word_item=None)
        if tag == "li":
            lists = frame.lists or ("ul",)
            piece = Piece("li", frame.group, len(lists), lists[-1])
            return replace(frame, lists=lists, piece=piece, block="p", word_item=None)
        if kind := _heading(tag, attributes):
            return replace(frame, block=kind, word_item=None)
        if tag == "p":
            return replace(frame, block="p", word_item=_word_item(declared))
        return frame

    def _open_piece(self, frame: _Frame) -> Piece:
        if frame.block == "row" and frame.piece is not None:
            piece = frame.piece
        elif frame.piece is not None and frame.lists:
            piece = frame.piece
            if piece.runs and self.pieces and self.pieces[-1] is piece:
                piece.break_line()
                return piece
            if piece.runs:
                piece = Piece("li", piece.group, piece.depth, piece.list_tag)
        elif frame.word_item is not None:
            piece = Piece("li", "word", *frame.word_item)
            piece.list_tag = "ol" if MARKER.fullmatch(self.marker) else "ul"
        else:
            piece = Piece(frame.block if frame.block in {"h3", "h4"} else "p")
        self.marker = ""
        if not (self.pieces and self.pieces[-1] is piece):
            self.pieces.append(piece)
        return piece

    # --- what is left out ---
    def _count(
        self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str], drops: str, outer: _Frame
    ) -> None:
        if outer.drops and not (outer.drops == "struck" and tag in PICTURES):
            return
        if tag in PICTURES:
            self.counts["picture"] += 1
        elif drops == "comment":
            self.counts["comment"] += 1
        elif drops == "hidden":
            self.counts["hidden"] += 1
        elif _is_coloured(tag, attributes, declared):
            self.counts["colour"] += 1

    def _drop(self, why: str, data: str) -> None:
        if why == "marker":
            self.marker += data
            return
        if why == "struck" and data.strip(SPACES):
            self.struck.append(_single_spaces(data).strip())
        if why in {"struck", "comment", "hidden"} and SPACE.search(data) and self.current is not None:
            self.current.add_space()

    def _end_marker(self) -> None:
        self.marker = self.marker.strip(SPACES)

    def left_out(self) -> list[str]:
        """Return a sentence for what was left out, and one for each other change that staff want to know of."""
        names = {
            "picture": ("a picture", "{} pictures"),
            "comment": ("a comment", "{} comments"),
            "hidden": ("hidden text", "hidden text"),
            "colour": ("colours", "colours"),
        }
        things = [
            (one if self.counts[key] == 1 else more).format(self.counts[key])
            for key, (one, more) in names.items()
            if self.counts[key]
        ]
        sentences = [f"Left out: {', '.join(things)}."] if things else []
        if words := " ".join(self.struck):
            short = words if len(words) <= MAX_QUOTED else f"{words[:MAX_QUOTED].rsplit(' ', 1)[0]} …"
            sentences.append(f"Struck-out words were left out: “{short}”.")
        if tables := self.counts["table"]:
            sentences.append(
                ("A table" if tables == 1 else f"{tables} tables")
                + " became lines of text, one for each row. For a real table use the block “Options, side by side”."
            )
        return sentences


def _single_spaces(text: str) -> str:
    """Return the text with single spaces; a lone no-break space stays one."""
    return SPACE.sub(lambda found: found[0] if found[0] == "\xa0" else " ", text)


def _why_dropped(tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> str:
    names = attributes.get("class", "").lower()
    if tag in SILENT:
        return "silent"
    if tag in PICTURES:
        return "picture"
    if declared.get("mso-list") == "ignore":
        return "marker"
    if "msocomment" in names or "msocomanchor" in names or "msocomtxt" in names:
        return "comment"
    if "comment-list" in declared.get("mso-element", "") or attributes.get("href", "").startswith("#_msocom_"):
        return "comment"
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    if tag in STRUCK or "msodel" in names or "line-through" in line:
        return "struck"
    if declared.get("display") == "none" or declared.get("mso-hide") == "all" or "hidden" in attributes:
        return "hidden"
    return ""


def _style(tag: str, attributes: Mapping[str, str], declared: Mapping[str, str], outer: _Frame) -> Style:
    marks = set(outer.style.marks)
    if tag in MARKS:
        marks.add(MARKS[tag])
    is_heading = outer.block in {"h3", "h4"} or tag in HEADINGS
    weight, slant, align = (declared.get(name, "") for name in ("font-weight", "font-style", "vertical-align"))
    if weight in {"normal", "400", "300"}:
        marks.discard("strong")
    elif not is_heading and weight in {"bold", "bolder", "600", "700", "800", "900"}:
        marks.add("strong")
    if slant == "italic" and not is_heading:
        marks.add("em")
    elif slant == "normal":
        marks.discard("em")
    if align in {"sub", "super"}:
        marks.add("sub" if align == "sub" else "sup")
    link = _link(attributes) if tag == "a" else outer.style.link
    return Style(frozenset(marks), link)


def _link(attributes: Mapping[str, str]) -> str:
    """Return the attributes of a link that leads somewhere, as they are written."""
    href = attributes.get("href", "")
    if not href or href.startswith("#_"):  # a mark of Word's
        return ""
    kept = {name: value for name, value in attributes.items() if name == "href" or name.startswith("data-cms-")}
    return " ".join(f'{name}="{escape(value)}"' for name, value in kept.items())


def _heading(tag: str, attributes: Mapping[str, str]) -> str:
    if tag in HEADINGS:
        return HEADINGS[tag]
    return "h3" if tag == "p" and re.search(r"\bMso(?:Title|Heading)", attributes.get("class", "")) else ""


def _word_item(declared: Mapping[str, str]) -> tuple[int, str] | None:
    """Return the depth of one of Word's list paragraphs, which has no list around it."""
    found = re.search(r"level(\d)", declared.get("mso-list", ""))
    return (max(1, int(found[1])), "ul") if found else None


def _is_coloured(tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> bool:
    values = [declared.get(name, "") for name in ("color", "background", "background-color", "mso-highlight")]
    values += [attributes.get("color", "").lower() if tag == "font" else "", "yellow" if tag == "mark" else ""]
    return any(
        value and not PLAIN_COLOURS.fullmatch(value) and not RGB_PLAIN.fullmatch(value.replace(" ", ""))
        for value in values
    )
