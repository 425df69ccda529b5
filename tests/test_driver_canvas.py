# ruff: noqa: RUF001  (characters that look like others are the point)
"""What the driver sends: the same screen in fewer bytes, whatever is drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.screens import Char
from rich.cells import cell_len, split_graphemes
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from botui.driver.canvas import Canvas
from botui.driver.pens import PLAIN, Pen, change, select

pytestmark = pytest.mark.no_cover  # the driver is above what coverage is asked of

WIDTH, HEIGHT = 24, 8
CONSOLE = Console(color_system="256", force_terminal=True, _environ={})
STYLES = [
    Style(),
    Style(color="red"),
    Style(color="color(200)", bgcolor="blue"),
    Style(bgcolor="blue"),
    Style(bold=True, bgcolor="color(33)"),
    Style(color="bright_green", reverse=True),
    Style(reverse=True),
    Style(color="color(99)", bgcolor="blue", reverse=True),
    Style(underline=True, color="yellow"),
    Style(strike=True, italic=True, bold=True),
    Style(color="#102030", bgcolor="#a0b0c0"),
]
NARROW = "abcXYZ 019 .,-     éßñ│─┌█€"
AGREED = [*NARROW, "漢", "字", "한", "か", "ﾊ", "Ａ", "e\u0301", "u\u0308", "…", "\ufffd"]
DISPUTED = ["👍", "👍🏽", "👩\u200d👧", "❤\ufe0f", "🇩🇪", "x\u0323", "⌚", "नि", "a\u200db", "\xad", "✅"]

Draw = tuple[int, int, list[tuple[str, Style]]]


def seen(cell: Char) -> tuple[object, ...]:
    """What of a cell of pyte can be seen: colours of ink do not show where there is none."""
    lines = (cell.underscore, cell.strikethrough)
    if cell.data != " ":
        return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.reverse, *lines)
    if cell.reverse and cell.fg != "default" and not any(lines) and not cell.bold:
        return (" ", cell.fg)
    return (" ", cell.bg, cell.fg, *lines, cell.reverse) if any(lines) or cell.reverse else (" ", cell.bg)


def picture(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [[seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def drawn(draws: list[Draw]) -> str:
    """The bytes Textual writes for strips at places."""
    return "".join(
        Control.move_to(x, y).segment.text + Strip([Segment(*part) for part in parts]).render(CONSOLE)
        for x, y, parts in draws
    )


def terminal(width: int = WIDTH, height: int = HEIGHT) -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(width, height)
    screen.reset_mode(7, private=True)
    return screen, pyte.Stream(screen)


def padded(parts: list[tuple[str, Style]], width: int) -> list[tuple[str, Style]]:
    """Parts cut and filled to a whole line, as Textual's strips are."""
    strip = Strip([Segment(*part) for part in parts]).adjust_cell_length(width, Style(bgcolor="blue"))
    return [(segment.text, segment.style or Style()) for segment in strip]


def parts_of(alphabet: list[str] | str, most: int = 6) -> st.SearchStrategy[list[tuple[str, Style]]]:
    # A text of stand-ins is one choice of hypothesis, a list of clusters dozens.
    meant = str.maketrans({chr(0xE000 + number): one for number, one in enumerate(alphabet)})
    text = st.text([chr(one) for one in meant], max_size=12).map(lambda stands: stands.translate(meant))
    return st.lists(st.tuples(text, st.sampled_from(STYLES)), max_size=most)


@st.composite
def whole_frames(draw: st.DrawFn, alphabet: list[str] | str) -> list[list[Draw]]:
    """Frames that draw whole lines, often the same lines elsewhere: lists that move, dialogs that come and go."""
    stock = draw(st.lists(parts_of(alphabet), min_size=2, max_size=12))
    frames: list[list[Draw]] = []
    start = 0
    for _ in range(draw(st.integers(1, 6))):
        start += draw(st.integers(-2, 2))
        lines = [padded(stock[(start + y) % len(stock)], WIDTH) for y in range(HEIGHT)]
        for y in draw(st.sets(st.integers(0, HEIGHT - 1), max_size=3)):
            lines[y] = padded(draw(parts_of(alphabet)), WIDTH)
        chosen = draw(st.sets(st.integers(0, HEIGHT - 1))) if frames else range(HEIGHT)
        frames.append([(0, y, lines[y]) for y in chosen])
    return frames


