"""Unpacking a delivery: scans and digits fill a running list, which is booked at once and survives until it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from botui import areas
from botui.actions.delivery import Row, unpacked
from botui.actions.receiving import Remark, Run, UseBy, meant
from botui.data import Desk, Done
from botui.models.base import Arguments
from botui.models.supplies import Item
from botui.screens import drafts
from botui.screens.choices import records
from botui.screens.form import FormScreen
from botui.screens.frame import Keys
from botui.screens.learning import learn
from botui.screens.scanning import Which
from botui.screens.sheet import Sheet
from botui.screens.unpacking import Booking, UnpackScreen
from botui.widgets.record_table import RecordTable

_DIGITS: Final = 7
"""Digits of a quantity at most."""


class ReceiveScreen(UnpackScreen):
    """What came of an order, line by line, by scanner or by hand, and booked as one change.

    Args:
        order: its number.
        parcel: number of the parcel it came in, if that is known.
    """

    HELP = (
        "A delivery. Scan what is in it: a line comes as ordered, digits say how many are here, d how many of them "
        "are damaged; a says that the rest came as ordered. Enter books it all; where nothing was scanned or typed, "
        "all as ordered."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"digit({digit})", "How many", show=False, tooltip="How many are here.")
            for digit in range(10)
        ),
        Binding("d", "damaged", "Damaged", tooltip="How many of them are damaged: digits follow."),
        Binding("a", "rest", "The rest too", tooltip="All that was neither scanned nor typed came as ordered."),
        Binding("minus,backspace", "take_back", "Not here", tooltip="Take back a digit, or what stands in this line."),
        Binding("f9,u,ctrl+z", "undo", "Undo", tooltip="Take back the last step on this list."),
        Binding("b", "use_by", "Use by", tooltip="The use-by date of what came."),
        Binding("p", "place", "Place", tooltip="Put all of it in one place, or in the usual ones."),
        Binding("o", "remark", "Note", tooltip="Note something of this delivery."),
        Binding("n,f6,ctrl+n", "anew", "Anew", tooltip="Throw this list away and begin it anew."),
        Binding("f5,ctrl+s", "book", "Book", tooltip="Say what will be booked, then book it."),
    ]

    def __init__(self, order: int, parcel: int | None = None) -> None:
        super().__init__(order)
        self._parcel = parcel
        self._line: int | None = None
        self._digits = ""
        self._breaks = False  # digits say how many are damaged

    def keys(self) -> Keys:
        """Return the keys of the list."""
        begun = self.run is not None and self.run.begun
        return [
            ("Enter", "Book" if begun else "All as ordered", True),
            ("0-9", "Here", True),
            ("d", "Damaged", True),
            *([("a", "The rest too", True)] if begun and self.run is not None and self.run.left else []),
            ("-", "Not here", begun),
            ("u", "Undo", bool(self.before)),
            ("p", "Place", True),
            ("Esc", "Later", True),
        ]

    # --- scanning ---------------------------------------------------------------------------------------------------

    async def take_code(self, code: str) -> None:
        """Take in what one code means to this delivery."""
        self._end_digits()
        found = None if self.run is None else await self.ask_store(meant, self.desk, self.run, code)
        if found is None:
            return
        if not found:
            await self._learn(code)
        elif (chosen := await self.which(found)) is not None:
            collection, number = chosen
            if collection == "items":
                await self._take_item(number, code)
            elif collection == "places":
                self._put_in(number)
            else:
                self._take_paper(collection, number)

    async def _take_item(self, number: int, code: str) -> None:
        item: Item | None = await self.ask_store(self.desk.peek, "items", number)
        if item is None or self.run is None:
            return
        found = self.run.scanned(item, code, self.supplier)
        if found is not None:
            run, row = found
            self.step(run, f"{row.name}: {row.came:,} of {row.to_come:,} to come.", row=row.key)
            return
        entries = [("It came as an extra: keep it", True), ("It is the wrong item: it is not taken", False)]
        title = f"{item.name} is not on {areas.ref('orders', self.order)}"
        kept = await self.app.push_screen_wait(Which(self.take_scan, title, entries))
        if kept is not None:
            run, row = self.run.besides(item, code, self.supplier, kept=kept)
            said = "not ordered, kept; digits say how many" if kept else "wrong, noted and not taken"
            self.step(run, f"{row.name}: {said}.", row=row.key)

    def _take_paper(self, collection: str, number: int) -> None:
        order = number if collection == "orders" else getattr(self.desk.peek(collection, number), "order", None)
        if order == self.order:
            self.say("That is this delivery: scan what is in it, or Enter for all as ordered.")
        else:
            other = areas.ref(collection, number)
            self.say(f"That is {other}: book this list first, or Esc keeps it for later.", "warn")

    async def _learn(self, code: str) -> None:
        """Offer to learn a code that nothing has, to who may: then it is scanned."""
        if self.desk.may("items", "edit") is not None:
            self.say("Nothing has the code that was scanned: a clerk can add it to its item.", "warn")
            return
        likely = self.highlighted()
        if await learn(self.session, self.desk, code, likely.item if likely else None) is not None:
            await self.take_code(code)

    # --- digits -----------------------------------------------------------------------------------------------------

    def action_digit(self, digit: int) -> None:
        """Add a digit to how many of this line are here, or damaged; the first one begins anew."""
        row = self.highlighted()
        if row is None:
            return
        if row.refused:
            self.say(f"{row.name} is not taken: - takes it off the list.", "warn")
            return
        begins = not self._digits
        self._digits = f"{self._digits}{digit}"[:_DIGITS]
        self._typed(row, begins=begins)

    def _typed(self, row: Row, *, begins: bool) -> None:
        if self.run is None:
            return
        run = self.run.typed(row.key, int(self._digits), damaged=self._breaks)
        now = run.row(row.key)
        damaged = f", {now.damaged:,} of them damaged" if now.damaged else ""
        said = f"{row.name}: {now.came:,} of {row.to_come:,} to come{damaged}."
        (self.step if begins else self.change)(run, said)

    def _end_digits(self) -> None:
        self._digits, self._breaks = "", False

    def action_damaged(self) -> None:
        """Let the next digits say how many are damaged."""
        row = self.highlighted()
        if row is None:
            return
        if row.key < 0:
            self.say(f"{row.name} was not ordered: say only how many are kept.", "warn")
            return
        self._digits, self._breaks = "", True
        self.say(f"{row.name}: how many are damaged?")

    def action_take_back(self) -> None:
        """Take back a digit, else what stands in this line."""
        row = self.highlighted()
        if row is None or self.run is None:
            return
        if len(self._digits) > 1:
            self._digits = self._digits[:-1]
            self._typed(row, begins=False)
            return
        self._end_digits()
        if row.touched:
            said = "is off the list" if row.key < 0 else "is not here"
            self.step(self.run.taken_back(row.key), f"{row.name} {said}.")

    def action_rest(self) -> None:
        """Let all that was neither scanned nor typed have come as ordered."""
        self._end_digits()
        if self.run is not None and self.run.left:
            self.step(self.run.with_rest(), "The rest came as ordered.")
        else:
            self.say("Nothing more of this order is to come.", "warn")

    def action_undo(self) -> None:  # type: ignore[override]
        """Take back the last step on this list; what is booked is undone elsewhere."""
        self._end_digits()
        if self.before:
            self.change(self.before.pop(), "The last step is taken back.")
        else:
            self.say("Nothing on this list yet.", "warn")

    @on(RecordTable.Highlighted, "#run")
    def _moved(self, event: RecordTable.Highlighted) -> None:
        if event.id != self._line:
            self._line = event.id
            self._end_digits()

    # --- place, date, note ------------------------------------------------------------------------------------------

    @work
    async def action_place(self) -> None:
        """Choose where all of it is put."""
        number = await self._choose_place("Put all of it where?", [("In the usual place of each", 0)])
        if number is not None:
            self._put_in(number)

    async def _choose_place(self, title: str, first: list[tuple[str, int]]) -> int | None:
        places = await self.ask_store(records, self.desk, "places")
        if places is None:
            return None
        chosen: int | None = await self.app.push_screen_wait(Which(self.take_scan, title, [*first, *places]))
        return chosen

    def _put_in(self, number: int) -> None:
        if self.run is None:
            return
        place = number if number and number != self.run.place else None
        name = self.desk.title("places", place)
        said = f"All of it goes to {name}." if place else "Each goes to its usual place."
        self.step(replace(self.run, place=place), said)

    @work
    async def action_use_by(self) -> None:
        """Ask for the use-by date of this line."""
        row, run = self.highlighted(), self.run
        if row is None or run is None or row.refused:
            return
        dated = await self._dated(run, row)
        if dated is not None:
            use_by = dated.row(row.key).use_by
            self.step(dated, f"{row.name}: use by {use_by}." if use_by else f"{row.name}: no use-by date.")

    async def _dated(self, run: Run, row: Row) -> Run | None:
        """Return the list with the use-by date of a row that is asked for; None = the question was left."""
        values = await self._ask(UseBy, f"Until when is {row.name} to be used?", {"use_by": row.use_by})
        return None if values is None else run.dated(row.key, values["use_by"])

    @work
    async def action_remark(self) -> None:
        """Note something of this delivery."""
        run = self.run
        values = None if run is None else await self._ask(Remark, "Note of this delivery", {"note": run.note})
        if values is not None and self.run is not None:
            self.step(replace(self.run, note=values["note"]), "It is noted.")

    async def _ask(self, model: type[Arguments], title: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Ask for the fields of a small form; None = it was left."""
        given: dict[str, Any] = dict(values)

        def take(typed: Mapping[str, Any]) -> Done:
            given.update(typed)
            return Done("", (), "")

        sheet = Sheet(model, self.desk, None, values)
        done = await self.app.push_screen_wait(FormScreen(sheet, title=title, desk=self.desk, save=take))
        return None if done is None else given

    @work
    async def action_anew(self) -> None:
        """Throw the list away, if that is meant."""
        from botui.screens.dialogs import Confirm

        if self.run is None or not self.run.begun:
            self.say("Nothing on this list yet.", "warn")
        elif await self.app.push_screen_wait(Confirm("Throw this list away and begin it anew?", yes="Begin anew")):
            fresh = await self.ask_store(unpacked, self.desk, self.order)
            if fresh is not None:
                self.step(Run(self.order, fresh), "The list begins anew.")

    # --- booking ----------------------------------------------------------------------------------------------------

    @on(RecordTable.Opened, "#run")
    def _enter(self) -> None:
        self.action_book()

    @work
    async def action_book(self) -> None:
        """Ask for what is missing, say what will be booked, and book it if that is meant."""
        self._end_digits()
        run = None if self.run is None else self.run.whole()
        if run is None or not run.begun:
            self.say("Nothing more of this order is to come.", "warn")
            return
        ready = await self._made_ready(run)
        if ready is None or self.run is None:
            return
        if ready != run:
            # what was answered is kept, also if it is not booked now
            self.step(ready, "")
        today = self.desk.typing().now.date()
        asks = ready.asks(today)
        title = f"Receive {self.about}"
        booking = Booking(self.take_scan, title, ready.summary(today), even_so=asks, left=ready.left)
        answer = await self.app.push_screen_wait(booking)
        if answer == Booking.REST:
            self.action_rest()
            self.action_book()
        elif answer == Booking.BOOK:
            done = await self.tell(self._do, self.desk, ready.arguments(even_so=asks))
            if done is not None and self.is_current:
                self.app.pop_screen()
                self.say_behind(done.said)

    async def _made_ready(self, run: Run) -> Run | None:
        """Ask for use-by dates and places that are missing; None = a question was left."""
        for row in run.undated():
            dated = await self._dated(run, row)
            if dated is None:
                return None
            run = dated
        for row in run.without_place():
            place = await self._choose_place(f"Where is {row.name} put, now and from now on?", [])
            item = place and await self.ask_store(self.desk.peek, "items", row.item)
            if not item or await self.tell(self.desk.edit, item, {"place": place}) is None:
                return None
            run = run.put(replace(row, place=place))
        return run

    def _do(self, desk: Desk, arguments: Mapping[str, Any]) -> Done:
        """Book it; not on the screen's thread."""
        if self._parcel is not None and desk.get("shipments", self._parcel).arrived_at is None:
            # by itself and first: whoever takes the receipt back has the parcel all the same
            desk.do("shipments", self._parcel, "receive")
        done = desk.do("orders", self.order, "receive", arguments)
        # here, for the screen may be gone: a lock kept what was being booked
        self.booked = True
        drafts.drop(desk, self.key)
        return done
