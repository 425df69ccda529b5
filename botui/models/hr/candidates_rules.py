"""What may be done with candidates."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import candidate_filing, candidate_steps, erasing, hiring, hr_letter, interview_booking
from botui.models.hr.candidate import RUNNING, State
from botui.models.office import REMIND

CANDIDATES: Final = Rules(
    transitions=(
        Transition(
            name="shortlist",
            label="On the short list",
            rule=candidate_steps.shortlist,
            sources=frozenset({State.APPLIED}),
            target=State.SHORTLISTED,
        ),
        Transition(
            name="book",
            label="Interview",
            rule=interview_booking.book,
            sources=interview_booking.INVITES,
            needs=interview_booking.BookInterview,
            many=False,
        ),
        Transition(
            name="pass",
            label="Passed",
            rule=candidate_steps.pass_on,
            sources=frozenset({State.INTERVIEW, State.FAILED}),
            target=State.PASSED,
            guard=candidate_steps.not_heard,
        ),
        Transition(
            name="fail",
            label="Not passed",
            rule=candidate_steps.fail,
            sources=frozenset({State.INTERVIEW, State.PASSED}),
            target=State.FAILED,
            guard=candidate_steps.not_heard,
        ),
        Transition(
            name="offer",
            label="Offer",
            rule=hiring.offer,
            sources=frozenset({State.PASSED, State.OFFERED}),
            target=State.OFFERED,
            needs=hiring.Offer,
            guard=hiring.not_wanted,
            many=False,
        ),
        Transition(
            name="hire",
            label="Take on",
            rule=hiring.hire,
            sources=frozenset({State.OFFERED}),
            target=State.HIRED,
            needs=hiring.Hire,
            guard=hiring.not_wanted,
            many=False,
        ),
        Transition(
            name="decline",
            label="Does not come",
            rule=candidate_steps.decline,
            sources=frozenset({State.OFFERED}),
            target=State.DECLINED,
            needs=candidate_steps.DeclineOffer,
        ),
        Transition(
            name="reject",
            label="Refuse",
            rule=candidate_steps.reject,
            sources=RUNNING,
            target=State.REJECTED,
            needs=candidate_steps.Reject,
        ),
        Transition(
            name="erase",
            label="Erase for good",
            rule=erasing.propose_candidate,
            sources=frozenset(State) - RUNNING,
            needs=erasing.Propose,
            many=False,
        ),
        Transition(
            name="write",
            label="Write a letter",
            rule=hr_letter.write_to_candidate,
            needs=hr_letter.WriteLetter,
            ask=False,
            many=False,
        ),
        Transition(
            name="note", label="Note", rule=candidate_steps.note, needs=candidate_steps.NoteCandidate, many=False
        ),
        REMIND,
    ),
    create=candidate_filing.create,
    revise=candidate_filing.revise,
)
