"""What must hold among openings, candidates and interviews, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from botui.models.hr.candidate import ENDED, RUNNING, Candidate, State
from botui.models.hr.interview import Interview, Score
from botui.models.hr.opening import Opening
from botui.models.hr.opening import State as OpeningState
from botui.models.soundness import Records


def check_recruiting(records: Records) -> Iterator[str]:
    """Say what does not hold: no more are hired than the opening says, and than it asks for."""
    hired: Counter[int] = Counter()
    for one in records.all(Candidate):
        hired[one.opening] += one.state is State.HIRED
        if one.state is not State.HIRED and one.person is not None:
            yield f"{one.ref}: Hired as: it is {one.state.label}."
        if one.state in ENDED and one.ended_on is None:
            yield f"{one.ref}: Over since: it is {one.state.label}, and nobody says since when."
    for opening in records.all(Opening):
        # who was erased since counts on: the opening keeps how many were hired, and not who
        if opening.hired < hired[opening.id]:
            yield f"{opening.ref} says {opening.hired} are hired, of its candidates it is {hired[opening.id]}"
        if opening.hired > opening.headcount:
            yield f"{opening.ref} asks for {opening.headcount}, and {opening.hired} are hired"
        if opening.state is OpeningState.FILLED and opening.free:
            yield f"{opening.ref}: State: it is filled, and {opening.free} are wanted."
    for interview in records.all(Interview):
        candidate = records.get(Candidate, interview.candidate)
        if candidate is not None and interview.decided is (candidate.state in RUNNING):
            yield f"{interview.ref}: Decided: {candidate.ref} is {candidate.state.label}."
    yield from _scores(records)


def _scores(records: Records) -> Iterator[str]:
    authors: defaultdict[int, list[int]] = defaultdict(list)
    for score in records.all(Score):
        authors[score.interview].append(score.author)
    for interview in records.all(Interview):
        if sorted(authors[interview.id]) != sorted(interview.scored):
            yield f"{interview.ref}: Scores given by: its scores are by others."
        if interview.end is not None and interview.end <= interview.start:
            yield f"{interview.ref}: Ends: it ends before it begins."
