"""User text made safe to show: never markup, never a control sequence, never wider than its place.

The only file of the screens that knows about markup. Textual reads a plain ``str`` as markup in most widgets, so
that a ticket called ``[/x]`` would end the program and ``[@click=...]`` would act; therefore every text that a
person or a file brought goes through `label`, `content` or `assemble` before a widget gets it, and `notify` is
called with ``markup=False``.

Widths are in terminal cells. What terminals measure differently from one another (joined emoji, skin tones,
variation selectors) is taken apart here, so that the width of a text is the sum of its characters everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content

CUT = "~"
"""What stands for a cut: one ASCII cell. `...` would take three of a column of eight, and the one-cell ellipsis
is missing from console fonts and from every locale but UTF-8."""

_STACK = 3
"""Zero-width characters kept on one letter: Hebrew and Thai need up to three, hostile text has thousands."""

_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def one_line(text: object) -> str:
    """Return the text on one line, every character of it harmless in a terminal.

    Control characters become visible (``^[`` for ESC), line ends and tabs become a space, direction marks and
    other invisible format characters go, at most three accents stay on one letter.
    """
    return _literal(str(text), newline=" ")


def many_lines(text: object) -> str:
    """Like `one_line`, but line ends of every kind stay, as newlines."""
    return _literal(str(text).replace("\r\n", "\n"), newline="\n")


def label(text: object, *, lines: bool = False) -> Text:
    """Return a literal renderable for any widget that takes a label, cell or title.

    Args:
        text: what to show; a `Text` is given back as it is.
        lines: keep the line ends.
    """
    if isinstance(text, Text):
        return text
    return Text(many_lines(text) if lines else one_line(text))


def content(text: object, style: str = "") -> Content:
    """Return literal Textual content in one style, line ends kept."""
    return Content.styled(many_lines(text), style) if style else Content(many_lines(text))


def assemble(*parts: str | tuple[str, str]) -> Content:
    """Join literal texts, each plain or as ``(text, style)``, into Textual content."""
    return Content("").join(content(*part) if isinstance(part, tuple) else content(part) for part in parts)


def cut(text: object, width: int, mark: str = CUT) -> str:
    """Return the text on one line of at most ``width`` cells, with ``mark`` at its end where it was cut.

    Args:
        text: what to show.
        width: cells there are; zero or less gives an empty text.
        mark: what stands for the rest; left out where it alone would not fit.
    """
    line = one_line(text)
    if width <= 0:
        return ""
    if line.isascii() and len(line) <= width:
        return line
    if cell_len(line) <= width:
        return line
    mark = mark if cell_len(mark) <= width else ""
    return _head(line, width - cell_len(mark)) + mark


def fit(text: object, width: int, *, right: bool = False, mark: str = CUT) -> str:
    """Return the text as exactly ``width`` cells: cut like `cut`, or filled up with spaces.

    Args:
        text: what to show.
        width: cells to fill.
        right: put it at the right end, as figures are.
        mark: what stands for the rest of a text that was cut.
    """
    line = cut(text, width, mark)
    room = " " * (width - cell_len(line))
    return room + line if right else line + room


def wrap(text: object, width: int) -> list[str]:
    """Return the text as lines of at most ``width`` cells, broken at spaces, at line ends and in over-long words."""
    if width <= 0:
        return []
    return [line for paragraph in many_lines(text).split("\n") for line in _wrap_paragraph(paragraph, width)]


_NARROWEST: Final = 8
"""Cells to which a column of words is cut at most."""


def aligned(rows: Sequence[Sequence[object]], room: int = 0) -> str:
    """Return a table as text: each column as wide as its widest cell, figures at the right, amounts as ``1,234.50``.

    Args:
        rows: the headings first.
        room: cells that a line has; texts are cut so that it fits, the widest column first; 0 = as many as it takes.
    """
    columns, right, widths = [], [], []
    for cells in zip(*rows, strict=True):
        columns.append([f"{cell:,.2f}" if isinstance(cell, Decimal) else one_line(cell) for cell in cells])
        right.append([isinstance(cell, (int, Decimal)) for cell in cells])
        widths.append(max(map(cell_len, columns[-1])))
    if room:
        widths = _narrowed(widths, [not any(figures) for figures in right], room - 2 * (len(widths) - 1))
    fitted = [
        [fit(text, width, right=figure) for text, figure in zip(texts, figures, strict=True)]
        for texts, figures, width in zip(columns, right, widths, strict=True)
    ]
    return "\n".join("  ".join(row).rstrip() for row in zip(*fitted, strict=True))


def _narrowed(widths: Sequence[int], words: Sequence[bool], room: int) -> list[int]:
    """Return widths of which those of words are cut until all have room, the widest first, to no less than a word."""
    found = list(widths)
    while sum(found) > room:
        widest = max((place for place, cut_ in enumerate(words) if cut_), key=lambda one: found[one], default=-1)
        if widest < 0 or found[widest] <= _NARROWEST:
            break
        found[widest] -= 1
    return found


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width:
            # A wide character in a place of one cell: one goes out of each line rather than none for ever.
            piece = _head(word, width)
            word = word[max(len(piece), 1) :]
            lines.append(piece or "?")
        line = word
    return [*lines, line] if line or not lines else lines


def _head(text: str, width: int) -> str:
    """Return the longest beginning of a cleaned text that fits in ``width`` cells."""
    if text.isascii():
        return text[: max(width, 0)]
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[:index]
    return text


def _literal(text: str, newline: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    stacked = 0
    for character in text:
        visible = _visible(character, newline)
        stacked = stacked + 1 if visible and not cell_len(visible) and visible != "\n" else 0
        if visible and stacked <= _STACK:
            shown.append(visible)
    return "".join(shown)


def _visible(character: str, newline: str) -> str:
    """Return what one character is shown as."""
    if character in _LINE_ENDS:
        return newline
    code = ord(character)
    if code in _SKIN_TONES or any(code in selectors for selectors in _VARIATION_SELECTORS):
        return ""
    if character.isprintable():
        return character
    match unicodedata.category(character):
        case "Zs":
            return " "
        case "Cf":
            return ""
        case "Cc":
            if character == "\t":
                return " "
            return f"^{chr(code ^ 0x40)}" if code < 0x80 else "?"
        case "Cs" | "Co":
            return "?"
        case _:
            return character
