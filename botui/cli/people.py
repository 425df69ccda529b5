"""Commands about who works here: botui people add, list, set, role, pin, badge.

A PIN or a badge is shown or asked for on this terminal alone; what is kept of it is scrambled.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from botui import areas
from botui.actions.labels import badge_card
from botui.actions.ticking import HAS_BADGE, HAS_PIN, tick
from botui.cli.output import as_json, write_json, write_table
from botui.cli.session import Session, unseen
from botui.data import Desk
from botui.models.base import Refused, clean
from botui.models.office import Person
from botui.models.shape import coerce

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALIKE_NONE: Final = "34679ACDEFGHJKMNPQRTUVWXY"
"""What a new badge's code is made of: none is taken for another, also where a printer or an eye is poor."""
_LENGTH: Final = 9
"""Characters of a new badge's code: 25 to the 9th is 42 bits, which nobody tries out at a desk, and no more fit on a
card that a line printer prints."""
_HEADS: Final = ("No.", "Initials", "Name", "Roles")
_MORE_HEADS: Final = ("PIN", "Badges")


def list_people(session: Session) -> None:
    """List who works here; to who may give roles also whether they have a PIN and badges."""
    desk = session.desk()
    desk.require("people", "read")
    people = [one for one in desk.find("people", {}) if one.active or session.args.all]
    keeper = desk.may("people", "grant") is None
    if session.args.json:
        write_json(session.out, [as_json(one) | (_has(desk, one) if keeper else {}) for one in people])
        return
    rows = [[one.ref, one.initials, clean(one.name), ", ".join(role.label for role in one.roles)] for one in people]
    if keeper:
        rows = [
            [*row, "yes" if desk.secrets.has_pin(one.id) else "-", str(desk.secrets.badges(one.id) or "-")]
            for row, one in zip(rows, people, strict=True)
        ]
    write_table(session.out, _HEADS + _MORE_HEADS * keeper, rows, [0, 0, 30, 30, *[0, 0] * keeper])


def _has(desk: Desk, one: Person) -> dict[str, object]:
    return {"has_pin": desk.secrets.has_pin(one.id), "badges": desk.secrets.badges(one.id)}


def add(session: Session) -> None:
    """File somebody new; they choose their PIN at the first sign-in."""
    desk = session.desk(write=True)
    values = {"name": session.args.name, **session.args.fields}
    if session.args.roles is not None:
        values["roles"] = session.args.roles
    done = desk.add("people", _typed(desk, values))
    session.out.write(f"{clean(done.said)}\nThe PIN is chosen at the first sign-in.\n")


def set_fields(session: Session) -> None:
    """Change what is kept of somebody."""
    if not session.args.fields:
        raise Refused("Say what to change, such as extension=217.")
    desk = session.desk(write=True)
    person = _person(desk, session.args.who)
    done = desk.edit(person, _typed(desk, session.args.fields))
    session.out.write(f"{clean(done.said)}\n")
    if person.active and not desk.get("people", person.id).active:
        session.out.write("Their PIN, badges and SSH keys are taken away.\n")


def role(session: Session) -> None:
    """Say as what somebody works from now on."""
    desk = session.desk(write=True)
    person = _person(desk, session.args.who)
    done = desk.edit(person, _typed(desk, {"roles": ",".join(session.args.roles)}))
    session.out.write(f"{clean(done.said)}\n")


def pin(session: Session) -> None:
    """Change one's own PIN, or as an administrator take somebody's away or give them one to begin with."""
    desk = session.desk(write=True)
    person = _person(desk, session.args.who)
    if person.id == desk.person and not (session.args.start or session.args.forget):
        _change_own(session, desk)
        return
    desk.require("people", "grant")
    if session.args.start:
        _refuse_left(person)
        desk.secrets.set_pin(person.id, _new_pin(session))
        tick(desk, person.id, HAS_PIN)
        said, note = f"{clean(person.name)} begins with this PIN, and can change it at the desk.", "set"
    else:
        desk.secrets.forget_pin(person.id)
        said, note = f"{clean(person.name)} has no PIN now: at the next sign-in they choose one.", "taken away"
    desk.log("people.pin", note, ("people", person.id), once=False)
    session.out.write(f"{said}\n")


def _change_own(session: Session, desk: Desk) -> None:
    number = desk.person or 0
    if desk.secrets.has_pin(number):
        desk.confirm(_ask(session, "PIN until now: "))
    desk.secrets.set_pin(number, _new_pin(session))
    desk.log("people.pin", "changed", ("people", number), once=False)
    session.out.write("Your PIN is changed.\n")


def _new_pin(session: Session) -> str:
    first = _ask(session, "New PIN, 4 to 8 digits: ")
    if _ask(session, "Once more: ") != first:
        raise Refused("These were two different PINs; nothing was changed.")
    return first


def badge(session: Session) -> None:
    """Give somebody a badge, make a new one up, or take all of theirs away."""
    desk, args = session.desk(write=True), session.args
    person = _person(desk, args.who)
    desk.require("people", "grant")
    if args.none:
        number = desk.secrets.forget_badges(person.id)
        desk.log("people.badge", "taken away", ("people", person.id), once=False)
        session.out.write(
            f"{clean(person.name)} has no badge now; there {'was' if number == 1 else 'were'} {number}.\n"
        )
        return
    _refuse_left(person)
    made = "".join(secrets.choice(_ALIKE_NONE) for _ in range(_LENGTH)) if args.new else ""
    code = clean(made or args.code or _ask(session, "Scan the badge: "))
    if [one for one in desk.as_system().by_code(code) if one != ("people", person.id)]:
        raise Refused("Something else carries this code: a badge needs one of its own.")
    card = badge_card(person.name, desk.settings.name, code, zpl=args.card == "zpl") if args.card else ""
    desk.secrets.add_badge(person.id, code)
    desk.log("people.badge", "given", ("people", person.id), once=False)
    tick(desk, person.id, HAS_BADGE)
    if made and not card:
        session.out.write(f"{made}\n")
    session.out.write(card)
    session.err.write(f"{clean(person.name)} has this badge now; its code is kept nowhere.\n")


def _refuse_left(person: Person) -> None:
    """Refuse to give who does not work here what would be taken away again.

    Raises:
        Refused: they do not work here.
    """
    if not person.active:
        raise Refused(f"{clean(person.name)} does not work here any more: first 'people set {person.ref} active=yes'.")


def _person(desk: Desk, text: str) -> Person:
    found: Person = desk.get("people", desk.look_up("people", text))
    return found


def _typed(desk: Desk, texts: Mapping[str, str]) -> dict[str, object]:
    values = coerce(areas.kind("people").model, texts, desk.typing())
    return {name: value for name, value in values.items() if value is not None}


def _ask(session: Session, question: str) -> str:
    """Ask for what must not stand on the screen afterwards."""
    session.err.write(question)
    session.err.flush()
    with unseen(session.stdin):
        line = session.stdin.readline()
    session.err.write("\n")
    if not line.strip():
        raise Refused("Nothing was typed; nothing was changed.")
    return line.strip("\r\n")
