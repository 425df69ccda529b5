"""The text of an erasure: what would go and what holds it, and, once it is gone, the certificate of it.

It names nobody whose data went: only their number, and how many records of each collection there were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from botui import areas
from botui.models.base import cells
from botui.models.hr.erasing_scope import scope_of
from botui.models.hr.erasure import PENDING, Erasure, State
from botui.models.office import Context, Role
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a sheet: it fits on A4 and on every screen."""
_LABEL: Final = 16
_NUMBER: Final = 12
_HOLDS: Final = 20
"""Reasons that are written out; the others are counted."""
_COPIES: Final = (
    "Backups in the office's folder that were made before, and what a restore or a repair put aside, are taken "
    "away after this day by themselves. Copies elsewhere are to be destroyed by hand until then; one that is put "
    "back is purged anew."
)


def certificate_text(ctx: Context, erasure: Erasure) -> str:
    """Return an erasure as plain text; of what is gone, as its certificate."""
    return "\n".join(line.rstrip() for line in _sheet(ctx, erasure)) + "\n"


def _sheet(ctx: Context, erasure: Erasure) -> Iterator[str]:
    done = erasure.state is State.ERASED
    what = f"{'CERTIFICATE OF ERASURE' if done else 'ERASURE'}  {erasure.ref}"
    yield "=" * WIDTH
    for place, name in enumerate(wrapped(ctx.settings.name, WIDTH - cells(what) - 2) or [""]):
        yield name + " " * max(WIDTH - cells(what) - cells(name), 2) + what if place == 0 else name
    yield "=" * WIDTH
    yield ""
    for label, text in _labels(ctx, erasure):
        yield from _labelled(label, text)
    yield ""
    if done:
        yield from _counts({one.collection: one.records for one in erasure.gone}, erasure.files)
        yield ""
        yield from wrapped(_COPIES, WIDTH)
    elif erasure.state in PENDING:
        yield from _as_it_stands(ctx, erasure)


def _labels(ctx: Context, erasure: Erasure) -> Iterable[tuple[str, str]]:
    yield "Whose data", erasure.whose
    yield "Why", erasure.why.label if erasure.why else ""
    yield "Kept until", _day(erasure.kept_until)
    yield "State", erasure.state.label
    yield "Proposed by", _by(ctx, erasure.created_by, erasure.created_at)
    if erasure.approved_at is None:
        yield "To approve", ctx.person(erasure.approver) if erasure.approver else "nobody is asked yet"
    yield "Approved by", _by(ctx, erasure.approved_by, erasure.approved_at)
    yield "Erased by", _by(ctx, erasure.erased_by, erasure.erased_at)
    yield "Copies go by", _day(erasure.copies_until)


def _as_it_stands(ctx: Context, erasure: Erasure) -> Iterator[str]:
    scope = scope_of(ctx, erasure)
    yield from _counts(Counter(name for name, _ in scope.stays), len(scope.files))
    if not scope.holds:
        return
    yield ""
    yield f"It cannot go yet: {len(scope.holds):,} of it must be kept."
    if Role.HR in ctx.roles:  # why a paper is on hold is HR's
        for why in scope.holds[:_HOLDS]:
            yield from wrapped(why, WIDTH)


def _counts(counts: dict[str, int], files: int) -> Iterator[str]:
    yield f"{'What':<{WIDTH - _NUMBER}}{'Records':>{_NUMBER}}"
    yield "-" * WIDTH
    for name in sorted(counts):
        yield f"{areas.kind(name).many:<{WIDTH - _NUMBER}}{counts[name]:>{_NUMBER},}"
    yield "-" * WIDTH
    yield f"{'Records in all':<{WIDTH - _NUMBER}}{sum(counts.values()):>{_NUMBER},}"
    yield f"{'Files':<{WIDTH - _NUMBER}}{files:>{_NUMBER},}"


def _labelled(label: str, text: str) -> Iterator[str]:
    for place, line in enumerate(wrapped(text, WIDTH - _LABEL) if text else ()):
        yield f"{label if place == 0 else '':<{_LABEL}}{line}"


def _by(ctx: Context, person: int | None, at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{ctx.person(person) if person else 'the clock'}, {ctx.settings.local(at):%Y-%m-%d %H:%M}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
