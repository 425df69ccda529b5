"""Stories at the real screen: a month of two hundred lines is reconciled to zero in at most thirty decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from botui.actions.scans import take_in
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Party
from botui.models.records.bank import BankLine, Stand
from botui.models.records.bill import Bill, Direction, State
from botui.models.records.settlement import Settlement
from tests.command_line import found
from tests.kiosk import Clock, Kiosk
from tests.scans import put

pytestmark = pytest.mark.no_cover
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
RUN = 5
"""Payments that the bank shows as one."""


def fill(ctx: Context) -> Change:
    """File 170 bills of forty firms; of those we owe every other one was paid by hand, the first five in one run."""
    rng = Random(7)
    settlement = Settlement(ctx, Change("bills.add"))
    for number in range(1, 41):
        settlement.add(Party(id=ctx.data.new_id(Party), name=f"Firm {_name(number)} GmbH"))
    run = 0
    for number in range(1, 171):
        owed = number % 3 == 0
        bill = settlement.add(
            Bill(
                id=ctx.data.new_id(Bill),
                direction=Direction.OWED if owed else Direction.OWE,
                state=State.SENT if owed else State.APPROVED,
                party=rng.randint(1, 40),
                number=f"RE-{70000 + number}",
                amount=Decimal(rng.randint(1000, 90000)) / 100,
                dated=date(2026, 9, 20),
                due=date(2026, 10, 1 + number % 28),
            )
        )
        if number % 2 and not owed:
            run += 1
            text = "run" if run <= RUN else ""
            day = date(2026, 10, 15) if run <= RUN else bill.due or NOW.date()
            settlement.pay(bill, bill.amount, day, account=1, reference=text)
    return settlement.write()


def statement(desk: Desk) -> bytes:
    """Return what the bank says of October: 200 lines, with decimal commas, in the encoding of Windows."""
    rows: list[tuple[date, str, str, Decimal]] = []
    in_run = {one.bill: one for one in desk.find("payments", {}) if one.reference == "run"}
    for bill in desk.find("bills", {}):
        if bill.id not in in_run:
            way = 1 if bill.direction is Direction.OWED else -1
            says = bill.number if bill.id % 5 else "thank you"
            rows.append((bill.due, f"Firm {_name(bill.party)}", says, way * bill.amount))
    rows.append((date(2026, 10, 16), "", "collective order", sum((one.amount for one in in_run.values()), Decimal(0))))
    rows += [(date(2026, 10, day), "Bank", f"Account fee {day}", Decimal("-1.50")) for day in range(1, 21)]
    rows += [(date(2026, 10, day), f"Unknown {_name(day)}", "whatever", Decimal(-7 * day)) for day in range(1, 4)]
    rows += [(date(2026, 10, day), "Card terminal", f"day {day}", Decimal("33.10")) for day in range(1, 12)]
    balance, lines = Decimal(50_000), ["Kontoauszug;Oktober", "", "Buchungstag;Valuta;Empfänger;Zweck;Betrag;Saldo"]
    for on, who, text, amount in sorted(rows, key=lambda row: row[0]):
        balance += amount
        figures = ";".join(f"{one:,.2f}".translate(str.maketrans(",.", ".,")) for one in (amount, balance))
        lines.append(f"{on:%d.%m.%Y};{on:%d.%m.%Y};{who};{text};{figures}")
    return "\n".join(lines).encode("cp1252")


def _name(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] * 2 for digit in f"{number:02}")


async def test_a_month_of_two_hundred_lines_is_reconciled_to_zero_in_thirty_decisions(tmp_path: Path) -> None:
    made = found(tmp_path / "office")
    made.ok("add", "accounts", "name=Main")
    made.ok("add", "chart", "name=Charges of the bank", "side=expense")
    made.ok("add", "chart", "name=Takings by card", "side=income")
    desk = made.desk()
    desk.as_system().apply(fill)
    put(tmp_path / "inbox", "october.csv", statement(desk))
    assert [one.number for one in take_in(desk, tmp_path / "inbox")] == [1]
    desk.store.close()

    decisions = 0
    async with Kiosk.open(made.folder, as_="ML", clock=Clock(NOW)) as kiosk:
        kiosk.app.open_record("accounts", 1)
        await kiosk.settle()
        await kiosk.press("I", "1")
        kiosk.sees("Statement taken in", "200 lines of Main taken in")
        await kiosk.press("escape")
        kiosk.sees("200 lines to explain: m", "What differs")
        await kiosk.press("m")
        kiosk.sees("Reconcile > Main", "200 to explain, 166 of them sure")
        while kiosk.desk.ids("bank", {"state": (Stand.UNMATCHED.value,)}):
            decisions += 1
            assert decisions <= 30, kiosk.glass()
            keys = kiosk.keys()
            if "Accept" in keys:
                await kiosk.press("enter")
                continue
            text = kiosk.screen.spots[kiosk.under_cursor].who  # type: ignore[attr-defined]
            await kiosk.press("P")
            await kiosk.type("Charges" if "Account fee" in text else "Takings")
            await kiosk.press("f5")
        kiosk.sees("all is explained")
        assert decisions <= 15
        await kiosk.press("c")
        kiosk.says("BS-1 is proved")
        lines: list[BankLine] = kiosk.desk.find("bank", {})
        assert sum(line.state is Stand.MATCHED for line in lines) == 166
        assert {one.state for one in kiosk.desk.find("bills", {})} == {State.PAID}
        # what is wrong is taken apart, as soon as the statement is open again
        kiosk.app.open_record("bank", 1)
        await kiosk.settle()
        await kiosk.press("y")
        kiosk.says("BS-1, which is proved: open that again first")
    assert "all in order" in made.run("check").out


async def test_what_a_file_does_not_say_is_asked_and_a_wrong_proposal_is_put_aside(tmp_path: Path) -> None:
    made = found(tmp_path / "office")
    made.ok("add", "accounts", "name=Main")
    made.ok("add", "parties", "name=[b]Novak[/b]")
    made.ok("add", "bills", "party=Novak", "direction=owed", "number=[/x]", "amount=5", "dated=2026-01-02")
    made.ok("do", "B-1", "send")
    desk = made.desk()
    put(
        tmp_path / "inbox",
        "jan.csv",
        b"Date,Payee,Amount\n01/02/2026,[b]Novak[/b],5.00\n01/02/2026,[/x] \x1b[2J,2.00\n",
    )
    assert list(take_in(desk, tmp_path / "inbox"))
    desk.store.close()
    async with Kiosk.open(made.folder, as_="ML", clock=Clock(NOW)) as kiosk:
        await kiosk.press("4")
        kiosk.app.open_list("accounts", "active")
        await kiosk.settle()
        await kiosk.press("I", "1")
        kiosk.sees("whether day or month comes first", "Month first: 12/31")
        await kiosk.press("1")
        await kiosk.type("1.007,00")
        await kiosk.press("f5")
        kiosk.says("2 lines of Main taken in, up to 1,007.00.")
        await kiosk.press("m")
        kiosk.sees("1 of them sure", "[b]Novak[/b]")
        await kiosk.press("minus")
        kiosk.sees("2 to explain, 0 of them sure")
        await kiosk.press("x")
        await kiosk.type("not ours\r")
        kiosk.sees("1 to explain")
        await kiosk.press("c")
        kiosk.says("BS-1 cannot be proved: 1 line of it is not explained yet.")
        kiosk.app.open_record("accounts", 1)
        await kiosk.settle()
        # from what the bank says to what our books say: what came in and is not in them is less there
        kiosk.sees("1,007.00 EUR", "1,000.00 EUR", "What differs: -7.00", "day first, where a file does not show it")
