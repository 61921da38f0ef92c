"""Paragraphs, headings, list items and rows of a table, as read from foreign HTML, and written as prose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

INLINE = ("strong", "em", "sub", "sup")
SPACES = " \t\r\n\f\v\xa0"


@dataclass(frozen=True)
class Style:
    """How words are marked, and where they lead: the attributes of their link, if they have one."""

    marks: frozenset[str] = frozenset()
    link: tuple[tuple[str, str], ...] = ()


PLAIN = Style()


@dataclass
class Piece:
    """One block: `kind` is "p", "h3", "h4", "li" or "row"; `depth` counts the lists around an item from 1.

    `group` tells which pieces make one list or one table; `list_tag` is "ul" or "ol".
    """

    kind: str
    group: object = None
    depth: int = 0
    list_tag: str = "ul"
    runs: list[tuple[Style, str]] = field(default_factory=list)

    def add(self, text: str, style: Style) -> None:
        """Add words; no space begins a line, and none follows another."""
        if not self.runs or self.runs[-1][1] == "\n" or self.runs[-1][1][-1] in SPACES:
            text = text.lstrip(SPACES)
        if text:
            self.runs.append((style, text))

    def add_space(self) -> None:
        """Keep what comes next apart from what is there."""
        self.add(" ", PLAIN)

    def break_line(self) -> None:
        """Begin a new line inside the block; a heading has but one."""
        if self.kind in {"h3", "h4"}:
            self.add_space()
        elif self.runs and self.runs[-1][1] != "\n":
            self._trim()
            self.runs.append((PLAIN, "\n"))

    @property
    def is_empty(self) -> bool:
        """Whether it has no words."""
        return not any(text.strip(SPACES) for _, text in self.runs)

    def _trim(self) -> None:
        while self.runs and not self.runs[-1][1].rstrip(SPACES):
            self.runs.pop()
        if self.runs:
            style, text = self.runs[-1]
            self.runs[-1] = (style, text.rstrip(SPACES))

    def html(self) -> str:
        """Return the words with their marks."""
        self._trim()
        return "".join(
            _linked("".join(_marked(list(runs), marks) for marks, runs in groupby(together, key=_marks_of)), link)
            for link, together in groupby(self.runs, key=_link_of)
        )


def _link_of(run: tuple[Style, str]) -> tuple[tuple[str, str], ...]:
    return run[0].link


def _marks_of(run: tuple[Style, str]) -> frozenset[str]:
    return run[0].marks


def _marked(runs: list[tuple[Style, str]], marks: frozenset[str]) -> str:
    html = escape("".join(text for _, text in runs), quote=False).replace("\n", "<br>")
    for tag in reversed(INLINE):
        html = f"<{tag}>{html}</{tag}>" if tag in marks else html
    return html


def _linked(html: str, link: tuple[tuple[str, str], ...]) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in link)
    return f"<a{attributes}>{html}</a>" if link else html


def write(pieces: Sequence[Piece]) -> str:
    """Return the pieces as HTML: items of one list in it, rows of one table as the lines of one paragraph."""
    parts = []
    for (kind, group), together in groupby(_filled(pieces), key=lambda piece: (_family(piece), piece.group)):
        if kind == "li":
            parts.append(_write_list(list(together)))
        elif kind == "row" and group is not None:
            parts.append(f"<p>{'<br>'.join(piece.html() for piece in together)}</p>")
        else:
            parts += [f"<{piece.kind}>{piece.html()}</{piece.kind}>" for piece in together]
    return "".join(parts)


def _filled(pieces: Sequence[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if not piece.is_empty)


def _family(piece: Piece) -> str:
    return piece.kind if piece.kind in {"li", "row"} else "p"


def _write_list(items: list[Piece]) -> str:
    """Return the items as nested lists; an item that is two levels deeper than the one before is put one deeper."""
    html, open_tags = "", list[str]()
    for item in items:
        depth = max(1, min(item.depth, len(open_tags) + 1))
        while len(open_tags) > depth:
            html += f"</li></{open_tags.pop()}>"
        if len(open_tags) == depth and open_tags[-1] != item.list_tag:
            html += f"</li></{open_tags.pop()}>"
        elif len(open_tags) == depth:
            html += "</li>"
        if len(open_tags) < depth:
            html += f"<{item.list_tag}>"
            open_tags.append(item.list_tag)
        html += f"<li>{item.html()}"
    return html + "".join(f"</li></{tag}>" for tag in reversed(open_tags))
