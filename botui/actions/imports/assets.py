"""Rows of another system's list of assets as assets; who has them is a hand-out, what is in repair a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from botui.actions.imports.columns import plain
from botui.actions.imports.equipment_words import ASSET_STATES, NOBODY
from botui.actions.imports.goods import codes_with, is_mangled
from botui.actions.imports.holding import Held, Holding
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, notes_again
from botui.actions.imports.sheet import Row
from botui.actions.imports.things import serial_of, tag_of
from botui.actions.imports.values import word_of
from botui.models import calendar
from botui.models.base import Change, Record, Refused, clean
from botui.models.equipment.asset import Asset
from botui.models.office import Context, Person
from botui.models.office.reports import cents
from botui.models.shape import FieldSpec

_OF_THE_HAND: Final = ("holder", "place", "status", "due")
"""Fields of an asset that follow from what happens to it: no row sets them."""
_LONGEST: Final = {"name": 80, "maker": 40, "model": 60}
"""Characters of a field; what is longer is cut, and stands whole in the notes."""
_NOTED: Final = ("status", "holder", "serial", "warranty_months", *_LONGEST)
"""Fields of which the cells may be kept in the notes, too."""
_MONTHS: Final = re.compile(r"([0-9]{1,3})(?:[.,]0+)?\s*(m|mo|months?|mths?|y|yrs?|years?|)\.?", re.IGNORECASE)
_LONGEST_WARRANTY: Final = 600


@dataclass(frozen=True, slots=True)
class AssetTaker(ListTaker):
    """Takes rows as assets.

    Attributes:
        holding: the register of the rows at hand.
        report: where doubts and unknown words of the present chunk go.
    """

    holding: Holding
    report: Callable[[], Report]

    def retired_first(self, rows: Sequence[Row], cells_of: Callable[[Row], Cells]) -> list[Row]:
        """Return rows, those of what the office has no more first: its codes are free for what comes in its place."""
        return sorted(rows, key=lambda row: word_of(ASSET_STATES, cells_of(row).word("status")) != "retired")

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the register."""
        self.holding.begin(ctx, change)

    def finish(self) -> None:
        """Write what was done, and what follows from it."""
        self.holding.close()

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the asset of a row, without what the register writes of it.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be an asset, in words; nothing was done.
        """
        if cells.has("currency") and cells.word("price"):
            self.reader.figures.refuse_other_currency(cells.word("currency"), "The price")
        held = self._held(cells)
        if isinstance(old, Asset):
            self.holding.refuse(old, held)
        # not by super(): a dataclass with slots is another class than the one that is written here
        found = ListTaker.take(self, self.holding.seen(ctx), cells, number, key, old)
        put = found.puts.pop(("assets", number), None) if found else None
        register = self.holding.register
        if isinstance(old, Asset):
            if put is not None:
                merged = {name: value for name, value in {**old.doc(), **put.fields}.items() if value is not None}
                fields = Asset.load(number, merged)
                self.holding.revise(old, {name: getattr(fields, name) for name in put.fields})
            asset = register.get(Asset, number)
        else:
            asset = Asset.load(number, put.fields if put else {})
            self.holding.add(asset)
        moved = self.holding.follow(asset, held, old is None, lambda words: self._doubt(cells, words))
        self._say(ctx, cells, held)
        return (found or Change("assets.import")) if old is None or put or moved else None

    def _held(self, cells: Cells) -> Held:
        """Return what a row says of who has it and whether it can be used.

        Raises:
            Refused: it names somebody or a place that could be several.
        """
        word = cells.word("status")
        status = word_of(ASSET_STATES, word)
        place = self.directory.named("places", cells.word("place"))
        called = _holder(cells)
        person = self.directory.known_person(called)
        places = self.directory.find("places", "name", called) if called and person is None else []
        return Held(
            status="ready" if status == "stock" else status,
            word=word,
            person=person,
            names=cells.has("holder"),
            unknown=clean(called)[:60] if person is None and not places else "",
            used_in=places[0] if places else None,
            place=place or (places[0] if places else None),
            due=self.reader.day(cells.text("due")),
            since=self.reader.moment(cells.text("since")),
        )

    def _say(self, ctx: Context, cells: Cells, held: Held) -> None:
        """Report what the row says and what is not quite so here."""
        word = cells.word("status")
        if word and not held.status:
            self.report().unknown[f"status '{word[:40]}'"] += 1
        if held.unknown:
            self.report().unknown[f"who has it: '{held.unknown[:40]}'"] += 1
            self.report().decided["who has it is not known here: import the people, then this file again"] += 1
        holds = held.person or held.unknown or held.used_in
        if holds and word_of(ASSET_STATES, word) == "stock":
            self.report().decided[f"'{word[:40]}', and somebody has it: it is handed out"] += 1
        if holds and held.status == "retired":
            self._doubt(cells, f"it is {word[:40]}, so that {cells.word('holder')[:40]} does not have it here")
        elif held.unknown and held.place is None:
            self._doubt(cells, f"{held.unknown[:40]} is not known here, and no place is said: it is not handed out")
        elif held.status == "in_use" and not holds and held.place is None:
            self._doubt(cells, f"it is {word[:40]}, and it does not say by whom or where: it is not handed out")
        person = ctx.data.get(Person, held.person) if held.person else None
        if person is not None and not person.active and held.status != "retired":
            self._doubt(cells, f"{person.name}, who has it, does not work here any more")
        if is_mangled(cells.word("serial")):
            self._doubt(cells, f"a spreadsheet cut the serial number {cells.word('serial')}, which is not taken")

    def _doubt(self, cells: Cells, words: str) -> None:
        self.report().doubts.append((cells.row.where, words))

    # --- cells as values ----------------------------------------------------------------------------------------------

    def _values(self, cells: Cells, key: str, old: Record | None) -> dict[str, Any]:
        values = ListTaker._values(self, cells, key, old)
        for name in _OF_THE_HAND:
            values.pop(name, None)
        tag, serial = tag_of(cells), serial_of(cells)
        self._refuse_twice(tag, serial, old)
        values |= {"tag": tag or None, "serial": serial or None}
        if name := clean(cells.word("name")) or ("" if old else self._name(cells)):
            values["name"] = name
        if old is None and not values.get("home"):
            values["home"] = self.directory.named("places", cells.word("place"))
        if not values.get("warranty_until"):
            values["warranty_until"] = self._warranty(cells, values.get("bought_on") or getattr(old, "bought_on", None))
        if values.get("price") is not None:
            values["price"] = cents(values["price"])
        for name, longest in _LONGEST.items():
            if len(text := str(values.get(name) or "")) > longest:
                values[name] = text[:longest].rstrip()
        before = str(values.get("imported") or getattr(old, "imported", ""))
        values["imported"] = notes_again(before, cells, _NOTED, self._noted(cells))
        return values

    def _value(self, cells: Cells, spec: FieldSpec, old: Record | None) -> Any:
        """Return what a row says of one field."""
        if spec.name in (*_OF_THE_HAND, "tag", "serial"):
            return None
        if spec.name in _LONGEST:
            return clean(cells.text(spec.name)) or None
        if spec.name == "warranty_until" and _MONTHS.fullmatch(cells.word(spec.name)):
            return None
        return ListTaker._value(self, cells, spec, old)

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names; a supplier is made."""
        if spec.name == "supplier":
            return self.directory.supplier(word)
        return self.directory.named(spec.ui.ref, word)

    def _name(self, cells: Cells) -> str:
        """Return what a new thing without a name is called: what sort of thing of which make it is."""
        parts = (cells.word(one) for one in ("category", "maker", "model"))
        return clean(" ".join(filter(None, parts))) or cells.word("tag") or cells.word("serial")

    def _refuse_twice(self, tag: str, serial: str, old: Record | None) -> None:
        """Do nothing if no other asset has this tag or serial number, and the tag is not the number of another.

        Raises:
            Refused: one has.
        """
        for word, code in (("tag", tag), ("serial number", serial)):
            if code and self.holding.is_anothers(code, getattr(old, "id", 0)):
                raise Refused(f"another asset has the {word} {code} already, or has it for a number: a prefix, --map?")

    def _warranty(self, cells: Cells, bought: date | None) -> date | None:
        """Return until when there is a warranty: so many months, or years, from the purchase."""
        for field in ("warranty_months", "warranty_until"):
            word = cells.word(field)
            found = _MONTHS.fullmatch(word)
            if found is None:
                if field == "warranty_months" and re.search("[0-9]{4}", word):
                    return self.reader.day(word)
                continue
            months = int(found[1]) * (12 if found[2][:1].lower() == "y" else 1)
            if bought is not None and 0 < months <= _LONGEST_WARRANTY:
                return calendar.add_months(bought, months)
        return None

    def _noted(self, cells: Cells) -> Iterator[str]:
        """Yield the fields of which the cells are kept in the notes, too: nothing here says the same."""
        word, called = cells.word("status"), _holder(cells)
        if word and not word_of(ASSET_STATES, word):
            yield "status"
        if called and (self.directory.known_person(called) is None or word_of(ASSET_STATES, word) == "retired"):
            yield "holder"
        if cells.word("serial") and not serial_of(cells):
            yield "serial"
        if cells.word("warranty_months"):
            yield "warranty_months"
        for field, longest in _LONGEST.items():
            if len(clean(cells.text(field))) > longest:
                yield field

    def _codes(self, cells: Cells, key: str, old: Record | None) -> tuple[str, ...]:
        """Return the other codes on it, without those that were cut or are another thing's, which the report names."""

        def whose(code: str) -> str:
            return "that of another asset already" if self.holding.is_anothers(code, getattr(old, "id", 0)) else ""

        known: tuple[str, ...] = getattr(old, "codes", ())
        # a barcode that is the serial number, too, is no other code: as a tag of the next row it would name this one
        once = {code.casefold() for code in (tag_of(cells), serial_of(cells))}
        codes = codes_with(cells, known, whose, self._doubt)
        return tuple(one for one in codes if one in known or one.casefold() not in once)


def _holder(cells: Cells) -> str:
    """Return who has the thing of a row, or nothing where the row says that nobody has it."""
    called = cells.word("holder")
    return "" if plain(called) in NOBODY else called
