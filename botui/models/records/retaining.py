"""How long a document is kept: reckoned from its class and dates, and reckoned anew whenever one of these changes.

``Document.keep_until`` is the last day on which it must be kept; from the next day on it is due for review. A hold
wins over everything. When a content ends (``Document.ends_on``) is another date: the period may only begin there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from botui import areas
from botui.models import calendar
from botui.models.base import Between, Change, plural
from botui.models.equipment.licence import State as Runs
from botui.models.office import Context, Person
from botui.models.office.pending import ahead
from botui.models.records.contract import Contract
from botui.models.records.disposal import LEFT_MAX, Disposal, Left
from botui.models.records.document import GONE, Document, Privacy, State
from botui.models.records.retention import RetentionClass, Trigger

_LEAP: Final = (2, 28)
"""A fiscal year that ends on this day ends with its February."""
_AT_ONCE: Final = 500
"""Documents that fall due in one change: at the turn of a year it is thousands."""
_REVIEWED: Final = frozenset({State.REVIEW, State.APPROVED})


# --- dates ------------------------------------------------------------------------------------------------------------


def fiscal_year_end(day: date, ends: str) -> date:
    """Return the last day of the fiscal year that a day is in.

    Args:
        day: the day.
        ends: month and day on which each fiscal year ends, such as ``12-31``.
    """
    month, last = (int(part) for part in ends.split("-"))
    for year in (day.year, day.year + 1):
        end = calendar.month_end(date(year, month, 1))
        if (month, last) < _LEAP or month != _LEAP[0]:
            end = end.replace(day=min(last, end.day))
        if end >= day:
            break
    return end


def after(day: date, months: int) -> date:
    """Return the day so many months later; what ends with its month goes on doing so, so that no day is lost.

    Raises:
        ValueError: the calendar ends before.
    """
    later = calendar.add_months(day, months)
    return calendar.month_end(later) if day == calendar.month_end(day) else later


def keep_until(rule: RetentionClass, dated: date, ended: date | None, year_ends: str) -> date | None:
    """Return the last day on which a document must be kept.

    Args:
        rule: its class.
        dated: the day that is on it, or on which it came.
        ended: when the contract, the employment or what it says ended; None = not yet, or not known.
        year_ends: month and day on which each fiscal year ends.

    Returns:
        None: for ever, or as long as what it waits for has not ended.
    """
    if rule.for_ever:
        return None
    starts = {Trigger.CREATED: dated, Trigger.FISCAL_YEAR: fiscal_year_end(dated, year_ends)}
    start = starts.get(rule.trigger, ended)
    if start is None:
        return None
    try:
        until = after(start, rule.period)
        return max(until, after(dated, 12 * rule.at_least)) if rule.at_least else until
    except ValueError:  # the calendar ends before: for ever
        return None


# --- documents --------------------------------------------------------------------------------------------------------


def kept_until(ctx: Context, document: Document, change: Change | None = None) -> date | None:
    """Return until when a document must be kept as things stand, after what a change does so far."""
    rule = ahead(ctx, change, RetentionClass, document.schedule) if document.schedule else None
    if rule is None:
        return None
    came = ctx.settings.local(document.created_at).date() if document.created_at else ctx.today
    ended = _ended(ctx, document, rule, change)
    until = keep_until(rule, document.dated or came, ended, ctx.settings.fiscal_year_end)
    return max(until, document.longer) if until is not None and document.longer is not None else until


def _ended(ctx: Context, document: Document, rule: RetentionClass, change: Change | None) -> date | None:
    """Return when what a document waits for ended, or is to end."""
    if rule.trigger is not Trigger.CONTRACT_END:
        return document.ends_on
    ends = [contract_end(one) for one in _contracts(ctx, document, change)]
    known = [one for one in ends if one is not None]
    if len(known) < len(ends):
        return None  # one of them goes on
    return max(known, default=document.ends_on)


def contract_end(contract: Contract) -> date | None:
    """Return the last day of a contract; None = it goes on, by itself or for good."""
    if contract.state is Runs.CANCELLED:
        return contract.until
    return None if contract.auto_renew else contract.renews_on


def _contracts(ctx: Context, document: Document, change: Change | None) -> list[Contract]:
    """Return the contracts that a document is the signed copy of, or belongs to."""
    numbers = set(ctx.data.numbers(Contract, document=document.id)) if document.id else set()
    if (named := areas.parse_ref(document.about)) and named[0] == Contract.COLLECTION:
        numbers.add(named[1])
    if change is not None:
        numbers |= {number for name, number in change.puts if name == Contract.COLLECTION}
    found = (ahead(ctx, change, Contract, number) for number in sorted(numbers))
    return [one for one in found if one is not None and (one.document == document.id or document.about == one.ref)]


def why_kept(ctx: Context, document: Document) -> str | None:
    """Return why a document may not go now, in words, or None if it may: a hold wins over everything."""
    if document.state in GONE:
        return f"It is {document.state.label}."
    if document.held:
        return f"It is on hold: {document.held.rstrip('.')}. y takes the hold off."
    if document.state is State.OUT:
        return f"{ctx.person(document.holder)} has it: take it back first (R)."
    if document.state is State.INBOX:
        return "It is in the inbox: file it first (f)."
    rule = ctx.data.get(RetentionClass, document.schedule) if document.schedule else None
    if rule is None:
        return "It has no class, which says how long it is kept: e gives it one."
    if document.keep_until is None:
        what = "It is kept for ever" if rule.for_ever else f"It is kept on: {rule.trigger.label} is not known"
        return f"{what} ({rule.name})."
    if document.keep_until >= ctx.today:
        return f"It must be kept until {calendar.day_words(document.keep_until, ctx.today)} ({rule.name})."
    return None


# --- what follows -----------------------------------------------------------------------------------------------------


def follow(ctx: Context, change: Change) -> None:
    """Let the dates of documents follow from a change, whoever makes it; what must be kept on leaves its list."""
    _employments(ctx, change)
    for number in sorted(_concerned(ctx, change)):
        document = ahead(ctx, change, Document, number)
        if document is None or document.state in GONE:
            continue
        until = kept_until(ctx, document, change)
        values: dict[str, Any] = {} if until == document.keep_until else {"keep_until": until}
        must_stay = bool(document.held) or until is None or until >= ctx.today
        if must_stay and document.state in _REVIEWED:
            values["state"] = State.FILED
        if must_stay and document.disposal is not None:
            values["disposal"] = None
            why = f"on hold: {document.held}" if document.held else f"kept until {until or 'further notice'}"
            leave(ctx, change, document, why)
        if values:
            change.set(document, **values)


def leave(ctx: Context, change: Change, document: Document, why: str) -> None:
    """Let a disposal list say that a document left it, and why."""
    disposal = ahead(ctx, change, Disposal, document.disposal) if document.disposal else None
    if disposal is not None:
        left = (*disposal.left, line_left(document, why))[-LEFT_MAX:]
        change.set(disposal, count=disposal.count - 1, left=left)


def line_left(document: Document, why: str) -> Left:
    """Return the line of a list that says why a document left it; of what is not open to all it does not say why."""
    return Left(document=document.id, why=why[:120] if document.privacy is Privacy.OPEN else "It must be kept.")


def _concerned(ctx: Context, change: Change) -> set[int]:
    """Return the documents whose dates a change may move."""
    found: set[int] = set()
    for (name, number), put in change.puts.items():
        if put.gone:
            continue
        if name == Document.COLLECTION:
            found.add(number)
        elif name == RetentionClass.COLLECTION:
            found.update(ctx.data.numbers(Document, schedule=number))
        elif name == Contract.COLLECTION:
            found.update(ctx.data.numbers(Document, about=areas.ref(name, number)))
            copies = (put.fields.get("document"), (put.was or {}).get("document"))
            before = ctx.data.get(Contract, number)
            found.update(int(one) for one in (*copies, before.document if before else None) if one)
        elif name == "settings" and "fiscal_year_end" in put.fields:
            for rule in ctx.data.find(RetentionClass):
                if rule.trigger is Trigger.FISCAL_YEAR:
                    found.update(ctx.data.numbers(Document, schedule=rule.id))
    return found


def _employments(ctx: Context, change: Change) -> None:
    """Let the documents about somebody who leaves say since when, where the end of the employment counts for them."""
    for (name, number), put in list(change.puts.items()):
        if name != Person.COLLECTION or put.was is None or put.fields.get("active") is not False:
            continue
        for found in ctx.data.find(Document, person=number):
            rule = ctx.data.get(RetentionClass, found.schedule) if found.schedule else None
            if rule is not None and rule.trigger is Trigger.EMPLOYMENT_END and found.ends_on is None:
                change.set(found, ends_on=ctx.today)


def due(ctx: Context) -> Iterator[Change]:
    """Yield one change by which filed documents are due for review, whose time is over and that nothing holds."""
    numbers = ctx.data.numbers(Document, _AT_ONCE, goes=Between(high=ctx.today.isoformat()))
    change = Change("documents.due", f"{plural(len(numbers), 'document')} due for review.")
    for number in numbers:
        document = ctx.data.get(Document, number)
        if document is not None:
            change.set(document, state=State.REVIEW)
    if change.puts:
        yield change
