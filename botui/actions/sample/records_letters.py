"""The post of the sample office: a year of letters in and out, its letter templates, and what lies here for whom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.year import Year
from botui.models.base import Record, Refused
from botui.models.office import Party, Person, Place
from botui.models.records import collecting, corresponding, forms_rules
from botui.models.records.bill import DUE, Bill
from botui.models.records.bill import Direction as Owing
from botui.models.records.form import Form
from botui.models.records.letter import Channel, Direction, Letter
from botui.models.records.parcel import Parcel
from botui.models.records.retention import RetentionClass

_LETTERS: Final = 45
"""Letters in a year of the usual office that are entered and seen to."""
_PARCELS: Final = 60
"""Parcels in a year that are taken in for somebody."""
_REMINDERS: Final = 4
"""Bills of ours of which somebody is reminded on one day at most."""
_SUBJECTS: Final = (
    "Offer for paper and toner",
    "Query about our order",
    "New price list",
    "Change of address",
    "Terms of delivery from the new year on",
    "Complaint about a delivery",
    "Invitation to the trade fair",
    "Confirmation of the appointment",
    "Request for a reference",
    "Notice of a price increase",
    "Certificate for the lift",
    "Parking in the yard",
)
"""What letters are about."""
_STRANGERS: Final = ("City council", "District court", "Tax office", "A. Neighbour", "Chamber of commerce")
"""Who writes without being a customer or supplier."""
_CARRIERS: Final = ("DHL", "UPS", "DPD", "Hermes", "Courier")
_SENDERS: Final = ("Book shop", "Shoe shop", "Print shop", "Flower shop", "Electronics shop")
_SHELVES: Final = ("A1", "A2", "B1", "B2", "Floor")
_ENDS: Final = "\n\nYours faithfully\n{person.name}\n{person.job}"
_DATE: Final = "\n{office.name}, {letter.date}\nOur number: {letter.number}\n\nDear Sir or Madam,\n\n"
_HEAD: Final = "{letter.to}\n{party.address}\n" + _DATE
_FORMS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Reminder of a bill",
        "subject": "Our bill {bill.number} of {bill.date}",
        "body": _HEAD + "of our bill {bill.number} of {bill.date} {bill.open} are open since {bill.due}. Please let us "
        "have them within ten days. If you have paid meanwhile, thank you." + _ENDS,
        "reply_days": 10,
    },
    {
        "name": "We have your letter",
        "subject": "Your letter: {letter.answers}",
        "body": "{letter.to}\n" + _DATE + "thank you for your letter. We look into it and write to you soon." + _ENDS,
    },
    {
        "name": "Query about an order",
        "subject": "Query about our order",
        "body": _HEAD + "please tell us by when we can expect what we ordered." + _ENDS,
        "reply_days": 7,
    },
)
"""The office's letter templates."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan a year of letters and parcels.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    if not year.keepers or not year.room.all(Place) or year.last < 30:
        return
    post = _Post(year, rng)
    year.on(0, post.begin, 0.1)
    for _ in range(round(_LETTERS * share)):
        year.on(rng.randrange(1, year.last - 12), partial(post.letter, seen_to=True), rng.random())
    for ago in (9, 6, 3, 1, 1, 0):
        year.on(year.last - ago, partial(post.letter, seen_to=False), rng.random())
    for ago in (200, 120, 60, 12, 4):
        year.on(max(year.last - ago, 1), post.query, rng.random())
    for ago in (90, 30, 2):
        year.on(max(year.last - ago, 1), post.remind, 0.5)
    for _ in range(round(_PARCELS * share)):
        year.on(rng.randrange(1, year.last - 3), partial(post.parcel, fetched=True), rng.random())
    for ago in (8, 1, 1, 0):
        year.on(year.last - ago, partial(post.parcel, fetched=False), rng.random() / 2)


