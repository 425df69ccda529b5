"""The text of a disposal list: what it lists, and, once that is destroyed, the certificate of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from botui import areas
from botui.models.base import cells, fit, plural
from botui.models.office import Context, Party
from botui.models.records.destroying import line_of
from botui.models.records.disposal import Disposal, Gone, State
from botui.models.records.disposing import documents_of
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a sheet: it fits on A4 and on every screen."""
_WIDTHS: Final = (8, 26, 20, 10)
"""Widths of archive number, title, class and the day until which it had to be kept; two blanks between."""
_LABEL: Final = 16


def certificate_text(ctx: Context, disposal: Disposal) -> str:
    """Return a disposal list as plain text; of what is destroyed, as its certificate.

    What is private has no title in it: whoever may see the document finds it by its number.
    """
    return "\n".join(line.rstrip() for line in _sheet(ctx, disposal)) + "\n"


def _sheet(ctx: Context, disposal: Disposal) -> Iterator[str]:
    destroyed = disposal.state is State.DESTROYED
    what = f"{'CERTIFICATE OF DISPOSAL' if destroyed else 'DISPOSAL LIST'}  {disposal.ref}"
    yield "=" * WIDTH
    for place, name in enumerate(wrapped(ctx.settings.name, WIDTH - cells(what) - 2) or [""]):
        yield name + " " * max(WIDTH - cells(what) - cells(name), 2) + what if place == 0 else name
    yield "=" * WIDTH
    yield ""
    yield from _labelled("What for", disposal.name)
    for label, person, at in _steps(disposal):
        yield from _labelled(label, ", ".join(word for word in (person and ctx.person(person), _at(ctx, at)) if word))
    yield from _how(ctx, disposal)
    yield ""
    yield _row(("No.", "Title", "Class", "Kept until"))
    yield "-" * WIDTH
    gone = disposal.gone if destroyed else [line_of(ctx, one) for one in documents_of(ctx, disposal)]
    for one in gone:
        yield from _lines(one)
    yield "-" * WIDTH
    files = sum(one.files for one in gone)
    with_files = f", with {plural(files, 'file')}" if files else ""
    yield f"{plural(len(gone), 'document')}{with_files}{' destroyed' if destroyed else ' to be destroyed'}."
    yield from _stayed(disposal)


def _steps(disposal: Disposal) -> Iterable[tuple[str, int | None, datetime | None]]:
    yield "Listed by", disposal.created_by, disposal.created_at
    if disposal.approved_at is not None:
        yield "Approved by", disposal.approved_by, disposal.approved_at
    elif disposal.state is State.OPEN:
        yield "To approve", disposal.approver, None
    if disposal.destroyed_at is not None:
        yield "Destroyed by", disposal.destroyed_by, disposal.destroyed_at


def _how(ctx: Context, disposal: Disposal) -> Iterator[str]:
    firm = ctx.data.get(Party, disposal.firm) if disposal.firm else None
    number = f"certificate {disposal.number}" if disposal.number else ""
    how = [disposal.method.label if disposal.method else "", firm.name if firm else "", number]
    if words := ", ".join(word for word in how if word):
        yield from _labelled("How", words)
    if disposal.witness is not None:
        yield from _labelled("Seen by", ctx.person(disposal.witness))
    if disposal.note:
        yield from _labelled("Note", disposal.note)


def _stayed(disposal: Disposal) -> Iterator[str]:
    if disposal.left:
        yield ""
        yield "Not destroyed:"
        for one in disposal.left:
            yield from wrapped(f"{areas.ref('documents', one.document)}: {one.why}", WIDTH)


def _lines(one: Gone) -> Iterator[str]:
    """Yield the lines of one document: as many as its words need."""
    titles = wrapped(one.title or "(not open to all)", _WIDTHS[1])
    columns = (
        [areas.ref("documents", one.document)],
        [*titles, *wrapped(f"in {one.stood}" if one.stood else "", _WIDTHS[1])],
        wrapped(one.schedule, _WIDTHS[2]),
        [str(one.kept_until or "")],
    )
    for line in range(max(len(column) for column in columns)):
        yield _row(tuple(column[line] if line < len(column) else "" for column in columns))


def _at(ctx: Context, when: datetime | None) -> str:
    return f"{ctx.settings.local(when):%Y-%m-%d %H:%M}" if when else ""


def _labelled(label: str, text: str) -> Iterator[str]:
    for place, line in enumerate(wrapped(text, WIDTH - _LABEL) or [""]):
        yield f"{label if place == 0 else '':<{_LABEL}}{line}"


def _row(texts: Sequence[str]) -> str:
    fitted = (fit(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
    return "  ".join(text + " " * max(width - cells(text), 0) for text, width in zip(fitted, _WIDTHS, strict=True))
