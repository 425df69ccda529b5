"""What can be imported: the records of a collection, or what is booked in one, each by its word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botui import areas
from botui.actions.imports.balances import BALANCES
from botui.actions.imports.columns import LISTS, TICKETS, Words, words_for
from botui.actions.imports.documents import DOCUMENTS
from botui.actions.imports.equipment_words import ACCESS, ASSETS, LICENCES
from botui.actions.imports.money_words import BILLS, PAYMENTS
from botui.actions.imports.supply_words import ITEMS, ORDERS, STOCK
from botui.models.base import Kind, Refused
from botui.models.shape import FieldKind, fields_of

_FIGURES: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY})


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rows of a file are.

    Attributes:
        name: its word on the command line.
        collection: where the records are that rows make, change or are booked in.
        words: the headings that mean each field.
        figures: fields in which figures stand; ``moments``: dates and times.
        defaults: what a field is where neither the file nor the map file says it.
    """

    name: str
    collection: str
    words: Words
    figures: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind[Any]:
        """The collection's kind."""
        kind: Kind[Any] = areas.kind(self.collection)
        return kind

    @property
    def many(self) -> str:
        """The word for what is imported."""
        return self.kind.many.lower() if self.name == self.collection else self.name


_OWN: Final = {
    "balances": ("leavebook", BALANCES, (), ("on",)),
    "stock": ("items", STOCK, ("quantity",), ("use_by", "counted_at")),
    "orders": (
        "orders",
        ORDERS,
        ("quantity", "received", "price", "line_total"),
        ("ordered_at", "expected", "received_at"),
    ),
}
"""Subjects that are no plain records: their collection, headings, figures and moments."""
_KNOWN: Final[Mapping[str, Words]] = {
    "tickets": TICKETS,
    "items": ITEMS,
    "assets": ASSETS,
    "licences": LICENCES,
    "access": ACCESS,
    "documents": DOCUMENTS,
    "bills": BILLS,
    "payments": PAYMENTS,
    **LISTS,
}
_PARTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "items": (("quantity",), ()),
    "assets": ((), ("since", "due")),
    "licences": (("assigned", "available", "cost_month", "cost_year", "seat_cost", "seat_month"), ()),
    "access": ((), ("asked_at", "done_at", "reviewed_at")),
    "bills": (("net", "paid", "open"), ("paid_on",)),
}
"""Of a collection the figures and the moments besides those that its forms have."""
_UNKNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "assets": ("order", "instead"),
    "bills": ("about", "document", "even_so"),
    "payments": ("about", "person"),
}
"""Fields that name records which no other system knows."""
TICKET_TIMES: Final = (
    "created_at",
    "first_response_at",
    "first_response_due",
    "resolved_at",
    "closed_at",
    "updated_at",
    "resolution_due",
    "waiting_until",
)
"""Fields of tickets, and the last change, that are moments."""
_NEVER: Final[Mapping[str, str]] = {
    "settings": "",
    "person_files": "botui import people takes them with their people, where HR imports them.",
    "pay": "botui add pay files each with the day from which it is paid.",
    "amendments": "",
    "comments": "",
    "movements": "botui import stock books what is there.",
    "lines": "botui import orders takes them with their orders.",
    "shipments": "",
    "stocktakes": "botui import stock books what is there.",
    "counts": "botui import stock books what is there.",
    "loans": "botui import assets hands out what somebody has.",
    "bookings": "",
    "faults": "botui import assets files what is in repair.",
    "worklog": "",
    "seats": "",
    "audits": "",
    "findings": "",
    "charges": "botui import bills takes bills as a whole.",
    "bank": "botui import bank takes them in with their statement.",
    "statements": "botui import bank FILE --account BA-1 takes them in.",
    "matches": "",
    "leavebook": "botui import balances says what there is.",
}
"""Collections into which nothing is imported, and what to do instead."""


def subject_of(name: str) -> Subject:
    """Return what is imported under a word.

    Raises:
        Refused: nothing is; the sentence lists what there is.
    """
    if name in _OWN:
        return Subject(name, *_OWN[name])
    if name == "suppliers":
        return _plain(name, "parties", {"kind": "supplier"})
    if name == "invoices":
        return _plain(name, "bills", {"direction": "owed"})
    collections = [one.name for one in areas.COLLECTIONS if one.name not in _NEVER]
    if name in _NEVER:
        raise Refused(f"{areas.kind(name).many} are not imported. {_NEVER[name]}".rstrip())
    if name not in collections:
        there = (*collections, "balances", "invoices", "stock", "suppliers")
        raise Refused(f"There is no collection '{name}'; there is: {', '.join(there)}.")
    return _plain(name, name, {})


def _plain(name: str, collection: str, defaults: Mapping[str, str]) -> Subject:
    kind: Kind[Any] = areas.kind(collection)
    words = words_for(kind, _KNOWN.get(collection, {}))
    words = {one: said for one, said in words.items() if one not in _UNKNOWN.get(collection, ())}
    specs = {spec.name: spec.kind for spec in fields_of(kind.model)}
    more_figures, more_moments = _PARTS.get(collection, ((), ()))
    figures = (*(one for one in words if specs.get(one) in _FIGURES), *more_figures)
    moments = (*(one for one in words if specs.get(one) is FieldKind.DATE), *more_moments)
    if collection == "tickets":
        moments = TICKET_TIMES
    return Subject(name, collection, words, figures, moments, defaults)
