"""A phone call: who rings, what is still open for them, and what becomes of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from botui import areas
from botui.data import Desk
from botui.models.office import Party, Person
from botui.models.tickets import Ticket
from botui.models.tickets.calls import Call, Match, matches, open_matters
from botui.screens.form import FormScreen
from botui.screens.search import Hit, SearchScreen
from botui.screens.session import Session
from botui.screens.sheet import Sheet

SHOWN = 3
"""Open matters of the caller that the form names."""


class WhoRings(SearchScreen[dict[str, Any]]):
    """Type the number or the name; the answer is what is known of the caller, as values of a ``Call``.

    Args:
        desk: the desk of whoever takes the call.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "Who rings? Type the number or the name. Enter takes the call, Esc leaves.",
            partial(callers, desk),
            empty="Nobody known: Enter takes the call all the same.",
        )


def callers(desk: Desk, text: str) -> list[Hit[dict[str, Any]]]:
    """Return who may be ringing, the surest first, and last whoever it is under the text as typed."""
    found = matches(text, desk.find("people", {}), desk.find("parties", {}))
    is_number = not any(c.isalpha() for c in text)
    unknown: dict[str, Any] = {"number" if is_number else "caller": text.strip()}
    words = f"'{text.strip()}': somebody we do not know" if text.strip() else "Somebody we do not know"
    return [*(_hit(desk, one, text if is_number else "") for one in found), Hit(words, "", unknown)]


def _hit(desk: Desk, one: Match, number: str) -> Hit[dict[str, Any]]:
    matters = len(_open_matters(desk, one))
    where = f"{matters} open" if matters else one.detail
    field = "person" if one.collection == "people" else "party"
    return Hit(
        f"{one.name}  {one.detail}".strip(), where, {field: one.number, "number": number.strip() or one.detail[:40]}
    )


def _open_matters(desk: Desk, one: Match) -> list[Ticket]:
    """Return what is still to do for somebody who rings, as far as whoever takes the call may look at it."""
    return [ticket for ticket in open_matters(desk.context().data, one) if desk.sees("tickets", ticket.id)]


async def call_form(session: Session, caller: dict[str, Any]) -> FormScreen:
    """Return the form of a call, with what is open for the caller above the fields."""
    desk = session.desk
    return FormScreen(
        await session.in_store(Sheet, Call, desk, None, caller),
        title="Phone call",
        desk=desk,
        save=partial(desk.add, "calls"),
        draft_key="new calls",
        repeats=session.repeats,
        info=await session.in_store(open_lines, desk, caller),
    )


def open_lines(desk: Desk, caller: dict[str, Any]) -> list[str]:
    """Return what is still open for a caller, in lines for the form."""
    kind = Person if caller.get("person") else Party
    number = caller.get("person") or caller.get("party")
    if not number:
        return []
    match = Match(kind.COLLECTION, number, desk.title(kind.COLLECTION, number), "", True)
    found = _open_matters(desk, match)
    if not found:
        return [f"{match.name}: nothing is open."] if desk.reads_all("tickets") else []
    lines = [f"{one.ref}  {one.state.label}: {one.subject}" for one in found[:SHOWN]]
    more = f" (and {len(found) - SHOWN} more)" if len(found) > SHOWN else ""
    kind = areas.kind("tickets")
    word = kind.one if len(found) == 1 else kind.many.lower()
    return [f"{match.name}: {len(found)} open {word}{more}", *lines]
