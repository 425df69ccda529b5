"""A letter as a sheet to print, sign and send: botui letter."""

from __future__ import annotations

from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import Refused
from botui.models.records.letter_sheet import letter_text


def print_letter(session: Session) -> None:
    """Print a letter as text of 72 columns."""
    desk = session.desk()
    collection, number = find_record(desk, session.args.ref)
    if collection != "letters":
        raise Refused(f"{session.args.ref} is no letter: try botui list letters.")
    session.out.write(letter_text(desk.context(), desk.get(collection, number)))
