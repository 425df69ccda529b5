"""The list of records: the cursor stays on its record, and size costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from botui.widgets.columns import layout, line
from botui.widgets.record_table import Column, RecordTable
from tests.test_text import HOSTILE

COLUMNS = (
    Column("number", "No", 8),
    Column("title", "Title", 12, flex=True),
    Column("place", "Place", 10, wide=True),
    Column("age", "Age", 5, right=True),
)


@dataclass
class Records:
    """Rows that remember which of them were asked for."""

    numbers: Sequence[int]
    title: str = "Printer"
    late: frozenset[int] = frozenset()
    asked: list[int] = field(default_factory=list)

    def ids(self) -> Sequence[int]:
        return self.numbers

    def cells(self, number: int, /) -> Sequence[str]:
        self.asked.append(number)
        return (f"T-{number}", f"{self.title} {number}", "Room 4", f"{number}d")

    def style(self, number: int, /) -> str:
        return "late" if number in self.late else ""


class TableApp(App[None]):
    """A list and a field, and every message of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(COLUMNS, empty="No tickets yet: press n for a new one.")
        yield Input(compact=True)

    def on_record_table_highlighted(self, message: RecordTable.Highlighted) -> None:
        self.heard.append(message)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        self.heard.append(message)

    def on_record_table_marks_changed(self, message: RecordTable.MarksChanged) -> None:
        self.heard.append(message)

    def on_record_table_sort_asked(self, message: RecordTable.SortAsked) -> None:
        self.heard.append(message)

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    @property
    def lines(self) -> list[str]:
        return [self.table.render_line(y).text for y in range(self.table.size.height)]


def running(app: TableApp, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Pilot[None]]:
    return app.run_test(size=size, notifications=True, tooltips=True)


async def shown(app: TableApp, pilot: Pilot[None], source: Records) -> None:
    app.table.focus()
    app.table.show(source)
    await pilot.pause()


def note_drawing(table: RecordTable) -> list[int]:
    """Return a list that gets every line that is drawn from now on."""
    drawn: list[int] = []
    inherited = table.render_line

    def noting(y: int) -> Strip:
        drawn.append(y)
        return inherited(y)

    table.render_line = noting  # type: ignore[method-assign]
    return drawn


async def test_rows_show_their_columns_with_the_cursor_and_headings() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([7, 12]))
        assert app.lines[0].split() == ["No", "Title", "Age"]
        assert app.lines[1].startswith(">")
        assert app.lines[1][1:].split() == ["T-7", "Printer", "7", "7d"]
        assert app.lines[2].startswith("  T-12")
        assert app.lines[1].endswith("7d")


async def test_columns_for_wide_screens_show_only_there() -> None:
    app = TableApp()
    async with running(app, (120, 24)) as pilot:
        await shown(app, pilot, Records([1]))
        assert "Place" in app.lines[0]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Place" not in app.lines[0]


async def test_a_hundred_thousand_rows_ask_for_those_on_the_screen() -> None:
    app = TableApp()
    async with running(app) as pilot:
        source = Records(range(1, 100_001))
        await shown(app, pilot, source)
        await pilot.press("end")
        assert app.table.highlighted == 100_000
        assert app.table.position == "100,000/100,000"
        assert len(set(source.asked)) <= 2 * 23


async def test_scrolling_by_a_row_asks_for_one_row_more() -> None:
    app = TableApp()
    async with running(app) as pilot:
        source = Records(range(1, 1_000))
        await shown(app, pilot, source)
        app.table.action_move(21)
        await pilot.pause()
        source.asked.clear()
        for _ in range(5):
            await pilot.press("down")
        assert source.asked == [23, 24, 25, 26, 27]


