"""A delivery as it is unpacked: what is scanned and typed line by line, before all of it is booked at once.

Nothing here is in the store yet; the screen keeps the list as a draft of the person who unpacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final

from botui import areas
from botui.actions.delivery import AS_ORDERED, NOT_TAKEN, Row, besides, pack_of
from botui.data import Desk
from botui.models.base import Arguments, Line, Ui, plural
from botui.models.base.text import LINE_MAX
from botui.models.supplies import Item
from botui.models.supplies.item import QUANTITY_MAX

_NAMED: Final = 5
"""Things that a line of the summary names; of the others it says how many."""


class UseBy(Arguments):
    """Until when what came is to be used."""

    use_by: Annotated[
        date | None, Ui(label="Use by", help="The date on the pack, such as 1412; empty = it has none.")
    ] = None


class Remark(Arguments):
    """What is noted of a delivery."""

    note: Annotated[Line, Ui(label="Note", help="Such as: the box was wet.")] = ""


@dataclass(frozen=True, slots=True)
class Run:
    """All that is known of a delivery so far; each step makes a new one.

    Attributes:
        order: number of the order.
        rows: its lines, what is still to come first, then what came besides.
        place: where all of it is put; None = each in its usual place.
        note: what is noted of it.
    """

    order: int
    rows: tuple[Row, ...]
    place: int | None = None
    note: str = ""

    @property
    def begun(self) -> bool:
        """Whether anything was scanned or typed."""
        return any(row.touched for row in self.rows)

    @property
    def coming(self) -> int:
        """Lines of which something is still to come."""
        return sum(1 for row in self.rows if row.to_come)

    def row(self, key: int) -> Row:
        """Return a row."""
        return next(row for row in self.rows if row.key == key)

    def put(self, row: Row) -> Run:
        """Put a row in the place of the one with its key, or at the end."""
        if any(one.key == row.key for one in self.rows):
            return replace(self, rows=tuple(row if one.key == row.key else one for one in self.rows))
        return replace(self, rows=(*self.rows, row))

    def whole(self) -> Run:
        """Return what is to be booked: where nothing was scanned or typed, all that is to come came as ordered."""
        return self if self.begun else self.with_rest()

    @property
    def left(self) -> bool:
        """Whether lines of which something is to come were neither scanned nor typed."""
        return any(row.to_come and not row.touched for row in self.rows)

    def with_rest(self) -> Run:
        """Let all lines that were neither scanned nor typed have come as ordered."""
        rows = (replace(row, came=row.to_come) if row.to_come and not row.touched else row for row in self.rows)
        return replace(self, rows=tuple(rows))

    # --- steps --------------------------------------------------------------------------------------------------

    def scanned(self, item: Item, code: str, supplier: int | None) -> tuple[Run, Row] | None:
        """Take in that an item was scanned; None = it is not on the order.

        A code that stands for a pack adds the pack. Another one says that its line came as ordered; the same again
        only finds the line.
        """
        rows = [row for row in self.rows if row.item == item.id and not row.refused]
        if not rows:
            return None
        pack = pack_of(item, code, supplier)
        open_ = [row for row in rows if (row.came or 0) < row.to_come and (pack > 1 or not row.touched)]
        row = (open_ or rows)[0]
        if pack > 1:
            row = replace(row, came=min((row.came or 0) + pack, QUANTITY_MAX))
        elif not row.touched:
            row = replace(row, came=row.to_come or 1)
        return self.put(row), row

    def besides(self, item: Item, code: str, supplier: int | None, *, kept: bool) -> tuple[Run, Row]:
        """Take in an item that is not on the order: kept as an extra, or the wrong one and not taken."""
        many = pack_of(item, code, supplier)
        row = replace(besides(item), came=many, refused=not kept)
        return self.put(row), row

    def typed(self, key: int, many: int, *, damaged: bool) -> Run:
        """Take in how many of a row came, or are damaged: who says only that says that the rest came as ordered."""
        row, many = self.row(key), min(many, QUANTITY_MAX)
        if damaged:
            came = row.to_come if row.came is None else row.came
            return self.put(replace(row, came=max(came, many), damaged=many))
        return self.put(replace(row, came=many, damaged=min(row.damaged, many)))

    def taken_back(self, key: int) -> Run:
        """Take back what was scanned and typed of a row; what came besides goes."""
        if key < 0:
            return replace(self, rows=tuple(row for row in self.rows if row.key != key))
        return self.put(replace(self.row(key), came=None, damaged=0, use_by=None))

    def dated(self, key: int, use_by: date | None) -> Run:
        """Take in the use-by date of a row."""
        return self.put(replace(self.row(key), use_by=use_by))

    def undated(self) -> list[Row]:
        """Return the rows that go into stock and want a use-by date, and have none."""
        return [row for row in self.rows if row.by_date and row.kept > 0 and row.use_by is None]

    def without_place(self) -> list[Row]:
        """Return the rows that go into stock and have no place to be put."""
        return [row for row in self.rows if row.kept > 0 and row.place is None] if self.place is None else []

    def follow(self, fresh: Sequence[Row]) -> tuple[Run, list[str]]:
        """Take over what the store says of the order now; return in words what changed under what was scanned."""
        was, said, rows = {row.key: row for row in self.rows}, [], []
        for row in fresh:
            mine = was.get(row.key)
            if mine is not None:
                row = replace(row, came=mine.came, damaged=mine.damaged, use_by=mine.use_by)
                if mine.before != row.before or mine.ordered != row.ordered:
                    here = "" if row.came is None else f"; your list has {row.came:,}"
                    said.append(f"{row.name}: {row.before:,} came meanwhile, {row.to_come:,} to come{here}.")
            rows.append(row)
        return replace(self, rows=(*rows, *(row for row in self.rows if row.key < 0))), said

    # --- what is booked -----------------------------------------------------------------------------------------

    def summary(self, today: date) -> list[str]:
        """Return in words what will be booked: one line for all, then what is not as ordered."""
        rows = [row for row in self.rows if row.touched and row.key > 0]
        plain = [row for row in rows if row.said == AS_ORDERED]
        found = [_lines(len(plain), AS_ORDERED)] if plain or not rows else []
        found += _told("Short", ((row, row.short, f" of {row.to_come:,}") for row in rows))
        found += _told("Damaged, not kept", ((row, row.damaged, "") for row in rows))
        found += _told("More than ordered", ((row, row.over, "") for row in rows))
        found += _told("Past its date", ((row, row.kept, "") for row in self._past(today)))
        found += _told("Not ordered, kept", ((row, row.kept, "") for row in self.rows if row.key < 0))
        found += _told("Wrong, not taken", ((row, row.came or 0, "") for row in self.rows if row.refused))
        found += _told("Not here, still to come", ((row, row.to_come, "") for row in self.rows if not row.touched))
        return found

    def _past(self, today: date) -> list[Row]:
        return [row for row in self.rows if row.kept > 0 and row.use_by is not None and row.use_by < today]

    def asks(self, today: date) -> bool:
        """Whether it is booked only if it is meant: more came of a line than was to come, or it is past its date."""
        return any(row.over for row in self.rows) or bool(self._past(today))

    def arguments(self, *, even_so: bool) -> dict[str, Any]:
        """Return what the order's verb is told; empty parts are left out."""
        here = [f"{row.ref}={row.kept}" for row in self.rows if row.touched and row.key > 0]
        # nothing named would mean that all of it came
        here = here or [f"{row.ref}=0" for row in self.rows if row.key > 0][:1]
        rows = [row for row in self.rows if row.touched and not row.refused]
        refused = ", ".join(f"{row.came:,} x {row.name}" for row in self.rows if row.refused)
        note = "; ".join(part for part in (self.note, f"wrong, not taken: {refused}" if refused else "") if part)
        found: dict[str, Any] = {
            "here": ", ".join(here),
            "damaged": ", ".join(f"{row.ref}={row.damaged}" for row in rows if row.key > 0 and row.damaged),
            "extra": ", ".join(f"{row.ref}={row.kept}" for row in rows if row.key < 0 and row.kept),
            "use_by": ", ".join(f"{row.ref}={row.use_by}" for row in rows if row.use_by and row.kept),
            "note": note[:LINE_MAX],
            "place": self.place,
            "even_so": even_so,
        }
        return {name: value for name, value in found.items() if value}

    # --- as a draft ---------------------------------------------------------------------------------------------

    def texts(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what was scanned and typed as the texts of a draft, and what had come before of those lines."""
        rows = [row for row in self.rows if row.touched]
        texts = {
            row.ref: NOT_TAKEN if row.refused else f"{row.came} {row.damaged} {row.use_by or ''}".strip()
            for row in rows
        }
        more = {"place": str(self.place or ""), "note": self.note}
        return texts | {name: text for name, text in more.items() if text}, {row.ref: str(row.before) for row in rows}

    def taken_up(self, desk: Desk, texts: Mapping[str, str], was: Mapping[str, str]) -> tuple[Run, list[str]]:
        """Go on with what a draft has; return also in words what came of its lines since."""
        run = replace(self, note=texts.get("note", ""), place=_number(texts.get("place", "")))
        for name, text in texts.items():
            found = areas.parse_ref(name)
            row = None if found is None else run._known(desk, *found)
            if row is None:
                continue
            came, damaged, use_by, *_ = [*text.split(), "", "", ""]
            if text == NOT_TAKEN:
                row = replace(row, came=1, refused=True)
            else:
                row = replace(row, came=_number(came), damaged=_number(damaged) or 0, use_by=_day(use_by))
            run = run.put(row)
        before = {row.key: replace(row, before=_number(was.get(row.ref, "")) or 0) for row in run.rows if row.touched}
        old = replace(run, rows=tuple(before.get(row.key, row) for row in run.rows))
        return run, old.follow([row for row in run.rows if row.key > 0])[1]

    def _known(self, desk: Desk, collection: str, number: int) -> Row | None:
        if collection == "lines":
            return next((row for row in self.rows if row.key == number), None)
        item = desk.peek("items", number) if collection == "items" else None
        return None if item is None else besides(item)


def meant(desk: Desk, run: Run, code: str) -> list[tuple[str, int]]:
    """Return what a code may mean to whoever unpacks: the item on the order first, else whatever has it."""
    found = desk.by_code(code)
    here = {row.item for row in run.rows}
    on_order = [one for one in found if one[0] == "items" and one[1] in here]
    return on_order or [one for one in found if one[0] in ("items", "places", "orders", "shipments")]


def _lines(many: int, words: str) -> str:
    return f"{plural(many, 'line')} {words}."


def _told(words: str, rows: Iterable[tuple[Row, int, str]]) -> list[str]:
    named = [f"{many:,}{more} x {row.name}" for row, many, more in rows if many]
    rest = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return [f"{words}: {'; '.join(named[:_NAMED])}{rest}."] if named else []


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(QUANTITY_MAX)) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
