"""Documents that must not go: put on hold for as long as something asks for them, or kept on until a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.calendar.basics import YEARS
from botui.models.office import Context
from botui.models.records.document import GONE, Document

_REASON_MAX: Final = 120


class Hold(Arguments):
    """Why a document must not go."""

    reason: Annotated[
        Line, Field(min_length=1, max_length=_REASON_MAX), Ui(label="Why", help="Such as a lawsuit or an audit.")
    ]


class Release(Arguments):
    """Why it may go again."""

    reason: Annotated[
        Line, Field(min_length=1, max_length=_REASON_MAX), Ui(label="Why", help="Such as: the case is closed.")
    ]


class KeepOn(Arguments):
    """Until when it is kept although its class would let it go."""

    until: Annotated[date, Ui(label="Keep until", help="Its last day, such as +1y or 31.12.2030.")]
    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="It stands in the history.")]


def is_held(_: Context, document: Document) -> str | None:
    """Guard of hold."""
    return f"It is on hold already: {document.held}" if document.held else None


def not_held(_: Context, document: Document) -> str | None:
    """Guard of release."""
    return None if document.held else "Nothing holds it."


def not_to_keep(_: Context, document: Document) -> str | None:
    """Guard of keeping on."""
    if document.state in GONE:
        return f"It is {document.state.label}."
    if document.keep_until is None:
        return "It is not known yet that it may ever go: there is nothing to keep it from."
    return None


def hold(ctx: Context, document: Document, args: Hold) -> Change:
    """Put a document on hold: it does not go, whatever its class says, and leaves the disposal list it is on."""
    said = f"{document.ref} is on hold: {args.reason.rstrip('.')}."
    return Change("documents.hold", said, note=args.reason).set(document, held=args.reason)


def release(ctx: Context, document: Document, args: Release) -> Change:
    """Take the hold off: it goes when its class says so, not before."""
    day = f"It is kept until {calendar.day_words(document.keep_until, ctx.today)}." if document.keep_until else ""
    said = f"{document.ref} is on hold no more. {day}".strip()
    return Change("documents.release", said, note=args.reason).set(document, held="")


def review(ctx: Context, document: Document, args: KeepOn) -> Change:
    """Keep a document on until a day; it leaves the disposal list it is on.

    Raises:
        Refused: it is kept as long as that anyway.
    """
    if args.until < ctx.today or args.until.year not in YEARS:
        raise Refused("It cannot be kept until then.", {"until": "Another day, please."})
    if document.keep_until is not None and args.until <= document.keep_until:
        said = f"It is kept until {calendar.day_words(document.keep_until, ctx.today)} anyway."
        raise Refused(said, {"until": "A day after that, please."})
    said = f"{document.ref} is kept on until {calendar.day_words(args.until, ctx.today)}."
    return Change("documents.review", said, note=args.reason).set(document, longer=args.until)
