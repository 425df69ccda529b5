"""What the sample office owns: the categories of its assets with what they ask, and a hundred and seventy things.

The numbers are those of an office of sixty people; prices are of one, in euros, makers and models invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from botui.models.equipment.severity import Severity

To = Literal["person", "place", "into", "shelf"]
"""Who has it while nothing else happens: somebody, a place, another thing, or nobody (it is lent and brought back)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A sort of thing that there is one of, or several.

    Attributes:
        tag: what stands before the number on the label.
        name: what it is called; ``{place}`` is where it is.
        price: of one, as text.
        warranty: calendar months.
        many: how many an office of sixty people has.
        to: who has it.
        places: where each of them is, in turn; of an ``into``, the tags of what they are built into.
        older: the first was bought so many years ago, the others later.
    """

    category: str
    tag: str
    name: str
    maker: str
    model: str
    price: str
    warranty: int
    many: int
    to: To
    places: tuple[str, ...] = ()
    older: int = 5

    @property
    def cost(self) -> Decimal:
        """The price of one."""
        return Decimal(self.price)


CATEGORIES: Final[dict[str, dict[str, Any]]] = {
    "Printers": {"audit_months": 12, "life_months": 72, "severity": Severity.S2},
    "Laptops": {"confirm": True, "audit_months": 12, "life_months": 60, "severity": Severity.S2},
    "Door keys": {"confirm": True, "audit_months": 6, "severity": Severity.S3},
    "Projectors and cameras": {"bookable": True, "loan_days": 2, "life_months": 84, "severity": Severity.S3},
    "Vehicles": {"confirm": True, "bookable": True, "loan_days": 3, "life_months": 120, "severity": Severity.S2},
    "Monitors": {"audit_months": 24, "life_months": 84, "severity": Severity.S3},
    "Docking stations": {"life_months": 60, "severity": Severity.S3},
    "Phones": {"confirm": True, "audit_months": 12, "life_months": 36, "severity": Severity.S2},
    "Network and servers": {"audit_months": 12, "life_months": 72, "severity": Severity.S1},
    "Fire safety": {"audit_months": 12, "life_months": 240, "severity": Severity.S2},
    "Tools": {"loan_days": 7, "severity": Severity.S4},
    "Kitchen machines": {"life_months": 84, "severity": Severity.S3},
    "Post and paper machines": {"life_months": 96, "severity": Severity.S3},
    "Furniture": {"life_months": 156, "severity": Severity.S4},
}
"""Category and what it asks of all that is of it."""
LENT_AT: Final = "Reception"
"""Where belongs what has no place of its own."""
THINGS: Final = (
    Thing(
        *("Printers", "PRN", "Printer {place}", "Kolmar", "Kolmar P430", "689.00", 24, 7, "place"),
        ("2nd floor", "Print room", "1st floor", "Reception", "Post room", "Archive", "Loading dock"),
    ),
    Thing("Laptops", "NB", "Laptop 14 inch", "Norvik", "Norvik T14", "1149.00", 36, 34, "person"),
    Thing(
        *("Door keys", "KEY", "Key {place}", "", "", "28.50", 0, 12, "shelf"),
        ("Archive", "Server room", "Warehouse", "Workshop", "Canteen", "Post room", "Car park", "Print room"),
        5,
    ),
    Thing(
        *("Projectors and cameras", "BEA", "Projector {place}", "Lumera", "Lumera 3200", "749.00", 24, 3, "shelf"),
        ("Reception", "Training room", "Post room"),
    ),
    Thing(
        *("Vehicles", "CAR", "Pool car", "Havel", "Havel Estate", "24900.00", 36, 2, "shelf"),
        ("Car park",),
        4,
    ),
    Thing("Monitors", "MON", "Monitor 27 inch", "Lumera", "Lumera 27Q", "289.00", 36, 22, "person"),
    Thing("Docking stations", "DOC", "Docking station", "Norvik", "Norvik D2", "179.00", 24, 14, "person"),
    Thing("Phones", "TEL", "Mobile phone", "Teleon", "Teleon 8", "419.00", 24, 12, "person", (), 3),
    Thing(
        *("Network and servers", "NET", "Switch {place}", "Bryn", "Bryn 24P", "612.00", 60, 4, "place"),
        ("2nd floor", "1st floor", "Ground floor", "Annex"),
    ),
    Thing(
        *("Fire safety", "EXT", "Extinguisher {place}", "Feuerstein", "Feuerstein 6L", "94.00", 24, 9, "place"),
        *(("Reception", "2nd floor", "1st floor", "Canteen", "Server room", "Archive", "Workshop", "Loading dock"),),
    ),
    Thing("Tools", "TL", "Cordless drill", "Hartmut", "Hartmut 18V", "159.00", 24, 2, "shelf", ("Workshop",)),
    Thing(
        *("Kitchen machines", "KIT", "Coffee machine {place}", "Barolo", "Barolo Duo", "1890.00", 24, 2, "place"),
        ("Canteen", "2nd floor"),
    ),
    Thing(
        *("Network and servers", "SRV", "File server", "Bryn", "Bryn R2", "4380.00", 60, 1, "place"),
        ("Server room",),
    ),
    Thing("Network and servers", "UPS", "Battery of the server", "Bryn", "Bryn U15", "530.00", 24, 1, "into", ("SRV",)),
    Thing("Network and servers", "DSK", "Backup drive", "Bryn", "Bryn B8", "310.00", 24, 2, "into", ("SRV",)),
    Thing(
        *("Projectors and cameras", "CAM", "Conference camera", "Lumera", "Lumera Eye", "389.00", 24, 2, "shelf"),
        ("Reception",),
    ),
    Thing(
        *("Post and paper machines", "FRA", "Franking machine", "Postil", "Postil 400", "1260.00", 12, 1, "place"),
        ("Post room",),
    ),
    Thing(
        *("Post and paper machines", "SHR", "Shredder {place}", "Kolmar", "Kolmar S20", "329.00", 24, 3, "place"),
        ("Print room", "Post room", "1st floor"),
    ),
    Thing("Laptops", "LNB", "Spare laptop", "Norvik", "Norvik T13", "899.00", 36, 4, "shelf", ("Reception",)),
    Thing(
        *("Network and servers", "WAP", "Wireless {place}", "Bryn", "Bryn W6", "188.00", 36, 6, "place"),
        ("2nd floor", "1st floor", "Ground floor", "Canteen", "Annex", "Warehouse"),
    ),
    Thing("Tools", "LAD", "Ladder, six steps", "Hartmut", "Hartmut L6", "124.00", 0, 2, "shelf", ("Workshop",)),
    Thing("Furniture", "SAF", "Safe", "Tresov", "Tresov 60", "980.00", 0, 1, "place", ("Server room",)),
    Thing(
        *("Furniture", "DES", "Desk, can be set high", "Lindt & Holm", "Stand 160", "540.00", 60, 6, "place"),
        ("Open office east", "Open office west"),
    ),
    Thing(
        *("Kitchen machines", "DIS", "Dishwasher", "Barolo", "Barolo W60", "1150.00", 24, 1, "place"),
        ("Canteen",),
    ),
    Thing("Tools", "LAB", "Label printer", "Kolmar", "Kolmar Tag", "139.00", 24, 2, "shelf", ("Post room",)),
    Thing("Furniture", "FLI", "Flip chart", "Lindt & Holm", "Board 70", "165.00", 0, 4, "shelf", ("Training room",)),
)
"""What there is; the first of each is there also in a small office, those first that stand first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing of its sort: the how manieth, counted from 0."""

    thing: Thing
    number: int

    @property
    def tag(self) -> str:
        """The number on its label."""
        return f"{self.thing.tag}-{self.number + 1:02}"

    @property
    def place(self) -> str:
        """The name of where it is, or the tag of what it is built into; empty = anywhere."""
        places = self.thing.places
        return places[self.number % len(places)] if places else ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.thing.name.format(place=self.place)

    def bought(self, today: date, first: int) -> date:
        """Return the day it was bought: with the others of its batch, the first ``older`` years ago.

        Args:
            today: the present.
            first: days by which the batches of its sort are off the full year.
        """
        batches = min(self.thing.many, self.thing.older)
        years = self.thing.older - 1 - self.number * batches // max(self.thing.many, self.number + 1)
        return date.fromordinal(today.toordinal() - years * 365 - first)


def spread(many: int) -> list[Piece]:
    """Return so many pieces, as the sorts share them: the first of each, then the second of each and so on.

    What a larger office has more of is people's things; a car more or less is not what makes it large.
    """
    found: list[Piece] = []
    total = sum(one.many for one in THINGS)
    rounds = max((one.many for one in THINGS), default=0) * max(1, -(-many // total) * 2)
    for number in range(rounds):
        more = max(1.0, many / total)
        found += [Piece(one, number) for one in THINGS if number < one.many * (more if one.to == "person" else 1)]
        if len(found) >= many:
            break
    return found[:many]
