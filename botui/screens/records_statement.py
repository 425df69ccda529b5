"""A statement is taken in at the screen: from a file that came by the inbox; what it does not say is asked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from botui.actions.bank_statements import StatementJob, job_of, statement_files, take_statement
from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.bank_file import DatesUnclear
from botui.data import Desk, Done
from botui.models.base import Arguments, BotuiError, Refused, Ui
from botui.models.records.bill import Signed
from botui.screens.dialogs import Choose, Tell

if TYPE_CHECKING:
    from botui.models.records.bank import Account
    from botui.screens.frame import DeskScreen

_TYPED: Final = "typed"
_ORDERS: Final = [("Day first: 31/12", "dmy"), ("Month first: 12/31", "mdy")]


class Closing(Arguments):
    """What a file does not say."""

    closing: Annotated[Signed, Ui(label="Closing balance", help="After the last line, as the bank shows it.")]


async def receive_statement(screen: DeskScreen, account: Account) -> bool:
    """Take in a file that was chosen, and tell what came of it; called in a worker.

    Returns:
        Whether that is all: False = there is no file, or the statement is to be typed.
    """
    files = await screen.ask_store(statement_files, screen.desk)
    if files is None:
        return True
    if not files:
        return False
    entries: list[tuple[str, Any]] = [
        (f"{name}  ({document.ref}, {document.title})", (document, name, digest)) for document, name, digest in files
    ]
    entries.append(("Type the lines of a statement on paper", _TYPED))
    chosen = await screen.app.push_screen_wait(Choose(f"Statement of {account.name}: which file?", entries))
    if chosen is None or chosen == _TYPED:
        return chosen is None
    await _take(screen, account, job_of(screen.desk, account.id, *chosen))
    return True


async def _take(screen: DeskScreen, account: Account, job: StatementJob) -> None:
    """Take a file in; ask for the order of dates, or the balance, where it does not say them."""
    try:
        done = await screen.attempt(_taken, screen.desk, job)
    except DatesUnclear as error:
        order = await screen.app.push_screen_wait(Choose(str(error), _ORDERS))
        if order is not None:
            await _take(screen, account, replace(job, order=order))
    except Refused as error:
        if "closing" in error.fields and job.closing is None:
            await _ask_closing(screen, account, job)
        else:
            screen.say(str(error), "error")
    except BotuiError as error:
        screen.say(str(error), "error")
    else:
        await _tell(screen, done)


async def _ask_closing(screen: DeskScreen, account: Account, job: StatementJob) -> None:
    from botui.screens.form import FormScreen
    from botui.screens.sheet import Sheet

    sheet = await screen.ask_store(Sheet, Closing, screen.desk)
    if sheet is None:
        return
    title = f"{job.name}: balance of {account.name}"
    save = partial(_closed, screen.desk, job)
    done = await screen.app.push_screen_wait(FormScreen(sheet, title=title, desk=screen.desk, save=save))
    if done is not None:
        await _tell(screen, done)


def _closed(desk: Desk, job: StatementJob, values: dict[str, Any]) -> Done:
    try:
        closing = Amounts("", desk.settings.currency).read(str(values["closing"]), "The balance")
    except Refused as error:
        raise Refused(f"{error}.", {"closing": "Write it as 1234.50."}) from None
    return _taken(desk, replace(job, closing=closing))


def _taken(desk: Desk, job: StatementJob) -> Done:
    outcome = take_statement(desk, job)
    said = [*outcome.notes, *(f"Taken to be the same, {one}." for one in outcome.doubts)]
    return Done("\n".join((outcome.said, *said)), outcome.refs, "")


async def _tell(screen: DeskScreen, done: Done) -> None:
    """Say what came of it; what was guessed is to be read."""
    first, _, more = done.said.partition("\n")
    if more:
        await screen.app.push_screen_wait(Tell("Statement taken in", done.said))
    screen.say(f"{first} m reconciles.")
