"""Time arithmetic for the office: business hours, what recurs, dates as people type and read them.

Pure functions of their arguments: nothing here reads a clock, the environment or the locale. Whatever cannot be
read raises ValueError with a sentence for people.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botui.models.calendar.basics import Order, add_months, find_zone, month_end
    from botui.models.calendar.duration import parse_duration
    from botui.models.calendar.entry import EntryOrder, parse_date, parse_range, parse_when
    from botui.models.calendar.hours import BusinessHours, Span, Week
    from botui.models.calendar.imported import guess_order, parse_import_time
    from botui.models.calendar.recurrence import Recurrence
    from botui.models.calendar.week import format_week, parse_week
    from botui.models.calendar.words import clock, day_words, until, until_short

__all__ = [
    "BusinessHours",
    "EntryOrder",
    "Order",
    "Recurrence",
    "Span",
    "Week",
    "add_months",
    "clock",
    "day_words",
    "find_zone",
    "format_week",
    "guess_order",
    "month_end",
    "parse_date",
    "parse_duration",
    "parse_import_time",
    "parse_range",
    "parse_week",
    "parse_when",
    "until",
    "until_short",
]

_HOMES = {
    "basics": ("Order", "add_months", "find_zone", "month_end"),
    "duration": ("parse_duration",),
    "entry": ("EntryOrder", "parse_date", "parse_range", "parse_when"),
    "hours": ("BusinessHours", "Span", "Week"),
    "imported": ("guess_order", "parse_import_time"),
    "recurrence": ("Recurrence",),
    "week": ("format_week", "parse_week"),
    "words": ("clock", "day_words", "until", "until_short"),
}


def __getattr__(name: str) -> Any:
    """Import what is used when it is first used: a desk that opens a list reads no typed dates."""
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