async def test_moving_the_cursor_draws_two_lines() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(range(1, 100)))
        drawn = note_drawing(app.table)
        await pilot.press("down")
        assert sorted(drawn) == [1, 2]


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (("down", "down"), 3),
        (("down", "up", "up"), 1),
        (("end",), 500),
        (("end", "home"), 1),
        (("end", "down"), 500),
        (("pagedown",), 22),
        (("pagedown", "pageup"), 1),
        (("end", "pagedown"), 500),
    ],
)
async def test_keys_move_the_cursor(keys: tuple[str, ...], number: int) -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(range(1, 501)))
        await pilot.press(*keys)
        assert app.table.highlighted == number
        assert any(text.startswith(">") and f"T-{number} " in text for text in app.lines)


@pytest.mark.parametrize("keys", [("pagedown",), ("down", "pagedown"), ("end", "pageup")])
async def test_a_page_on_every_line_is_drawn(keys: tuple[str, ...]) -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(range(1, 501)))
        await pilot.press(*keys[:-1])
        drawn = note_drawing(app.table)
        await pilot.press(keys[-1])
        await pilot.pause()
        assert set(range(1, app.table.size.height)) <= set(drawn)


async def test_the_cursor_stays_on_its_record_and_its_line_when_rows_come_and_go_above() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(range(1, 200)))
        app.table.highlight(60)
        await pilot.pause()
        before = app.lines
        app.table.show(Records([1000, 1001, 1002, *range(1, 200)]))
        assert app.table.highlighted == 60
        assert app.lines == before
        app.table.show(Records(range(10, 200)))
        assert app.table.highlighted == 60
        assert app.lines == before


async def test_of_a_list_in_which_few_records_changed_only_their_lines_are_drawn_and_read() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(range(1, 200)))
        drawn = note_drawing(app.table)
        source = Records(range(1, 200), "Lamp")
        app.table.show(source, frozenset({3, 150}))
        await pilot.pause()
        assert (source.asked, drawn) == ([3], [3])
        assert "Lamp 3" in app.lines[3]
        source = Records([1, 2, 3, 4, 5, 7, 6, *range(8, 200)], "Lamp")
        drawn.clear()
        app.table.show(source, frozenset())
        await pilot.pause()
        assert (source.asked, drawn) == ([], [6, 7])


async def test_a_list_drawn_change_by_change_looks_as_one_drawn_anew() -> None:
    app, anew = TableApp(), Random(7)
    async with running(app, (60, 12)) as pilot:
        numbers = list(range(1, 30))
        await shown(app, pilot, Records(numbers))
        for turn in range(40):
            changed = set(anew.sample(range(1, 40), 3))
            numbers = sorted(
                {*numbers, *changed} - set(anew.sample(range(1, 40), anew.randrange(8))), key=lambda _: anew.random()
            )
            app.table.action_move(anew.randrange(-4, 5))
            app.table.show(Records(numbers), changed)
            await pilot.pause()
            picture = [strip.text for strip in app.screen._compositor.render_strips(app.size)]
            app.table.refresh()
            await pilot.pause()
            assert picture == [strip.text for strip in app.screen._compositor.render_strips(app.size)], turn


async def test_when_its_record_goes_the_cursor_keeps_its_place_or_goes_to_the_last() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1, 2, 3, 4]))
        app.table.highlight(3)
        app.table.show(Records([1, 2, 4]))
        assert app.table.highlighted == 4
        app.table.show(Records([1, 2]))
        assert app.table.highlighted == 2
        app.table.show(Records([]))
        assert app.table.highlighted is None
        assert app.table.position == "0/0"


@given(
    before=st.lists(st.integers(1, 30), unique=True),
    after=st.lists(st.integers(1, 30), unique=True),
    start=st.integers(0, 30),
)
def test_whatever_changes_the_cursor_is_on_its_record_or_on_one_that_is_there(
    before: list[int], after: list[int], start: int
) -> None:
    table = RecordTable(COLUMNS)
    table.show(Records(before))
    table.action_move(start)
    was = table.highlighted
    table.show(Records(after))
    if was in after:
        assert table.highlighted == was
    elif after:
        assert table.highlighted in after
    else:
        assert table.highlighted is None


