"""Steps that tick themselves: what happens elsewhere for somebody who begins or leaves is done in their task, too.

Of several steps that want the same the one is ticked whose words name what came: ``Telephone handed out (asset)`` by a
telephone; where none names it, the first. What is taken back while the task is under way opens its step again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botui import areas
from botui.models.base import Change, Put, Record, fold
from botui.models.hr.stepping import done, reopened
from botui.models.hr.task import Step, StepState, Task
from botui.models.hr.wants import Want
from botui.models.office import Context, Person
from botui.models.office.pending import as_will_be

_SHORTEST: Final = 4
"""Letters of a word that tells one thing from another."""
_WHOLE: Final = frozenset({Want.RETURNED, Want.CLOSED})
"""What is so when nothing is left: the last of several shows it, and whatever comes new ends it."""
_HAS: Final = ("given", "reviewed")
"""States in which somebody has an access (``botui.models.equipment.access``)."""
_KEY: Final = re.compile(r"\bkeys?\b")


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened for somebody, or is not so any more.

    Attributes:
        person: for whom.
        want: what a step waits for.
        ref: the record that shows it.
        words: what the thing is called.
        so: False = it is not so any more.
    """

    person: int
    want: Want
    ref: str
    words: str = ""
    so: bool = True


def follow(ctx: Context, change: Change) -> None:
    """Tick, or open again, the steps that wait for what a change does."""
    for put in [*change.puts.values()]:
        reader = _READERS.get(put.collection)
        for event in reader(ctx, change, put) if reader is not None else ():
            heed(ctx, change, event)


def heed(ctx: Context, change: Change, event: Event) -> None:
    """Tick the step that waits for what happened, or open again what it had ticked; a step that is set stays so."""
    wants = {event.want, Want.ASSET} if event.want is Want.KEY else {event.want}
    steps = [
        one
        for one in sorted(ctx.data.find(Step, person=event.person), key=lambda one: (one.task, one.place))
        if one.wants in wants and not one.over and (Step.COLLECTION, one.id) not in change.puts
    ]
    if event.so:
        open_ = [one for one in steps if one.state is StepState.OPEN]
        if open_:
            named = [one for one in open_ if _names(one.text, event.words)]
            exact = [one for one in open_ if one.wants == event.want]
            done(ctx, change, next(iter([*named, *exact, *open_])), event.ref)
        return
    for one in steps:
        if one.state is StepState.DONE and one.evidence and (one.evidence == event.ref or event.want in _WHOLE):
            reopened(change, one)


def heed_new(ctx: Context, change: Change, task: Task) -> None:
    """Tick in a task that begins what is so already."""
    if task.person is None:
        return
    steps = [put for put in change.puts.values() if put.collection == Step.COLLECTION and put.was is None]
    mine = [Step.load(put.id, {k: v for k, v in put.fields.items() if v is not None}) for put in steps]
    for event in _so_already(ctx, change, task.person):
        waiting = [one for one in mine if one.wants == event.want and one.state is StepState.OPEN]
        if waiting:
            named = [one for one in waiting if _names(one.text, event.words)]
            step = (named or waiting)[0]
            done(ctx, change, step, event.ref)
            mine.remove(step)


def _so_already(ctx: Context, change: Change, person: int) -> Iterator[Event]:
    for loan in ctx.data.find(areas.kind("loans").model, person=person, back_at=None):
        yield _loan(ctx, loan)
    for seat in ctx.data.find(areas.kind("seats").model, person=person, back_at=None):
        yield Event(person, Want.SEAT, seat.ref, seat.what)
    for state in _HAS:
        for access in ctx.data.find(areas.kind("access").model, person=person, state=state):
            yield Event(person, Want.ACCESS, access.ref, access.system)


def _names(text: str, words: str) -> bool:
    """Return whether a step's text has a word of what came."""
    said = set(re.findall(r"\w+", fold(text)))
    return any(len(word) >= _SHORTEST and word in said for word in re.findall(r"\w+", fold(words)))


# --- what happened ----------------------------------------------------------------------------------------------------


def _after(ctx: Context, change: Change, put: Put) -> Any:
    """Return a record as a change leaves it; of one that goes as it was."""
    model: type[Record] = areas.kind(put.collection).model
    if put.was is None:
        return model.load(put.id, {name: one for name, one in put.fields.items() if one is not None})
    found = ctx.data.get(model, put.id)
    return found if found is None or put.gone else as_will_be(change, found)


