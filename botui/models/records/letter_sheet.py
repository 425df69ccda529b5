"""A letter as a sheet of paper: plain text of seventy-two columns, as it is printed, signed and sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.base import cells
from botui.models.office import Context, Party, Person
from botui.models.records.letter import Letter
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a sheet: a page of 80 with a margin."""


def letter_text(ctx: Context, letter: Letter) -> str:
    """Return a letter as text: of one that a template wrote what that wrote, else with a head of its own."""
    # what fits stays as it was typed, with its blanks: a table, an indented line
    body = [
        line for text in letter.text.splitlines() for line in ([text] if cells(text) <= WIDTH else wrapped(text, WIDTH))
    ]
    lines = body if letter.form is not None else [*_head(ctx, letter), *body]
    return "\n".join(one.rstrip() for one in lines) + "\n"


def _head(ctx: Context, letter: Letter) -> Iterator[str]:
    name = ctx.settings.name
    number = f"{letter.ref}  {letter.on or ctx.today}"
    yield f"{name}{' ' * max(WIDTH - cells(name) - len(number), 2)}{number}"
    yield "-" * WIDTH
    yield f"{'From' if letter.came_in else 'To'}: {letter.correspondent}"
    party = ctx.data.get(Party, letter.party) if letter.party else None
    if party is not None and not letter.came_in:
        yield from party.address.splitlines()
    yield ""
    yield from wrapped(letter.subject, WIDTH)
    if letter.theirs:
        yield f"Your reference: {letter.theirs}" if not letter.came_in else f"Their reference: {letter.theirs}"
    writer = ctx.data.get(Person, letter.created_by) if letter.created_by else None
    if writer is not None and not letter.came_in:
        extension = f", extension {writer.extension}" if writer.extension else ""
        yield f"Written by {writer.name}{extension}"
    yield ""
