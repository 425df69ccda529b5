"""The checklists an office begins with, to be changed where they differ; they come when there is a first person's file.

The steps are what common guides to onboarding, offboarding, payroll and yearly duties name alike; no legal advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from botui.models.base import Change
from botui.models.hr.person_file import PersonFile
from botui.models.hr.running import next_day
from botui.models.hr.task import Checklist, TaskKind
from botui.models.office import Context

_ONBOARDING: Final = """\
-10 HR: Contract signed and filed (letter)
-7 HR: Bank account, tax and insurance numbers asked for
-5 manager: Desk and first tasks planned
-5 clerk: Computer and telephone ordered
-3 admin: Access and accounts set up (access)
-1 clerk: Seats of licences given (seat), optional
0 HR: Welcome, house shown, first aiders named
0 clerk: Computer handed out (asset)
0 clerk: Keys handed out (key), optional
0 admin: Badge given (badge)
0 person: PIN chosen (pin)
+3 person: Policies read (policy)
+10 HR: Registered with payroll
+14 person: Safety training (training)
+30 manager: First talk
+90 manager: Talk before the end of probation, optional
"""
_OFFBOARDING: Final = """\
-20 manager: Work and open tickets handed over
-15 HR: Rest of leave settled
-10 HR: Talk about the reasons, optional
-5 manager: Customers and suppliers told who takes over, optional
0 clerk: All that was handed out is back (returned)
0 admin: Access, accounts and seats closed (closed)
0 HR: Certificate of employment written
+5 HR: Last pay and leave checked
+10 HR: Reported to tax and insurance
"""
_PAYROLL: Final = """\
-5 HR: New people and leavers checked
-5 HR: Changes of pay and hours checked
-4 HR: Unpaid leave checked
-4 HR: Hours worked exported, optional
-3 HR: Sheet compared with the month before
-2 HR: Sheet given to payroll
0 finance: Pay transferred
+5 HR: Payslips handed out
+10 finance: Tax and insurance reported
"""
_COMPLIANCE: Final = """\
0 HR: Calendar of the year checked
+14 HR: Leave carried over checked
+30 HR: Yearly statements for tax given to everybody
+60 HR: First aiders and their certificates checked
+90 HR: Evacuation drill held
+60 HR: Everybody reminded of leave that runs out
+120 HR: Policies reviewed
+180 HR: Safety inspection of the rooms
+200 HR: Emergency contacts confirmed
+270 HR: Holidays of next year entered
+300 HR: Everybody reminded of leave still to be taken
+330 HR: Files that are kept long enough looked through
"""
_REVIEW: Final = """\
-21 HR: Cycle begun, everybody told
-14 person: Own scores and goals written
-7 manager: Scores written
0 manager: Talk held
+7 person: Signed
+14 HR: Goals and training noted
"""
_RECRUITMENT: Final = """\
0 manager: Position and requirements written
0 HR: Budget and headcount agreed
+3 HR: Opening advertised
+21 HR: Applications looked through with the manager
+28 HR: Interviews invited
+35 manager: Interviews held and scored
+40 HR: References asked for, optional
+42 HR: Offer sent
+45 HR: The others told
"""

USUAL: Final = (
    Checklist(name="Onboarding", kind=TaskKind.ONBOARDING, steps=_ONBOARDING),
    Checklist(name="Offboarding", kind=TaskKind.OFFBOARDING, steps=_OFFBOARDING),
    Checklist(name="Payroll", kind=TaskKind.PAYROLL, steps=_PAYROLL, every="monthly on 25", ahead=7),
    Checklist(name="Compliance calendar", kind=TaskKind.COMPLIANCE, steps=_COMPLIANCE, every="yearly on 01-02"),
    Checklist(name="Review", kind=TaskKind.REVIEW, steps=_REVIEW),
    Checklist(name="Recruitment", kind=TaskKind.RECRUITMENT, steps=_RECRUITMENT),
)
"""Name, kind, steps, and of two when they run by themselves."""


def begin(ctx: Context, change: Change) -> list[Checklist]:
    """File the usual checklists in a change, and return them."""
    found = []
    for one in USUAL:
        values = {"id": ctx.data.new_id(Checklist), "next_on": next_day(one, ctx.today - timedelta(days=1))}
        found.append(one.model_copy(update=values))
        change.add(found[-1])
    return found


def usual(ctx: Context) -> Iterator[Change]:
    """Yield the usual checklists once somebody has a file and there is no checklist."""
    if ctx.data.numbers(Checklist, 1) or not ctx.data.numbers(PersonFile, 1):
        return
    change = Change("checklists.begin", f"{len(USUAL)} usual checklists are there: change what does not fit.")
    begin(ctx, change)
    yield change