class _Post:
    """The post book of a year that is being played."""

    def __init__(self, year: Year, rng: Random) -> None:
        self._year, self._room, self._rng = year, year.room, rng

    def begin(self, at: datetime) -> None:
        """Write the letter templates."""
        for values in _FORMS:
            kept = {"place": self._place(), "schedule": self._class()}
            form = Form.model_validate({**values, **kept, "id": self._room.new_id(Form)})
            self._room.let(at, self._clerk(), partial(forms_rules.create, form=form))

    # --- letters --------------------------------------------------------------------------------------------------

    def letter(self, at: datetime, *, seen_to: bool) -> None:
        """Let a letter come in; one that is seen to is answered in time or late, the others wait."""
        rng, today = self._rng, self._year.today(at)
        party = self._party() if rng.random() < 0.8 else None
        wants = rng.random() < (0.7 if seen_to else 0.9)
        channel = rng.choice((Channel.LETTER, Channel.LETTER, Channel.LETTER, Channel.EMAIL, Channel.FAX))
        letter = self._enter(
            at,
            correspondent=party.name if party else rng.choice(_STRANGERS),
            party=party.id if party else None,
            subject=rng.choice(_SUBJECTS),
            channel=channel,
            dated=today - timedelta(days=rng.randrange(1, 4)),
            owner=self._clerk().id if seen_to or rng.random() < 0.6 else None,
            reply_due=today + timedelta(days=rng.randrange(5, 15)) if wants else None,
        )
        if letter is None or not seen_to:
            return
        day, verb = self._year.day_of(today), "close"
        values: dict[str, Any] = {}
        if wants:
            verb = rng.choice(("reply", "reply", "resolve"))
            form = self._form("We have your letter")
            values = (
                {"form": form.id if form and rng.random() < 0.6 else None} if verb == "reply" else {"how": "by phone"}
            )
        self._year.on(
            day + rng.randrange(1, 9), partial(self._verb, record=letter, name=verb, values=values), rng.random()
        )

    def query(self, at: datetime) -> None:
        """Ask a supplier something; most answer."""
        form, party = self._form("Query about an order"), self._party()
        if form is None or party is None:
            return
        before = len(self._room.all(Letter))
        self._verb(at, form, "run", {"party": party.id})
        if len(self._room.all(Letter)) > before:
            name, values = ("reply", {}) if self._rng.random() < 0.7 else ("close", {"why": "it came meanwhile"})
            self._later(at, self._room.all(Letter)[-1], name, values)

    def _later(self, at: datetime, letter: Letter, name: str, values: dict[str, Any]) -> None:
        """Plan what becomes of a letter of ours within two weeks."""
        day = self._year.day_of(self._year.today(at)) + self._rng.randrange(2, 10)
        how = partial(self._verb, record=letter, name=name, values=values)
        self._year.on(day, how if name == "close" else partial(self._read, letter, how), self._rng.random())

    def _read(self, letter: Letter, how: Callable[[datetime], None], at: datetime) -> None:
        """Enter their answer; whoever reads it closes it."""
        how(at)
        for answer in self._room.find(Letter, answers=letter.id):
            self._later(at, answer, "close", {})

    def remind(self, at: datetime) -> None:
        """Remind customers of bills of ours that are late."""
        form, today = self._form("Reminder of a bill"), self._year.today(at)
        late = [one for one in self._room.all(Bill) if one.direction is Owing.OWED and one.state in DUE]
        late = [one for one in late if one.due and one.due < today and one.balance > 0]
        for bill in late[:_REMINDERS]:
            if form is not None:
                self._verb(at, form, "run", {"about": bill.ref})
                self._later(at, self._room.all(Letter)[-1], "close", {"why": "they paid"})

    def _enter(self, at: datetime, **values: Any) -> Letter | None:
        kept = {"place": self._place(), "schedule": self._class()} if values["channel"] is not Channel.EMAIL else {}
        letter = Letter.model_validate({**values, **kept, "id": self._room.new_id(Letter)})
        with suppress(Refused):
            self._room.let(at, self._clerk(), partial(corresponding.create, letter=letter))
        return self._room.get(Letter, letter.id)

    # --- parcels --------------------------------------------------------------------------------------------------

    def parcel(self, at: datetime, *, fetched: bool) -> None:
        """Take a parcel in for somebody, or put one out; they fetch it in a day or two."""
        rng = self._rng
        out = fetched and rng.random() < 0.2
        parcel = Parcel.model_validate(
            {
                "person": rng.choice(self._year.people).id,
                "sender": rng.choice(_SENDERS),
                "carrier": rng.choice(_CARRIERS),
                "tracking": f"{rng.choice('CJHR')}{rng.randrange(10**9, 10**10)}",
                "shelf": rng.choice(_SHELVES),
                "direction": Direction.OUT if out else Direction.IN,
                "id": self._room.new_id(Parcel),
            }
        )
        with suppress(Refused):
            self._room.let(at, self._clerk(), partial(collecting.create, parcel=parcel))
        if fetched and self._room.get(Parcel, parcel.id) is not None:
            day = self._year.day_of(self._year.today(at)) + rng.randrange(3)
            gone = (
                ("give_back", {"reason": "does not work here"}) if not out and rng.random() < 0.03 else ("hand_out", {})
            )
            self._year.on(day, partial(self._verb, record=parcel, name=gone[0], values=gone[1]), rng.uniform(0.5, 1))

    # --- who, where, what -------------------------------------------------------------------------------------------

    def _verb(self, at: datetime, record: Record, name: str, values: dict[str, Any]) -> None:
        # it may have been closed, or gone, meanwhile
        with suppress(Refused):
            self._room.verb(at, self._clerk(), record, name, **values)

    def _clerk(self) -> Person:
        return self._rng.choice(self._year.keepers)

    def _party(self) -> Party | None:
        found = [one for one in self._room.all(Party) if one.active]
        return self._rng.choice(found) if found else None

    def _form(self, name: str) -> Form | None:
        return next((one for one in self._room.all(Form) if one.name == name and one.active), None)

    def _place(self) -> int:
        return next(one.id for one in self._room.all(Place) if one.active)

    def _class(self) -> int | None:
        return next((one.id for one in self._room.all(RetentionClass) if one.name.startswith("Letters")), None)
