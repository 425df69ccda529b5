"""Text from people and files is shown literally, harmlessly and within its place."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

import botui
from botui.text import aligned, assemble, content, cut, fit, label, many_lines, one_line, wrap

HOSTILE = [
    "[/x]",
    "[@click=app.quit]here[/]",
    "[red]late[/red] 50% [off]",
    "\x1b]0;owned\x07",
    "\x1b[2J\x9b31m",
    "abc\u202efdp.exe",
    "a" * 10_000,
    "é" + "\u0301" * 10_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0001f44d\U0001f3fd \U0001f1e9\U0001f1ea",
    "日本語のプリンター",
    "line\r\nline\u2028line\x85line\tend",
    "\ud800 half a character",
    "\u200b\ufeff\xad",
    "",
]
ANY = st.text(st.characters())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [0, 1, 2, 7, 80])
def test_hostile_text_stays_in_its_place(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
    assert cell_len(cut(text, width)) <= width
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(ANY, st.integers(0, 30))
@example("한\u1160" * 9, 3)
def test_no_text_is_wider_than_its_place_or_less_than_it_is_told_to_fill(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(ANY)
def test_nothing_reaches_a_terminal_that_it_would_obey(text: str) -> None:
    for shown in (one_line(text), many_lines(text).replace("\n", "")):
        assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        shown.encode("utf-8")
    assert "\n" not in one_line(text)


@given(ANY)
def test_every_terminal_measures_a_text_alike(text: str) -> None:
    shown = one_line(text)
    assert cell_len(shown) == sum(cell_len(character) for character in shown)


@given(ANY)
def test_what_is_safe_is_not_changed_again(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    "text", ["Drucker im 2. Stock", "[b]x[/b]", "Müller & Söhne", "日本語 \U0001f600", "नमस्ते", "שָׁלוֹם"]
)
def test_ordinary_text_of_any_language_is_shown_as_it_is(text: str) -> None:
    assert one_line(text) == text
    assert label(text).plain == text
    assert content(text).plain == text


def test_what_a_terminal_would_obey_is_made_visible() -> None:
    assert one_line("a\x1b]0;x\x07b\x7f\x9b") == "a^[]0;x^Gb^??"


def test_line_ends_are_kept_only_where_asked() -> None:
    assert one_line("a\r\nb\nc") == "a b c".replace(" b", "  b")
    assert many_lines("a\r\nb\u2028c") == "a\nb\nc"
    assert label("a\nb").plain == "a b"
    assert label("a\nb", lines=True).plain == "a\nb"


def test_a_cut_is_marked_and_fits() -> None:
    assert cut("printer", 7) == "printer"
    assert cut("printers", 7) == "printe~"
    assert cut("printers", 7, mark="...") == "prin..."
    assert cut("printers", 2, mark="...") == "pr"
    assert fit("日本語", 4) == "日~ "
    assert fit("12", 5, right=True) == "   12"


def test_words_are_wrapped_and_long_ones_broken() -> None:
    assert wrap("the printer on the second floor", 12) == ["the printer", "on the", "second floor"]
    assert wrap("one\n\ntwo", 12) == ["one", "", "two"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("", 4) == [""]


@given(st.text(st.characters(categories=("L", "N")), max_size=40), st.integers(2, 30))
def test_wrapping_loses_no_letter(word: str, width: int) -> None:
    assert "".join(wrap(word, width)) == one_line(word)


def test_markup_in_parts_is_literal_and_styles_are_kept() -> None:
    joined = assemble("[/x] ", ("[b]y", "bold"))
    assert joined.plain == "[/x] [b]y"
    assert [(span.start, span.end, span.style) for span in joined.spans] == [(5, 9, "bold")]


def test_a_text_is_a_label_already() -> None:
    ready = Text("x", style="bold")
    assert label(ready) is ready


SHOWING = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "TabPane", "Option", "Selection"}
SAFE_MAKERS = {"label", "content", "assemble", "Text", "Content"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _unsafe(call: ast.Call) -> bool:
    """Say whether a call hands a widget something that may be read as markup."""
    name, keywords = _name(call.func), {keyword.arg: keyword.value for keyword in call.keywords}
    markup = keywords.get("markup")
    if isinstance(markup, ast.Constant) and markup.value is False:
        return False
    if name == "notify":
        return True
    if name == "update" and call.args:
        return isinstance(call.args[0], ast.JoinedStr)
    if name not in SHOWING or not call.args:
        return False
    shown = call.args[0]
    if isinstance(shown, ast.Constant):
        return "[" in str(shown.value)
    return not (isinstance(shown, ast.Call) and _name(shown.func) in SAFE_MAKERS)


@pytest.mark.parametrize(("room", "widest"), [(0, 54), (60, 54), (40, 40), (33, 33), (5, 31)])
def test_a_table_is_cut_in_its_widest_texts_until_it_fits_and_never_in_its_figures(room: int, widest: int) -> None:
    rows = [("Name", "Cost so far", "Why"), ("x" * 30, 1234567, "y" * 9)]
    lines = aligned(rows, room).splitlines()
    assert max(map(cell_len, lines)) == widest
    assert "1234567" in lines[1]


@pytest.mark.parametrize(
    ("source", "unsafe"),
    [
        ("self.notify(text)", True),
        ("self.notify(text, markup=False)", False),
        ("Static(f'{name}')", True),
        ("Static(name)", True),
        ("Static(label(name))", False),
        ("Static('Plain words')", False),
        ("Static('[/x]')", True),
        ("Label(name, markup=False)", False),
        ("self.title.update(f'{name}')", True),
        ("Button('Save')", False),
    ],
)
def test_the_check_below_sees_what_it_is_for(source: str, unsafe: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _unsafe(call) is unsafe


def test_no_screen_hands_raw_text_to_a_widget() -> None:
    root = Path(botui.__file__).parent
    below = ("actions", "cli", "models", "storage", "access")  # these know no widget; a label there is one on paper
    found: list[str] = []
    for path in (one for one in sorted(root.rglob("*.py")) if one.relative_to(root).parts[0] not in below):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _unsafe(node):
                found.append(f"{path.relative_to(root)}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module in {"textual.markup", "rich.markup"}:
                found.append(f"{path.relative_to(root)}:{node.lineno}: {node.module}")
    assert found == [], "wrap the text in botui.text.label or content, or pass markup=False"
