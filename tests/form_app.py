"""An App that shows one form or dialog, a model with a field of every kind, and a desk with a few people."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field as Bounds
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from botui.data import Desk, Done
from botui.models.base import Arguments, Choice, Line, Prose, Ui, When, Words
from botui.screens.form import FormScreen
from botui.screens.sheet import Sheet
from botui.screens.threads import StoreThreads
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
    count: Annotated[int, Bounds(ge=1), Ui(label="How many", batch=True)]
    price: Annotated[Decimal | None, Ui(label="Price")] = None
    urgent: Annotated[bool, Ui(label="Urgent")] = False
    due: Annotated[date | None, Ui(label="Due")] = None
    at: Annotated[When | None, Ui(label="At")] = None
    colour: Annotated[Colour, Ui(label="Colour", batch=True)] = Colour.RED
    owner: Annotated[int | None, Ui(label="Who has it", ref="people")] = None
    others: Annotated[tuple[int, ...], Ui(label="Others", ref="people")] = ()
    tags: Annotated[Words, Ui(label="Tags")] = ()
    lamps: Annotated[tuple[Colour, ...], Ui(label="Lamps")] = ()


class Small(Arguments):
    """What a verb asks."""

    note: Annotated[Line, Bounds(min_length=1), Ui(label="Reason")]
    on: Annotated[date | None, Ui(label="On")] = None


def make_desk(folder: Path) -> Desk:
    """Return the desk of Mary Lee, number 1."""
    desk = Desk.open(folder, None, "front", lambda: NOW)
    system = desk.as_system()
    for name in ("Mary Lee", "Max Roe", "Ann Fox"):
        system.add("people", {"name": name})
    return desk.for_person(1)


class ShowApp(App[None]):
    """Shows one screen over another and keeps its results."""

    CSS = "Screen { overflow: hidden; }"

    def __init__(self, shown: Screen[Any]) -> None:
        super().__init__()
        self.shown = shown
        self.results: list[Any] = []

    def compose(self) -> ComposeResult:
        yield Static("what is behind")

    def on_mount(self) -> None:
        self.push_screen(self.shown, self.results.append)

    async def in_store(self, call: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.to_thread(call, *arguments)

    async def save(self, say: Callable[[str], object], call: Callable[..., Any], *arguments: Any) -> Any:
        return await StoreThreads().change(lambda: False, say, call, *arguments)

    def picture(self) -> str:
        """Return what is on the screen."""
        strips = self.screen._compositor.render_strips(self.size)
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    def start(self, size: tuple[int, int] = (80, 24)) -> Any:
        return self.run_test(notifications=True, tooltips=True, size=size)


class FormApp(ShowApp):
    """Shows one form."""

    def __init__(self, form: FormScreen) -> None:
        super().__init__(form)
        self.form = form

    def text(self, name: str) -> str:
        return self.field(name).text

    def field(self, name: str) -> Field:
        found: Field = next(one for one in self.form.query(Field) if one.spec.name == name)
        return found

    @property
    def current(self) -> str:
        field = self.form.focused.parent if self.form.focused else None
        assert isinstance(field, Field)
        return field.spec.name

    @property
    def said(self) -> str:
        status: StatusLine = self.form.query_one(StatusLine)
        return status.text


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


def form(desk: Desk, save: Callable[..., Done], model: Any = Everything, **more: Any) -> FormApp:
    sheet = Sheet(model, desk, *(more.pop(name, None) for name in ("before", "values", "fields")))
    return FormApp(FormScreen(sheet, desk=desk, save=save, **{"title": "New thing", **more}))
