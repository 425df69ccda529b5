"""Time arithmetic for the office: business hours, what recurs, dates as people type and read them.

Pure functions of their arguments: nothing here reads a clock, the environment or the locale. Whatever cannot be
read raises ValueError with a sentence for people.
"""

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
