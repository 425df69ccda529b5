"""What must hold of licences, their seats and the access register, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from botui.models.equipment.access import HAS, Access
from botui.models.equipment.access import State as AccessState
from botui.models.equipment.licence import Licence, Seat, State
from botui.models.soundness import Records

_APPROVED: Final = frozenset({AccessState.APPROVED, AccessState.REMOVED, *HAS})
"""States of an access that somebody said yes to before."""


def check_licences(records: Records) -> Iterator[str]:
    """Say where a licence and its seats do not say the same, or what it is and when."""
    given: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in records.all(Seat):
        if (seat.person is None) is (seat.asset is None):
            yield f"{seat.ref}: it is somebody's or a machine's: one of them."
        if seat.back_at is None:
            given[seat.licence].append(seat)
    for licence in records.all(Licence):
        yield from _used(licence, given[licence.id])
        if (licence.state is State.CANCELLED) != (licence.cancelled_at is not None):
            yield f"{licence.ref}: Cancelled: it is {licence.state.label}."


def _used(licence: Licence, given: Iterable[Seat]) -> Iterator[str]:
    names = Counter(seat.what for seat in given)
    if licence.used != names.total():
        yield f"{licence.ref}: Seats taken: {licence.used:,}, and there are {names.total():,}."
    if licence.seats is not None and licence.used > licence.seats:
        yield f"{licence.ref}: Seats: {licence.seats:,}, and {licence.used:,} are given."
    if names.keys() - {licence.name}:
        yield f"{licence.ref}: its seats are of {', '.join(sorted(names.keys() - {licence.name}))}."


def check_access(records: Records) -> Iterator[str]:
    """Say which entry of the register says what cannot be; what another system approved is its own to know."""
    for one in records.all(Access):
        if one.state in HAS and one.given_at is None:
            yield f"{one.ref}: Given: it is {one.state.label}, and nobody says when."
        if (one.state is AccessState.REMOVED) != (one.removed_at is not None):
            yield f"{one.ref}: Taken away: it is {one.state.label}."
        if one.state is AccessState.ASKED and one.approved_by is not None:
            yield f"{one.ref}: Decided by: it is {one.state.label}."
        if one.state not in _APPROVED or one.imported:
            continue
        if one.approved_by is None or one.approved_at is None:
            yield f"{one.ref}: it is {one.state.label}, and nobody approved it."
        elif one.approved_by in (one.person, one.created_by):
            yield f"{one.ref}: Decided by: nobody approves their own request."
