"""Bank accounts, statements and lines on the screen: what is open, what differs, and every link of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work

from botui import areas
from botui.data import Desk
from botui.models.base import Kind, plural
from botui.models.records.bank import Account, BankLine, Match, Proof, Stand, Statement
from botui.models.records.bank_differences import Differences, differences
from botui.models.records.bank_proof import in_order, why_not_proved
from botui.models.records.bill import Payment
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_SHOWN: Final = 40
"""Lines and differences that are shown; of the others it says how many."""
_ORDERS: Final = {"dmy": "day", "mdy": "month"}
_UNMATCHED: Final = {"state": (Stand.UNMATCHED.value,)}
_DIFFERENCES: Final = (
    Column("what", "What differs", 24, flex=True),
    Column("ref", "Record", 8),
    Column("on", "On", 10),
    Column("amount", "Amount", 12, right=True),
    Column("text", "", 14, flex=True),
)
_LINES: Final = (
    Column("on", "On", 10),
    Column("amount", "Amount", 11, right=True),
    Column("who", "From or to", 20, flex=True),
    Column("state", "State", 20),
)


# --- accounts ---------------------------------------------------------------------------------------------------------


class AccountRows(KindRows):
    """Rows of accounts: what the bank says, and how much is open."""

    def __init__(
        self, desk: Desk, kind: Kind[Any], ids: Sequence[int] = (), same: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(desk, kind, ids, same)
        self.names |= {"statements", "bank"}

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("name", "Account", 20, flex=True),
            Column("number", "IBAN or number", 24),
            Column("balance", "The bank says", 14, right=True),
            Column("open", "To explain", 12, right=True, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "balance":
            statements: list[Statement] = self.desk.find("statements", {"account": (record.id,)})
            return f"{in_order(statements)[-1].closing if statements else record.opening:,.2f}"
        if key == "open":
            count = len(self.desk.ids("bank", {"account": (record.id,), **_UNMATCHED}))
            return f"{count:,}" if count else ""
        return super().cell(key, record, doc)


class AccountDetails(EquipmentDetails):
    """What is shown of an account: the reconciliation, from what the bank says to what our books say."""

    def sections(self, record: Account) -> Sequence[Section]:
        """Return what both say, then why they differ."""
        found = differences(self.desk.context(), record)
        unmatched = len(self.desk.ids("bank", {"account": (record.id,), **_UNMATCHED}))
        left = f"{plural(unmatched, 'line')} to explain: m" if unmatched else "every line is explained"
        rows = [
            ("The bank says", joined(self.money(found.bank), f"on {found.on}", left)),
            ("Our books say", joined(self.money(found.books), "" if found.total else "the same")),
        ]
        parts = [Section("", rows)]
        if found.found:
            # as accountants write it: what the bank says, and the sum of these, is what our books say
            parts.append(Section(f"What differs: {-found.total:,.2f}", _differing(found)))
        order = _ORDERS.get(record.shape)
        usual = [Section("", [("Its dates", f"{order} first, where a file does not show it")])] if order else []
        return [*parts, *self.rest(record, ("shape",)), *usual]

    def followed(self, record: Account) -> list[Link]:
        """Return its statements, the last first."""
        statements = self.last("statements", {"account": (record.id,)})
        links = [self.link("Statement", "statements", one.id, f"until {one.until}") for one in statements]
        found = differences(self.desk.context(), record)
        refs = [(one.what, areas.parse_ref(one.ref)) for one in found.found[:_SHOWN]]
        return self.named(*links, *(self.link(what, *ref) for what, ref in refs if ref), record=record)


def _differing(found: Differences) -> Grid:
    shown = found.found[:_SHOWN]
    rows = [(one.what, one.ref, one.on.isoformat(), f"{-one.amount:,.2f}", one.text) for one in shown]
    if more := len(found.found) - len(shown):
        rest = -sum(one.amount for one in found.found[_SHOWN:])
        rows.append((f"{more:,} more", "", "", f"{rest:,.2f}", "botui report bank lists them"))
    return Grid(_DIFFERENCES, rows)


# --- statements -------------------------------------------------------------------------------------------------------


class StatementRows(KindRows):
    """Rows of statements: how much of each is to be explained."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("account", "Account", 18, flex=True),
            Column("since", "From", 10),
            Column("until", "To", 10),
            Column("closing", "Ends with", 13, right=True),
            Column("state", "State", 8, wide=True),
            Column("open", "To explain", 14, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "since":
            return str(record.since or "")
        if key == "closing":
            return f"{record.closing:,.2f}"
        if key == "open":
            return (
                f"{record.open:,} of {record.lines:,}" if record.open else "proved" if record.proved_at else "c proves"
            )
        return super().cell(key, record, doc)


class StatementDetails(EquipmentDetails):
    """What is shown of a statement: whether it is proved, then its lines, those first that nothing explains."""

    def sections(self, record: Statement) -> Sequence[Section]:
        """Return where it stands, and its lines."""
        lines: list[BankLine] = self.all("bank", {"statement": (record.id,)})
        lines.sort(key=lambda one: (one.state is not Stand.UNMATCHED, one.on, one.id))
        why = (
            ""
            if record.state is Proof.PROVED
            else (why_not_proved(self.desk.context(), record) or "c proves it").rstrip(".")
        )
        rows = [
            ("State", joined(record.state.label, why, "m explains them" if record.open else "")),
            ("Account", joined(self.title("accounts", record.account), record.number)),
            ("Days", f"{record.since or ''} to {record.until}"),
            ("Balances", f"{record.opening:,.2f} to {self.money(record.closing)}"),
        ]
        shown = [_line(self.desk, one) for one in lines[:_SHOWN]]
        more = f", of which {_SHOWN} are shown" if len(lines) > _SHOWN else ""
        said = ("account", "number", "since", "until", "opening", "closing", "state", "lines", "open", "digest")
        return [
            Section("", rows),
            Section(f"Lines: {record.lines:,}, {record.open:,} to explain{more}", Grid(_LINES, shown)),
            *self.rest(record, said),
        ]

    def followed(self, record: Statement) -> list[Link]:
        """Return its lines, those first that nothing explains."""
        lines: list[BankLine] = self.all("bank", {"statement": (record.id,)})
        lines.sort(key=lambda one: (one.state is not Stand.UNMATCHED, one.on, one.id))
        return self.named(*(self.link("Line", "bank", one.id) for one in lines[:_SHOWN]), record=record)


def _line(desk: Desk, one: BankLine) -> tuple[str, ...]:
    state = one.state.label
    if one.state is Stand.POSTED:
        state = desk.title("chart", one.category)
    elif one.state is Stand.MATCHED and one.match:
        state = areas.ref("matches", one.match)
    return (one.on.isoformat(), f"{one.amount:,.2f}", one.name or one.text, state)


# --- lines ------------------------------------------------------------------------------------------------------------


class LineRows(KindRows):
    """Rows of lines: what explains them last."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("on", "On", 10),
            Column("amount", "Amount", 11, right=True),
            Column("name", "From or to", 16, flex=True),
            Column("text", "Text", 16, flex=True),
            Column("account", "Account", 14, wide=True),
            Column("state", "State", 16),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "amount":
            return f"{record.amount:,.2f}"
        return _line(self.desk, record)[3] if key == "state" else super().cell(key, record, doc)


class LineDetails(EquipmentDetails):
    """What is shown of a line: what explains it, then all that the bank says."""

    def sections(self, record: BankLine) -> Sequence[Section]:
        """Return what explains it, then the line."""
        match = self._match(record)
        why = "P posts it, m matches it, x leaves it out" if record.state is Stand.UNMATCHED else ""
        if record.category:
            why = self.title("chart", record.category)
        rows = [
            ("State", joined(record.state.label, why, record.note, match.how if match else "")),
            ("Amount", joined(self.money(record.amount), "in" if record.amount > 0 else "out", f"on {record.on}")),
        ]
        return [
            Section("", rows),
            *self._paid(match),
            *self.rest(record, ("state", "amount", "on", "category", "note")),
        ]

    def _paid(self, match: Match | None) -> list[Section]:
        payments = [self.desk.peek("payments", one) for one in match.payments] if match else []
        rows = [(one.ref, _payment(self, one)) for one in payments if one is not None]
        return [Section("Payments", rows)] if rows else []

    def _match(self, record: BankLine) -> Match | None:
        found: Match | None = self.desk.peek("matches", record.match) if record.match else None
        return found

    def followed(self, record: BankLine) -> list[Link]:
        """Return the payments and their bills, further lines of the match, then its statement."""
        match = self._match(record)
        links = []
        for number in match.payments if match else ():
            payment: Payment | None = self.desk.peek("payments", number)
            links.append(self.link("Payment", "payments", number))
            if payment is not None and payment.bill:
                links.append(self.link("Bill", "bills", payment.bill))
        links += [self.link("Line", "bank", one) for one in (match.lines if match else ()) if one != record.id]
        links += [self.link("Match", "matches", match.id)] if match else []
        return self.named(*links, record=record)


def _payment(details: EquipmentDetails, one: Payment) -> str:
    bill = details.title("bills", one.bill) if one.bill else one.about
    return joined(f"{one.amount:,.2f}", f"on {one.on}", details.title("parties", one.party), bill)


# --- screens ----------------------------------------------------------------------------------------------------------


class _TakesStatements:
    """What lists and records of accounts have in common: a statement is taken in from a file, or typed."""

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; a statement comes from a file where there is one."""
        record = self.current()  # type: ignore[attr-defined]
        if name != "receive" or ask or record is None or self.desk.may("statements", "work"):  # type: ignore[attr-defined]
            super().action_verb(name, ask)  # type: ignore[misc]
        else:
            self._receive(record)

    @work
    async def _receive(self, account: Account) -> None:
        from botui.screens.records_statement import receive_statement

        if not await receive_statement(self, account):  # type: ignore[arg-type]
            super().action_verb("receive", True)  # type: ignore[misc]


class AccountList(_TakesStatements, ListScreen):
    """A list of bank accounts."""

    ROWS = AccountRows
    HELP = "Bank accounts. I takes a statement in, m reconciles: what each line of the bank is."


class AccountRecord(_TakesStatements, RecordScreen):
    """One bank account."""

    DETAILS = AccountDetails
    HELP = "One bank account: what the bank says, what our books say, and each difference. I takes a statement in."


class StatementList(ListScreen):
    """A list of statements."""

    ROWS = StatementRows
    HELP = "Statements of the bank. m explains the lines of one, c proves it when none is left; x takes one out again."


class StatementRecord(RecordScreen):
    """One statement."""

    DETAILS = StatementDetails
    HELP = "One statement. m explains its lines; c proves it when none is left. x takes out what came of a wrong file."


class LineList(ListScreen):
    """A list of lines of the bank."""

    ROWS = LineRows
    HELP = (
        "Lines of the bank. m opens the page on which they are explained, P posts one, y takes apart what explains it."
    )


class LineRecord(RecordScreen):
    """One line of the bank."""

    DETAILS = LineDetails
    HELP: ClassVar[str] = "One line of the bank, and what explains it. v opens the payments and bills."
