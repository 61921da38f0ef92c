"""Turns what is pasted from Word, Google Docs, Pages, Outlook or a web page into the narrow HTML of prose.

No word is lost and no two are joined, except what `Result.left_out` says: struck-out words, deletions that are tracked,
comments, pictures. Lists stay lists, headings become one of the two that prose has, tables become lines of text.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from . import marks
from .losses import Losses
from .pieces import PLAIN, SPACES, Piece, Style, write

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"),
    *("v:imagedata", "wbr"),
}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html"),
    *("legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "select"),
    *("summary", "ul", *marks.HEADINGS),
}
TABLE_PARTS = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
CELLS = {"td", "th"}
#: Elements that end an open one of these kinds, and the elements beyond which none is sought.
ENDS = {"tr": ({"tr"}, {"table"}), "td": (CELLS, {"tr"}), "th": (CELLS, {"tr"}), "li": ({"li"}, {"ul", "ol"})}
APART = {"button", "input", "textarea", "label", *marks.PICTURES}  # in a line, but with space around
CELL_SEPARATOR = " – "
ORDERED_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
WORD_DECLARATION = re.compile(r"<!\[[^\]>]*\]>")
SPACE = re.compile(rf"[{SPACES}]+")


@dataclass
class Result:
    """The HTML for prose, and a sentence for each kind of thing that was left out or changed."""

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
    return Result(write(reader.pieces), reader.losses.sentences())


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
        elif self.open and tag in CELLS:
            number, cells = self.open[-1]
            self.open[-1] = (number, cells + 1)
            self.found[number] = max(self.found[number], cells + 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()


@dataclass(frozen=True)
class _Frame:
    """What an open element means for the words inside it.

    `drops` says why they are left out, `block` is "p", "h3", "h4", "table" or "row", `piece` is a list item's or a
    row's own, `lists` are the lists around, `word_level` is the depth of one of Word's list paragraphs, else 0.
    """

    tag: str
    style: Style = PLAIN
    drops: str = ""
    block: str = "p"
    piece: Piece | None = None
    lists: tuple[str, ...] = ()
    word_level: int = 0
    group: object = None


class _Reader(HTMLParser):
    """Reads HTML as browsers do, and collects its pieces."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.current: Piece | None = None  # the block that words are added to, None where the next begins one
        self.frames: list[_Frame] = [_Frame("")]
        self.open: Counter[str] = Counter()
        self.widths, self.tables = widths, 0
        self.losses = Losses()
        self.marker = ""  # of the list paragraph that is read
        self.has_gap = False  # words with space among them were left out here

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element means for the words in it."""
        if tag in ENDS:
            self._end_open(*ENDS[tag])
        attributes = {name: value or "" for name, value in attrs}
        declared, outer = marks.style_of(attributes), self.frames[-1]
        drops = outer.drops or marks.why_dropped(tag, attributes, declared)
        if not outer.drops:
            self._count(drops or ("colour" if marks.is_coloured(tag, attributes, declared) else ""))
        if drops in {"", "struck", "picture"}:
            self._separate(tag)
        if tag in VOID:
            return
        self.open[tag] += 1
        in_heading = outer.block in {"h3", "h4"} or tag in marks.HEADINGS
        style = marks.style_in(tag, attributes, declared, outer.style, in_heading=in_heading)
        frame = self._placed(replace(outer, tag=tag, drops=drops, style=style), outer)
        if frame.block != "row":
            heading = marks.heading_of(tag, attributes)
            if heading:
                frame = replace(frame, block=heading, word_level=0)
            elif tag == "p":
                frame = replace(frame, block="p", word_level=0 if frame.lists else marks.word_level(declared))
        self.frames.append(frame)

    def handle_endtag(self, tag: str) -> None:
        """End the element, with all that is still open in it."""
        if tag not in VOID and self.open[tag]:
            while (frame := self.frames.pop()).tag != tag:
                self.open[frame.tag] -= 1
            self.open[tag] -= 1
        if not self.frames[-1].drops:
            self._separate(tag, is_end=True)

    def handle_data(self, data: str) -> None:
        """Add words to the block that they stand in, or leave them out."""
        frame = self.frames[-1]
        if frame.drops:
            self._drop(frame.drops, data)
        elif data.strip(SPACES):
            if self.current is None:
                self.current = self._begin(frame)
            elif self.has_gap and data[0].isalnum():
                self.current.add_space()
            self.has_gap = False
            self.current.add(_single_spaces(data), frame.style)
        elif self.current is not None:
            self.current.add_space()

    def _end_open(self, kinds: set[str], beyond: set[str]) -> None:
        """End an open element of these kinds, as browsers do where its own end is left out."""
        for frame in reversed(self.frames):
            if frame.tag in kinds:
                self.handle_endtag(frame.tag)
            if frame.tag in kinds | beyond:
                return

    def _separate(self, tag: str, *, is_end: bool = False) -> None:
        """Keep the words on both sides of where an element begins or ends apart."""
        frame, current = self.frames[-1], self.current
        row = frame.piece if frame.block == "row" else None
        if current is None:
            return
        if tag in APART or (tag == "br" and row is not None):
            current.add_space()
        elif tag == "br":
            current.break_line()
        elif row is not None and current is row and tag in BLOCKS | TABLE_PARTS:
            if tag in CELLS and not is_end:
                row.add(CELL_SEPARATOR, PLAIN)
            row.add_space()
        elif tag in BLOCKS | TABLE_PARTS:
            self.current = None

    def _placed(self, frame: _Frame, outer: _Frame) -> _Frame:
        """Return the frame with what its element means for the place of its words, if it is of a table or a list."""
        if frame.tag == "table":
            width, self.tables = self.widths[self.tables], self.tables + 1
            if outer.block == "row" or width < 2:  # one cell wide: it was drawn around the text
                return frame
            self.losses.counts["table"] += not frame.drops
            return replace(frame, block="table", group=object(), word_level=0)
        if frame.tag == "tr" and outer.block == "table":
            return replace(frame, block="row", piece=Piece("row", frame.group))
        if outer.block == "row":
            return frame
        if frame.tag in {"ul", "ol"}:
            group = frame.group if frame.lists else object()
            return replace(frame, lists=(*frame.lists, frame.tag), piece=None, group=group, word_level=0)
        if frame.tag == "li":
            lists = frame.lists or ("ul",)
            piece = Piece("li", frame.group, len(lists), lists[-1])
            return replace(frame, lists=lists, piece=piece, block="p", word_level=0)
        return frame

    def _begin(self, frame: _Frame) -> Piece:
        """Return the block that words in this frame belong to: a new one, or the list item that they go on in."""
        piece = frame.piece
        if piece is not None and piece.runs and piece is self.pieces[-1]:
            piece.break_line()
            return piece
        if piece is None and frame.word_level:
            tag = "ol" if ORDERED_MARKER.fullmatch(self.marker.strip(SPACES)) else "ul"
            piece = Piece("li", "word", frame.word_level, tag)
        elif piece is None:
            piece = Piece(frame.block if frame.block in {"h3", "h4"} else "p")
        elif piece.runs:  # after a list inside the item
            piece = replace(piece, runs=[])
        self.marker = ""
        self.pieces.append(piece)
        return piece

    def _count(self, what: str) -> None:
        self.losses.counts[what] += 1

    def _drop(self, why: str, data: str) -> None:
        if why == "marker":
            self.marker += data
        elif why == "struck" and data.strip(SPACES):
            self.losses.struck.append(_single_spaces(data).strip())
        if why in {"struck", "comment", "hidden"} and SPACE.search(data):
            self.has_gap = True


def _single_spaces(text: str) -> str:
    """Return the text with single spaces; a lone no-break space stays one."""
    return SPACE.sub(lambda found: found[0] if found[0] == "\xa0" else " ", text)
