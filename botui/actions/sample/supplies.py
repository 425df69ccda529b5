"""The store room of the sample office, what it owns and what it pays: laid out, lived in for a year, as it is now."""

from __future__ import annotations

from random import Random
from typing import Final

from botui.actions.sample.equipment import Equipment
from botui.actions.sample.goods import ALWAYS_HERE
from botui.actions.sample.hr import Hr
from botui.actions.sample.lists import Office
from botui.actions.sample.purchases import Purchases
from botui.actions.sample.records import Records
from botui.actions.sample.room import Room
from botui.actions.sample.stocktakes import Stocktakes
from botui.actions.sample.store_room import Stock
from botui.actions.sample.trade import Trade
from botui.actions.sample.wishes import Wishes
from botui.actions.sample.year import Year
from botui.models.supplies.reorder import clock

LOW: Final = (0, 1, 4)
"""Suppliers of whom several things are to be ordered today, by their place among those of the store room."""
_LOW_OF_EACH: Final = 4


def make_supplies(office: Office, amounts: dict[str, int], pace: float, share: float) -> Room:
    """Make a store room, equipment and papers, and play their year.

    Args:
        office: whose it is; its lists are there already, and its places and suppliers are added to them.
        amounts: how many items, shelves, suppliers, orders, requests and stocktakes there are at most, and of what is
            equipment's: see ``Equipment``.
        pace: how much more is taken than by the sixty people of the usual sample.
        share: how many papers there are, of those of the usual sample.
    """
    seed = office.rng.getrandbits(64)
    room = Room(office, Random(seed))
    if not (amounts["items"] and amounts["shelves"] and amounts["suppliers"]):
        return room
    stock = Stock(room, pace)
    stock.lay_out(amounts["items"], amounts["shelves"], amounts["suppliers"])
    year = Year(stock)
    low = _low(stock)
    trade = Trade(year)
    trade.plan()
    trade.plan_low(low)
    Purchases(year, amounts["orders"], low).plan()
    Stocktakes(year, amounts["stocktakes"]).plan()
    Wishes(year, amounts["requests"], low).plan()
    equipment = Equipment(year, amounts, Random(seed + 1))
    equipment.plan()
    records = Records(year, share, Random(seed + 2))
    records.plan()
    hr = Hr(year, share, Random(seed + 3))
    hr.plan()
    year.play()
    equipment.end()
    records.end()
    hr.end()
    for change in clock(room.context(office.now, year.keepers[0])):
        room.apply(change)
    return room


def _low(stock: Stock) -> list[int]:
    """Return what is to run low, a few things of each of some suppliers: those first that are taken most often."""
    firms = list(dict.fromkeys(one.id for one in stock.suppliers.values()))
    found: list[int] = []
    for place in LOW[: len(firms)]:
        categories = {name for name, one in stock.suppliers.items() if one.id == firms[place % len(firms)]}
        goods = [(number, one) for number, one in stock.goods.items() if one.name not in ALWAYS_HERE]
        sold = [(-good.takes, number) for number, good in goods if good.category in categories]
        found += [number for _, number in sorted(sold)[:_LOW_OF_EACH]]
    return list(dict.fromkeys(found))
