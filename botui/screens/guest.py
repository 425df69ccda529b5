"""The short forms of somebody who has not said who they are: report, leave a message, ask where a ticket stands.

What is typed here is nobody's draft: when nobody is there for a minute, it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, Final

from pydantic import BaseModel
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from botui import areas
from botui.actions import guests
from botui.actions.board import Phone
from botui.data import Done
from botui.models.equipment.guests import UNKNOWN, Report
from botui.models.tickets.guests import Message, Question
from botui.screens.dialogs import Dialog, panel
from botui.screens.form import FormScreen
from botui.screens.phones import PhoneList
from botui.screens.session import Session
from botui.screens.sheet import Sheet
from botui.text import content
from botui.widgets.fields import Field

_DIGITS: Final = (
    "### ..# ### ### #.# ### ### ### ### ###",
    "#.# .## ..# ..# #.# #.. #.. ..# #.# #.#",
    "#.# ..# ### .## ### ### ### ..# ### ###",
    "#.# ..# #.. ..# ..# ..# #.# ..# #.# ..#",
    "### ..# ### ### ..# ### ### ..# ### ###",
)
"""The digits from 0 to 9, three cells wide and a blank between: large enough to read from where one stands."""


_TICKET: Final = areas.ref("tickets", 0)[:-1]
"""What a ticket's number begins with: the one that is asked for later."""


def large(number: int) -> str:
    """Return a number in digits five lines high, of signs that every terminal has."""
    rows = (row.replace(".", " ") for row in _DIGITS)
    return "\n".join("  ".join(row[4 * int(one) : 4 * int(one) + 3] for one in str(number)) for row in rows)


class QuestionForm(FormScreen):
    """A form that files nothing: who leaves it loses nothing."""

    def draft(self) -> dict[str, str]:
        """Return that nothing is to be kept."""
        return {}


class ReportForm(FormScreen):
    """What is wrong, and with which thing: its label can be scanned in whichever field one is."""

    def take_scan(self, code: str) -> bool:
        """Take the thing whose label was scanned; a door is where it is."""
        self._take_thing(code)
        return True

    @work
    async def _take_thing(self, code: str) -> None:
        found = await self._ask(guests.thing, self._desk, code)
        if found is not None:
            field = self._fields["thing"]
            field.text = found.number
            field.say(found.said)
            self._go_to(self._next_wanting(None) or self._current())
        elif self.awaits == "places":
            super().take_scan(code)
        else:
            self.say(UNKNOWN, "warn")

    @work
    async def _check(self, field: Field) -> None:
        """Say beside the number of a thing what it is called, and what is known of it already."""
        text = field.text.strip()
        if field.spec.name != "thing" or not text:
            super()._check(field)
            return
        found = await self._ask(guests.thing, self._desk, text)
        if field.text.strip() == text:
            field.say(UNKNOWN if found is None else found.said, wrong=found is None)


class Keep(Dialog[None]):
    """The number of what was filed, large, to be kept.

    Args:
        done: what was filed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", "Back", show=False)]

    def __init__(self, done: Done) -> None:
        super().__init__()
        self._done = done

    def compose(self) -> ComposeResult:
        """Show the number and what it is good for."""
        ref = next(one for one in self._done.refs if one.startswith(_TICKET))
        found = areas.parse_ref(ref)
        with panel("Your number: keep it"):
            yield Static(content(f"{self._done.said}\n\n{large(found[1]) if found else ref}\n"))
            yield Static(content(f"Keep {ref}: with it and your initials, w on the front page says where it stands."))
            yield self.key_line

    def on_mount(self) -> None:
        """Show the keys."""
        self.key_line.show([("Enter", "Done", True)])


async def report(session: Session, thing: guests.Thing | None = None) -> None:
    """Ask what is wrong, file it and say its number; from a worker.

    Args:
        session: this terminal.
        thing: the one whose label was scanned.
    """
    values = {"thing": thing.number} if thing else {}
    sheet = await session.in_store(Sheet, Report, session.desk, None, values)
    save = partial(guests.report, session.desk)
    info = thing.lines if thing else ()
    form = ReportForm(sheet, title="Report a problem", desk=session.desk, save=save, info=info)
    await _keep(session, form)


async def leave_message(session: Session) -> None:
    """Ask for whom, then for the message; from a worker."""
    title = "For whom is the message? Type a name; Enter takes it."
    found = await session.push_screen_wait(PhoneList(session.desk, title))
    if found is not None:
        await leave_message_for(session, found)


async def leave_message_for(session: Session, phone: Phone) -> None:
    """Ask for a message for somebody, file it and say its number; from a worker."""
    save = partial(guests.leave_message, session.desk, phone.number)
    await _file(session, Message, f"Message for {phone.name}", save)


async def where_is(session: Session) -> Done | None:
    """Ask for number and initials, and return where the ticket stands; from a worker."""
    sheet = await session.in_store(Sheet, Question, session.desk)
    save = partial(guests.where_is, session.desk)
    return await session.push_screen_wait(
        QuestionForm(sheet, title="Where is my ticket?", desk=session.desk, save=save)
    )


async def _file(
    session: Session, model: type[BaseModel], title: str, save: Callable[[Mapping[str, Any]], Done]
) -> None:
    sheet = await session.in_store(Sheet, model, session.desk)
    await _keep(session, FormScreen(sheet, title=title, desk=session.desk, save=save))


async def _keep(session: Session, form: FormScreen) -> None:
    done = await session.push_screen_wait(form)
    if done is not None:
        await session.push_screen_wait(Keep(done))
