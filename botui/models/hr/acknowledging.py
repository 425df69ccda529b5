"""Policies: a version comes into force, people acknowledge it, and a new version asks everybody anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui
from botui.models.hr.policy import Acknowledgement, Policy, State
from botui.models.office import Context, Person
from botui.models.records.document import Document, Privacy

_FOLLOWS: Final = frozenset({"version", "starts", "news", "state"})
_HR: Final = frozenset({"hr", "system"})


class Run(Arguments):
    """What is new in the version that comes into force."""

    news: Annotated[Line, Ui(label="What is new", help="Whoever must acknowledge it reads this first.")] = ""
    text: Annotated[Prose, Ui(label="Text", rows=8, help="As it holds from now on; empty = as it stands.")] = ""
    document: Annotated[int | None, Ui(label="Its document", ref="documents", help="Empty = as it stands.")] = None


class Read(Arguments):
    """Who has read it."""

    person: Annotated[
        int | None, Ui(label="Who signed on paper", ref="people", help="HR alone says this for somebody; empty = you.")
    ] = None
    note: Annotated[Line, Field(max_length=80), Ui(label="Note", help="Such as where that paper is.")] = ""


def create(ctx: Context, policy: Policy) -> Change:
    """Write a policy; it asks nobody before it is in force."""
    new = Policy(**{name: getattr(policy, name) for name in Policy.model_fields if name not in _FOLLOWS})
    _refuse_unfit(ctx, new)
    return Change("policies.add", f"{new.ref} {new.name} is written: b puts it in force.").add(new)


def revise(ctx: Context, before: Policy, after: Policy) -> Change:
    """Change a policy; what people were asked to read changes by a new version alone.

    Raises:
        Refused: it is in force, and its text would be another.
    """
    if before.state is not State.DRAFT and (after.text, after.document) != (before.text, before.document):
        words = f"Version {before.version} was acknowledged as it is: b puts a new version in force."
        raise Refused(words, {"text": "b makes a new version.", "document": "b makes a new version."})
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("policies.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, policy: Policy) -> None:
    document = ctx.data.get(Document, policy.document) if policy.document else None
    if document is not None and document.privacy is not Privacy.OPEN:
        words = f"{document.ref} is not open to all: whoever must know it could not read it."
        raise Refused(words, {"document": "This is not open to all."})


def run(ctx: Context, policy: Policy, args: Run) -> Change:
    """Put the next version in force: whoever must know it is asked to acknowledge it.

    Raises:
        Refused: there is nothing to read, or its document is not open to all.
    """
    text, document = args.text or policy.text, args.document or policy.document
    after = policy.model_copy(update={"text": text, "document": document})
    if not text and document is None:
        raise Refused("There is nothing to read yet.", {"text": "This is needed, or its document."})
    _refuse_unfit(ctx, after)
    many = len(people_of(ctx, policy))
    asked = "1 person is" if many == 1 else f"{many:,} people are"
    change = Change(
        "policies.run", f"{policy.ref}: version {policy.version + 1} is in force, {asked} asked to read it."
    )
    values = {"version": policy.version + 1, "starts": ctx.today, "news": args.news, "state": State.IN_FORCE}
    return change.set(policy, text=text, document=document, **values)


def people_of(ctx: Context, policy: Policy) -> list[Person]:
    """Return who must acknowledge a policy: all who work here, or in its department."""
    where = {"active": True} | ({"department": policy.department} if policy.department else {})
    return ctx.data.find(Person, **where)


def pending(ctx: Context, policy: Policy) -> list[Person]:
    """Return who must acknowledge a policy as it is now and has not."""
    if policy.state is not State.IN_FORCE:
        return []
    read = {one.person for one in given(ctx, policy)}
    return [one for one in people_of(ctx, policy) if one.id not in read]


def given(ctx: Context, policy: Policy) -> list[Acknowledgement]:
    """Return who has acknowledged a policy as it is now."""
    return ctx.data.find(Acknowledgement, policy=policy.id, version=policy.version)


def asked_of(ctx: Context, person: Person, policies: Iterable[Policy]) -> list[Policy]:
    """Return those of some policies in force that somebody must acknowledge and has not."""
    read = {(one.policy, one.version) for one in ctx.data.find(Acknowledgement, person=person.id)}
    mine = (one for one in policies if one.department in (None, person.department))
    return [one for one in mine if (one.id, one.version) not in read]


def not_to_acknowledge(ctx: Context, policy: Policy) -> str | None:
    """Guard: nobody signed in, or they have acknowledged it; HR can say it for others."""
    if ctx.by is None or ctx.roles & _HR:
        return None if ctx.by is not None else "Say who you are first."
    return "You have acknowledged it." if _has(ctx, policy, ctx.by) else None


def _has(ctx: Context, policy: Policy, person: int) -> bool:
    return bool(ctx.data.find(Acknowledgement, policy=policy.id, version=policy.version, person=person))


def acknowledge(ctx: Context, policy: Policy, args: Read) -> Change:
    """Say that one has read a policy as it is now; HR says it of who signed on paper.

    Raises:
        Refused: it was said already, or somebody says it for another person who may not.
    """
    person = args.person or ctx.by
    if person is None:
        raise Refused("Who has read it?", {"person": "This is needed."})
    if person != ctx.by and not ctx.roles & _HR:
        raise Refused("Everybody acknowledges for themselves.", {"person": "This is for HR to say."})
    if _has(ctx, policy, person):
        words = f"{ctx.person(person)} has acknowledged version {policy.version}."
        raise Refused(words, {"person": words})
    kept = {"policy": policy.id, "version": policy.version, "person": person}
    new = Acknowledgement(id=ctx.data.new_id(Acknowledgement), **kept, at=ctx.now, by=ctx.by, note=args.note)
    whose = "" if person == ctx.by else f" by {ctx.person(person)}"
    return Change("policies.acknowledge", f"{policy.ref}, version {policy.version}, is acknowledged{whose}.").add(new)


def withdraw(_: Context, policy: Policy, __: object) -> Change:
    """Take a policy out of force: nobody is asked any more."""
    return Change("policies.close", f"{policy.ref} is withdrawn.").set(policy, state=State.WITHDRAWN)


def reopen(_: Context, policy: Policy, __: object) -> Change:
    """Put a withdrawn policy in force as it was."""
    return Change("policies.reopen", f"{policy.ref} is in force again.").set(policy, state=State.IN_FORCE)