@st.composite
def partial_frames(draw: st.DrawFn) -> list[list[Draw]]:
    """Frames that draw pieces anywhere, over the edge too."""
    piece = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), parts_of(NARROW, 3))
    pieces = draw(st.lists(st.lists(piece, max_size=5), min_size=1, max_size=8))
    return [
        [(x, y, parts) for x, y, parts in frame if sum(cell_len(text) for text, _ in parts) <= WIDTH - x]
        for frame in pieces
    ]


def assert_same_with_and_without(frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    plain_screen, plain = terminal()
    our_screen, ours = terminal()
    for frame in frames:
        data = drawn(frame)
        plain.feed(data)
        canvas.feed(data)
        ours.feed(canvas.frame())
        assert picture(our_screen) == picture(plain_screen)


@given(partial_frames())
def test_pieces_anywhere_look_the_same_with_and_without_the_driver(frames: list[list[Draw]]) -> None:
    assert_same_with_and_without(frames)


@given(whole_frames(AGREED))
@settings(max_examples=100)
def test_lines_with_wide_and_composed_characters_look_the_same(frames: list[list[Draw]]) -> None:
    assert_same_with_and_without(frames)


def cells_of(parts: list[tuple[str, Style]]) -> Iterator[tuple[str, int]]:
    for text, _ in parts:
        for start, end, width in split_graphemes(text)[0]:
            yield text[start:end], width


@given(whole_frames([*AGREED, *DISPUTED]))
@settings(max_examples=60)
def test_a_character_of_disputed_width_spoils_no_other_cell(frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    screen, stream = terminal()
    lines: dict[int, list[tuple[str, Style]]] = {}
    for frame in frames:
        canvas.feed(drawn(frame))
        stream.feed(canvas.frame())
        lines.update({y: parts for _, y, parts in frame})
        for y, parts in lines.items():
            x = 0
            for grapheme, width in cells_of(parts):
                composed = unicodedata.normalize("NFC", grapheme)
                if width and grapheme not in DISPUTED and len(composed) == 1 and composed not in "🇩🇪":
                    assert screen.buffer[y][x].data == composed, (y, x)
                x += width


class OddScreen(pyte.Screen):
    """A terminal that takes another number of columns than we do for each code point of what is disputed."""

    columns_each = 1

    def draw(self, data: str) -> None:
        for character in data:
            if character in "".join(DISPUTED) and not character.isascii():
                for _ in range(self.columns_each):
                    super().draw("@")
            else:
                super().draw(character)


@pytest.mark.parametrize("columns_each", [0, 1, 3])
@given(frames=whole_frames([*NARROW, *DISPUTED]))
@settings(max_examples=60)
def test_a_terminal_that_counts_otherwise_shows_all_else_right(columns_each: int, frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    screen = OddScreen(WIDTH, HEIGHT)
    screen.columns_each = columns_each
    screen.reset_mode(7, private=True)
    stream = pyte.Stream(screen)
    lines: dict[int, list[tuple[str, Style]]] = {}
    for frame in frames:
        canvas.feed(drawn(frame))
        stream.feed(canvas.frame())
        lines.update({y: parts for _, y, parts in frame})
        for y, parts in lines.items():
            x = 0
            for grapheme, width in cells_of(parts):
                shown = "".join(screen.buffer[y][at].data for at in range(x, x + width))
                if len(grapheme) == 1 and grapheme in NARROW:
                    assert shown == grapheme, (x, y)
                elif columns_each < 2 and len(grapheme) == 1 and width == 2:
                    assert shown == ("@" * columns_each).ljust(2), (x, y)
                x += width


def shown_after(*frames: list[Draw]) -> list[list[tuple[object, ...]]]:
    canvas = Canvas(WIDTH, HEIGHT)
    screen, stream = terminal()
    for frame in frames:
        canvas.feed(drawn(frame))
        stream.feed(canvas.frame())
    return picture(screen)


@pytest.mark.parametrize(("x", "left"), [(3, "a ."), (4, " a.")])
def test_half_of_a_wide_character_is_never_left(x: int, left: str) -> None:
    before: list[Draw] = [(3, 0, [("漢.", STYLES[1])])]
    row = shown_after(before, [(x, 0, [("a", STYLES[1])])])[0]
    assert "".join(str(cell[0]) for cell in row).strip() == left.strip()
    assert row[5][0] == "."


def test_a_wide_character_that_does_not_fit_leaves_a_blank() -> None:
    row = shown_after([(0, 0, [("x" * WIDTH, STYLES[1])])], [(WIDTH - 1, 0, [("漢", STYLES[1])])])[0]
    assert [cell[0] for cell in row] == ["x"] * (WIDTH - 1) + [" "]


def test_a_character_of_disputed_width_is_not_drawn_again_for_a_change_beside_it() -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    canvas.feed(drawn([(0, 0, [("a👍b", STYLES[1])])]))
    canvas.frame()
    canvas.feed(drawn([(0, 0, [("x👍y", STYLES[1])])]))
    frame = canvas.frame()
    assert "👍" not in frame
    assert frame.endswith("x\x1b[2Cy\x1b[m")


PENS = st.builds(
    lambda flags, fore, back: Pen(tuple(sorted(flags)), fore, back),
    st.sets(st.sampled_from([1, 2, 3, 4, 5, 7, 8, 9, 21, 51, 53])),
    st.sampled_from(["", "31", "97", "38;5;200", "38;2;1;2;3"]),
    st.sampled_from(["", "44", "107", "48;5;17", "48;2;9;8;7"]),
)


@given(PENS, PENS)
def test_changing_a_pen_makes_it_the_wanted_one(current: Pen, wanted: Pen) -> None:
    sequence = change(current, wanted)
    assert (select(current, sequence[2:-1]) if sequence else current) == wanted
    assert len(sequence) <= max(len("\x1b[m"), len(change(PLAIN, wanted)) + len("0;"))


def test_a_coloured_line_that_becomes_plain_is_erased_in_plain() -> None:
    coloured: list[Draw] = [(0, 0, [("x" * WIDTH, STYLES[2])])]
    plain: list[Draw] = [(0, 0, [("ab", STYLES[3]), (" " * (WIDTH - 2), STYLES[0])])]
    assert shown_after(coloured, plain) == shown_after(plain)


@given(whole_frames(AGREED), st.lists(st.tuples(st.integers(1, 40), st.integers(1, 12)), min_size=1, max_size=4))
@settings(max_examples=50)
def test_after_a_resize_the_whole_screen_is_right(frames: list[list[Draw]], sizes: list[tuple[int, int]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    for frame, (width, height) in zip(frames, sizes, strict=False):
        canvas.resize(width, height)
        plain_screen, plain = terminal(width, height)
        our_screen, ours = terminal(width, height)
        ours.feed("\x1b[41mjunk of the old size\x1b[m")
        data = drawn([(0, y % height, padded(parts, width)) for _, y, parts in frame])
        canvas.feed(data)
        plain.feed(data)
        ours.feed(canvas.frame())
        covered = {y % height for _, y, _ in frame}
        for y in covered:
            assert picture(our_screen)[y] == picture(plain_screen)[y]


@given(whole_frames(AGREED))
@settings(max_examples=60)
def test_drawing_anew_repairs_a_screen_that_somebody_else_wrote_on(frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    screen, stream = terminal()
    for frame in frames:
        canvas.feed(drawn(frame))
        stream.feed(canvas.frame())
    before = picture(screen)
    stream.feed("\x1b[3;3H\x1b[31mMessage from root\x1b[2;5r\n\n\n")
    canvas.forget()
    stream.feed(canvas.frame())
    assert picture(screen) == before


@given(whole_frames(AGREED))
@settings(max_examples=60)
def test_what_is_shown_already_costs_nothing(frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    for frame in frames:
        canvas.feed(drawn(frame))
        canvas.frame()
        canvas.feed(drawn(frame))
        assert canvas.frame() == ""


def test_a_list_that_scrolls_costs_about_one_line() -> None:
    canvas = Canvas(80, 24)
    for top in range(5):
        rows = [f"T-{number} {unicodedata.name(chr(0x100 + number))[14:]}" for number in range(top, top + 22)]
        canvas.feed(drawn([(0, y, padded([(row, STYLES[2])], 80)) for y, row in enumerate(rows, 1)]))
        frame = canvas.frame()
    assert len(frame) < 150
    assert "\x1b[2;23r" in frame


SENT = re.compile(r"\x1b\[[0-9;]*[mHJKrC]|\x1bM|[\r\n]|[^\x00-\x1f\x7f-\x9f]", re.DOTALL)
"""All that may ever leave: the sequences the driver is allowed, line ends, and text."""
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")


def assert_harmless(sent: str) -> None:
    assert SENT.sub("", sent) == ""
    assert not INVISIBLE.search(sent)
    sent.encode()


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=30), max_size=6))
def test_no_control_ever_leaves_whatever_the_text(texts: list[str]) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    for y, text in enumerate(texts):
        canvas.feed(drawn([(y, y, [(text, STYLES[y]), (text[::-1], STYLES[y + 1])])]))
        assert_harmless(canvas.frame())


HOSTILE = [
    "\x1b]0;owned\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x1b[2J\x1b[?1049l\x1bc",
    "\x1bP$qm\x1b\\",
    "\x1b_G\x1b\\",
    "\x9b31m\x9d0;x\x9c",
    "\x1b[6n\x1b[c\x1b[?2026$p",
    "\x07\x08\x0e\x0f\x7f\x00\n\r\t\x0b\x0c",
    "\u202egnp.exe\u202c",
    "\ud800\udfff",
    "a" + "\u0301" * 10_000,
    "\x1b[" + "1;" * 50_000 + "m",
    "\x1b[99999999;99999999H",
    "\x1b[0;0H\x1b[H\x1b[;H",
    "\u2028\u2029\ufeff",
    "\x1b",
    "\x1b[",
    "\x1b[38;5m\x1b[48;2;1m\x1b[38m\x1b[;;m\x1b[999m",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_hostile_text_is_harmless(text: str, ascii_only: bool) -> None:
    canvas = Canvas(WIDTH, HEIGHT, ascii_only)
    canvas.feed(drawn([(2, 2, [("before ", STYLES[1]), (text, STYLES[2]), (" after", STYLES[3])])]))
    frame = canvas.frame()
    assert_harmless(frame)
    assert len(frame) < 1000
    assert not ascii_only or frame.isascii()


@given(whole_frames([*AGREED, *DISPUTED]))
@settings(max_examples=60)
def test_an_ascii_terminal_gets_ascii_in_the_same_cells(frames: list[list[Draw]]) -> None:
    canvas = Canvas(WIDTH, HEIGHT, ascii_only=True)
    screen, stream = terminal()
    for frame in frames:
        canvas.feed(drawn(frame))
        sent = canvas.frame()
        assert sent.isascii()
        stream.feed(sent)
        for _, y, parts in frame:
            x = 0
            for grapheme, width in cells_of(parts):
                assert not (grapheme.isascii() and width) or screen.buffer[y][x].data == grapheme
                x += width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Émile Größe", "Emile Grose"),
        ("┌─┐│╭╯├┼", "+-+|++++"),
        ("…—“x”", '.-"x"'),
        ("漢Ａx", "??A x"),
        ("5 €", "5 E"),
        ("▊▔▎▁▐", "|-|_|"),
        ("👍!", "??!"),
        ("Łódź", "Lodz"),
    ],
)
def test_ascii_keeps_what_can_be_read(text: str, shown: str) -> None:
    canvas = Canvas(WIDTH, HEIGHT, ascii_only=True)
    canvas.feed(text)
    screen, stream = terminal()
    stream.feed(canvas.frame())
    assert screen.display[0].rstrip() == shown
