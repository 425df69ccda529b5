"""An account is reconciled: all that is sure at one key, then line by line to zero; then its statements are proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from botui import areas
from botui.actions.reconciling import Spot, accept_all, accept_these, prove, spots
from botui.data import Desk
from botui.models.base import BotuiError, Record
from botui.models.records.bank import Account, BankLine, Stand, Statement
from botui.screens.frame import DeskScreen, Keys
from botui.text import content, fit
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_HEEDED: Final = frozenset({"bank", "payments", "bills", "bankrules", "accounts", "statements", "parties", "chart"})
"""Collections of which a change makes the page look again."""


class SpotRows:
    """The rows of the page: what is sure first."""

    columns: ClassVar = (
        Column("on", "On", 10),
        Column("amount", "Amount", 11, right=True),
        Column("who", "From or to, and what for", 20, flex=True),
        Column("may_be", "May be", 26, flex=True, telling=True),
    )

    def __init__(self, shown: Mapping[int, Spot]) -> None:
        self._shown = shown

    def ids(self) -> Sequence[int]:
        """Return the numbers of the lines."""
        return [*self._shown]

    def cells(self, number: int) -> Sequence[str]:
        """Return one row."""
        one = self._shown[number]
        mark = "= " if one.sure else "? " if one.proposal else ""
        return (one.on.isoformat(), f"{one.amount:,.2f}", one.who, f"{mark}{one.may_be}")

    def style(self, number: int) -> str:
        """Return an emphasis for what somebody is to look at."""
        one = self._shown[number]
        return "done" if one.sure else "soon" if one.proposal else "late"


class ReconcileScreen(DeskScreen):
    """The unmatched lines of an account.

    Args:
        account: its number.
        first: the line under the cursor at first; 0 = the first.
    """

    HELP = (
        "The lines of the bank that nothing explains yet. = is sure: Enter accepts all of these at once. ? is a "
        "proposal: Enter accepts the one under the cursor. P posts a line to a category and remembers it, m matches "
        "it by hand, x leaves it out. When nothing is left, c proves the statements."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "ask('post')", "Post", tooltip="Post the line to a category: fees, interest, rent."),
        Binding("m", "ask('match')", "Match", tooltip="Say which payments or bills the line is."),
        Binding("x", "ask('skip')", "Leave out", tooltip="Leave the line out of the books, and say why."),
        Binding("minus", "not_this", "Not this", tooltip="What is proposed is wrong: it is not offered again here."),
        Binding("v,f8", "see", "See", tooltip="Open the line."),
        Binding("c", "prove", "Prove", tooltip="Prove the statements, when every line is explained."),
    ]
    DEFAULT_CSS = """
    ReconcileScreen > .told { height: 2; width: 100%; }
    """

    def __init__(self, account: int, first: int = 0) -> None:
        super().__init__()
        self.account = account
        self.table = RecordTable(SpotRows.columns, menu=True, id="spots")
        self.spots: dict[int, Spot] = {}
        self._told = Static(classes="told")
        self._aside: set[tuple[int, ...]] = set()
        self._first = first

    def body(self) -> Iterable[Widget]:
        """Return the list, and what of the line under the cursor has no room in it."""
        yield self.table
        yield self._told

    def heading(self) -> str:
        """Return the account, and how much is left."""
        name = self.desk.title("accounts", self.account)
        sure = sum(one.sure for one in self.spots.values())
        left = f"{len(self.spots):,} to explain, {sure:,} of them sure" if self.spots else "all is explained"
        return f"Reconcile > {name}  {left}"

    def keys(self) -> Keys:
        """Return the keys that do something now."""
        one, sure = self._here(), sum(one.sure for one in self.spots.values())
        if one is None:
            return [("c", "Prove the statements", True), ("Esc", "Back", True)]
        accept = [("Enter", f"Accept {sure:,} sure" if sure else "Accept", True)] if sure or one.proposal else []
        aside = [("-", "Not this", True)] if one.proposal else []
        by_hand = [("P", "Post", True), ("m", "Match", True), ("x", "Leave out", True), ("v", "See", True)]
        return [*accept, *by_hand, *aside, ("Esc", "Back", True)]

    def _here(self) -> Spot | None:
        return self.spots.get(self.table.highlighted or 0)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Bring the lines."""
        super().on_mount()
        self.load()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Look again where something changed that a line may be."""
        if changed is None or not _HEEDED.isdisjoint(changed):
            self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the lines with what they may be."""
        await self._bring()

    async def _bring(self) -> None:
        found = await self.ask_store(spots, self.desk, self.account, frozenset(self._aside))
        if found is None:
            return
        self.spots = {one.line: one for one in found}
        self.table.set_empty("Every line is explained: c proves the statements.")
        self.table.show(SpotRows(self.spots))
        if self._first and self.table.highlight(self._first):
            self._first = 0
        self._draw_told()
        self.draw_frame()

    @on(RecordTable.Highlighted, "#spots")
    def _moved(self) -> None:
        self._draw_told()
        self.draw_keys()

    def _draw_told(self) -> None:
        one, width = self._here(), max(self.size.width - 1, 1)
        said = (one.who, one.may_be or "Nothing fits: P, m or x.") if one else ("", "")
        self._told.update(content("\n".join(fit(f" {text}", width) for text in said)))

    # --- what is done -----------------------------------------------------------------------------------------------

    @on(RecordTable.Opened, "#spots")
    @work
    async def _accept(self) -> None:
        """Accept all that is sure; where nothing is, what is proposed for the line under the cursor."""
        one = self._here()
        if any(spot.sure for spot in self.spots.values()):
            await self._do(accept_all, self.desk, self.account, frozenset(self._aside))
        elif one is not None and one.proposal is not None:
            self._go_on()
            await self._do(accept_these, self.desk, [one.proposal])
        elif one is not None:
            self.say("Nothing fits this line: P posts it, m matches it by hand, x leaves it out.", "warn")

    async def _do(self, call: Any, *arguments: Any) -> None:
        await self.tell(call, *arguments)
        await self._bring()

    def _go_on(self) -> None:
        """Let the cursor go to the next line, when the one under it goes."""
        numbers, here = [*self.spots], self.table.highlighted
        after = numbers[numbers.index(here) + 1 :] if here in numbers else []
        self._first = after[0] if after else 0

    def action_not_this(self) -> None:
        """Put what is proposed for a line aside, as long as this page stands."""
        one = self._here()
        if one is not None and one.proposal is not None:
            self._aside.add(one.proposal.lines)
            self.load()

    def action_see(self) -> None:
        """Open the line."""
        if one := self._here():
            self.session.open_record("bank", one.line)

    @work
    async def action_ask(self, verb: str) -> None:
        """Ask in a form for what a verb is told, and do it with the line under the cursor."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        one = self._here()
        transition = areas.kind("bank").transition(verb)
        if one is None:
            return
        if reason := self.desk.may("bank", transition.who):
            self.say(reason, "warn")
            return
        sheet = await self.ask_store(Sheet, transition.needs, self.desk, None, self._begins_with(verb, one))
        if sheet is None:
            return
        form = FormScreen(
            sheet,
            title=f"{transition.label} {one.on} {one.amount:,.2f}",
            desk=self.desk,
            save=partial(self.desk.do, "bank", one.line, verb),
            draft_key=f"{verb} {one.ref}",
            repeats=self.session.repeats,
            info=(one.who,),
        )
        self._go_on()
        done = await self.app.push_screen_wait(form)
        if done is not None:
            await self._bring()
            self.say(done.said)

    def _begins_with(self, verb: str, one: Spot) -> dict[str, Any]:
        """Return what is proposed, where a verb can be told it."""
        if one.proposal is None:
            return {}
        if verb == "post":
            return {"category": one.proposal.category} if one.proposal.category else {}
        if verb != "match":
            return {}
        further = tuple(number for number in one.proposal.lines if number != one.line)
        return {"payments": one.proposal.payments, "bills": one.proposal.bills, "lines": further}

    @work
    async def action_prove(self) -> None:
        """Prove the statements of the account, the first first."""
        try:
            said = await self.session.save(self._say_waiting, prove, self.desk, self.account)
        except BotuiError as error:
            self.say(str(error), "warn")
        else:
            self.say(said)


def reconcile(desk: Desk, record: Record, name: str, *, ask: bool) -> ReconcileScreen | None:
    """Return the page on which an account is reconciled, where that is what a verb is for and there is something."""
    if name != "match" or desk.may("bank", "work"):
        return None
    if isinstance(record, (Account, Statement)):
        account = record.id if isinstance(record, Account) else record.account
        where = {"account": (account,), "state": (Stand.UNMATCHED.value,)}
        return ReconcileScreen(account) if desk.ids("bank", where) else None
    if isinstance(record, BankLine) and record.state is Stand.UNMATCHED and not ask:
        return ReconcileScreen(record.account, record.id)
    return None
