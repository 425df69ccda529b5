"""What is broken, as somebody says it who has not said who they are: which thing is meant, and what they are told.

They are told the name of the thing whose number they typed or scanned, whether it is reported already, and what to use
instead: no name of anybody, and nothing else that is known of it.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import LINE_MAX, Arguments, Change, Line, Refused, Ui, clean
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.instead import use_instead
from botui.models.equipment.register import Register
from botui.models.equipment.reporting import already, join_report, report_fault, stands
from botui.models.equipment.sentences import broken
from botui.models.office import Context, Place
from botui.models.tickets import Ticket
from botui.models.tickets import guests as tickets

UNKNOWN: Final = "Nothing here has that number."
"""What is said of a number that no thing has, or several have."""
_GONE: Final = frozenset({Fate.LOST, Fate.RETIRED})
"""What is not repaired: that it was seen is a ticket for the desk."""


class Report(Arguments):
    """Something is wrong or broken."""

    what: Annotated[
        Line,
        Field(min_length=1, max_length=LINE_MAX),
        Ui(label="What is wrong", help="In a few words, such as: the tap drips; printer 2nd floor jam."),
    ]
    thing: Annotated[
        Line,
        Field(max_length=60),
        Ui(label="Which thing", help="Scan its label or type the number on it; empty if it has none."),
    ] = ""
    place: Annotated[int | None, Ui(label="Where", ref="places", help="Empty = where the thing is.")] = None
    who: Annotated[
        Line,
        Field(min_length=1, max_length=80),
        Ui(label="Your name", help="Or your initials. With it you can ask later where this stands."),
    ]


def thing_of(ctx: Context, code: str) -> Asset | None:
    """Return the one thing that carries a code, or whose number it is; None also where several do."""
    code = clean(code)
    found = ctx.data.find(Asset, codes=code) if code else []
    if not found and (ref := areas.parse_ref(code)) and ref[0] == Asset.COLLECTION:
        found = [one for one in (ctx.data.get(Asset, ref[1]),) if one is not None]
    # the codes of what is retired are free again
    found = [one for one in found if one.fate is not Fate.RETIRED] or found
    return found[0] if len(found) == 1 else None


def told(ctx: Context, asset: Asset) -> list[str]:
    """Return what whoever is about to report a thing is told of it: its name, and what is known of it already."""
    lines = [asset.called]
    if asset.fate is Fate.LOST:
        lines.append("It is looked for: please leave it at the desk.")
    if fault := next(iter(already(ctx, asset=asset.id)), None):
        lines.append(f"It is reported already: {stands(ctx, fault, named=False)}.{use_instead(ctx, asset, fault)}")
    return lines


def report(ctx: Context, said: Report) -> Change:
    """File what a guest reports: of a thing a fault, or joined with the one that is open; of all else a ticket.

    Raises:
        Refused: a number was given that no thing has.
    """
    asset = thing_of(ctx, said.thing)
    if said.thing and asset is None:
        raise Refused(UNKNOWN, {"thing": "Look at the label again, or leave this empty."})
    asset = asset or _named(ctx, said.what, said.place)
    if asset is None or asset.fate in _GONE:
        about = f" ({asset.called})" if asset else ""
        what = f"{said.what[: LINE_MAX - len(about)]}{about}"
        return tickets.report(ctx, tickets.Report(what=what, place=said.place, who=said.who))
    change = Change(tickets.ACTION)
    register = Register(ctx, change)
    fault = next(iter(already(ctx, asset=asset.id, what=said.what)), None)
    if fault is None:
        fault = report_fault(ctx, register, what=said.what, asset=asset.id, place=said.place, caller=said.who)
        ticket = register.touched(Ticket)[-1]
        change.said = f"Thank you: {asset.called} is reported, {ticket.ref}."
    else:
        ticket, _ = join_report(ctx, register, fault, what=said.what, caller=said.who)
        change.said = f"Already reported, {stands(ctx, fault, named=False)}: you are added with {ticket.ref}."
    change.said += use_instead(ctx, asset, fault)
    return register.close()


def _named(ctx: Context, text: str, place: int | None) -> Asset | None:
    """Return the thing that words name for sure: by its number, or as the only one of its sort in the place named."""
    where = ctx.data.get(Place, place) if place is not None else None
    found = broken(f"{text} {where.name if where else ''}".split(), lambda name: _in_use(ctx, name))
    return ctx.data.get(Asset, found[1]["asset"]) if found else None


def _in_use(ctx: Context, collection: str) -> list[Any]:
    if collection == Asset.COLLECTION:
        return [one for one in ctx.data.find(Asset) if one.fate not in _GONE]
    return ctx.data.find(areas.kind(collection).model, active=True)