async def test_marks_are_set_with_space_survive_changes_and_go_with_their_records() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1, 2, 3]))
        await pilot.press("space", "space")
        assert app.table.marked == {1, 2}
        assert app.table.highlighted == 3
        assert app.lines[1].startswith(" *T-1")
        app.table.show(Records([9, 2, 3]))
        await pilot.pause()
        assert app.table.marked == {2}
        app.table.clear_marks()
        await pilot.pause()
        assert app.table.marked == frozenset()
        changes = [heard.ids for heard in app.heard if isinstance(heard, RecordTable.MarksChanged)]
        assert changes == [{1}, {1, 2}, {2}, frozenset()]


async def test_an_asterisk_marks_all_rows_and_again_none() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records(list(range(1, 1001))))
        await pilot.press("space", "asterisk")
        assert app.table.marked == set(range(1, 1001))
        await pilot.press("down", "space", "asterisk")
        assert app.table.marked == set(range(1, 1001)), "one was not marked any more"
        await pilot.press("asterisk")
        assert app.table.marked == frozenset()


async def test_space_again_takes_a_mark_away() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1]))
        await pilot.press("space", "space")
        assert app.table.marked == frozenset()


async def test_enter_and_one_click_open_a_record() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([5, 6, 7]))
        await pilot.press("enter")
        await pilot.click(RecordTable, offset=(10, 3))
        await pilot.pause()
        assert [heard.id for heard in app.heard if isinstance(heard, RecordTable.Opened)] == [5, 7]
        assert app.table.highlighted == 7


async def test_a_habitual_double_click_opens_once_and_borders_do_not_matter() -> None:
    app = TableApp()
    async with running(app) as pilot:
        app.table.styles.border = ("ascii", "white")
        await shown(app, pilot, Records([5, 6, 7]))
        await pilot.double_click(RecordTable, offset=(10, 3))
        await pilot.pause()
        assert [heard.id for heard in app.heard if isinstance(heard, RecordTable.Opened)] == [6]


async def test_rows_given_before_the_first_frame_are_shown_and_told() -> None:
    class Early(TableApp):
        def compose(self) -> ComposeResult:
            table = RecordTable(COLUMNS)
            table.show(Records([5]))
            yield table

    app = Early()
    async with running(app) as pilot:
        await pilot.pause()
        assert "T-5" in app.lines[1]
        assert [heard.id for heard in app.heard if isinstance(heard, RecordTable.Highlighted)] == [5]


async def test_a_click_in_the_margin_marks_and_one_below_the_rows_does_nothing() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([5, 6]))
        await pilot.click(RecordTable, offset=(1, 2))
        await pilot.click(RecordTable, offset=(10, 9))
        await pilot.pause()
        assert app.table.marked == {6}
        assert not [heard for heard in app.heard if isinstance(heard, RecordTable.Opened)]


async def test_each_new_place_is_told_with_its_position() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([5, 6]))
        await pilot.press("down", "down")
        app.table.show(Records([6, 9]))
        await pilot.pause()
        told = [(heard.id, heard.position) for heard in app.heard if isinstance(heard, RecordTable.Highlighted)]
        assert told == [(5, "1/2"), (6, "2/2"), (6, "1/2")]


async def test_another_order_is_asked_for_and_shown_in_the_heading() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1]))
        await pilot.press("minus", "greater_than_sign")
        app.table.set_sort("number")
        assert "No ^" in app.lines[0]
        await pilot.press("greater_than_sign", "minus", "less_than_sign")
        app.table.set_sort("age", reverse=True)
        await pilot.press("minus")
        assert app.lines[0].endswith("Age v")
        await pilot.click(RecordTable, offset=(3, 0))
        await pilot.pause()
        asked = [(heard.key, heard.reverse) for heard in app.heard if isinstance(heard, RecordTable.SortAsked)]
        assert asked == [
            ("number", False),
            ("title", False),
            ("number", True),
            ("age", False),
            ("age", False),
            ("number", False),
        ]


async def test_an_empty_list_says_what_to_press_and_keys_do_nothing() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([]))
        await pilot.press("down", "space", "enter", "end", "pageup", "minus")
        assert app.lines[1].strip() == "No tickets yet: press n for a new one."
        app.table.set_empty("Nothing fits the filter: press Esc.")
        assert app.lines[1].strip() == "Nothing fits the filter: press Esc."
        assert [type(heard) for heard in app.heard] == [RecordTable.Highlighted]
        assert app.table.highlighted is None


