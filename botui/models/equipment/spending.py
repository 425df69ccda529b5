"""What licences and subscriptions cost in a month and in a year, whatever the period they are paid for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.equipment.licence import RUNNING, Licence

CENT: Final = Decimal("0.01")
MONTHS: Final = 12


def for_period(licence: Licence) -> Decimal:
    """Return what one period of a licence costs, all its seats together; 0 where nobody said."""
    return (licence.cost or Decimal(0)) * (licence.seats or 1 if licence.per_seat else 1)


def per_year(licences: Iterable[Licence]) -> Decimal:
    """Return what those of some licences that run cost in a year; what is paid once costs nothing more."""
    years = (for_period(one) * MONTHS / one.per.months for one in licences if one.state in RUNNING and one.per.months)
    return sum(years, Decimal(0)).quantize(CENT, ROUND_HALF_UP)


def per_month(licences: Iterable[Licence]) -> Decimal:
    """Return what those of some licences that run cost in a month, on average over the year."""
    months = (for_period(one) / one.per.months for one in licences if one.state in RUNNING and one.per.months)
    return sum(months, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
