"""What lies in the sample's store room: eighty things that an office uses up, and who sells them.

The numbers are those of an office of sixty people: how often a thing is taken in a year, and how many at a time; how
much is kept and ordered follows from them. Prices are of one unit, in euros, invented but plausible.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Good:
    """One thing of the store room.

    Attributes:
        unit: what is counted; ``pack`` is what it comes in, so many units of it.
        price: of one unit, as text.
        takes: how often it is taken in a year, by sixty people.
        many: units taken at a time, mostly.
        days: it has a use-by date, so many days after it was made; 0 = it keeps.
    """

    category: str
    name: str
    unit: str
    pack: str
    size: int
    price: str
    takes: int
    many: int
    days: int = 0

    @property
    def cost(self) -> Decimal:
        """The price of one unit."""
        return Decimal(self.price)


@dataclass(frozen=True, slots=True)
class Trade:
    """Who sells something to the store room.

    Attributes:
        name: the trade, as it stands in the firm's name.
        lead: days from order to delivery.
        categories: what comes from there.
    """

    name: str
    lead: int
    terms: str
    categories: tuple[str, ...]


TRADES: Final = (
    Trade("Office Supply", 3, "30 days", ("Writing", "Filing")),
    Trade("Roasters", 2, "14 days", ("Kitchen",)),
    Trade("Paper", 4, "2 % within 10 days, 30 net", ("Paper", "Forms")),
    Trade("Copiers", 5, "30 days", ("Toner",)),
    Trade("Cleaning", 4, "30 days", ("Cleaning",)),
    Trade("Packaging", 6, "14 days", ("Shipping", "First aid")),
    Trade("Computers", 7, "at once", ("IT small parts",)),
)
"""The suppliers of the store room; a small office has only the first of them, who sell everything."""
SHELVES: Final = {
    "Writing": "A1",
    "Filing": "A2",
    "Paper": "B1",
    "Forms": "B2",
    "Toner": "C1",
    "IT small parts": "C2",
    "Cleaning": "D1",
    "First aid": "D2",
    "Kitchen": "E1",
    "Shipping": "E2",
}
"""The shelf of each category."""
WINTER: Final = ("Coffee, ground", "Tea, black", "Tea, herbs", "Sugar", "Tissues", "Hand cream")
"""What more is used of in the cold months."""
UPSTAIRS: Final = ("Pen, blue", "Copy paper A4", "Coffee, ground", "Tea, black", "Batteries AA", "Sticky notes, yellow")
"""What lies in the second cupboard, too."""
ALWAYS_HERE: Final = ("Pen, blue", "Pen, black")
"""What is there on every day: whoever looks at the sample for the first time is told to scan it."""
DATED_SOON: Final = {"Eye wash 500 ml": 4, "Plasters, assorted": 11, "Gloves, nitrile": 26}
"""Of these far too many were bought: in so many days from now they are out of date."""

GOODS: Final = (
    Good("Writing", "Pen, blue", "piece", "box", 50, "0.2340", 70, 2),
    Good("Writing", "Pen, black", "piece", "box", 50, "0.2340", 45, 2),
    Good("Writing", "Pencil HB", "piece", "box", 12, "0.1875", 25, 2),
    Good("Writing", "Marker, yellow", "piece", "box", 10, "0.6250", 30, 1),
    Good("Writing", "Board marker, set of four", "set", "", 1, "4.9500", 16, 1),
    Good("Writing", "Permanent marker, black", "piece", "box", 10, "0.8900", 18, 1),
    Good("Writing", "Sticky notes, yellow", "block", "pack", 12, "0.4575", 45, 2),
    Good("Writing", "Correction tape", "piece", "box", 10, "1.1250", 12, 1),
    Good("Writing", "Notebook A5, squared", "piece", "pack", 10, "1.3450", 30, 1),
    Good("Filing", "Ring binder, wide, grey", "piece", "box", 20, "1.6425", 28, 4),
    Good("Filing", "Ring binder, narrow, grey", "piece", "box", 20, "1.5890", 16, 3),
    Good("Filing", "Dividers A-Z", "set", "pack", 10, "0.9450", 12, 2),
    Good("Filing", "Punched pockets A4", "piece", "pack", 100, "0.0385", 26, 20),
    Good("Filing", "Staples 24/6", "box", "carton", 10, "0.5200", 20, 1),
    Good("Filing", "Paper clips 28 mm", "box", "carton", 10, "0.3625", 18, 1),
    Good("Filing", "Adhesive tape, clear", "roll", "pack", 8, "0.7438", 22, 1),
    Good("Filing", "Hanging folders", "piece", "box", 25, "0.4280", 10, 10),
    Good("Filing", "Scissors", "piece", "", 1, "3.2500", 5, 1),
    Good("Paper", "Copy paper A4", "ream", "box", 5, "3.8900", 110, 2),
    Good("Paper", "Copy paper A3", "ream", "box", 5, "8.1500", 14, 1),
    Good("Paper", "Paper A4, yellow", "ream", "box", 5, "5.4500", 8, 1),
    Good("Paper", "Paper A4, recycled", "ream", "box", 5, "3.6250", 30, 2),
    Good("Paper", "Envelopes C4, window", "piece", "box", 250, "0.0612", 26, 25),
    Good("Paper", "Envelopes DL, window", "piece", "box", 500, "0.0247", 34, 50),
    Good("Paper", "Envelopes C5", "piece", "box", 500, "0.0338", 16, 25),
    Good("Paper", "Labels 70 x 36", "sheet", "pack", 100, "0.0895", 16, 10),
    Good("Paper", "Flip chart paper", "pad", "roll", 5, "2.9800", 10, 1),
    Good("Forms", "Delivery note book", "block", "pack", 5, "2.8500", 12, 1),
    Good("Forms", "Receipt book", "block", "pack", 5, "2.4750", 8, 1),
    Good("Forms", "Visitor slips", "block", "pack", 10, "1.2400", 14, 1),
    Good("Forms", "Leave cards", "piece", "pack", 100, "0.0525", 9, 10),
    Good("Forms", "Telephone message pads", "block", "pack", 10, "0.9825", 16, 1),
    Good("Forms", "Travel expense forms", "piece", "pack", 100, "0.0475", 10, 10),
    Good("Toner", "Toner KX-230, black", "piece", "", 1, "68.4000", 16, 1),
    Good("Toner", "Toner KX-230, cyan", "piece", "", 1, "82.9000", 7, 1),
    Good("Toner", "Toner KX-230, magenta", "piece", "", 1, "82.9000", 7, 1),
    Good("Toner", "Toner KX-230, yellow", "piece", "", 1, "82.9000", 6, 1),
    Good("Toner", "Toner LP-45, black", "piece", "", 1, "54.2500", 14, 1),
    Good("Toner", "Drum LP-45", "piece", "", 1, "96.0000", 3, 1),
    Good("Toner", "Waste box KX-230", "piece", "", 1, "18.7500", 6, 1),
    Good("Toner", "Label tape 62 mm", "roll", "pack", 3, "9.4333", 12, 1),
    Good("Cleaning", "Dish soap 1 l", "bottle", "carton", 12, "1.4850", 22, 1),
    Good("Cleaning", "All-purpose cleaner 1 l", "bottle", "carton", 12, "1.7250", 20, 1),
    Good("Cleaning", "Glass cleaner 500 ml", "bottle", "carton", 12, "1.3900", 10, 1),
    Good("Cleaning", "Paper towels", "roll", "pack", 6, "0.9983", 40, 2),
    Good("Cleaning", "Toilet paper, 3-ply", "roll", "bale", 48, "0.2881", 48, 16),
    Good("Cleaning", "Hand soap 500 ml", "bottle", "carton", 10, "1.5450", 26, 2),
    Good("Cleaning", "Rubbish bags 60 l", "roll", "carton", 20, "1.9900", 26, 1),
    Good("Cleaning", "Sponges", "piece", "pack", 10, "0.2190", 18, 2),
    Good("Cleaning", "Tissues", "box", "carton", 24, "0.7950", 24, 1),
    Good("Cleaning", "Hand cream", "tube", "carton", 12, "2.1500", 8, 1),
    Good("Kitchen", "Coffee, ground", "pack", "carton", 12, "6.2900", 100, 2, 180),
    Good("Kitchen", "Tea, black", "box", "carton", 6, "2.3900", 30, 1, 360),
    Good("Kitchen", "Tea, herbs", "box", "carton", 6, "2.1900", 24, 1, 360),
    Good("Kitchen", "Milk 1 l, long-life", "pack", "tray", 12, "1.0900", 52, 4, 90),
    Good("Kitchen", "Oat drink 1 l", "pack", "tray", 8, "1.6500", 28, 2, 150),
    Good("Kitchen", "Sugar", "pack", "carton", 10, "1.1900", 14, 1),
    Good("Kitchen", "Biscuits", "pack", "carton", 20, "1.3750", 34, 3, 120),
    Good("Kitchen", "Mineral water 0.7 l", "bottle", "crate", 12, "0.4492", 46, 6, 270),
    Good("Kitchen", "Coffee filters", "pack", "carton", 10, "1.2450", 16, 1),
    Good("Kitchen", "Napkins", "pack", "carton", 12, "0.9900", 14, 1),
    Good("First aid", "Plasters, assorted", "pack", "box", 10, "2.4500", 9, 1, 900),
    Good("First aid", "Sterile bandage", "piece", "box", 10, "1.1200", 4, 1, 900),
    Good("First aid", "Eye wash 500 ml", "bottle", "", 1, "11.9000", 2, 1, 700),
    Good("First aid", "Cold pack", "piece", "box", 10, "0.9650", 6, 1),
    Good("First aid", "Gloves, nitrile", "box", "carton", 10, "5.4900", 7, 1, 900),
    Good("First aid", "Disinfectant 500 ml", "bottle", "carton", 6, "4.2500", 9, 1, 700),
    Good("Shipping", "Folding box, small", "piece", "bundle", 25, "0.4380", 24, 5),
    Good("Shipping", "Folding box, large", "piece", "bundle", 20, "0.9125", 18, 4),
    Good("Shipping", "Padded envelope", "piece", "box", 100, "0.1985", 26, 5),
    Good("Shipping", "Packing tape", "roll", "pack", 6, "1.2483", 24, 1),
    Good("Shipping", "Bubble wrap 50 m", "roll", "", 1, "14.9000", 5, 1),
    Good("Shipping", "Document pouches", "piece", "box", 250, "0.0474", 12, 20),
    Good("IT small parts", "Batteries AA", "piece", "box", 40, "0.3225", 34, 4),
    Good("IT small parts", "Batteries AAA", "piece", "box", 40, "0.3125", 24, 4),
    Good("IT small parts", "Mouse, with cable", "piece", "", 1, "7.9000", 10, 1),
    Good("IT small parts", "Keyboard", "piece", "", 1, "14.5000", 7, 1),
    Good("IT small parts", "Network cable 3 m", "piece", "bag", 10, "2.1900", 14, 1),
    Good("IT small parts", "USB stick 32 GB", "piece", "", 1, "5.7500", 12, 1),
    Good("IT small parts", "Adapter USB-C to HDMI", "piece", "", 1, "16.2500", 8, 1),
)
"""Category by category; ``spread`` takes so many of them that each category is there."""


def spread(many: int) -> list[Good]:
    """Return so many of the goods, one of each category in turn, in the order of the list."""
    rank: dict[str, int] = {}
    ranked = []
    for place, good in enumerate(GOODS):
        rank[good.category] = rank.get(good.category, 0) + 1
        ranked.append((rank[good.category], place))
    chosen = sorted(ranked)[:many]
    return [GOODS[place] for place in sorted(place for _, place in chosen)]


def ean13(digits: str) -> str:
    """Return twelve digits with the check digit of an EAN-13 (GS1: every second digit counts three times)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)
