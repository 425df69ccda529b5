"""Payroll month: what the sheet says of who is new, left, paid otherwise or away unpaid; and the month as a story."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.actions.reports import report
from botui.data import Desk
from botui.models.base import NotAllowed
from botui.models.hr.leave import Leave, LeaveType
from botui.models.hr.leave import State as LeaveState
from botui.models.hr.pay import Pay, Per
from botui.models.hr.payroll import Line, month_of, sheet
from botui.models.hr.person_file import PersonFile
from botui.models.hr.punch import Punch, Way
from tests.kiosk import Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, Clock
from tests.offices import office as begun
from tests.rules import Office, at

NOVEMBER = date(2026, 11, 1)


def filed(office: Office, person: int, amount: str, **values: Any) -> None:
    """Put a file and pay of somebody in."""
    office.put(PersonFile(id=person, person=person, number=f"E{person}", **values))
    office.put(Pay(id=person, person=person, amount=Decimal(amount), starts=date(2020, 1, 1)))


def line(office: Office, person: int, month: date = NOVEMBER) -> Line:
    """Return what the sheet of a month says of somebody."""
    (found,) = (one for one in sheet(office.ctx(), month).lines if one.person == person)
    return found


def test_who_is_as_before_comes_to_their_pay_and_is_not_named() -> None:
    office = Office()
    filed(office, 1, "3000")
    office.put(Pay(id=1, person=1, amount=Decimal("36000"), per=Per.YEAR, starts=date(2020, 1, 1)))
    found = line(office, 1)
    assert (found.what, found.now.gross, found.before.gross) == ("", Decimal("3000.00"), Decimal("3000.00"))
    assert sheet(office.ctx(), NOVEMBER).changed == ()


def test_who_is_new_or_left_comes_to_their_days_and_then_to_nothing() -> None:
    office = Office()
    filed(office, 1, "3000", starts=date(2026, 11, 16))
    filed(office, 2, "3000", ends=date(2026, 11, 20))
    assert (line(office, 1).what, line(office, 1).now.gross) == ("new from Mon 16 Nov", Decimal("1500.00"))
    assert (line(office, 2).what, line(office, 2).now.gross) == ("left Fri 20 Nov", Decimal("2000.00"))
    december = line(office, 2, date(2026, 12, 5))
    assert (december.now.gross, december.difference) == (Decimal("0.00"), Decimal("-2000.00"))
    assert [one.person for one in sheet(office.ctx(), date(2027, 1, 1)).lines] == [1]
    assert [one.person for one in sheet(office.ctx(), date(2026, 10, 1)).lines] == [2]


def test_pay_that_changes_in_the_month_counts_from_its_day() -> None:
    office = Office()
    filed(office, 1, "3000")
    office.put(Pay(id=1, person=1, amount=Decimal("3000"), starts=date(2020, 1, 1), ends=date(2026, 11, 15)))
    office.put(Pay(id=2, person=1, amount=Decimal("3300"), starts=date(2026, 11, 16)))
    found = line(office, 1)
    assert found.what == "pay 3,000.00 to 3,300.00 from 16.11."
    assert found.now.gross == Decimal("3150.00")
    office.put(Pay(id=2, person=1, amount=Decimal("3300"), starts=date(2026, 11, 16), cancelled_at=office.now))
    assert line(office, 1).now.gross == Decimal("1500.00"), "nothing is filed from then on"


def test_leave_without_pay_takes_its_working_days_and_other_leave_nothing() -> None:
    office = Office()
    filed(office, 1, "2100")
    office.put(LeaveType(id=1, name="Without pay", paid=False, counted=False))
    office.put(LeaveType(id=2, name="Holiday"))
    days = {"starts": date(2026, 11, 5), "ends": date(2026, 11, 9), "person": 1}
    office.put(Leave(id=1, type=1, state=LeaveState.TAKEN, **days))
    office.put(Leave(id=2, type=2, state=LeaveState.TAKEN, starts=date(2026, 11, 12), person=1))
    office.put(Leave(id=3, type=1, state=LeaveState.REFUSED, starts=date(2026, 11, 17), person=1))
    found = line(office, 1)
    assert (found.what, found.now.unpaid, found.now.gross) == ("3 days unpaid", Decimal(3), Decimal("1800.00"))
    assert line(office, 1, date(2026, 12, 1)).what == "3 days unpaid the month before"


def test_who_is_paid_by_the_hour_comes_to_what_was_punched() -> None:
    office = Office()
    filed(office, 1, "20")
    office.put(Pay(id=1, person=1, amount=Decimal("20"), per=Per.HOUR, starts=date(2020, 1, 1)))
    office.put(Punch(id=1, person=1, way=Way.IN, at=at("2026-11-04 08:00"), pair=2))
    office.put(Punch(id=2, person=1, way=Way.OUT, at=at("2026-11-04 15:30"), pair=1))
    found = line(office, 1)
    assert (found.what, found.now.worked, found.now.gross) == ("7.50 hours", Decimal("7.50"), Decimal("150.00"))


def test_who_has_no_pay_filed_is_named() -> None:
    office = Office()
    office.put(PersonFile(id=1, person=1))
    assert (line(office, 1).what, line(office, 1).now.gross) == ("no pay is filed", Decimal("0.00"))


@given(first=st.dates(date(2026, 1, 1), date(2026, 12, 31)), days=st.integers(0, 500), amount=st.integers(1, 9_999_999))
@settings(max_examples=25, deadline=None)
def test_the_months_of_an_employment_come_to_its_days_added_up_one_by_one(first: date, days: int, amount: int) -> None:
    office, pay = Office(), Decimal(amount) / 100
    last = date.fromordinal(first.toordinal() + days)
    filed(office, 1, str(pay), starts=first, ends=last)
    month = month_of(first)[0]
    while month <= last:
        begin, end = month_of(month)
        worked = sum(first <= date.fromordinal(one) <= last for one in range(begin.toordinal(), end.toordinal() + 1))
        assert abs(line(office, 1, month).now.gross - pay * worked / end.day) <= Decimal("0.005")
        month = date.fromordinal(end.toordinal() + 1)


# --- the month from end to end ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(folder: Path) -> Desk:
    """The desk of HR in November: one is new, one has left, one is paid more, one was away without pay."""
    hanna = begun(folder, HANNA, Clock())
    filed_by = hanna.for_person(HANNA, confirmed=True)
    for person, starts in ((ANN, "2020-01-01"), (BOB, "2026-11-16"), (CLEO, "2021-04-01"), (FRED, "2019-01-01")):
        filed_by.add("person_files", {"person": person, "number": f"E{person}", "starts": starts})
        filed_by.add("pay", {"person": person, "starts": starts, "amount": "3000"})
    filed_by.add("pay", {"person": CLEO, "starts": "2026-11-01", "amount": "3210"})
    unpaid = {"name": "Without leave pay", "paid": False, "counted": False, "chain": "none"}
    number = filed_by.add("leavetypes", unpaid).refs[0].partition("-")[2]
    days = {"starts": "2026-11-26", "ends": "2026-11-27"}
    filed_by.add("leave", {"type": int(number), "person": FRED, **days})
    hanna.tick()
    return hanna


def test_the_sheet_is_for_who_may_read_pay_alone(desk: Desk) -> None:
    made = report(desk, "payroll", date(2026, 11, 1))
    assert made.title == "Payroll, Nov 2026, EUR, before tax"
    rows = {row[1]: (row[2], *row[5:]) for row in made.rows}
    assert rows == {
        "Ann Archer": ("", Decimal("3000.00"), Decimal("0.00")),
        "Bob Baker": ("new from Mon 16 Nov", Decimal("1500.00"), Decimal("1500.00")),
        "Cleo Cole": ("pay 3,000.00 to 3,210.00 from 01.11.", Decimal("3210.00"), Decimal("210.00")),
        "Fred Finance": ("2 days unpaid", Decimal("2714.29"), Decimal("-285.71")),
        "All": ("3 changed", Decimal("10424.29"), Decimal("1424.29")),
    }
    (look,) = (one for one in desk.store.journal.history() if one.header.get("do") == "pay.look")
    assert (look.header["by"], look.header["note"]) == (HANNA, "report payroll"), "that it was read is written down"
    for who in (ANN, ADA, MAX, FRED, OTTO):
        with pytest.raises(NotAllowed):
            report(desk.for_person(who), "payroll", date(2026, 11, 1))


@pytest.mark.no_cover
async def test_payroll_month(folder: Path, desk: Desk) -> None:
    give_pins(desk, HANNA, FRED)
    async with Kiosk.open(folder, as_="HH") as kiosk:
        await kiosk.press("0")
        kiosk.sees("New people and leavers checked", "late since Fri 20 Nov; ")
        await kiosk.press("enter", "v")
        kiosk.sees("Payroll, November 2026", "Your part (7 of 7 to do)", "[ ] HS-6    Sheet given to payroll")
        await kiosk.press("pagedown")
        kiosk.sees("Nov 2026: 3 not as the month before", "new from Mon 16 Nov", "10,424.29", "+1,424.29")
        kiosk.sees("The others' part (2 of 2 to do)", "Pay transferred", "finance")
        await kiosk.press("q")
        kiosk.sees("Payroll, Nov 2026, EUR, before tax", "Ann Archer", "3,000.00", "3 changed")
        await kiosk.press("escape")
        for number in range(1, 7):
            await kiosk.press("k", "1")
            kiosk.says(f"OK: HS-{number} is done; ")
        await kiosk.sign_in("FF")
        await kiosk.press("0")
        kiosk.sees("Pay transferred", "due Wed 25 Nov")
        await kiosk.press("enter", "v")
        kiosk.sees("Your part (2 of 2 to do)").does_not_see("not as the month before", "3,000", "Payslips")
        await kiosk.press("q")
        kiosk.says("A report tells of all people's files: ask HR for it.").does_not_see("q=Sheet")
        await kiosk.press("k", "1", "k")
        kiosk.says("OK: HS-9 is done; 1 of 9 steps left.")
        await kiosk.sign_in("HH")
        await kiosk.press("0", "k")
        kiosk.says("OK: HS-8 is done; nothing required is left: c closes the task.")
        kiosk.sees("all is done: close it")
        await kiosk.press("c")
        kiosk.says("OK: HR-1 is closed.")
        kept = kiosk.desk
        looks = [one for one in kept.store.journal.history() if one.header.get("do") == "pay.look"]
        assert {one.header["by"] for one in looks} == {HANNA}, "that the sheet was opened is written down"
        assert kept.get("tasks", 1).state == "closed"
        assert kept.get("checklists", 3).next_on == date(2026, 12, 25)
