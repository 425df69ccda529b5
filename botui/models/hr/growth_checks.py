"""What must hold among certificates, trainings, reviews, policies and the accident book, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Refused
from botui.models.hr.drill import Drill
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.policy import Acknowledgement, Policy
from botui.models.hr.policy import State as PolicyState
from botui.models.hr.qualification import Certificate
from botui.models.hr.qualification import State as CertificateState
from botui.models.hr.review import Review, State
from botui.models.hr.reviewing import goals_of, mean, scores_of
from botui.models.hr.training import State as TrainingState
from botui.models.hr.training import Training
from botui.models.soundness import Records


def check_growth(records: Records) -> Iterator[str]:
    """Say what does not hold."""
    yield from _certificates(records)
    for training in records.all(Training):
        if not set(training.attended) <= set(training.people):
            yield f"{training.ref}: Came: somebody came who is not on the list."
        if training.attended and training.state is not TrainingState.HELD:
            yield f"{training.ref}: Came: it is {training.state.label}."
        if training.state is TrainingState.PLANNED and len(training.people) > (training.seats or len(training.people)):
            yield f"{training.ref}: Seats: more people are on the list."
    for review in records.all(Review):
        for words in _review(review):
            yield f"{review.ref}: {words}"
    yield from _policies(records)
    for incident in records.all(Incident):
        if (incident.state is IncidentState.CLOSED) is not (incident.closed_at is not None):
            yield f"{incident.ref}: Closed: it is {incident.state.label}."
        if incident.state is IncidentState.OPEN and incident.owner is None:
            yield f"{incident.ref}: Looked into by: nobody does."
    for drill in records.all(Drill):
        if drill.present is not None and len(drill.missing) > drill.present:
            yield f"{drill.ref}: Missing: more than were in the house."


def _certificates(records: Records) -> Iterator[str]:
    held: dict[tuple[int, int], str] = {}
    for one in records.all(Certificate):
        if one.starts is not None and one.ends is not None and one.ends < one.starts:
            yield f"{one.ref}: Until: this is before its first day."
        if one.replaced_by is not None and one.state is CertificateState.HELD:
            yield f"{one.ref}: Replaced by: it still counts."
        if one.state is CertificateState.HELD:
            other = held.setdefault((one.person, one.course), one.ref)
            if other != one.ref:
                yield f"{one.ref}: State: {other} counts for the same course, too."


def _review(one: Review) -> Iterator[str]:
    if one.manager == one.person:
        yield "Reviewed by: nobody reviews themselves."
    try:
        goals = goals_of(one.goals)
        for label, text, kept in (("Own mean", one.self_scores, one.self_score), ("Mean", one.scores, one.score)):
            if kept != (mean(scores_of(text, goals), goals) if text else None):
                yield f"{label}: this is not the mean of the scores."
    except Refused as error:
        yield str(error)
    if one.state in (State.RATED, State.SIGNED) and not one.scores:
        yield f"Scores: there are none, and it is {one.state.label}."
    if (one.state is State.SIGNED) is not (one.signed_at is not None):
        yield f"Signed: it is {one.state.label}."


def _policies(records: Records) -> Iterator[str]:
    for policy in records.all(Policy):
        if (policy.version > 0) is (policy.state is PolicyState.DRAFT):
            yield f"{policy.ref}: Version: it is {policy.state.label}."
    seen: set[tuple[int, int, int]] = set()
    for one in records.all(Acknowledgement):
        found = records.get(Policy, one.policy)
        if found is not None and one.version > found.version:
            yield f"{one.ref}: Version: {found.ref} has no version {one.version} yet."
        key = (one.policy, one.version, one.person)
        if key in seen:
            yield f"{one.ref}: this was acknowledged twice."
        seen.add(key)
