"""Terms of licences and contracts: until when one runs, by when it is to be cancelled, when its owner is told of it.

The last day of a term is a day on which it can still be used; what ends or renews does so when that day is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models import calendar
from botui.models.equipment.licence import NOTICES, RUNNING, Agreement, Period, State

_DAY: Final = timedelta(days=1)
_MONTH_DAYS: Final = 30


def cancel_by(one: Agreement) -> date | None:
    """Return the last day on which it can be cancelled for the end of its term; None where no notice is to be given."""
    if one.renews_on is None or not one.notice_days:
        return None
    return one.renews_on - timedelta(days=one.notice_days)


def deadline(one: Agreement) -> date | None:
    """Return the day for which its owner is told in time: the last to cancel, else the last of its term."""
    return cancel_by(one) or one.renews_on


def notices_of(months: int) -> tuple[int, ...]:
    """Return how many days ahead the owner of what has terms of so many months is told, the first notice first.

    Only what is shorter than its term: of what is paid every month nobody is told 90 and 30 days ahead for ever.
    """
    return tuple(days for days in NOTICES if not months or days < months * _MONTH_DAYS)


def state_of(one: Agreement, today: date) -> State:
    """Return the state that follows from its dates, of one that is not cancelled."""
    last = deadline(one)
    if one.renews_on is None or last is None:
        return State.ACTIVE
    if one.renews_on < today:
        return State.EXPIRED
    return State.EXPIRING if today >= last - timedelta(days=notices_of(one.term_months)[0]) else State.ACTIVE


def term_after(one: Agreement, last: date) -> date:
    """Return the last day of the term that follows the one that ends on ``last``.

    The day of the month stays that on which it began, also after a month that is too short for it; one that ends with
    its month goes on doing so.

    Raises:
        ValueError: it has no next term, or the calendar ends before.
    """
    if not one.term_months:
        raise ValueError("What is for once has no next term.")
    following = calendar.add_months(last, one.term_months)
    end = calendar.month_end(following)
    began = one.started_on.day if one.started_on else 0
    if began and min(began, calendar.month_end(last).day) == last.day:
        return following.replace(day=min(began, end.day))
    return end if last == calendar.month_end(last) else following


def renewed_until(one: Agreement, today: date) -> list[date]:
    """Return the last days of the terms for which it renewed by itself until today, in order; none before its time."""
    found: list[date] = []
    last = one.renews_on
    if not one.auto_renew or last is None or not one.term_months:
        return found
    try:
        while last < today:
            last = term_after(one, last)
            found.append(last)
    except ValueError:  # the calendar ends: it just ends, too
        pass
    return found


def notice_due(one: Agreement, today: date) -> int | None:
    """Return which notice is to be given now, in days ahead: of those missed only the latest; None if none is."""
    last = deadline(one)
    if last is None:
        return None
    passed = [days for days in notices_of(one.term_months) if today >= last - timedelta(days=days)]
    latest = passed[-1] if passed else None
    return latest if latest is not None and (one.noticed is None or latest < one.noticed) else None


def wakes(doc: Mapping[str, Any], period: str = "per") -> str | None:
    """Return the day on which time does something next with a stored licence or contract; None = never.

    It is kept at hand, so that the clock looks at none before its day.

    Args:
        doc: the document.
        period: the field that says how long its terms are.
    """
    try:
        if doc.get("state", State.ACTIVE.value) not in RUNNING or not doc.get("renews_on"):
            return None
        renews_on = date.fromisoformat(doc["renews_on"])
        last = date.fromisoformat(doc.get("cancel_by") or doc["renews_on"])
        told, ahead = doc.get("noticed"), notices_of(Period(doc.get(period, Period.YEAR.value)).months)
        notices = [last - timedelta(days=days) for days in ahead if told is None or days < told]
        return min([renews_on + _DAY, *notices]).isoformat()
    except (TypeError, ValueError, OverflowError):  # another program wrote it: botui check says so
        return None
