"""What may be done with people's files."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import amending, erasing, handing_over, hr_letter, offboarding, onboarding, person_filing
from botui.models.office import REMIND

PERSON_FILES: Final = Rules(
    transitions=(
        Transition(
            name="amend",
            label="Change from a day on",
            rule=amending.amend,
            needs=amending.Amend,
            guard=amending.not_to_amend,
            many=False,
        ),
        Transition(
            name="run",
            label="Start onboarding",
            rule=onboarding.run,
            guard=onboarding.cannot_run,
        ),
        Transition(
            name="resign",
            label="Leaves on ...",
            rule=offboarding.resign,
            needs=offboarding.Leaves,
            guard=offboarding.cannot_resign,
            many=False,
        ),
        Transition(
            name="reopen",
            label="Stays after all",
            rule=offboarding.stay,
            guard=offboarding.cannot_stay,
            many=False,
        ),
        Transition(
            name="handover",
            label="Hand all over",
            rule=handing_over.hand_all,
            needs=handing_over.HandAll,
            guard=offboarding.not_leaving,
            many=False,
        ),
        Transition(
            name="settle",
            label="Pay out leave",
            rule=offboarding.pay_out,
            guard=offboarding.nothing_left,
            pin=True,
            many=False,
        ),
        Transition(
            name="write",
            label="Write a letter",
            rule=hr_letter.write_to_person,
            needs=hr_letter.WriteToPerson,
            many=False,
        ),
        Transition(name="note", label="Note", rule=person_filing.note, needs=person_filing.Note, many=False),
        Transition(
            name="erase",
            label="Erase for good",
            rule=erasing.propose_person,
            needs=erasing.Propose,
            guard=person_filing.still_here,
            many=False,
        ),
        REMIND,
    ),
    create=person_filing.create,
    revise=person_filing.revise,
    fixed=person_filing.fixed,
)
