"""The paper of a letter: filed with its entry, as filing rules propose where nobody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui import areas
from botui.models.base import Change, Refused
from botui.models.office import Context, Role
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.filing import paper
from botui.models.records.filing_rule import FilingRule
from botui.models.records.form import Form
from botui.models.records.letter import ON_PAPER, Letter
from botui.models.records.letters_kind import concerns
from botui.models.records.proposing import propose

TYPED: Final = {"paper": None, "schedule": None, "place": None}
"""What is typed of the paper, and never kept in the entry."""
_PROPOSED: Final = ("schedule", "place", "shelf", "tags")
"""What filing rules say of a paper whose letter says the rest."""
_CLOSED: Final = (Privacy.OPEN, Privacy.PRIVATE, Privacy.HR)
"""Who sees a paper, from everybody to the fewest."""
_TITLE: Final = 80
"""Characters of the title of a document."""


def with_paper(ctx: Context, change: Change, new: Letter) -> tuple[Letter, str]:
    """Return a letter whose paper is filed in the same change, if it has one, and its archive number in words.

    Raises:
        Refused: the document that is named is not there, or the place is not in use any more.
    """
    if new.document is not None:
        return new, f"; its paper is {_named(ctx, change, new).ref}"
    wanted = new.paper
    if wanted is None:
        wanted = new.channel in ON_PAPER or new.place is not None
    if not wanted:
        return new, ""
    said = {name: value for name in ("schedule", "place") if (value := getattr(new, name)) is not None}
    found = _by_rules(ctx, new)
    if new.privacy is Privacy.OPEN and "privacy" in found:
        new = new.model_copy(update={"privacy": found["privacy"]})
    proposed = {name: found[name] for name in _PROPOSED if name in found} | _beside(ctx, new)
    filed = paper(
        ctx,
        change,
        Document(
            title=new.subject[:_TITLE],
            party=new.party,
            dated=new.dated or new.on,
            privacy=new.privacy,
            person=new.person,
            owner=new.owner,
            about=new.ref,
            **(proposed | said),
        ),
    )
    words = f"; write {filed.ref} on it" if new.came_in else f"; its copy is {filed.ref}"
    return new.model_copy(update={"document": filed.id}), words


def _beside(ctx: Context, new: Letter) -> dict[str, Any]:
    """Return where the copy of a letter goes: as its template says, else to the paper of what it answers."""
    form = ctx.data.get(Form, new.form) if new.form is not None else None
    answered = ctx.data.get(Letter, new.answers) if new.answers is not None else None
    other = ctx.data.get(Document, answered.document) if answered is not None and answered.document else None
    found: dict[str, Any] = {}
    for name in ("schedule", "place", "shelf"):
        values = (getattr(one, name, None) for one in (form, other) if one is not None)
        if value := next(filter(None, values), None):
            found[name] = value
    return found


def _by_rules(ctx: Context, new: Letter) -> dict[str, Any]:
    """Return what filing rules propose of a paper by whom it is from and what it is about."""
    rules = ctx.data.find(FilingRule, active=True)
    return propose(rules, (), f"{new.correspondent}\n{new.subject}", "", ctx.today, ctx.settings.order) if rules else {}


def _named(ctx: Context, change: Change, new: Letter) -> Document:
    """Let a document that is there already, such as a scan of the inbox, be the paper of a letter; return it.

    Raises:
        Refused: there is none, or it is gone.
    """
    found = ctx.data.get(Document, new.document or 0)
    if found is None or found.state in GONE:
        words = f"It is {found.state.label}." if found else "There is no such document."
        raise Refused(f"{areas.ref(Document.COLLECTION, new.document or 0)}: {words}", {"document": words})
    said = {"about": new.ref, "party": new.party, "dated": new.dated or new.on, "owner": new.owner}
    said |= {"place": new.place, "schedule": new.schedule}
    known = {name: value for name, value in said.items() if value is not None and not getattr(found, name)}
    change.set(found, **known | _closed(ctx, found, new))
    return found


def _closed(ctx: Context, found: Document, new: Letter) -> dict[str, Any]:
    """Return the values of a paper that is for fewer people from now on, as its letter is; nothing where it is not."""
    if _CLOSED.index(new.privacy) <= _CLOSED.index(found.privacy):
        return {}
    whose = (one for one in (new.owner, ctx.by) if one is not None and one not in found.readers)
    readers = (*found.readers, *dict.fromkeys(whose)) if new.privacy is Privacy.PRIVATE else found.readers
    return {"privacy": new.privacy, "readers": readers}


def keep_private(ctx: Context, change: Change, before: Letter, new: Letter) -> None:
    """Let the paper of a letter be for the same people as the letter; one that is for fewer already stays so."""
    if new.privacy is before.privacy or before.document is None:
        return
    found = ctx.data.get(Document, before.document)
    if found is not None and found.privacy is before.privacy:
        change.set(found, privacy=new.privacy)


def fixed(ctx: Context, letter: Letter, values: Mapping[str, Any]) -> None:
    """Refuse to open a letter by undo that one sees no more, with what others wrote in it since.

    Raises:
        Refused: it would be.
    """
    opens = "privacy" in values and Privacy(values["privacy"] or Privacy.OPEN) is not Privacy.HR
    sees = Role.HR in ctx.roles or ctx.by in concerns(letter.doc())
    if opens and letter.privacy is Privacy.HR and not sees:
        raise Refused(f"{letter.ref} is {letter.privacy.label} now: only who sees it opens it again.")
