"""The form: order of Enter, refusals that lose nothing, conflicts, choosing, repeating, batches, scans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field as Bounds
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from botui.data import Desk, Done
from botui.models.base import Arguments, Choice, Conflict, Line, Prose, Refused, StoreFull, Ui, When, Words
from botui.models.office import Person
from botui.screens.dialogs import Choose
from botui.screens.form import FormScreen
from botui.widgets.fields import Field
from botui.widgets.status import StatusLine

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday


class Colour(Choice):
    RED = "r", "red"
    BLUE = "b", "blue"


class Everything(Arguments):
    """A field of every kind."""

    title: Annotated[Line, Bounds(min_length=1, max_length=20), Ui(label="Title", help="What it is.")]
    text: Annotated[Prose, Ui(label="Text", rows=3)] = ""
    tags: Annotated[Words, Ui(label="Tags")] = ()
    count: Annotated[int, Bounds(ge=1), Ui(label="How many", batch=True)]
    price: Annotated[Decimal | None, Ui(label="Price")] = None
    urgent: Annotated[bool, Ui(label="Urgent")] = False
    due: Annotated[date | None, Ui(label="Due")] = None
    at: Annotated[When | None, Ui(label="At")] = None
    colour: Annotated[Colour, Ui(label="Colour", batch=True)] = Colour.RED
    owner: Annotated[int | None, Ui(label="Who has it", ref="people")] = None
    others: Annotated[tuple[int, ...], Ui(label="Others", ref="people")] = ()


class Small(Arguments):
    """What a verb asks."""

    note: Annotated[Line, Bounds(min_length=1), Ui(label="Reason")]
    on: Annotated[date | None, Ui(label="On")] = None


@pytest.fixture
def desk(folder: Path) -> Desk:
    desk = Desk.open(folder, None, "front", lambda: NOW)
    system = desk.as_system()
    for name in ("Mary Lee", "Max Roe", "Ann Fox"):
        system.add("people", {"name": name})
    return desk.for_person(1)


class FormApp(App[None]):
    """Shows one form."""

    def __init__(self, form: FormScreen) -> None:
        super().__init__()
        self.form = form
        self.results: list[Done | None] = []

    def compose(self) -> Any:
        yield Static("what is behind")

    def on_mount(self) -> None:
        self.push_screen(self.form, self.results.append)

    def text(self, name: str) -> str:
        return self.field(name).text

    def field(self, name: str) -> Field:
        return next(one for one in self.form.query(Field) if one.spec.name == name)

    @property
    def current(self) -> str:
        field = self.form.focused.parent if self.form.focused else None
        assert isinstance(field, Field)
        return field.spec.name

    @property
    def said(self) -> str:
        return self.form.query_one(StatusLine).text

    def run(self, size: tuple[int, int] = (80, 24)) -> Any:  # type: ignore[override]
        return self.run_test(notifications=True, tooltips=True, size=size)


class Saves:
    """Takes what a form saves; first raises what it is given."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.values: list[Mapping[str, Any]] = []

    def __call__(self, values: Mapping[str, Any]) -> Done:
        self.values.append(dict(values))
        if self.errors:
            raise self.errors.pop(0)
        return Done("It is saved.", ("T-1",), "")


async def idle(app: FormApp, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*text.replace(" ", "\0"))


def form(desk: Desk, save: Callable[..., Done], model: Any = Everything, **more: Any) -> FormApp:
    return FormApp(FormScreen(model, title="New thing", desk=desk, save=save, **more))


async def test_enter_goes_to_what_is_needed_and_empty_and_then_saves(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves)
    async with app.run() as pilot:
        await pilot.pause()
        assert app.current == "title"
        await pilot.press("l", "a", "m", "p", "enter")
        assert app.current == "count"
        await pilot.press("3", "enter")
        await idle(app, pilot)
    assert saves.values == [{"title": "lamp", "count": 3}]
    assert app.results == [Done("It is saved.", ("T-1",), "")]
