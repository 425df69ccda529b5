"""The equipment of the sample office: bought, handed out, lent, broken, mended, looked after, and as it is now."""

from __future__ import annotations

from random import Random
from typing import Final

from botui import areas
from botui.actions.sample.breakdowns import Breakdowns
from botui.actions.sample.contracts import Contracts
from botui.actions.sample.inventory import Inventory
from botui.actions.sample.lending import Lending
from botui.actions.sample.upkeep import Upkeep
from botui.actions.sample.walks import Walks
from botui.actions.sample.year import Year

_USUAL: Final = 165
"""Assets of an office of sixty people."""


class Equipment:
    """What an office owns, and a year of it.

    Args:
        year: the days, on which its store room lives, too.
        amounts: how many categories, assets, guides, faults, plans, licences and audits there are at most.
        rng: what is drawn from.
    """

    def __init__(self, year: Year, amounts: dict[str, int], rng: Random) -> None:
        self._year, self._amounts, self._rng = year, amounts, rng

    def plan(self) -> None:
        """Plan the whole year; without assets there is nothing of it."""
        amounts, rng = self._amounts, self._rng
        if not amounts["assets"]:
            return
        inventory = Inventory(self._year, amounts["assets"], rng)
        inventory.plan(amounts["categories"])
        Lending(inventory, rng).plan()
        Breakdowns(inventory, amounts["faults"], rng).plan(amounts["guides"])
        Upkeep(inventory, rng).plan(amounts["plans"])
        Contracts(self._year, rng).plan(amounts["licences"], amounts["assets"] / _USUAL)
        Walks(inventory, rng).plan(amounts["audits"])

    def end(self) -> None:
        """Let time do what it does alone, as of the days on which it was due."""
        room, now = self._year.room, self._year.office.now
        for area in areas.AREAS:
            if area.name in ("tickets", "equipment") and area.clock:
                for change in areas.load(area.clock)(room.context(now, None)):
                    room.apply(change)
