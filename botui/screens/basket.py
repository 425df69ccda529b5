"""Take by scan: what somebody has in their hands, line by line, and one key or their own badge books it all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from botui.actions.basket import VERB, Basket, Booked, aimed, book, scanned
from botui.actions.sitting import turned_out
from botui.data import Desk, Done
from botui.models.base import BotuiError, Kind, PinNeeded, Refused
from botui.models.supplies.item import many
from botui.screens.basket_lines import TITLE, BasketRows, from_and_for, item_at, keep, kept
from botui.screens.frame import Keys
from botui.screens.learning import learn
from botui.screens.rows import kind_of
from botui.screens.scanning import ScanListScreen, Which
from botui.text import content, cut
from botui.widgets.record_table import RecordTable


class BasketScreen(ScanListScreen):
    """What one person takes.

    Args:
        desk: whose; where nobody is signed in, that of whose badge was scanned: it takes, and opens nothing else.
    """

    HELP = (
        "Scan what you take: the same thing again is one more, digits after a scan are how many. A place scanned first "
        "says where it is taken from; a colleague, a place or a ticket says what for. Enter takes all; your own badge "
        "takes all and locks."
    )
    DEFAULT_CSS = "BasketScreen > #for { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"digit({digit})", show=False, tooltip="How many of what was scanned last.")
            for digit in range(10)
        ),
        Binding("enter,f5,ctrl+s", "book", "Take", priority=True, tooltip="Take all of it: it is booked in your name."),
        Binding("F", "aim", "For", tooltip="For whom or what, and from where."),
        Binding("backspace", "less", "Less", tooltip="Take back a digit, or the line."),
        Binding("delete", "away", "Take line away", tooltip="Take the line away."),
        Binding("y", "certain", "So many", tooltip="Yes, so many: where it asks again."),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._owner = desk
        self.kind: Kind[Any] = kind_of("items")
        self.basket = Basket()
        self.table = RecordTable(BasketRows.columns, menu=True, id="basket")
        self._for = Static(id="for")
        self._typed = ""
        self._kept = Basket()
        self._restored = ""  # what is said of a draft, until something else was scanned
        self._booking = False
        self._turn = asyncio.Lock()  # a badge books what was scanned before it

    @property
    def desk(self) -> Desk:
        """The desk of who takes."""
        return self._owner

    @property
    def _by_badge(self) -> bool:
        """Whether nobody is signed in: a badge alone says who takes."""
        return self.session.desk.person is None

    @property
    def _taker(self) -> str:
        return self.desk.as_system().title("people", self.desk.person)

    def body(self) -> Iterable[Widget]:
        """Return from where and for whom, and the lines."""
        yield self._for
        yield self.table

    def heading(self) -> str:
        """Return what is done, and by whom."""
        return f"{TITLE}: {self._taker}"

    def keys(self) -> Keys:
        """Return the keys of a basket."""
        doubt = any(one.doubt for one in self.basket.picks)
        take = (
            ("Badge", "Take and lock", True),
            ("Enter", "Take", True),
            *((("y", "So many", True),) if doubt else ()),
        )
        lines = (*take, ("0-9", "How many", True), ("Del", "Line away", True))
        return (*(lines if self.basket.picks else ()), ("F", "For", True), ("Esc", "Back", True))

    def on_mount(self) -> None:
        """Show what was scanned before and not booked, or say what to do."""
        super().on_mount()
        self.table.set_empty("Scan what you take. A place scanned first says where from; digits are how many.")
        self.basket, self._restored = kept(self.desk)
        self._kept = self.basket
        if self._restored:
            self.say(f"{self._restored} Del takes a line away.", "warn")
        self._draw()
        self.filled.set()

    # --- what is scanned ----------------------------------------------------------------------------------------

    async def take_code(self, code: str) -> None:
        """Put what was scanned into the basket, or let it say where from or what for."""
        async with self._turn:
            self._typed = ""
            found = await self.ask_store(self.desk.by_code, code)
            if found is None:
                return
            found = found or await self._learned(code)
            chosen = await self.which(found) if found else None
            if chosen is None:
                return
            try:
                self.basket, said = scanned(self.desk, self.basket, *chosen)
            except BotuiError as error:
                self.say(str(error), "warn")
                return
            self._draw(chosen[1] if chosen[0] == "items" else None)
            restored, self._restored = self._restored, ""
            self.say(f"{restored} {said}".strip())

    def take_badge(self, owner: int, code: str) -> None:
        """Book and lock by one's own badge; with somebody else's, ask what is meant."""
        self._badge(owner, code)

    @work
    async def _badge(self, owner: int, code: str) -> None:
        await self.filled.wait()
        async with self._turn:
            if owner == self.desk.person:
                await self._book(lock=True)
                return
            me, other = self._taker, self.desk.as_system().title("people", owner)
            entries = [
                (f"Go on as {me}", ""),
                (f"This is for {other}", "for"),
                (f"{other} goes on; what {me} scanned is kept", "change"),
            ]
            chosen = await self.app.push_screen_wait(Which(self.take_scan, f"This is the badge of {other}", entries))
            if chosen == "for":
                self.basket, said = scanned(self.desk, self.basket, "people", owner)
                self._draw()
                self.say(said)
            elif chosen == "change":
                session = self.session
                session.lock()
                session.sign_in(code=code)

    async def _learned(self, code: str) -> list[tuple[str, int]]:
        """Offer to learn a code that nothing has, to who may; return what has it then."""
        if self._by_badge or self.desk.may("items", "edit"):
            self.say("Nothing has the code that was scanned: it is not in the list. Tell the store room.", "warn")
            return []
        if await learn(self.session, self.desk, code) is None:
            return []
        return await self.ask_store(self.desk.by_code, code) or []

    # --- how many -----------------------------------------------------------------------------------------------

    def action_digit(self, digit: int) -> None:
        """Take a digit of how many; the first takes the place of what stood there, and zero takes the line away."""
        item = self.table.highlighted
        if item is None:
            self.say("Scan something first: digits are how many of it.", "warn")
            return
        self._set(item, f"{self._typed}{digit}")

    def _set(self, item: int, typed: str) -> None:
        try:
            self.basket = self.basket.put(item, int(typed or 0))
        except Refused as error:
            self.say(str(error), "warn")
            return
        pick = self.basket.of(item)
        self._typed = typed if pick is not None else ""
        self._draw()
        record = item_at(self.desk, item)
        if record is not None:
            self.say(many(record, pick.quantity) if pick else f"{record.name} is off the list.")

    def action_less(self) -> None:
        """Take back the last digit that was typed, or the line."""
        item = self.table.highlighted
        if item is not None:
            self._set(item, self._typed[:-1])

    def action_away(self) -> None:
        """Take the line under the cursor away."""
        item = self.table.highlighted
        if item is not None:
            self._set(item, "")

    def action_certain(self) -> None:
        """Say that so many are meant, and book."""
        pick = self.basket.of(self.table.highlighted or 0)
        if pick is None or not pick.doubt:
            self.say("There is nothing here to say yes to.", "warn")
            return
        self.basket = self.basket.certain(pick.item)
        self.action_book()

    @on(RecordTable.Highlighted, "#basket")
    def _moved(self) -> None:
        self._typed = ""
        self.status.position = self.table.position

    @work
    async def action_aim(self) -> None:
        """Ask for whom or what it is, and from where."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        needs = self.kind.transition(VERB).needs
        assert needs is not None
        values = {"to": self.basket.to, "place": self.basket.place}
        sheet = await self.ask_store(Sheet, needs, self.desk, None, values, ("to", "place"))
        if sheet is None:
            return
        form = FormScreen(sheet, title=f"{TITLE}: for whom or what", desk=self.desk, save=self._aimed)
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self._draw()
            self.say(done.said)

    def _aimed(self, values: Mapping[str, Any]) -> Done:
        to, place = str(values.get("to") or ""), values.get("place")
        self.basket, _ = aimed(self.desk, replace(self.basket, to=to, place=place))
        return Done(f"{from_and_for(self.desk, self.basket, self._taker)}.", (), "")

    # --- booking ------------------------------------------------------------------------------------------------

    @work
    async def action_book(self) -> None:
        """Take all of it."""
        async with self._turn:
            await self._book(lock=False)

    async def _book(self, *, lock: bool) -> None:
        """Book what can be; what cannot stays, and then so does the page, until the badge is there once more."""
        asked, self._typed = self.basket, ""
        again = lock and all(one.why for one in asked.picks)
        booked = await self._try(asked) if asked.picks else Booked(asked)
        if booked is None:
            return
        self.basket = self._kept = booked.left
        taken = f"{self._taker} took {booked.taken}." if booked.taken else ""
        if lock and (again or not booked.left.picks):
            self._leave(
                taken or ("Nothing was taken; the list is kept." if booked.left.picks else "Nothing was taken.")
            )
            return
        stuck = booked.left.picks[0] if booked.left.picks else None
        self._draw(stuck.item if stuck else None)
        if stuck is None:
            self.say(booked.done.said if booked.done else "Scan something first.", "ok" if booked.done else "warn")
            return
        more = " y takes so many." if stuck.doubt else ""
        self.say(f"{taken} Not {cut(self.desk.title('items', stuck.item), 24)}: {stuck.why}{more}".strip(), "warn")

    async def _try(self, asked: Basket) -> Booked | None:
        """Book, and ask for the PIN where a badge is not enough; None = it was refused as a whole, and that is said."""
        self._booking = True
        try:
            try:
                return await self.session.save(self._say_waiting, self._book_now, asked)
            except PinNeeded as error:
                if not await self.session.confirm_pin(self.desk, str(error)):
                    raise
                return await self.session.save(self._say_waiting, self._book_now, asked)
        except BotuiError as error:
            self.say(str(error), "error")
            return None
        finally:
            self._booking = False

    def _book_now(self, asked: Basket) -> Booked:
        """Book, and let the draft be what is left: the page may be gone before that is done."""
        left = asked
        try:
            booked = book(self.desk, asked)
            left = booked.left
        finally:
            keep(self.desk, left)
        return booked

    def _leave(self, said: str) -> None:
        self.session.lock()
        self.say_behind(said)

    # --- leaving ------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what was not booked, for the next time this person takes something.

        Raises:
            StoreFull: it cannot be written.
        """
        if not self._booking and self.basket != self._kept:
            self._kept = self.basket
            keep(self.desk, self.basket)

    def on_unmount(self) -> None:
        """Keep what was not booked, whatever led away from here."""
        with suppress(BotuiError):
            self.keep_draft()

    def action_back(self) -> None:
        """Leave; what is not booked is kept."""
        full = bool(self.basket.picks)
        super().action_back()
        if full:
            self.say_behind("Nothing of it is booked; it is kept for the next time.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing be taken back by a badge alone."""
        return not (action == "undo" and self._by_badge) and super().check_action(action, parameters)

    # --- drawing ------------------------------------------------------------------------------------------------

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Show what is on hand now; leave where who takes by a badge may not any more."""
        if self._by_badge and (changed is None or "people" in changed) and (reason := turned_out(self.desk)):
            self._leave(reason)
        elif changed is None or "items" in changed:
            self._draw()

    def _draw(self, item: int | None = None) -> None:
        self.table.show(BasketRows(self.desk, self.basket))
        if item is not None:
            self.table.highlight(item)
        self._for.update(content(f" {from_and_for(self.desk, self.basket, self._taker)}"))
        self.draw_frame()
