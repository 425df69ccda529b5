"""The command that prints a person's desk: what waits for them, what they asked for."""

from __future__ import annotations

from typing import Any

from botui import areas
from botui.actions.desk import Thing, asked_by_me, my_desk
from botui.cli.output import write_csv, write_json, write_table
from botui.cli.session import Session
from botui.data import Desk
from botui.models.base import Asked, NotAllowed, clean, stamp

_HEADS = ("list", "ref", "what", "why", "due", "verb", "for", "owner", "urgency")


def desk(session: Session) -> None:
    """Print what waits for whoever acts, the most pressing first, and then what they asked for.

    Raises:
        NotAllowed: nobody acts.
    """
    mine = session.desk()
    if mine.person is None:
        raise NotAllowed("Say who you are first: --as with your initials.")
    things, requests = my_desk(mine), asked_by_me(mine)
    rows = [*(_waiting(one) for one in things), *(_asked(one) for one in requests)]
    if session.args.json:
        write_json(session.out, rows)
    elif session.args.csv:
        named = [{**row, **{one: _name(mine, row[one]) for one in ("for", "owner")}} for row in rows]
        write_csv(session.out, [_HEADS, *(["" if row[one] is None else row[one] for one in _HEADS] for row in named)])
    else:
        _write(session, mine, things, requests)


def _waiting(thing: Thing) -> dict[str, Any]:
    one = thing.waiting
    return {
        "list": "waiting",
        "ref": one.ref,
        "what": one.what,
        "why": one.why,
        "due": stamp(one.due) if one.due else None,
        "verb": one.verb or None,
        "for": areas.ref("people", thing.stood_in_for) if thing.stood_in_for else None,
        "owner": None,
        "urgency": round(thing.urgency, 2),
    }


def _asked(one: Asked) -> dict[str, Any]:
    return {
        "list": "asked",
        "ref": areas.ref(one.collection, one.number),
        "what": one.what,
        "why": one.state,
        "due": stamp(one.until) if one.until else None,
        "verb": None,
        "for": None,
        "owner": areas.ref("people", one.owner) if one.owner else None,
        "urgency": None,
    }


def _name(desk: Desk, ref: str | None) -> str:
    found = areas.parse_ref(ref) if ref else None
    return clean(desk.title(*found)) if found else ""


def _write(session: Session, desk: Desk, things: list[Thing], requests: list[Asked]) -> None:
    if things:
        table = [_line(desk, one) for one in things]
        write_table(session.out, ["No.", "What", "Why", "For"], table, [0, 40, 30, 16])
    else:
        session.out.write("Nothing waits for you.\n")
    if requests:
        session.out.write("\nAsked by you\n")
        rows = [
            [areas.ref(one.collection, one.number), clean(one.what), one.state, desk.title("people", one.owner)]
            for one in requests
        ]
        write_table(session.out, ["No.", "What", "Where it stands", "Who has it"], rows, [0, 36, 30, 16])


def _line(desk: Desk, thing: Thing) -> list[str]:
    one = thing.waiting
    return [one.ref, clean(one.what), clean(one.why), clean(desk.title("people", thing.stood_in_for))]
