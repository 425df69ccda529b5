"""The slip of what is handed over or comes back: botui slip."""

from __future__ import annotations

from botui.actions.handing import last_loan
from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import Refused
from botui.models.equipment.slip import slip_text


def print_slip(session: Session) -> None:
    """Print the slip of hand-outs, or of what assets were handed out by last, as text of 72 columns."""
    desk = session.desk()
    loans = {}
    for ref in session.args.refs:
        collection, number = find_record(desk, ref)
        if collection == "assets":
            loan = last_loan(desk, number)
            if loan is None:
                raise Refused(f"{ref} was never handed out: there is no slip of it.")
        elif collection == "loans":
            loan = desk.get("loans", number)
        else:
            raise Refused(f"{ref} is no hand-out: try botui list loans.")
        loans[loan.id] = loan
    session.out.write(slip_text(desk.context(), list(loans.values())))
