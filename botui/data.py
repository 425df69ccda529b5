"""The one door to the data: the Store follows the journal, the Desk is what a person holds.

The way of a key press to the disk: a screen calls ``Desk.do`` (or ``add``, ``edit``); it checks the permission, takes
the lock, runs the rule on fresh records, validates the documents and writes one journal line. Everybody else's Store
follows that line and updates only what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

from botui import access, areas
from botui.access import Door, Secrets
from botui.changing import Changer, Done
from botui.models.base import Change, Conflict, Kind, Put, Refused
from botui.models.errors import NotAllowed, StoreDamaged, StoreError
from botui.models.office import Context
from botui.models.shape import fields_of
from botui.past import Event, describe, inverse, last_of, touched, transition, why_final
from botui.reading import refs_of
from botui.spent import finish_erasing
from botui.storage import Entry, Journal, Transaction
from botui.storage.format import stamp as journal_time
from botui.store import Store

__all__ = ["Desk", "Done", "Event", "Store"]

UNDO_WITHIN: Final = timedelta(minutes=15)
"""How far back ``undo`` reaches: long enough to see a slip, too short for others to have built on it."""


class Desk(Changer):
    """What screens and the command line hold: one person at one terminal on one store.

    ``terminal`` is kept in every change.
    """

    @property
    def secrets(self) -> Secrets:
        """The office's PINs and badges."""
        return self.store.secrets

    @property
    def door(self) -> Door:
        """Who comes in at this terminal."""
        return Door(self.secrets, self.terminal, self.clock)

    @classmethod
    def open(
        cls, folder: Path, person: int | None, terminal: str, clock: Callable[[], datetime], timeout: float = 5.0
    ) -> Desk:
        """Open the store in a folder (made at the first write)."""
        store = Store(Journal(folder / "office.json", timeout=timeout, clock=clock))
        with suppress(StoreError):  # whoever looks next goes on with it
            finish_erasing(store)
        return cls(store, person, terminal, clock)

    def for_person(self, person: int | None, *, confirmed: bool = False, by_badge: bool = False) -> Desk:
        """Return the desk of another person on the same store and terminal.

        Args:
            person: who; None = nobody.
            confirmed: their PIN was given just now.
            by_badge: only a badge says that it is them.
        """
        desk = Desk(self.store, person, self.terminal, self.clock)
        desk.confirmed, desk.by_badge = (desk.began if confirmed else None), by_badge
        return desk

    def confirm(self, pin: str) -> None:
        """Take in that this person gave their PIN again.

        Raises:
            NotAllowed: it does not fit; misses are counted as at the door.
        """
        number = self.person or 0
        self.door.check(areas.ref("people", number), (number,), pin)
        self.confirmed, self.by_badge = self.clock(), False

    def as_system(self) -> Desk:
        """Return the desk on which time does its work."""
        return Desk(self.store, None, self.terminal, self.clock, system=True)

    # --- undo ---------------------------------------------------------------------------------------------------

    def undoable(self, *, this_sitting: bool = True) -> Entry | None:
        """Return the last thing this person did at this terminal and did not take back, or None.

        Args:
            this_sitting: not what was done before this desk began, or somebody else sat down meanwhile.
        """
        if self.person is None or "guest" in self.roles():
            return None
        since = self.clock() - UNDO_WITHIN
        since = max(since, self.began) if this_sitting else since
        return last_of(self.store.journal.recent(journal_time(since)), self.person, self.terminal)

    def undo(self, digest: str) -> Done:
        """Take back one change of one's own, whole, where nobody has changed the same fields since.

        Raises:
            Refused: there is nothing to undo any more, or this cannot be taken back.
            Conflict: somebody changed it since; the sentence says who.
            NotAllowed: this person may not do any more what is to be undone.
        """
        entry = self.undoable(this_sitting=False)
        if entry is None or entry.digest != digest:
            raise Refused("There is nothing to undo.")
        if reason := why_final(entry):
            raise Refused(reason)
        if entry.purged:
            raise Refused(f"{describe(entry)} stays: part of it was erased for good.")
        words, ledgers = describe(entry), _ledgers(entry)
        for ledger in ledgers:
            self.store.index(ledger.name)  # looked through now, not while everybody waits

        def decide(tx: Transaction) -> Change:
            self._require_again(entry, self.context(tx))
            tx.header["undoes"] = digest
            if "for" in entry.header:
                tx.header["for"] = entry.header["for"]
            ctx, change = self.context(tx), Change("desk.undo", f"Undone: {words}.")
            stays = _named_by_ledgers(entry)
            for op in reversed(entry.ops):
                if op.id is None or areas.kind(op.table).counter is not None or (op.table, op.id) in stays:
                    continue
                put = inverse(op, op.id)
                access.require_fields(self.roles(), op.table, put.fields)
                _refuse_fixed(ctx, put)
                change.puts[op.table, op.id] = put
            for ledger in ledgers:
                _counter_entries(ctx, entry, ledger, change)
            return change

        try:
            with self._told("desk.undo"):
                return self._commit(decide)
        except Conflict as error:
            raise Conflict(f"{words} is not undone. {error}", error.fields) from None

    def _require_again(self, entry: Entry, ctx: Context) -> None:
        """Refuse to take back what this person may not do any more: a verb, or filing or editing each record."""
        action = str(entry.header.get("do") or "")
        if (verb := transition(action)) is None:
            filed, _, by_hand = action.partition(".")
            # who files what is reported already joins it
            by_hand = "add" if by_hand == "report" else by_hand
            if by_hand in ("add", "edit") and by_hand in access.capabilities(self.roles(), filed):
                return  # what came of it elsewhere, such as the status of an asset that is broken, goes with it
            for op in entry.ops:
                # nobody adds to a ledger, hand-outs or what is filed with something else by hand: who works with them
                # takes back what came of it
                kind = areas.kind(op.table)
                within = bool(kind.parent) and op.was is None
                booked = kind.counter is not None or within or action.endswith(".import")
                what = "work" if booked else "add" if op.was is None else "edit"
                access.require(self.roles(), op.table, what, None, *self.persons())
            return
        collection = action.partition(".")[0]
        model = areas.kind(collection).model
        numbers = [number for table, number in touched(entry) if table == collection]
        reasons = [self.may(collection, verb.who, ctx.data.get(model, number)) for number in numbers]
        if reasons and all(reasons):
            raise NotAllowed(reasons[0] or "")

    # --- time ---------------------------------------------------------------------------------------------------

    def tick(self) -> list[str]:
        """Do what time does in every area, once, as the system; returns what was done, in words.

        Looks without the lock first: when nothing is due it costs next to nothing.
        """
        system = self.as_system()
        with suppress(StoreError):
            finish_erasing(self.store)
            system.shut_out_left()
        return [said for area in areas.AREAS if area.clock for said in system._do_what_is_due(area)]

    def _do_what_is_due(self, area: areas.Area) -> Iterator[str]:
        """Commit what an area's clock answers, one change at a time; what cannot be done holds up nothing else."""
        due = cast(Callable[[Context], Iterable[Change]], areas.load(area.clock))
        stuck = 0
        while True:
            try:
                if next(islice(due(self.context()), stuck, None), None) is None:
                    return
            except (Refused, Conflict, StoreDamaged) as error:
                # What is due cannot be told: the other areas still can.
                yield f"{area.label}: {error}"
                return
            try:
                done = self.apply(lambda ctx, skip=stuck: next(islice(due(ctx), skip, None), None))  # type: ignore[misc]
            except StoreDamaged as error:
                yield f"{area.label}: {error}"
                return
            except (Refused, Conflict) as error:
                stuck += 1
                yield f"{area.label}: {error}"
                continue
            if done is None:
                return
            yield done.said