def _loan(ctx: Context, loan: Any) -> Event:
    asset: Any = ctx.data.get(areas.kind("assets").model, loan.asset)
    sort: Any = ctx.data.get(areas.kind("categories").model, asset.category) if asset and asset.category else None
    words = f"{asset.name if asset else ''} {sort.name if sort else ''}".strip()
    want = Want.KEY if _KEY.search(fold(words)) else Want.ASSET
    return Event(loan.person, want, loan.ref, words)


def _lent(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    """Tell of an asset or a paper that goes out or comes back; and whether nothing is out any more."""
    one = _after(ctx, change, put)
    if one is None or not one.person or not (put.was is None or put.gone or "back_at" in put.fields):
        return
    out = one.back_at is None and not put.gone
    event = _loan(ctx, one) if put.collection == "loans" else Event(one.person, Want.PAPER, one.ref)
    yield Event(event.person, event.want, event.ref, event.words, out)
    yield Event(one.person, Want.RETURNED, one.ref, so=not out and not _still_out(ctx, change, one.person))


def _still_out(ctx: Context, change: Change, person: int) -> bool:
    for name in ("loans", "custody"):
        found: list[Any] = ctx.data.find(areas.kind(name).model, person=person, back_at=None)
        if any(as_will_be(change, one).back_at is None and not _gone(change, one) for one in found):
            return True
    return False


def _gone(change: Change, record: Record) -> bool:
    put = change.puts.get((record.COLLECTION, record.id))
    return put is not None and put.gone


def _seat(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    one = _after(ctx, change, put)
    if one is not None and one.person and (put.was is None or put.gone or "back_at" in put.fields):
        has = one.back_at is None and not put.gone
        yield Event(one.person, Want.SEAT, one.ref, one.what, has)
        yield Event(one.person, Want.CLOSED, one.ref, so=not has and _closed(ctx, change, one.person))


def _access(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    one = _after(ctx, change, put)
    if one is not None and one.person and ("state" in put.fields or put.gone):
        has = one.state in _HAS and not put.gone
        yield Event(one.person, Want.ACCESS, one.ref, one.system, has)
        yield Event(one.person, Want.CLOSED, one.ref, so=not has and _closed(ctx, change, one.person))


def _closed(ctx: Context, change: Change, person: int) -> bool:
    seats: list[Any] = ctx.data.find(areas.kind("seats").model, person=person, back_at=None)
    if any(as_will_be(change, one).back_at is None and not _gone(change, one) for one in seats):
        return False
    model: type[Record] = areas.kind("access").model
    has: list[Any] = [one for state in _HAS for one in ctx.data.find(model, person=person, state=state)]
    return not any(as_will_be(change, one).state in _HAS and not _gone(change, one) for one in has)


def _paper(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    """Tell of a letter or a document that is filed for somebody."""
    person = put.fields.get("person")
    if person and not put.gone:
        one = _after(ctx, change, put)
        words = getattr(one, "subject", "") or getattr(one, "title", "")
        yield Event(int(person), Want.LETTER, areas.ref(put.collection, put.id), words)


def _training(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    if "attended" in put.fields:
        one, words = _after(ctx, change, put), _course(ctx, change, put)
        came, before = set(put.fields["attended"] or ()), set((put.was or {}).get("attended") or ())
        for person in sorted(came ^ before):
            yield Event(person, Want.TRAINING, one.ref, words, person in came)


def _course(ctx: Context, change: Change, put: Put) -> str:
    one = _after(ctx, change, put)
    course: Any = ctx.data.get(areas.kind("courses").model, one.course)
    return course.name if course else ""


def _certificate(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    if put.was is None and not put.gone:
        ref = areas.ref(put.collection, put.id)
        yield Event(int(put.fields["person"]), Want.TRAINING, ref, _course(ctx, change, put))


def _read(ctx: Context, change: Change, put: Put) -> Iterator[Event]:
    """Tell that somebody has read the last policy that they had to."""
    from botui.models.hr.acknowledging import asked_of
    from botui.models.hr.policy import Policy, State

    person = ctx.data.get(Person, int(put.fields.get("person") or 0)) if put.was is None else None
    if person is not None:
        now = {one.fields.get("policy") for one in change.puts.values() if one.collection == put.collection}
        left = [
            one.id
            for one in asked_of(ctx, person, ctx.data.find(Policy, state=State.IN_FORCE.value))
            if one.id not in now
        ]
        if not left:
            yield Event(person.id, Want.POLICY, areas.ref(put.collection, put.id))


_READERS: Final[Mapping[str, Callable[[Context, Change, Put], Iterator[Event]]]] = {
    "loans": _lent,
    "custody": _lent,
    "seats": _seat,
    "access": _access,
    "documents": _paper,
    "letters": _paper,
    "trainings": _training,
    "certificates": _certificate,
    "acknowledgements": _read,
}