async def test_the_cursor_is_seen_without_colour_and_tells_where_keys_go() -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1, 2], late=frozenset({1})))
        row = app.table.render_line(1)
        assert row.text.startswith(">")
        assert all(segment.style is not None and segment.style.reverse for segment in row)
        app.query_one(Input).focus()
        await pilot.pause()
        row = app.table.render_line(1)
        assert row.text.startswith(">")
        assert not any(segment.style is not None and segment.style.reverse for segment in row)


async def test_rows_that_look_the_same_are_not_drawn_again() -> None:
    app = TableApp()
    async with running(app) as pilot:
        source = Records(range(1, 1_000))
        await shown(app, pilot, source)
        assert list(app.table.visible_ids()) == list(range(1, 1 + app.table.size.height - 1))
        drawn = note_drawing(app.table)
        app.table.refresh_rows(app.table.visible_ids())
        await pilot.pause()
        assert drawn == []
        source.late = frozenset({4})
        app.table.refresh_rows(app.table.visible_ids())
        await pilot.pause()
        assert drawn == [4]


async def test_only_changed_rows_on_the_screen_are_read_again() -> None:
    app = TableApp()
    async with running(app) as pilot:
        source = Records(range(1, 1_000))
        await shown(app, pilot, source)
        source.asked.clear()
        source.title = "Scanner"
        app.table.refresh_rows([3, 900])
        await pilot.pause()
        assert source.asked == [3]
        assert "Scanner 3" in app.lines[3]
        assert "Printer 2" in app.lines[2]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_literal_and_moves_no_column(text: str) -> None:
    app = TableApp()
    async with running(app) as pilot:
        await shown(app, pilot, Records([1], title=text))
        row = app.table.render_line(1)
        assert row.cell_length == 80
        assert row.text.endswith(" 1d")
        assert "\x1b" not in row.text


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (20, 5), (80, 24), (200, 50)])
async def test_every_size_of_window_works(size: tuple[int, int]) -> None:
    app = TableApp()
    async with running(app, size) as pilot:
        await shown(app, pilot, Records(range(1, 500)))
        await pilot.press("end", "up", "space", "pageup")
        width = app.table.size.width
        assert all(cell_len(text) == width for text in app.lines)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert any(text.startswith((">", ">*")) for text in app.lines)


@given(
    columns=st.lists(
        st.builds(
            Column,
            st.sampled_from("abcdef"),
            st.text(max_size=8),
            st.integers(0, 30),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        max_size=8,
    ),
    width=st.integers(0, 200),
    texts=st.lists(st.text(max_size=40), min_size=8, max_size=8),
)
def test_columns_never_overlap_or_leave_the_line(columns: list[Column], width: int, texts: list[str]) -> None:
    places = layout(columns, width)
    end = -1
    for place in places:
        assert place.start == end + 1
        assert place.width >= 1
        end = place.start + place.width
    assert end <= width
    assert cell_len(line(places, texts, width)) == width


def test_flexible_columns_share_what_is_left() -> None:
    columns = [Column("a", "A", 10), Column("b", "B", 5, flex=True), Column("c", "C", 5, flex=True)]
    assert [place.width for place in layout(columns, 42)] == [10, 15, 15]
    assert [place.width for place in layout(columns, 43)] == [10, 15, 16]


def test_flexible_columns_give_way_before_the_last_one_is_cut() -> None:
    columns = [Column("a", "A", 20, flex=True), Column("b", "B", 10, flex=True), Column("c", "C", 11)]
    assert [place.width for place in layout(columns, 43)] == [20, 10, 11]
    assert [place.width for place in layout(columns, 39)] == [18, 8, 11]
    assert [place.width for place in layout(columns, 36)] == [15, 8, 11]
    assert [place.width for place in layout(columns, 27)] == [8, 8, 9]