def _named_by_ledgers(entry: Entry) -> set[tuple[str, int]]:
    """Return what a change filed and a ledger names for ever, as its lines stay: what was counted, and where."""
    new = {(op.table, op.id): op.doc or {} for op in entry.ops if op.was is None and op.id is not None}
    open_ = [one for one in new if areas.kind(one[0]).counter is not None]
    named: set[tuple[str, int]] = set()
    while open_:
        one = open_.pop()
        specs = fields_of(areas.kind(one[0]).model)
        more = {(ref, int(new[one].get(name) or 0)) for name, ref in refs_of(specs)}
        more = (more & new.keys()) - named
        open_ += more
        named |= more
    return named


def _ledgers(entry: Entry) -> list[Kind[Any]]:
    """Return the ledgers of the areas in which a change touched something: what follows from them is there."""
    here = {areas.collection(op.table).area for op in entry.ops}
    kinds: list[Kind[Any]] = [areas.kind(one.name) for one in areas.COLLECTIONS if one.area in here]
    return [kind for kind in kinds if kind.counter is not None]


def _counter_entries(ctx: Context, entry: Entry, ledger: Kind[Any], change: Change) -> None:
    """Take back what one change wrote in a ledger by new entries, with all that follows from them."""
    assert ledger.counter is not None
    numbers = (op.id for op in entry.ops if op.table == ledger.name and op.was is None and op.id is not None)
    written = (ctx.data.get(ledger.model, number) for number in numbers)
    ledger.counter(ctx, [record for record in written if record is not None], change)


def _refuse_fixed(ctx: Context, put: Put) -> None:
    """Refuse to take a field back on which something stands meanwhile.

    Raises:
        Refused: the rule of its kind says so.
    """
    kind: Kind[Any] = areas.kind(put.collection)
    record = ctx.data.get(kind.model, put.id) if kind.fixed and put.was and not put.gone else None
    if kind.fixed and record is not None:
        kind.fixed(ctx, record, put.fields)
