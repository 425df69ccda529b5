"""The order as it goes to the supplier: botui order."""

from __future__ import annotations

from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import Refused
from botui.models.supplies.order_text import order_text


def print_order(session: Session) -> None:
    """Print an order as text of eighty columns."""
    desk = session.desk()
    collection, number = find_record(desk, session.args.ref)
    if collection != "orders":
        raise Refused(f"{session.args.ref} is no order: try botui list orders.")
    session.out.write(order_text(desk.context(), desk.get(collection, number)))
