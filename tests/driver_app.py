"""A small app with what every screen of ours has, to try the driver on: a list, a filter, a dialog, another area.

Started as ``python -m tests.driver_app [plain] [ascii] [deaf] [kiosk]``: with Textual's own driver; on an ASCII
terminal; with no keys that lead away from the list; with the signals of a kiosk.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Checkbox, Input, OptionList, Select, Static, TextArea

from botui.driver import driver_class, redraw
from botui.terminal import install_signals

SUBJECTS = (
    "Printer jams on thick paper",
    "Door of room {n} does not lock",
    "New chair for desk {n}",
    "Invoice {n} twice",
)
NAMES = ("Ana Lopez", "Björn Ek", "Chen Wei", "Dora Nagy", "Émile Roy", "Finn Berg", "Greta Vogt")


class Rows(ScrollView, can_focus=True):
    """A list of 500 unlike lines with a line cursor."""

    DEFAULT_CSS = "Rows { height: 1fr; scrollbar-size: 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
        Binding("pagedown", "move(20)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.virtual_size = Size(80, 500)

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        subject = SUBJECTS[number * 7 % 4].format(n=number * 37 % 211)
        line = f" T-{1000 + number}  {subject:<36}{NAMES[number * 5 % 7]:<12}{number * 13 % 50:>3} h left "
        style = Style(color="black", bgcolor="white") if number == self.at else Style(color="white", bgcolor="blue")
        return Strip([Segment(line, style)]).adjust_cell_length(self.size.width, style)

    def action_move(self, lines: int) -> None:
        self.at = max(0, min(499, self.at + lines))
        top, height = self.scroll_offset.y, self.size.height
        self.scroll_to(y=max(self.at - height + 1, min(top, self.at)), animate=False, immediate=True)
        self.refresh()


class Dialog(ModalScreen[None]):
    CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > #box { width: 50; height: 9; background: cyan; color: black; border: solid black; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)")]

    def compose(self) -> ComposeResult:
        yield Static(
            "Close this ticket?\n\nThe requester is told by mail.\n\n[Enter] yes   [Esc] no", id="box", markup=False
        )


class Other(Screen[None]):
    CSS = "Other { background: blue; } Other Input, Other Select { width: 40; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        yield Static("Other area: one  two  three …", markup=False)
        yield Input("größer als 5 €")
        yield Checkbox("Paid")
        yield Select([("red", 1), ("blue", 2)])
        yield OptionList("first", "second", *(f"option {number}" for number in range(30)))
        yield TextArea("eine längere Notiz\nmit zwei Zeilen")


class DriverApp(App[None], inherit_bindings=False):
    CSS = """
    Screen { background: blue; color: white; }
    .line { height: 1; background: white; color: black; }
    #filter { border: none; height: 1; width: 40; background: blue; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "screen.focus('#filter')"),
        Binding("d", "dialog"),
        Binding("o", "other"),
        Binding("q", "quit"),
        Binding("f5", "redraw"),
        Binding("h", "hostile"),
        Binding("ctrl+t", "bell_when_drawn", priority=True),
    ]

    def __init__(self, driver: type[LinuxDriver], *, deaf: bool = False, kiosk: bool = False) -> None:
        super().__init__(driver_class=driver)
        self.deaf = deaf
        self.kiosk = kiosk
        self.keys: list[str] = []
        self.seen: dict[int, events.Event] = {}

    def compose(self) -> ComposeResult:
        yield Static("Tickets  1 Open  2 Waiting  3 Late", classes="line", markup=False)
        yield Rows()
        yield Input(id="filter", select_on_focus=False)
        yield Static("", classes="line", id="status", markup=False)

    def on_mount(self) -> None:
        self.query_one("#filter", Input).cursor_blink = False
        self.query_one("#filter", Input).disabled = self.deaf
        self.query_one(Rows).focus()
        if self.kiosk:
            loop = asyncio.get_running_loop()
            install_signals(loop, save_drafts=lambda: None, leave=self.exit, kiosk=True)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key != "ctrl+t" and id(event) not in self.seen:
            self.seen[id(event)] = event
            self.keys.append(event.key)
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self.deaf or action not in ("dialog", "other", "quit", "screen.focus")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#status", Static).update(f"{len(self.keys)} keys {self.keys[-2:]}")

    def on_paste(self, event: events.Paste) -> None:
        self.query_one("#status", Static).update(f"pasted {len(event.text)} {event.text[:20]!r}")

    def key_k(self) -> None:
        self.query_one("#status", Static).update(f"{len(self.keys)} keys {self.keys[-2:]}")
        self.keys.clear()

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_other(self) -> None:
        self.push_screen(Other())

    def action_redraw(self) -> None:
        redraw(self)

    def action_bell_when_drawn(self) -> None:
        self.call_after_refresh(self.bell)

    def key_e(self) -> None:
        if not self.deaf:
            raise RuntimeError("a mistake of ours")

    def action_hostile(self) -> None:
        text = "a\x1b]0;owned\x07b\x1b[2Jc\u202ed\x9b31me\ud800f\x1b[?1049lg"
        self.query_one("#status", Static).update(text)


def main(arguments: list[str]) -> int:
    driver: type[Any] = LinuxDriver if "plain" in arguments else driver_class(ascii_only="ascii" in arguments)
    app = DriverApp(driver, deaf="deaf" in arguments, kiosk="kiosk" in arguments)
    app.run(mouse=False)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
