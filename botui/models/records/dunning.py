"""Letters about a bill: the reminder of one that they have not paid, and what is written while it is disputed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from botui.models.base import Arguments, Change, Prose, Refused, Ui
from botui.models.calendar import day_words
from botui.models.office import Context, Party
from botui.models.records.bill import Bill, Direction, State
from botui.models.records.corresponding import enter
from botui.models.records.document import Privacy
from botui.models.records.form import Form
from botui.models.records.form_fields import fields_in
from botui.models.records.letter import Direction as Way
from botui.models.records.letter import Letter

_NAMED: Final = 3
"""Templates that a refusal names."""


class WriteAbout(Arguments):
    """What is written about a bill."""

    form: Annotated[
        int | None,
        Ui(label="Letter template", ref="forms", help="Empty = of a late bill, the one that speaks of bills."),
    ] = None
    reply_due: Annotated[date | None, Ui(label="Reply due", help="Empty = as the template says.")] = None
    text: Annotated[Prose, Ui(label="Text", rows=4, help="Empty = as the template says.")] = ""


def nothing_to_write(_: Context, bill: Bill) -> str | None:
    """Guard of writing: it is ours to pay, and nothing is wrong with it."""
    if bill.state is State.DISPUTED or (bill.direction is Direction.OWED and bill.amount > 0):
        return None
    return "It is ours to pay: say what is wrong with it first (D)."


def write(ctx: Context, bill: Bill, args: WriteAbout) -> Change:
    """Write to whose bill it is: a letter out, numbered and filed, that is found at the bill.

    Raises:
        Refused: nobody said with which template and none goes without saying, or it cannot be filled.
    """
    form = ctx.data.get(Form, args.form) if args.form else _reminder(ctx, bill)
    party = ctx.data.get(Party, bill.party)
    if form is None or party is None:
        raise Refused("This template or its customer is not there any more.", {"form": "This is not there any more."})
    change = Change("bills.write")
    letter = Letter(
        id=ctx.data.new_id(Letter),
        correspondent=party.name,
        party=party.id,
        subject=form.name,
        direction=Way.OUT,
        channel=form.channel,
        about=bill.ref,
        reply_due=args.reply_due,
        form=form.id,
        text=args.text,
    )
    new, said = enter(ctx, change, letter, titled=False)
    change.said = f"{new.ref} goes out{said}."
    return change


def _reminder(ctx: Context, bill: Bill) -> Form:
    """Return the template that a late bill of ours is reminded of with.

    Raises:
        Refused: it is not late, they were written to and have time left, or there is none or more than one.
    """
    if bill.state is State.DISPUTED:
        raise _which("With which letter template?")
    if bill.due is None or bill.due >= ctx.today:
        due = f": it is due {day_words(bill.due, ctx.today)}" if bill.due else ""
        raise _which(f"They are not late{due}. With which letter template, then?")
    # of a private letter nobody is told that it is there
    for one in ctx.data.find(Letter, about=bill.ref, privacy=Privacy.OPEN.value):
        if one.is_pending and not one.came_in and one.reply_due is not None and one.reply_due >= ctx.today:
            due = f"their answer is due {day_words(one.reply_due, ctx.today)}"
            raise _which(f"{one.ref} went out already: {due}. With which letter template all the same?")
    fits = [one for one in ctx.data.find(Form, active=True) if any(map(_of_bill, fields_in(one.body)))]
    if not fits:
        raise _which("No letter template speaks of a bill yet: say which one is to be used, or write one.")
    if len(fits) > 1:
        some = ", ".join(f"{one.ref} {one.name}" for one in fits[:_NAMED])
        raise _which(f"With which letter template: {some}?")
    return fits[0]


def _of_bill(field: str) -> bool:
    return field.startswith("bill.")


def _which(words: str) -> Refused:
    return Refused(words, {"form": words})
