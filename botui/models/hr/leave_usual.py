"""The types of leave an office begins with, to be changed where its own rules differ; they come with the first file.

They are no legal advice; where a figure comes from is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import Change
from botui.models.hr.leave import Chain, LeaveType, Per, Unit
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context

USUAL: Final = (
    LeaveType(
        name="Annual leave",
        allowance=Decimal(20),
        carry=Decimal(5),
        carry_until="03-31",
        note="4 weeks: the least in the EU; in the UK 28 days with public holidays.",
    ),
    LeaveType(
        name="Sick leave",
        counted=False,
        per=Per.NEVER,
        proof_from=4,
        chain=Chain.NONE,
        note="A note from the fourth day on, as in Germany; other countries differ.",
    ),
    LeaveType(
        name="Time off in lieu",
        per=Per.NEVER,
        unit=Unit.HOURS,
        carry=None,
        in_lieu=True,
        note="Credited by HR or the manager for time worked.",
    ),
    LeaveType(
        name="Casual leave",
        allowance=Decimal(1),
        per=Per.MONTH,
        carry=None,
        longest=3,
        active=False,
        note="One day a month, three in a row: as HR systems ship it (Horilla, Frappe).",
    ),
    LeaveType(
        name="Unpaid leave", counted=False, per=Per.NEVER, paid=False, notice=14, chain=Chain.BOTH,
        note="The office's own decision.",
    ),
    LeaveType(
        name="Parental leave", counted=False, per=Per.NEVER, paid=False, notice=49, proof_from=1, chain=Chain.BOTH,
        note="Seven weeks ahead, as in Germany.",
    ),
    LeaveType(
        name="Special leave", counted=False, per=Per.NEVER, longest=5, chain=Chain.MANAGER,
        note="Wedding, birth, moving house, bereavement: the office's own decision.",
    ),
)  # fmt: skip
"""Name, rules, and where the figures come from."""


def usual(ctx: Context) -> Iterator[Change]:
    """Yield the usual types once there is a person's file and no type."""
    if ctx.data.numbers(LeaveType, 1) or not ctx.data.numbers(PersonFile, 1):
        return
    change = Change("leavetypes.begin", f"{len(USUAL)} usual types of leave are there: change what does not fit.")
    since = date(ctx.today.year, 1, 1)
    for one in USUAL:
        change.add(one.model_copy(update={"id": ctx.data.new_id(LeaveType), "since": since}))
    yield change
