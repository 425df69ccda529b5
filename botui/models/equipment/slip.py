"""The slip of what is handed over or comes back, as plain text with lines for two signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from botui.models.base import cells, fit, plural
from botui.models.equipment.asset import Asset
from botui.models.equipment.loan import Loan
from botui.models.office import Context, Place
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a slip: it fits on A5 and on every screen."""
_WIDTHS: Final = (3, 12, 22, 17, 12)
"""Widths of position, tag, name, serial number, and the day it is due or its condition; a blank between."""
_HALF: Final = 38
_LINE: Final = "_" * 32
Key = tuple[bool, int | None, int | None, int | None, int | None]
"""Whether it came back, to whom it went (person, place or asset), and who handed it over."""


def slip_text(ctx: Context, loans: Sequence[Loan]) -> str:
    """Return the slip of hand-outs, one sheet for each who got something, and one for what came back from them."""
    sheets: dict[Key, list[Loan]] = {}
    for one in loans:
        by = one.by if one.is_open else one.back_by
        sheets.setdefault((not one.is_open, one.person, one.to_place, one.to_asset, by), []).append(one)
    lines = [line for some in sheets.values() for line in (*_sheet(ctx, some), "", "")]
    return "\n".join(line.rstrip() for line in lines[:-2]) + "\n"


def _sheet(ctx: Context, loans: Sequence[Loan]) -> Iterator[str]:
    first = loans[0]
    back = not first.is_open
    when = max(one.back_at or one.at for one in loans)
    what = f"{'RETURN' if back else 'HAND-OVER'} SLIP  {_at(ctx, when)}"
    yield "=" * WIDTH
    for place, name in enumerate(wrapped(ctx.settings.name, WIDTH - cells(what) - 2) or [""]):
        yield _padded(name, WIDTH - cells(what)) + what if place == 0 else name
    yield "=" * WIDTH
    yield ""
    here, there = ctx.person(first.back_by if back else first.by), _whom(ctx, first)
    yield from _labelled("Back from" if back else "To", there)
    yield from _labelled("Taken back by" if back else "Handed out by", here)
    yield ""
    yield _row(("No.", "Tag", "What", "Serial number", "Condition" if back else "Due back"))
    yield "-" * WIDTH
    for position, one in enumerate(loans, 1):
        yield from _thing(ctx, position, one)
    yield "-" * WIDTH
    confirmed = next((one.confirmed_at for one in loans if one.confirmed_at), None)
    pin = f" Confirmed with their own PIN, {_at(ctx, confirmed)}." if confirmed and not back else ""
    good = "" if back else " In good condition unless noted."
    yield from wrapped(f"{plural(len(loans), 'thing')}.{pin}{good}", WIDTH)
    yield from ("", "", "")
    yield _padded(_LINE, _HALF) + _LINE
    names = (there, here) if first.person else ("received by", here)
    left, right = (wrapped(name, len(_LINE))[:1] or [""] for name in names)
    yield _padded(left[0], _HALF) + right[0]


def _thing(ctx: Context, position: int, loan: Loan) -> Iterator[str]:
    """Yield the lines of one thing: as many as its words need."""
    asset = ctx.data.get(Asset, loan.asset)
    last = (loan.condition.label if loan.condition else "") if not loan.is_open else str(loan.due or "-")
    note = loan.note if loan.is_open else loan.back_note
    names = wrapped(asset.name if asset else loan.ref, _WIDTHS[2])
    columns = (
        [str(position)],
        wrapped(asset.tag or asset.ref if asset else "", _WIDTHS[1]),
        [*names, *wrapped(f"({note})" if note else "", _WIDTHS[2])],
        wrapped(asset.serial if asset else "", _WIDTHS[3]),
        [last],
    )
    for line in range(max(len(one) for one in columns)):
        yield _row(tuple(one[line] if line < len(one) else "" for one in columns))


def _whom(ctx: Context, loan: Loan) -> str:
    if loan.person is not None:
        return ctx.person(loan.person)
    found = ctx.data.get(Place, loan.to_place) if loan.to_place else ctx.data.get(Asset, loan.to_asset or 0)
    return found.called if isinstance(found, Asset) else found.name if found else "nobody"


def _at(ctx: Context, when: datetime) -> str:
    return f"{ctx.settings.local(when):%Y-%m-%d %H:%M}"


def _labelled(label: str, text: str) -> Iterator[str]:
    for place, line in enumerate(wrapped(text, WIDTH - 16) or [""]):
        yield f"{label if place == 0 else '':<16}{line}"


def _row(texts: Sequence[str]) -> str:
    return " ".join(_padded(fit(text, width), width) for text, width in zip(texts, _WIDTHS, strict=True))


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 0)
