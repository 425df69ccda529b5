"""Types of leave, leave and its ledger, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View, approver_word
from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, State
from botui.models.office import Context

_ASKED: Final = State.ASKED.value
_OVER: Final = (State.TAKEN.value, State.REFUSED.value, State.CANCELLED.value)


def _whose(doc: Mapping[str, Any]) -> list[int | str]:
    """Return who sees a leave besides HR: whose it is, who is asked about it, and who said yes or no."""
    found: list[int | str] = [doc[name] for name in ("person", "agreed_by", "decided_by") if doc.get(name)]
    return [*found, approver_word(doc["approver"])] if doc.get("approver") else found


def _until(doc: Mapping[str, Any]) -> str:
    """Return the last day on which somebody is really away."""
    last = str(doc.get("ends") or doc.get("starts") or "")
    if cut := doc.get("cut"):
        last = min(last, (date.fromisoformat(cut) - timedelta(days=1)).isoformat())
    return last


def leave_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what began before anybody said yes, ``soon`` for what is asked, ``done`` after it."""
    state = doc.get("state", _ASKED)
    if state == _ASKED:
        return "late" if str(doc.get("starts")) <= now[:10] else "soon"
    return "done" if state in _OVER else ""


def _coming(ctx: Context) -> Mapping[str, Any]:
    return {"state": (State.APPROVED.value,), "until": Between(low=ctx.today.isoformat())}


LEAVETYPES: Final = Kind(
    model=LeaveType,
    one="type of leave",
    many="Types of leave",
    rules="botui.models.hr.leave_rules:LEAVETYPES",
    views=(
        View(
            name="active",
            label="Types of leave",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="There is no type of leave yet: n makes one.",
        ),
        View(name="all", label="Types of leave, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "allowance", "per", "unit", "carry", "chain"),
    index=("name", "active", "counted", "in_lieu", "paid"),
    text=("name", "note"),
    row_style=lambda doc, _: "" if doc.get("active", True) else "done",
)
LEAVE: Final = Kind(
    model=Leave,
    one="leave",
    many="Leave",
    title=lambda one: f"{one.starts:%d.%m.%Y}{'' if one.last == one.starts else f' to {one.last:%d.%m.%Y}'}",
    about="person",
    rules="botui.models.hr.leave_rules:LEAVE",
    views=(
        View(
            name="mine",
            label="My leave",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="starts",
            down=True,
            empty="You have asked for no leave: press n.",
        ),
        View(
            name="approve",
            label="Leave to approve",
            where=lambda ctx: {"state": (_ASKED,), "approver": (ctx.by or 0,)},
            sort="starts",
            empty="No leave waits for your approval.",
        ),
        View(
            name="asked",
            label="Leave asked for",
            where=lambda _: {"state": (_ASKED,)},
            sort="starts",
            empty="No leave is asked for.",
            menu=False,
        ),
        View(
            name="coming",
            label="Leave approved",
            where=_coming,
            sort="starts",
            timed=True,
            empty="Nobody has leave ahead.",
        ),
        View(
            name="unproved",
            label="Leave without its paper",
            where=lambda _: {
                "proof": (True,),
                "document": (None,),
                "state": (_ASKED, State.APPROVED.value, State.TAKEN.value),
            },
            sort="starts",
            empty="No paper is missing.",
            menu=False,
        ),
        View(name="all", label="Leave, all of it", where=lambda _: {}, sort="starts", down=True, menu=False),
    ),
    columns=("person", "starts", "ends", "amount", "state", "type"),
    index=(
        "person",
        "type",
        "state",
        "starts",
        "ends",
        "cut",
        "approver",
        "proof",
        "document",
        "created_at",
        "created_by",
    ),
    derived={"whose": _whose, "until": _until},
    several=("whose",),
    whose="whose",
    text=("reason", "answer"),
    states={state.value: state.label for state in State},
    row_style=leave_style,
)
LEAVEBOOK: Final = Kind(
    model=LeaveEntry,
    one="line of the leave book",
    many="Leave book",
    title=lambda one: f"{one.amount:+} {one.why.label}",
    about="person",
    rules="botui.models.hr.leave_rules:LEAVEBOOK",
    views=(
        View(
            name="mine",
            label="My leave book",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="on",
            down=True,
            empty="Nothing stands in your leave book; for others n writes what was before.",
            menu=False,
        ),
        View(
            name="year",
            label="Leave book of this year",
            where=lambda ctx: {"year": (ctx.today.year,)},
            sort="on",
            down=True,
            empty="Nothing was written this year.",
            menu=False,
        ),
        View(
            name="all",
            label="Leave book",
            where=lambda _: {},
            sort="on",
            down=True,
            empty="Nothing stands in it: allowances come by themselves, n writes what was before.",
        ),
    ),
    columns=("person", "on", "amount", "why", "type"),
    index=("person", "type", "on", "why", "year", "leave", "reverses", "key"),
    derived={"whose": lambda doc: [doc["person"]] if doc.get("person") else []},
    several=("whose",),
    whose="whose",
    text=("note",),
    row_style=lambda doc, _: "done" if doc.get("reverses") else "",
)
