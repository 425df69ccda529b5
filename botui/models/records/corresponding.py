"""Entering letters in the post book: with their paper, from a template, and as the answer to another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui import areas
from botui.models import calendar
from botui.models.base import LINE_MAX, Change, Refused, clean, fold, plural
from botui.models.office import Context, Party, Person
from botui.models.records.bill import Bill
from botui.models.records.document import Document
from botui.models.records.form import Form, Sort
from botui.models.records.form_fields import Filling, empty_fields, fill
from botui.models.records.letter import PENDING, Direction, Letter, State
from botui.models.records.letter_paper import TYPED, keep_private, with_paper

_FOLLOWS: Final = frozenset(
    {"state", "waiting_for", "waiting_until", "answered_on", "reason", "closed_at", "created_at", "created_by"}
)
"""What verbs and time move, and entering leaves."""


def create(ctx: Context, letter: Letter) -> Change:
    """Enter a letter, and file its paper with it.

    Raises:
        Refused: its dates do not go together, who is named is not there any more, or its template cannot be filled.
    """
    change = Change("letters.add")
    new, said = enter(ctx, change, letter.model_copy(update={"person": None}))
    change.said = f"{new.ref} is entered{said}."
    return change


def enter(
    ctx: Context, change: Change, letter: Letter, *, titled: bool = True, given: Mapping[str, str] | None = None
) -> tuple[Letter, str]:
    """Put a new letter into a change, with its paper and with what it answers; return it and what is to be said of it.

    Args:
        ctx: what may be known.
        change: what it becomes part of.
        letter: what was typed of it.
        titled: somebody gave its subject; else its template does.
        given: of a letter of HR's, what its template is filled with besides.

    Raises:
        Refused: as ``create``.
    """
    typed = {name: getattr(letter, name) for name in Letter.model_fields if name not in _FOLLOWS}
    entered = {"on": letter.on or ctx.today, "created_at": ctx.now, "created_by": ctx.by}
    new = Letter(**typed | entered | {"about": _reference(letter.about)})
    answered = _answered(ctx, new)
    bill = bill_about(ctx, new.about)
    new = _called(ctx, new.model_copy(update={"party": new.party or _party(ctx, new, answered, bill)}))
    _refuse_unfit(ctx, new)
    new, empty = _written(ctx, new, answered, bill, titled=titled, given=given)
    _refuse_dates(ctx, new)
    if not new.came_in:
        over = {} if new.reply_due else {"state": State.CLOSED, "closed_at": ctx.now}
        new = new.model_copy(update={"owner": new.owner or ctx.by, **over})
    new, filed = with_paper(ctx, change, new)
    change.add(new.model_copy(update=TYPED))
    late = _answer(ctx, change, new, answered)
    again = _again(ctx, new)
    return new, "".join((filed, _reply_words(ctx, new), late, again, empty))


def revise(ctx: Context, before: Letter, after: Letter) -> Change:
    """Change an entry; a paper that is typed now is filed now.

    Raises:
        Refused: as when it is entered, or what stays as it is was changed.
    """
    for name in ("direction", "form"):
        if getattr(after, name) != getattr(before, name):
            words = "This stays: enter another one (n)."
            raise Refused(f"{before.ref}: what was entered stays in or out, and as it was written.", {name: words})
    changed = {name for name in Letter.model_fields if getattr(before, name) != getattr(after, name)}
    change = Change("letters.edit", f"{before.ref} is changed.")
    new = after.model_copy(update={"on": after.on or before.on, "about": _reference(after.about)})
    if "correspondent" in changed and "party" not in changed:
        new = new.model_copy(update={"party": _named(ctx, new.correspondent) or new.party})
    _refuse_unfit(ctx, new, changed)
    _refuse_dates(ctx, new)
    typed = any(getattr(after, name) for name in TYPED)
    if before.document is not None and typed:
        ref = areas.ref(Document.COLLECTION, before.document)
        raise Refused(f"Its paper is filed: {ref} says where it stands.", {"place": f"This is said at {ref}."})
    answered = _answered(ctx, new) if "answers" in changed else None
    if "document" in changed or typed:
        new, _ = with_paper(ctx, change, new.model_copy(update={"paper": typed}))
    keep_private(ctx, change, before, new)
    follows = {name: getattr(new, name) for name in (*changed, "document", "party", "privacy", "on", "about")}
    change.set(before, **follows | TYPED)
    _answer(ctx, change, new, answered)
    return change


# --- whom and what it names -------------------------------------------------------------------------------------------


def _party(ctx: Context, new: Letter, answered: Letter | None, bill: Bill | None) -> int | None:
    """Return whose card belongs to a letter, of those it names: by its name, by what it answers, by its bill."""
    if (found := _named(ctx, new.correspondent)) is not None:
        return found
    if answered is not None and fold(answered.correspondent) == fold(new.correspondent):
        return answered.party
    return bill.party if bill is not None and not new.came_in else None


def _called(ctx: Context, new: Letter) -> Letter:
    """Return a letter with the name of who it is from or to, where only a code or reference of their card was typed."""
    party = ctx.data.get(Party, new.party) if new.party and _named(ctx, new.correspondent) == new.party else None
    return new if party is None else new.model_copy(update={"correspondent": party.name})


def _named(ctx: Context, name: str) -> int | None:
    """Return the only party in use that has this name, code or reference."""
    parsed = areas.parse_ref(name)
    if parsed is not None and parsed[0] == Party.COLLECTION and ctx.data.get(Party, parsed[1]) is not None:
        return parsed[1]
    found = ctx.data.find(Party, codes=name) or ctx.data.find(Party, called=fold(name))
    active = [one.id for one in found if one.active]
    return active[0] if len(active) == 1 else None


def _reference(text: str) -> str:
    """Return a reference as all find it, however it was typed; what is none stays as it is."""
    parsed = areas.parse_ref(text)
    return areas.ref(*parsed) if parsed is not None else text


def bill_about(ctx: Context, about: str) -> Bill | None:
    """Return the bill that a letter is about, of the reference that says so."""
    parsed = areas.parse_ref(about)
    return ctx.data.get(Bill, parsed[1]) if parsed is not None and parsed[0] == Bill.COLLECTION else None


def _answered(ctx: Context, new: Letter) -> Letter | None:
    """Return the letter that a new one answers.

    Raises:
        Refused: there is none, or it went the same way.
    """
    if new.answers is None:
        return None
    found = ctx.data.get(Letter, new.answers)
    if found is None or found.id == new.id:
        words = f"There is no other {areas.ref(Letter.COLLECTION, new.answers)}."
        raise Refused(words, {"answers": words})
    if found.direction is new.direction:
        way = "came in" if found.came_in else "went out"
        raise Refused(f"{found.ref} {way}, too: it is no answer to that.", {"answers": f"{found.ref} {way}, too."})
    return found


def _refuse_unfit(ctx: Context, new: Letter, changed: frozenset[str] | set[str] | None = None) -> None:
    """Refuse people and papers that are not there any more, and a template for what came in.

    Raises:
        Refused: the field says so.
    """
    asked = Letter.model_fields.keys() if changed is None else changed
    owner = ctx.data.get(Person, new.owner) if new.owner and "owner" in asked else None
    if owner is not None and not owner.active:
        raise Refused(f"{owner.name} does not work here any more.", {"owner": "This person left."})
    party = ctx.data.get(Party, new.party) if new.party and "party" in asked else None
    if party is not None and not party.active:
        raise Refused(f"{party.name} is not in use any more.", {"party": "This is not in use any more."})
    if new.form is not None and new.came_in:
        words = "A template writes what goes out."
        raise Refused(f"{words} This came in.", {"form": words})


def _refuse_dates(ctx: Context, new: Letter) -> None:
    """Refuse days that do not go together.

    Raises:
        Refused: they do not; the fields say how.
    """
    on = new.on or ctx.today
    if on > ctx.today:
        raise Refused("That day has not come yet.", {"on": "This day has not come yet."})
    if new.dated is not None and new.dated > on:
        way = "came" if new.came_in else "went out"
        raise Refused(f"The date on it is after the day it {way}.", {"dated": f"This is after the day it {way}."})
    if new.reply_due is not None and new.reply_due < on:
        way = "came" if new.came_in else "went out"
        words = f"This is before the day it {way}."
        raise Refused(f"The reply would be due before the day it {way}.", {"reply_due": words})


# --- its text, what it answers ----------------------------------------------------------------------------------------


def _written(
    ctx: Context,
    new: Letter,
    answered: Letter | None,
    bill: Bill | None,
    *,
    titled: bool,
    given: Mapping[str, str] | None,
) -> tuple[Letter, str]:
    """Return a letter with the text that its template writes, and of which fields nothing is known, in words.

    Raises:
        Refused: the template is not in use, or cannot be filled.
    """
    if new.form is None:
        return new, ""
    form = ctx.data.get(Form, new.form)
    if form is None:
        words = f"There is no {areas.ref(Form.COLLECTION, new.form)}."
        raise Refused(words, {"form": words})
    if not form.active:
        raise Refused(f"The template {form.name} is not in use any more.", {"form": "This is not in use any more."})
    if form.sort is not Sort.LETTER and given is None:
        words = f"{form.name} is HR's: it is written from the candidate, file or case that it is about (r)."
        raise Refused(words, {"form": words})
    due = new.reply_due
    if due is None and form.reply_days is not None:
        due = (new.on or ctx.today) + timedelta(days=form.reply_days)
    new = new.model_copy(update={"reply_due": due})
    party = ctx.data.get(Party, new.party) if new.party else None
    writer = ctx.data.get(Person, ctx.by) if ctx.by else None
    filling = Filling(ctx, new, writer, party, bill, answered, given or {})
    if not titled:
        new = new.model_copy(update={"subject": clean(fill(form.subject, filling))[:LINE_MAX] or form.name})
    if new.text:
        return new, ""
    empty = empty_fields(form.body, filling)
    words = f"; nothing is known for {', '.join(empty)}" if empty else ""
    return new.model_copy(update={"text": clean(fill(form.body, filling), lines=True)}), words


def _answer(ctx: Context, change: Change, new: Letter, answered: Letter | None) -> str:
    """Let what a letter answers be answered by it; return by how much that is late, in words."""
    if answered is None or answered.state not in PENDING:
        return ""
    on = new.on or ctx.today
    change.set(answered, **answered_values(on))
    return f"; {answered.ref} is answered{late_words(answered, on)}"


def answered_values(on: date) -> dict[str, Any]:
    """Return the values of a letter that is answered on a day."""
    return {"state": State.ANSWERED, "answered_on": on, "waiting_for": "", "waiting_until": None}


def late_words(letter: Letter, on: date) -> str:
    """Return by how many days an answer on some day is late, in words; nothing if it is not."""
    late = (on - letter.reply_due).days if letter.reply_due else 0
    return f", {plural(late, 'day')} late" if late > 0 else ""


def _again(ctx: Context, new: Letter) -> str:
    """Return in words that a letter with the same reference of the same sender was entered before."""
    if not new.theirs:
        return ""
    same = [one for one in ctx.data.find(Letter, theirs=new.theirs) if one.id != new.id]
    same = [one for one in same if one.party == new.party and one.direction is new.direction]
    return f"; {same[-1].ref} has the same reference" if same else ""


def _reply_words(ctx: Context, new: Letter) -> str:
    """Return by when it is to be answered and who sees to it, in words."""
    if new.reply_due is None:
        return "" if not new.came_in or new.owner is None else f"; {ctx.person(new.owner)} sees to it"
    day = calendar.day_words(new.reply_due, ctx.today)
    if new.direction is Direction.OUT:
        return f"; their answer is due {day}"
    who = f" by {ctx.person(new.owner)}" if new.owner else ", and nobody sees to it yet"
    return f"; to be answered {day}{who}"
