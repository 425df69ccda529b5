"""Hand out and take back by scan: who, then thing after thing; their badge once more books it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from botui import areas
from botui.actions import handing
from botui.actions.handing import Booked, Hands
from botui.data import Desk, Done
from botui.models.base import BotuiError, PinNeeded, Refused, plural
from botui.models.calendar import day_words
from botui.models.equipment.handing import HandOver, TakeBack
from botui.models.equipment.loan import Condition
from botui.screens.equipment_slips import tell_slip
from botui.screens.frame import Keys
from botui.screens.handing_lines import TITLES, keep
from botui.screens.handing_list import HandListScreen
from botui.screens.scanning import Which
from botui.text import cut
from botui.widgets.record_table import RecordTable

_BADGE: Final = "\0"
"""What stands before the number of whose badge was scanned, in line with the codes: no scanner sends it."""


class HandScreen(HandListScreen):
    """What is handed out to somebody, or comes back.

    Args:
        hands: the list to begin with; None = an empty one, or what was left.
    """

    HELP = (
        "Scan who gets it (a badge or a place), then thing after thing, then who gets it once more: all of it is "
        "booked. R takes back: each thing that is scanned comes back as good, c says otherwise of the last. R on what "
        "somebody else has takes that back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "book", "Book", tooltip="Book all of it as one change."),
        Binding("F", "aim", "To", tooltip="Who or what gets it, by initials, name or tag."),
        Binding("i", "into", "Into this", tooltip="The thing under the cursor is what all the rest is built into."),
        Binding("d", "due", "Due back", tooltip="The day it is to be back."),
        Binding("c", "condition", "Condition", tooltip="How the thing under the cursor came back."),
        Binding("R", "mode(True)", "Take back", tooltip="What is scanned comes back; on what somebody has, that."),
        Binding("T", "mode(False)", "Hand out", tooltip="What is scanned is handed out."),
        Binding("minus,backspace,delete", "away", "Take line away", tooltip="Take the line away."),
        Binding("q", "slip", "Slip", tooltip="The slip of what was booked last, to be signed."),
    ]

    _loans: tuple[int, ...] = ()

    def keys(self) -> Keys:
        """Return the keys of a list."""
        hands = self.hands
        book = ("Enter", "Take back" if hands.back else "Hand out", bool(hands.ready))
        mine = (("c", "Condition", True),) if hands.back else (("F", "To", True), ("d", "Due back", True))
        line = (("-", "Line away", True),) if hands.pieces else ()
        held = self.held() is not None
        other = ("T", "Hand out", True) if hands.back else ("R", "Take it back" if held else "Take back", True)
        slip = (("q", "Slip", True),) if self._loans else ()
        return (book, *mine, *line, *((other,) if held or not hands.ready else ()), *slip, ("Esc", "Back", True))

    # --- what is scanned ----------------------------------------------------------------------------------------

    def take_badge(self, owner: int, code: str) -> None:
        """Take a badge in its turn, as who gets it."""
        self.take_scan(f"{_BADGE}{owner}")

    async def take_code(self, code: str) -> None:
        """Put what was scanned on the list, let it say to whom, or book."""
        if code.startswith(_BADGE):
            await self._take("people", int(code[1:]), badge=True)
            return
        found = await self.ask_store(handing.meant, self.desk, code)
        if not found:
            if found is not None:
                self.say("Nothing has the code that was scanned: it is no asset, no person and no place.", "warn")
            return
        if (chosen := await self.which(found)) is not None:
            await self._take(*chosen)

    async def _take(self, collection: str, number: int, *, badge: bool = False) -> None:
        hands = self.hands
        if hands.pieces and (hands.to == (collection, number) or (badge and hands.back)):
            await self._book()
            return
        if collection in ("people", "places") and not hands.back and hands.to is not None and hands.pieces:
            if not await self._goes_on(collection, number):
                return
            hands = self.hands
        try:
            after, said = await self.session.in_store(handing.scanned, self.desk, hands, collection, number)
        except BotuiError as error:
            self.say(str(error), "warn")
            return
        self.hands = after
        self.draw(number if collection == "assets" else None)
        piece = after.of(number) if collection == "assets" else None
        self.say(said, "warn" if piece is not None and piece.why else "ok")

    async def _goes_on(self, collection: str, number: int) -> bool:
        """Ask what a scan of somebody else means; return whether the list is for them from now on."""
        assert self.hands.to is not None
        first, other = self.desk.title(*self.hands.to), self.desk.title(collection, number)
        go_on, all_for = (f"Go on for {first}", ""), (f"All of it is for {other}", "for")
        if self.hands.ready:
            entries = [go_on, (f"Hand all of it out to {first}, then begin for {other}", "book"), all_for]
        else:
            entries = [(f"Begin anew for {other}", "new"), all_for, go_on]
        chosen = await self.app.push_screen_wait(Which(self.take_scan, f"{other} was scanned", entries))
        if chosen == "book":
            await self._book()
            return not self.hands.pieces
        if chosen == "new":
            self.hands = Hands()
        return chosen in ("for", "new")

    # --- to whom, until when, how it comes back -----------------------------------------------------------------

    def action_mode(self, back: bool) -> None:
        """Hand out, or take back: the thing under the cursor that somebody has, else what is scanned from now on."""
        if self.hands.back == back:
            return
        if (number := self.held()) is not None:
            self._take_it_back(number)
            return
        if self.hands.ready:
            self.say("Book what is on the list first (Enter), or take it off (-).", "warn")
            return
        self.hands = Hands(back=back)
        self.draw()
        self.say("Scan what comes back." if back else "Scan who gets it, then thing after thing.")

    @work
    async def _take_it_back(self, number: int) -> None:
        """Take back what is to be handed out to somebody else at once."""
        done = await self.tell(self.desk.do, "assets", number, handing.BACK)
        if done is not None:
            await self.check(number)

    async def _form(self, model: type[Any], values: Mapping[str, Any], names: Sequence[str], title: str) -> Any:
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        sheet = await self.ask_store(Sheet, model, self.desk, None, values, names)
        if sheet is None:
            return None
        save = self._aim if model is HandOver else self._condition
        return await self.app.push_screen_wait(FormScreen(sheet, title=title, desk=self.desk, save=save))

    @work
    async def action_aim(self) -> None:
        """Ask who or what gets it, until when, and with which note."""
        await self._ask_aim("to", "due", "note")

    @work
    async def action_due(self) -> None:
        """Ask until when it is out."""
        await self._ask_aim("due")

    async def _ask_aim(self, *names: str) -> None:
        if self.hands.back:
            self.say("What comes back needs no day: T hands out.", "warn")
            return
        to = "" if self.hands.to is None else areas.ref(*self.hands.to)
        values = {"to": to, "due": self.hands.due, "note": self.hands.note}
        done = await self._form(HandOver, values, names, TITLES[False])
        if done is not None:
            await self.check()
            self.say(done.said)

    def _aim(self, values: Mapping[str, Any]) -> Done:
        hands = replace(self.hands, due=values.get("due"), note=values.get("note") or "")
        if hands.due is not None and hands.due < self.desk.context().today:
            raise Refused("That day has passed.", {"due": "This day has passed."})
        if to := str(values.get("to") or ""):
            hands = replace(hands, to=handing.named(self.desk, to))
        self.hands = hands
        due = f" Due back {day_words(hands.due, self.desk.context().today)}." if hands.due else ""
        return Done(f"{handing.sentence_to(self.desk, hands)}.{due}", (), "")

    @work
    async def action_into(self) -> None:
        """Let all the rest go into the thing under the cursor."""
        number = self.table.highlighted
        if number is None or self.hands.back:
            self.say("Scan the thing first that the others go into.", "warn")
            return
        hands = self.hands.without(number)
        try:
            self.hands, said = await self.session.in_store(
                handing.aimed, self.desk, replace(hands, to=("assets", number))
            )
        except BotuiError as error:
            self.say(str(error), "warn")
            return
        self.draw()
        self.say(said)

    @work
    async def action_condition(self) -> None:
        """Ask how the thing under the cursor came back."""
        piece = self.hands.of(self.table.highlighted or 0)
        if piece is None or not self.hands.back:
            self.say("Scan what comes back first: c says how it is.", "warn")
            return
        values = {"condition": piece.condition, "note": piece.note}
        title = f"How it came back: {cut(self.desk.title('assets', piece.asset), 40)}"
        done = await self._form(TakeBack, values, ("condition", "note"), title)
        if done is not None:
            self.draw(piece.asset)
            self.say(done.said)

    def _condition(self, values: Mapping[str, Any]) -> Done:
        piece = self.hands.of(self.table.highlighted or 0)
        assert piece is not None
        condition, note = values.get("condition") or Condition.GOOD, values.get("note") or ""
        if condition is Condition.MAJOR and not note:
            raise Refused("What is wrong with it?", {"note": "This is needed: it is reported as a fault."})
        self.hands = self.hands.put(replace(piece, condition=condition, note=note))
        return Done(f"{self.desk.title('assets', piece.asset)}: {condition.label}.", (), "")

    def action_away(self) -> None:
        """Take the line under the cursor away."""
        number = self.table.highlighted
        if number is not None:
            self.hands = self.hands.without(number)
            self.draw()
            self.say(f"{self.desk.title('assets', number)} is off the list.")

    # --- booking ------------------------------------------------------------------------------------------------

    @on(RecordTable.Opened, "#hands")
    def _enter(self) -> None:
        self.action_book()

    @work
    async def action_book(self) -> None:
        """Book all that can be."""
        await self._book()

    async def _book(self) -> None:
        """Book all that can be as one change; what cannot stays in view, and says why."""
        asked = self.hands
        try:
            booked = await self._try(asked)
        except BotuiError as error:
            self.say(str(error), "error")
            await self.check()
            return
        if booked is None:
            return
        self.hands = self.saved = booked.left
        self._loans = booked.loans or self._loans
        if not booked.left.pieces:
            self.hands = self.saved = Hands(back=asked.back)
        self.draw()
        said = booked.done.said if booked.done else ""
        if not (stuck := booked.left.pieces):
            self.say(f"{said} q shows the slip.")
        elif len(stuck) == 1:
            self.say(f"{said} Not {cut(self.desk.title('assets', stuck[0].asset), 24)}: {stuck[0].why}".strip(), "warn")
        else:
            left = f"{said} {len(stuck)} are not" if said else "Nothing of it can be booked"
            self.say(f"{left}: each line says why.", "warn")

    async def _try(self, asked: Hands) -> Booked | None:
        """Book, and ask whoever receives it for their PIN where that is needed; None = they did not give it."""
        person = None
        number = await self.session.in_store(handing.asks_pin, self.desk, asked)
        if number is not None:
            person = self.desk if number == self.desk.person else self.desk.for_person(number)
            many = plural(len(asked.ready), "thing")
            why = f"your PIN says that you get {many}."
            if not person.just_confirmed and not await self.session.confirm_pin(person, why):
                self.say("Nothing is handed out: who gets it gives their PIN.", "warn")
                return None
        try:
            return await self._save(asked, person)
        except PinNeeded as error:
            if not await self.session.confirm_pin(self.desk, str(error)):
                raise
            return await self._save(asked, person)

    async def _save(self, asked: Hands, person: Desk | None) -> Booked:
        self.booking = True  # what is being booked is no draft any more, but as long as a PIN is asked for it is one
        try:
            return await self.session.save(self._say_waiting, self._book_now, asked, person)
        finally:
            self.booking = False

    def _book_now(self, asked: Hands, person: Desk | None) -> Booked:
        """Book, and let the draft be what is left: the page may be gone before that is done."""
        left = asked
        try:
            booked = handing.book(self.desk, asked, person)
            left = booked.left
        finally:
            if left.ready or self.drafted:  # another list, that is kept for later, stays
                self.drafted = bool(left.ready)
                keep(self.desk, left)
        return booked

    @work
    async def action_slip(self) -> None:
        """Show the slip of what was booked last."""
        if not self._loans:
            self.say("The slip is there when something was booked.", "warn")
            return
        await tell_slip(self, self._loans)
