"""Counts of a file, booked in the ledger: what a file says is there is a count, and is booked once.

Each count leaves a line in the item's notes of the import: where, how many, in which file, and the movement that it
made. The same figure in a file of the same name books nothing, whatever was taken since; another one books the
difference to what is there by then. Where the movement was taken back, the count is as if it had never been.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from botui import areas
from botui.actions.imports.directory import Directory, NewId
from botui.actions.imports.taking import Seen, Taker
from botui.models.base import PROSE_MAX, Change, Refused
from botui.models.office import Context
from botui.models.supplies.item import LEVELS_MAX, Item, Movement, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.levels import lots
from botui.models.supplies.reversing import reversed_by

_MADE: Final = re.compile(r" \(MV-(\d+)\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a row says is there.

    Attributes:
        quantity: base units.
        use_by: of which use-by date; None = all that is in the place.
        at: when it was counted; None = now.
    """

    item: int
    place: int
    quantity: int
    use_by: date | None = None
    at: datetime | None = None


class Books:
    """The ledger of the rows that become one change.

    Args:
        directory: knows what the rows have made on the way.
        new_id: gives out numbers.
        local: the office's time of a moment.
    """

    ledger: Ledger

    def __init__(self, directory: Directory, new_id: NewId, local: Callable[[datetime], datetime]) -> None:
        self._directory, self._new_id, self._local = directory, new_id, local

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the ledger of some rows."""
        self._ctx = replace(ctx, data=Seen(ctx.data, self._directory, self._new_id))
        self.ledger = Ledger(self._ctx, change)

    def close(self) -> None:
        """Write what was booked."""
        self.ledger.close()

    def count(self, one: Counted, note: str, new: Item | None = None, notes: str | None = None) -> bool:
        """Book a count; return whether it says anything new.

        Args:
            one: what was counted.
            note: one line kept with the movements: the name of the file.
            new: the item, if it is filed with the same rows.
            notes: its notes of the import, if the same rows change them.

        Raises:
            Refused: it was counted in the future, or in too many places; nothing was booked.
        """
        item = new or self.ledger.get(Item, one.item)
        if one.at is not None and one.at > self._ctx.now:
            raise Refused("it was counted on a day that lies ahead")
        label = f"Counted in {areas.ref('places', one.place)}{f', use by {one.use_by}' if one.use_by else ''}"
        day = f" on {self._local(one.at).date()}" if one.at else ""
        said = f"{label}: {one.quantity}{day}, {note}"
        if self._stands(item, said):
            return False
        if len(item.stock) >= LEVELS_MAX and one.place not in {level.place for level in item.stock}:
            raise Refused(f"{item.name} lies in {LEVELS_MAX} places already")
        kept = item.imported if notes is None else notes
        if len(kept) + len(said) + 20 > PROSE_MAX:
            raise Refused(f"{item.name} has no room for more notes of imports")
        postings = list(_postings(item, one, note))
        dated = {"by_date": True} if one.use_by and one.quantity else {}
        if new is not None:
            self.ledger.add(new)
        made = [self.ledger.post(posting) for posting in postings]
        lines = [line for line in kept.splitlines() if not line.startswith(f"{label}:")]
        lines.append(f"{said} ({made[0].ref})" if made else said)
        self.ledger.set(item, imported="\n".join(lines), counted_at=one.at or self._ctx.now, **dated)
        return True

    def _stands(self, item: Item, said: str) -> bool:
        """Return whether this very count was booked already, and not taken back since."""
        for line in item.imported.splitlines():
            made = _MADE.fullmatch(line.removeprefix(said)) if line.startswith(said) else None
            if line == said:
                return True
            if made is not None:
                movement = self._ctx.data.get(Movement, int(made[1]))
                return movement is None or reversed_by(self._ctx, movement) is None
        return False


class BookingTaker(Taker):
    """Takes rows of which something is booked in the ledger.

    Attributes:
        books: their ledger.
    """

    __slots__ = ()
    books: Books

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the ledger."""
        self.books.begin(ctx, change)

    def finish(self) -> None:
        """Write what was booked, and what follows from it."""
        self.books.close()


def _postings(item: Item, one: Counted, note: str) -> Iterator[Posting]:
    """Give what is to be booked; where no use-by date is said, what is to be used first is what is missing.

    Raises:
        Refused: there is more than before, and nobody says until when it is to be used; or somebody does, and what is
            here has no such date.
    """
    of_date = [
        level for level in item.stock if level.place == one.place and (not one.use_by or level.use_by == one.use_by)
    ]
    more = one.quantity - sum(level.quantity for level in of_date)
    posting = Posting(item=item.id, place=one.place, quantity=more, why=Why.COUNT, use_by=one.use_by, note=note)
    if one.use_by and not item.by_date and item.stock:
        raise Refused(f"{item.name} is kept without use-by dates: say y in Use-by date of the item first")
    if not one.quantity:
        levels = sorted(of_date, key=lambda level: level.quantity)
        yield from (replace(posting, quantity=-level.quantity, use_by=level.use_by) for level in levels)
    elif more < 0 and one.use_by is None:
        parts = lots(item, one.place, -more)
        yield from (replace(posting, quantity=-part, use_by=use_by) for use_by, part in parts)
    elif more > 0 and one.use_by is None and item.by_date:
        dates = {level.use_by for level in of_date}
        if len(dates) != 1:
            raise Refused(f"it does not say until when {item.name} is to be used")
        yield replace(posting, use_by=dates.pop())
    elif more:
        yield posting
