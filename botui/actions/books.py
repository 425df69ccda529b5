"""The books for whoever may read all that they follow from: as a journal, and as a bundle for the auditor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from botui.actions.reports import refuse_closed
from botui.data import Desk
from botui.models.records.books import TELLS, books
from botui.models.records.hledger import journal


def as_journal(desk: Desk, until: date | None = None) -> Iterator[str]:
    """Give the lines of the books as plain-text accounting reads them.

    Args:
        desk: of whoever exports them.
        until: the last day; None = all there is.

    Raises:
        NotAllowed: it is not for this person; that is written down.
    """
    refuse_closed(desk, TELLS, "books.export")
    context, settings = desk.context(), desk.settings
    until = until or context.today
    head = f"Until {until}. Made by botui on {context.today} for {desk.title('people', desk.person)}.\n"
    head += f"Head of the chain of changes: {desk.store.journal.head}"
    return journal(books(context, until), office=settings.name, currency=settings.currency, head=head)
