"""Bills on paper: botui bill, receipt, statement."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from botui.actions.reports import refuse_closed
from botui.actions.their_statement import compared, in_words
from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Refused
from botui.models.records.party_statement import account_of, statement_text
from botui.models.records.sheets import bill_text, receipt_text

_USUAL: Final = timedelta(days=90)
"""Days of a statement where nobody says others: a quarter."""


def print_bill(session: Session) -> None:
    """Print a bill as text of seventy-two columns."""
    desk, number = _of(session, "bills", "bill")
    session.out.write(bill_text(desk.context(), desk.get("bills", number)))


def print_receipt(session: Session) -> None:
    """Print the receipt of a payment, under its number."""
    desk, number = _of(session, "payments", "payment")
    session.out.write(receipt_text(desk.context(), desk.get("payments", number)))


def print_statement(session: Session) -> None:
    """Print what was billed and paid with a party, or hold their own statement against it, and tick what agrees."""
    args = session.args
    desk, number = _of(session, "parties", "customer or supplier", write=args.tick)
    refuse_closed(desk, ("bills", "payments"), "bills.statement")
    party = desk.get("parties", number)
    if args.theirs is None:
        if args.tick:
            raise Refused("--tick ticks what agrees with their statement: say which file with --theirs.")
        days = _days(desk, args.fields)
        found = account_of(desk.context(), number, days["since"], days["until"])
        session.out.write(statement_text(desk.context(), party, found))
        return
    agreement = compared(desk, number, Path(args.theirs))
    session.out.write(in_words(agreement, party.name))
    if args.tick:
        on = _days(desk, args.fields)["until"]
        ticked = 0
        for bill in agreement.agreed:
            if bill.ticked_on != on:
                desk.do("bills", bill.id, "tick", {"on": on})
                ticked += 1
        session.out.write(f"\n{ticked} ticked as of {on}.\n")


def _of(session: Session, wanted: str, what: str, *, write: bool = False) -> tuple[Desk, int]:
    desk, ref = session.desk(write=write), session.args.ref
    collection, number = find_record(desk, ref)
    if collection != wanted:
        raise Refused(f"{ref} is no {what}: try botui list {wanted}.")
    return desk, number


def _days(desk: Desk, pairs: dict[str, str]) -> dict[str, date]:
    today = desk.context().today
    days = {"since": today - _USUAL, "until": today}
    for name, text in pairs.items():
        if name not in days:
            raise Refused(f"A statement has no '{name}'; there is: since, until.")
        try:
            days[name] = calendar.parse_date(text, today, desk.settings.order)
        except ValueError as error:
            raise Refused(str(error)) from None
    if days["until"] < days["since"]:
        raise Refused("The last day is before the first.")
    return days
