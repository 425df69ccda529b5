"""The status line, the key line and the detail pane say what they are given, whole, literally and in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from botui.widgets.columns import Column
from botui.widgets.detail import DetailPane, Grid, Line, Section, lay_out
from botui.widgets.status import KeyLine, StatusLine, fitting
from tests.test_text import HOSTILE

KEYS = [("n", "New", True), ("c", "Close", False), ("Enter", "Open", True), ("F12", "Back", True)]
SECTIONS = [
    Section("Ticket", [("Title", "Printer on the second floor does not print"), ("Who has it", "")]),
    Section("", "Paper jam again.\nThe tray is broken."),
]


class LinesApp(App[None]):
    """A detail pane above a status and a key line."""

    def compose(self) -> ComposeResult:
        yield DetailPane()
        yield StatusLine()
        yield KeyLine()

    @property
    def pane(self) -> DetailPane:
        return self.query_one(DetailPane)

    @property
    def status(self) -> StatusLine:
        return self.query_one(StatusLine)

    @property
    def keys(self) -> KeyLine:
        return self.query_one(KeyLine)

    @property
    def lines(self) -> list[str]:
        return [self.pane.render_line(y).text for y in range(self.pane.size.height)]


@pytest.mark.parametrize(("kind", "word"), [("ok", "OK"), ("warn", "Note"), ("error", "Error")])
async def test_every_outcome_has_a_word_and_the_place_is_at_the_right(kind: str, word: str) -> None:
    app = LinesApp()
    async with app.run_test(notifications=True, tooltips=True):
        app.status.position = "3/10,000"
        app.status.say("T-12 closed", kind)  # type: ignore[arg-type]
        text = app.status.render_line(0).text
        assert text.startswith(f"{word}: T-12 closed ")
        assert text.endswith(" 3/10,000")
        app.status.clear()
        assert app.status.render_line(0).text.strip() == "3/10,000"


async def test_what_is_long_is_said_whole_with_what_to_do_and_gives_its_lines_back() -> None:
    app = LinesApp()
    said = f"/srv/office/office.json.journal is damaged after byte 2322: {'it does not fit. ' * 3}Run: botui repair"
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        app.status.position = "3/10"
        tall = ((said, "error", 2), (said * 3, "error", 3), (said, "ok", 2), (said * 3, "warn", 2), ("No.", "error", 1))
        for text, kind, height in tall:
            app.status.say(text, kind)  # type: ignore[arg-type]
            await pilot.pause()
            lines = [app.status.render_line(y).text for y in range(app.status.size.height)]
            assert (len(lines), {cell_len(line) for line in lines}) == (height, {80})
            if text == said:
                assert "".join(lines).rstrip().endswith("Run: botui repair")
        app.status.say(said, "error")
        await pilot.pause()
        await pilot.resize_terminal(200, 24)
        await pilot.pause()
        assert app.status.size.height == 1


async def test_an_outcome_goes_before_the_place_where_there_is_no_room_for_both() -> None:
    app = LinesApp()
    async with app.run_test(size=(20, 5), notifications=True, tooltips=True):
        app.status.position = "3/10,000"
        app.status.say("T-12 is closed")
        assert app.status.render_line(0).text == "OK: T-12 is closed  "


async def test_the_key_line_shows_keys_whole_and_says_when_there_are_more() -> None:
    app = LinesApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.keys.show(KEYS)
        assert app.keys.render_line(0).text.rstrip() == "n=New  (c=Close)  Enter=Open  F12=Back"
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        assert app.keys.render_line(0).text.rstrip() == "n=New  (c=Close)  Enter=Open"
        app.keys.show([*KEYS, (".", "More", True)])
        assert app.keys.render_line(0).text.rstrip() == "n=New  (c=Close)  .=more"


@given(
    st.lists(st.tuples(st.text("ab.", min_size=1, max_size=5), st.text("xyz", max_size=12), st.booleans()), max_size=9),
    st.integers(6, 80),
)
def test_keys_that_are_shown_fit_with_the_sign_for_more(keys: list[tuple[str, str, bool]], width: int) -> None:
    count = fitting(keys, width)
    texts = [f"{key}={label}" if enabled else f"({key}={label})" for key, label, enabled in keys[:count]]
    if count < len(keys) and any(key == "." for key, _, _ in keys):
        texts.append(".=more")
    assert len("  ".join(texts)) <= width
    assert fitting([("F1", "Help", True), ("Ctrl-Q", "Leave", True)], 7) == 1, (
        "room is kept for no sign that is not there"
    )


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (80, 24), (200, 50)])
async def test_hostile_text_is_literal_and_stays_in_its_line(size: tuple[int, int]) -> None:
    app = LinesApp()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for text in HOSTILE:
            app.status.say(text, "error")
            app.status.position = text
            app.keys.show([(text, text, True), ("n", text, False)])
            app.pane.show([Section(text, [(text, text), ("Title", text)]), Section("", text)])
            await pilot.pause()
            for widget in (app.pane, app.status, app.keys):
                for y in range(widget.size.height):
                    strip = widget.render_line(y)
                    assert cell_len(strip.text) == widget.size.width, (widget, text)
                    assert "\x1b" not in strip.text


def test_values_are_wrapped_beside_their_labels_and_empty_ones_are_seen() -> None:
    assert lay_out(SECTIONS, 40) == [
        Line("", "Ticket", title=True),
        Line("Title      ", "Printer on the second floor"),
        Line("           ", "does not print"),
        Line("Who has it ", "-"),
        Line("", ""),
        Line("", "Paper jam again."),
        Line("", "The tray is broken."),
    ]


@given(
    st.lists(
        st.builds(
            Section,
            st.text(max_size=20),
            st.text(max_size=80) | st.lists(st.tuples(st.text(max_size=30), st.text(max_size=80)), max_size=4),
        ),
        max_size=4,
    ),
    st.integers(1, 60),
)
def test_no_line_is_wider_than_the_pane(sections: list[Section], width: int) -> None:
    assert all(cell_len(line.label) + cell_len(line.text) <= width for line in lay_out(sections, width))


def test_a_table_in_a_record_keeps_its_columns_under_their_headings_and_in_its_width() -> None:
    columns = [Column("item", "Item", 4, flex=True), Column("many", "Ordered", 7, right=True)]
    grid = Grid(columns, [("Paper", "1,000"), ("[red]Pen, blue and with a long name", "5")])
    assert [line.text for line in lay_out([Section("Lines", grid)], 20)] == [
        "Lines",
        "Item         Ordered",
        "Paper          1,000",
        "[red]Pen, b~       5",
    ]


async def test_the_pane_scrolls_by_keys_and_says_how_much_is_below() -> None:
    app = LinesApp()
    async with app.run_test(size=(80, 12), notifications=True, tooltips=True) as pilot:
        app.pane.show([Section("", "\n".join(f"line {number}" for number in range(30)))])
        app.pane.focus()
        await pilot.pause()
        assert app.lines[0].strip() == "line 0"
        assert app.lines[-1].strip() == "-- 21 more lines --"
        await pilot.press("down", "down")
        assert app.lines[0].strip() == "line 2"
        await pilot.press("end", "pagedown", "down")
        assert app.lines[-1].strip() == "line 29"
        await pilot.press("pageup", "home", "up")
        assert app.lines[0].strip() == "line 0"


async def test_a_new_record_is_shown_from_its_start_and_the_same_one_where_it_was() -> None:
    app = LinesApp()
    async with app.run_test(size=(80, 12), notifications=True, tooltips=True) as pilot:
        long = [Section("", "\n".join(f"line {number}" for number in range(30)))]
        app.pane.show(long)
        app.pane.action_scroll_by(5)
        app.pane.show(long, keep_place=True)
        await pilot.pause()
        assert app.lines[0].strip() == "line 5"
        app.pane.show(long)
        assert app.lines[0].strip() == "line 0"
