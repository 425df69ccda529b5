"""One question after the other on one line at the foot of the screen: who somebody is, and their PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from botui.actions.signin import Asking
from botui.models.base import BotuiError
from botui.screens.dialogs import Dialog, panel
from botui.screens.person import CHECKING
from botui.text import content
from botui.widgets.fields import LineInput, settled
from botui.widgets.pin import PinLine
from botui.widgets.status import Kind, StatusLine

if TYPE_CHECKING:
    from botui.screens.session import Session

T = TypeVar("T")


class Ask(Dialog[T | None], Generic[T]):
    """Questions on one line, and under it what is wrong or how to answer; its result is what they led to, or None.

    Args:
        title: what for.
        asking: the questions.
        scanned: a code that was scanned already.
    """

    HELP = (
        "Scan your badge, or type your initials or name and press Enter; then type your PIN and press Enter. Its "
        "digits are not shown. Whoever has no PIN yet chooses one here. Esc goes back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "Go on", show=False, priority=True)]
    DEFAULT_CSS = """
    Ask Horizontal { height: 1; }
    Ask Horizontal > Static { width: auto; }
    Ask LineInput { width: 1fr; }
    """

    def __init__(self, title: str, asking: Asking[T], *, scanned: str = "") -> None:
        super().__init__()
        self._title = title
        self._asking = asking
        self._scanned = scanned
        self._label = Static()
        self._line = LineInput()
        self._pin = PinLine()
        self._hint = Static(id="help")
        self._said = StatusLine()
        self._checking = False

    @property
    def session(self) -> Session:
        """What this terminal knows."""
        return cast("Session", self.app)

    def compose(self) -> ComposeResult:
        """Show the question, how to answer it, and the keys."""
        with panel(self._title):
            with Horizontal():
                yield self._label
                yield self._line
                yield self._pin
            yield self._hint
            yield self._said
            yield self.key_line

    def on_mount(self) -> None:
        """Ask the first question."""
        self.key_line.show([("Enter", "Go on", True), ("Esc", "Back", True)])
        self._ask()
        if code := self._scanned:
            self._scanned = ""
            self.take_scan(code)

    def _ask(self, said: str = "", kind: Kind = "ok") -> None:
        question = self._asking.question
        self._label.update(content(f"{question.label}: "))
        self._line.value = ""
        self._pin.take()
        self._line.display, self._pin.display = not question.secret, question.secret
        self.set_focus(self._pin if question.secret else self._line)
        self._hint.update(content(question.hint))
        self._say(said, kind)

    def _say(self, text: str, kind: Kind) -> None:
        self._hint.display, self._said.display = not text, bool(text)
        self._said.say(text, kind)

    def take_scan(self, code: str) -> bool:
        """Begin anew with what was scanned."""
        self._take(lambda: self._asking.scan(code))
        return True

    async def action_take(self) -> None:
        """Take the answer."""
        await settled(self.focused)
        text = self._pin.take() if self._asking.question.secret else self._line.value
        # In a function and not as an argument: what is running shows its arguments when it fails.
        self._take(lambda: self._asking.answer(text))

    async def action_leave(self) -> None:
        """Go one question back, or leave."""
        if self._checking:
            return
        if self._asking.back():
            self._ask()
        else:
            self.answer(None)

    @work(group=CHECKING)
    async def _take(self, answer: Callable[[], T | None]) -> None:
        """Take an answer in; a PIN takes its time, which is not the screen's."""
        if self._checking:
            self._say("One moment, please.", "warn")
            return
        self._checking = True
        try:
            found = await self.session.save(self._wait, answer)
        except BotuiError as error:
            self._ask(str(error), "warn")
        else:
            if found is not None:
                self.answer(found)
            else:
                self._ask()
        finally:
            self._checking = False

    def _wait(self, _: Any) -> None:
        self._say("One moment, please.", "ok")
