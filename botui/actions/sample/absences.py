"""Who is away in the sample office and who stands in; what is to be approved there."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from botui.actions.sample.cast import Cast, Scene
from botui.actions.sample.lists import Office, clerks, morning
from botui.models.office import Person, Presence, StandIn
from botui.models.tickets import Approval, State, TicketKind

EVERY: Final = 9
"""One request in so many costs something that somebody has to approve."""


def make_absences(office: Office, many: int) -> None:
    """Let a head of a department be away, for whom the administrator stands in, and let the administrator plan to be.

    Only people who were made now: those who were there before are not sent away.

    Args:
        office: its lists, with the people who are made.
        many: how many absences are wanted; up to two are made.
    """
    made = {one.id: one for one in office.new if isinstance(one, Person)}
    boss = office.administrator()
    if boss is None or boss.id not in made:
        return
    heads = [made[one.manager] for one in office.departments if one.manager in made and one.manager != boss.id]
    back = morning(office, 4)
    first = office.settings.local(office.now).date() - timedelta(days=1)
    if many and heads:
        head = heads[0]
        _replace(office, head, presence=Presence.AWAY, back_at=back, stand_in=boss.id)
        office.make(
            StandIn,
            [],
            person=head.id,
            starts=first,
            ends=back.date() - timedelta(days=1),
            stand_in=boss.id,
            up_to=Decimal(500),
            note="Ring me before you buy anything large",
            begun_at=datetime.combine(first, time(0), office.settings.tz).astimezone(UTC),
        )
    others = [one for one in clerks(office) if one.id != boss.id and one not in heads[:1]]
    if many > 1 and others:
        starts, ends = first + timedelta(days=22), first + timedelta(days=28)
        office.make(StandIn, [], person=boss.id, stand_in=others[0].id, starts=starts, ends=ends, hand_over=True)


def _replace(office: Office, person: Person, **values: Any) -> None:
    after = person.model_copy(update=values)
    office.new[office.new.index(person)] = after
    office.people[office.people.index(person)] = after


def approval(cast: Cast, scene: Scene, values: dict[str, Any]) -> dict[str, Any]:
    """Return who has to approve a ticket and what they said, of one request in so many; nothing of the others."""
    state, asker = values["state"], scene.requester
    if values["kind"] is not TicketKind.REQUEST or asker is None or scene.number % EVERY != 4:
        return {}
    approver = _approver(cast, scene, asker)
    if approver in (None, asker.id, values.get("on_behalf_of")) or state in (State.REJECTED, State.MERGED):
        return {}
    amount = Decimal(35 + scene.number * 37 % 900) + Decimal("0.50")
    asked = {"amount": amount, "approver": approver, "approval": Approval.ASKED}
    if state in (State.NEW, State.OPEN, State.WAITING):
        return asked
    said = {"approval": Approval.APPROVED, "approved_by": approver}
    return {**asked, **said, "approved_at": values.get("first_response_at") or values["created_at"]}


def _approver(cast: Cast, scene: Scene, asker: Person) -> int | None:
    """Return the administrator for every other one, else the head of the department of the one who asked."""
    if cast.administrator is not None and scene.number // EVERY % 2:
        return cast.administrator.id
    return next((one.manager for one in cast.office.departments if one.id == asker.department), None)
