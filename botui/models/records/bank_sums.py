"""Which of some amounts make a sum: searched within bounds, so that no statement keeps anybody waiting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

AMONG: Final = 16
"""Amounts that are looked through at most."""
MEMBERS: Final = 8
"""Amounts that make a sum at most."""
_STEPS: Final = 8_000
"""Steps of one search; it ends there with what it has found."""
_TWO: Final = 2


def making(total: Decimal, amounts: Sequence[Decimal]) -> list[tuple[int, ...]]:
    """Return the places of amounts that make a total, two at least: the first found, and a second if there is one.

    Args:
        total: the sum.
        amounts: the first ``AMONG`` are looked through.
    """
    cents = [int(one * 100) for one in amounts[:AMONG]]
    highest = [0] * (len(cents) + 1)
    lowest = [0] * (len(cents) + 1)
    for place in range(len(cents) - 1, -1, -1):
        highest[place] = highest[place + 1] + max(cents[place], 0)
        lowest[place] = lowest[place + 1] + min(cents[place], 0)
    found: list[tuple[int, ...]] = []
    steps = 0
    todo: list[tuple[int, int, tuple[int, ...]]] = [(0, int(total * 100), ())]
    while todo and steps < _STEPS and len(found) < _TWO:
        steps += 1
        place, left, taken = todo.pop()
        if left == 0 and len(taken) >= _TWO:
            found.append(taken)
            continue
        if place == len(cents) or len(taken) == MEMBERS or not lowest[place] <= left <= highest[place]:
            continue
        todo.append((place + 1, left, taken))
        todo.append((place + 1, left - cents[place], (*taken, place)))
    return found
