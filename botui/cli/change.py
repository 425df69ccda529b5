"""Commands that change one record: add, set, do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from getpass import getpass
from typing import Any, Final

from botui import areas
from botui.cli.filters import find_record, kind_of
from botui.cli.session import Session
from botui.data import Desk, Done
from botui.models.base import Kind, NotAllowed, PinNeeded, Refused, Transition, clean
from botui.models.shape import coerce, fields_of

_MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": ("take", "assign", "handover"),
    "status": ("hand_out", "give_back", "report", "pause", "lose", "find", "retire"),
    "fate": ("pause", "lose", "find", "retire"),
    "holder": ("hand_out", "give_back"),
    "at_place": ("hand_out", "give_back"),
    "inside": ("hand_out", "give_back"),
    "place": ("transfer", "review"),
    "audited_at": ("review",),
    "used": ("hand_out", "give_back"),
    "next_on": ("resolve", "skip"),
    "active": ("pause",),
    "cost": ("cost",),
    "minutes": ("cost", "note"),
}
"""Verbs that move a field without asking for it by its name."""


def add(session: Session) -> None:
    """File a new record from ``field=value``."""
    kind = kind_of(session.args.collection)
    desk = session.desk(write=True)
    values = _typed(desk, kind, session.args.fields, "T-1" if kind.name == "tickets" else "REF")
    _tell(session, desk.add(kind.name, {name: value for name, value in values.items() if value is not None}))


def set_fields(session: Session) -> None:
    """Change fields of a record; what verbs move is refused with the verbs."""
    if not session.args.fields:
        raise Refused("Say what to change, such as priority=P2.")
    desk = session.desk(write=True)
    collection, number = find_record(desk, session.args.ref)
    record = desk.get(collection, number)
    values = _typed(desk, areas.kind(collection), session.args.fields, record.ref)
    _tell(session, desk.edit(record, values))


def do(session: Session) -> None:
    """Do a verb on a record."""
    desk = session.desk(write=True)
    collection, number = find_record(desk, session.args.ref)
    try:
        done = desk.do(collection, number, session.args.verb, session.args.fields)
    except PinNeeded as error:
        desk.confirm(_ask_pin(session, str(error)))
        done = desk.do(collection, number, session.args.verb, session.args.fields)
    _tell(session, done)


def _ask_pin(session: Session, why: str) -> str:
    """Ask for the PIN of whoever acts, unseen; a script has nobody to ask.

    Raises:
        NotAllowed: there is no terminal, or no answer.
    """
    if not session.stdin.isatty():
        raise NotAllowed(f"{why} Do it at a terminal, where it can be asked.")
    try:
        return getpass(f"{why} PIN: ", session.err)
    except EOFError:
        raise NotAllowed(why) from None


def _typed(desk: Desk, kind: Kind[Any], pairs: Mapping[str, str], ref: str) -> dict[str, Any]:
    by_verb = {spec.name: spec for spec in fields_of(kind.model) if not spec.ui.form}
    for name in pairs:
        if name in by_verb:
            verbs = ", ".join(one.name for one in _movers(kind, name))
            how = f"use botui do {ref} with one of: {verbs}" if verbs else "it comes by itself"
            raise Refused(f"'{by_verb[name].label}' ({name}) is not typed: {how}.")
    return coerce(kind.model, pairs, desk.typing())


def _movers(kind: Kind[Any], field: str) -> Iterable[Transition]:
    """Return the verbs that move a field; all that lead to a state for the state."""
    if field == "state":
        return [one for one in kind.transitions if one.target is not None]
    named = _MOVES.get(field, ())
    return [one for one in kind.transitions if one.name in named or (one.needs and field in one.needs.model_fields)]


def _tell(session: Session, done: Done) -> None:
    session.out.write(f"{clean(done.said) or 'Done.'}\n")
