"""The filter works as it is typed, stays when left, and goes step by step."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from botui.widgets.filter_bar import FilterBar
from botui.widgets.record_table import Column, RecordTable


class FilterApp(App[None]):
    """A list below a filter."""

    BINDINGS = [("slash", "filter"), ("x", "verb")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.verbs = 0

    def compose(self) -> ComposeResult:
        yield RecordTable([Column("title", "Title", 10)])
        yield FilterBar()

    def action_filter(self) -> None:
        self.bar.open()

    def action_verb(self) -> None:
        self.verbs += 1

    def on_filter_bar_changed(self, message: FilterBar.Changed) -> None:
        self.texts.append(message.text)

    @property
    def bar(self) -> FilterBar:
        return self.query_one(FilterBar)


async def test_each_letter_filters_and_enter_goes_back_to_the_list_with_the_filter_standing() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        table = app.query_one(RecordTable)
        table.focus()
        assert not app.bar.display
        await pilot.press("slash", "x", "[", "/")
        assert app.texts == ["x", "x[", "x[/"]
        assert app.verbs == 0
        await pilot.press("enter")
        assert table.has_focus
        assert app.bar.display
        assert app.bar.text == "x[/"


@pytest.mark.parametrize("back", ["escape", "f12"])
async def test_back_clears_the_filter_then_hides_it(back: str) -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        table = app.query_one(RecordTable)
        table.focus()
        await pilot.press("slash", "a", back)
        assert app.texts == ["a", ""]
        assert app.bar.display
        assert not table.has_focus
        await pilot.press(back)
        assert not app.bar.display
        assert table.has_focus


async def test_from_the_list_one_step_back_clears_and_hides_the_filter_and_the_next_is_for_the_screen() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(RecordTable).focus()
        await pilot.press("slash", "a", "enter")
        assert app.bar.step_back()
        await pilot.pause()
        assert app.texts == ["a", ""]
        assert not app.bar.display
        assert not app.bar.step_back()


async def test_enter_on_an_empty_filter_hides_it() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(RecordTable).focus()
        await pilot.press("slash", "enter")
        assert not app.bar.display


async def test_a_view_may_set_the_filter() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(RecordTable).focus()
        app.bar.text = "state:open"
        await pilot.pause()
        assert app.bar.display
        assert app.texts == ["state:open"]
        await pilot.press("slash", "x")
        assert app.bar.text == "state:openx"


async def test_letters_that_wait_are_filtered_once() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        newer = FilterBar.Changed(app.bar, "ab")
        assert FilterBar.Changed(app.bar, "a").can_replace(newer)
        assert not FilterBar.Changed(FilterBar(), "a").can_replace(newer)
        app.post_message(FilterBar.Changed(app.bar, "a"))
        app.post_message(newer)
        await pilot.pause()
        assert app.texts == ["ab"]


async def test_the_field_never_blinks_and_is_one_line() -> None:
    app = FilterApp()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(RecordTable).focus()
        await pilot.press("slash")
        field = app.bar.query_one(Input)
        assert not field.cursor_blink
        assert (app.bar.size.height, field.size.height) == (1, 1)
        assert field.has_focus
