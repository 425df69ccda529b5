"""The shape of the parcel book: what lies here for whom, where, and who fetched it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.records.letter import Direction

PIECES_MAX: Final = 200
"""Pieces of one entry: a pallet full."""


class State(Choice):
    """Where it is."""

    HERE = "here", "here"
    COLLECTED = "collected", "collected"
    RETURNED = "returned", "sent back"


class Parcel(Record):
    """Something that was brought for somebody, or waits for a carrier.

    Attributes:
        person: for whom it is; of one that goes out, whose it is. ``label``: the name on it, where that is nobody here.
        sender: who sent it; of one that goes out, to whom it goes.
        shelf: where it lies; ``place``: the room of that.
        tracking: the carrier's number: a scan of it opens this.
        collected_by: who of the house fetched it; None = the carrier did, or somebody whom ``note`` names.
        badge: who fetched it said so with their own badge.
    """

    COLLECTION: ClassVar[str] = "parcels"

    person: Annotated[
        int | None, Ui(label="For", column=18, ref="people", help="Of one that goes out: whose it is.")
    ] = None
    label: Annotated[
        Line, Field(max_length=80), Ui(label="Name on it", help="Where it is for nobody who works here: a visitor.")
    ] = ""
    shelf: Annotated[
        Line, Field(max_length=40), Ui(label="Shelf", column=10, used="parcels.shelf", batch=True, help="Such as B2.")
    ] = ""
    sender: Annotated[
        Line, Field(max_length=80), Ui(label="From", column=18, help="Of one that goes out: to whom it goes.")
    ] = ""
    carrier: Annotated[
        Line, Field(max_length=40), Ui(label="Carrier", column=10, wide=True, used="parcels.carrier", batch=True)
    ] = ""
    tracking: Annotated[Line, Field(max_length=60), Ui(label="Tracking number", column=18, wide=True)] = ""
    direction: Annotated[Direction, Ui(label="Direction", column=4, wide=True, batch=True, help="in or out")] = (
        Direction.IN
    )
    pieces: Annotated[int, Field(ge=1, le=PIECES_MAX), Ui(label="Pieces", column=6, wide=True)] = 1
    place: Annotated[int | None, Ui(label="Room", ref="places", batch=True)] = None
    about: Annotated[Line, Field(max_length=40), Ui(label="About", names=True, help="Such as the order PO-7.")] = ""
    note: Annotated[Line, Ui(label="Note")] = ""

    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.HERE
    at: Annotated[When | None, Ui(label="Since", column=16, form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken in by", ref="people", form=False)] = None
    collected_at: Annotated[When | None, Ui(label="Collected", form=False)] = None
    collected_by: Annotated[int | None, Ui(label="Collected by", ref="people", form=False)] = None
    handed_by: Annotated[int | None, Ui(label="Handed out by", ref="people", form=False)] = None
    badge: Annotated[bool, Ui(label="With their badge", form=False)] = False
    reason: Annotated[Line, Ui(label="Why sent back", form=False)] = ""

    @property
    def came_in(self) -> bool:
        """Whether it was brought, and is not to be fetched by a carrier."""
        return self.direction is Direction.IN
