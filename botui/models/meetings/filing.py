"""Filing and changing meetings: when they end, who has to be asked (again), and whether all are free."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from botui.models.base import LINE_MAX, Change, Refused
from botui.models.meetings.clashes import clashes, refuse_clashes
from botui.models.meetings.shape import EventTemplate, Meeting, State
from botui.models.meetings.steps import moved, refuse_template, steps_of, with_steps
from botui.models.meetings.times import end_of, is_all_day, span_words, until_words
from botui.models.office import Context, Person, Reminder


def may_change(ctx: Context, meeting: Meeting) -> str | None:
    """Return why the actor may not move or cancel a meeting: only who called it may, and a back-office executive."""
    if ctx.by == meeting.organiser or ctx.roles & {"clerk", "system"}:
        return None
    return f"Only {ctx.person(meeting.organiser)}, who called it, may change it."


def cannot_edit(ctx: Context, meeting: Meeting) -> str | None:
    """Return why the actor cannot change a meeting."""
    if reason := may_change(ctx, meeting):
        return reason
    return f"{meeting.ref} is cancelled: file a new one." if meeting.state is State.CANCELLED else None


def create(ctx: Context, meeting: Meeting) -> Change:
    """File a meeting; whoever files it has called it, and comes alone where nobody else is named."""
    template = _template(ctx, meeting)
    timed = _timed(ctx, meeting, template)
    new = timed.model_copy(
        update={
            "organiser": ctx.by,
            "attendees": meeting.attendees or ((ctx.by,) if ctx.by else ()),
            "place": meeting.place or (template.place if template else None),
            "state": State.PLANNED,
            "even_so": None,
            "declined": (),
            "reason": "",
            "minutes": "",
        }
    )
    if not new.attendees:
        raise Refused("Who comes?", {"attendees": "This is needed."})
    _refuse_gone(ctx, new.attendees)
    day = ctx.settings.local(new.start).date()
    steps = steps_of(ctx, template, day) if template else ()
    new = new.model_copy(update={**with_steps(steps), "seen": _knows(ctx, new)})
    if not meeting.even_so and new.ends > ctx.now:
        refuse_clashes(ctx, clashes(ctx, new, new.attendees))
    return Change("meetings.add", f"{new.ref} is filed: {_when(ctx, new)}.").add(new)


def revise(ctx: Context, before: Meeting, after: Meeting) -> Change:
    """Change a meeting; another time asks everybody again, another room has to be seen again.

    Who is not asked to come any more is reminded that they are free; of a private one they may read no more than that.

    Raises:
        Refused: it is somebody else's or cancelled, or somebody or the room is taken then.
    """
    if reason := cannot_edit(ctx, before):
        raise Refused(reason)
    new = after.model_copy(update={"even_so": None})
    if (after.start, after.until) != (before.start, before.until):
        new = _timed(ctx, _kept_length(ctx, before, new), None)
    new = new.model_copy(update={"attendees": new.attendees or before.attendees})
    moves = (new.start, new.ends) != (before.start, before.ends)
    fresh = [one for one in new.attendees if one not in before.attendees]
    _refuse_gone(ctx, fresh)
    new = new.model_copy(update={**_answers(ctx, before, new, moves=moves), **_steps(ctx, before, new)})
    if not after.even_so and new.ends > ctx.now:
        room = moves or new.place != before.place
        refuse_clashes(ctx, clashes(ctx, new, new.attendees if moves else fresh, room=room))
    values = {name: value for name, value in new if value != getattr(before, name)}
    said = f"{before.ref} is moved: {_when(ctx, new)}." if moves else f"{before.ref} is changed."
    change = Change("meetings.edit", said).set(before, **values)
    for one in _not_asked_any_more(ctx, before, new):
        change.add(one)
    return change


def _not_asked_any_more(ctx: Context, before: Meeting, after: Meeting) -> Iterator[Reminder]:
    """Yield a reminder for each who was to come, did not take themselves off, and would keep the time free in vain."""
    if before.ends <= ctx.now:
        return
    when = span_words(ctx, before.start, before.ends)
    for one in before.coming:
        if one not in after.attendees and one != ctx.by:
            note = f"{before.subject[: LINE_MAX // 2]}, {when}: you are not asked to come any more."
            yield Reminder(id=ctx.data.new_id(Reminder), person=one, about=before.ref, on=ctx.today, note=note)


def create_template(ctx: Context, template: EventTemplate) -> Change:
    """File an event template."""
    refuse_template(ctx, template)
    return Change("templates.add", f"{template.ref} {template.name} is filed.").add(template)


def revise_template(ctx: Context, before: EventTemplate, after: EventTemplate) -> Change:
    """Change an event template; meetings that were filed from it stay as they are."""
    if after.steps != before.steps:
        refuse_template(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("templates.edit", f"{before.ref} {after.name} is changed.").set(before, **values)


def _template(ctx: Context, meeting: Meeting) -> EventTemplate | None:
    return ctx.data.get(EventTemplate, meeting.template) if meeting.template else None


def _timed(ctx: Context, meeting: Meeting, template: EventTemplate | None) -> Meeting:
    """Return a meeting that begins at a whole minute and knows when it ends."""
    start = meeting.start.replace(second=0, microsecond=0)
    try:
        end = end_of(ctx.settings, start, meeting.until, template.length if template else "")
    except ValueError as error:
        raise Refused(str(error), {"until": str(error)}) from error
    return meeting.model_copy(
        update={"start": start, "end": end, "until": until_words(ctx.settings, start, end)},
    )


def _kept_length(ctx: Context, before: Meeting, after: Meeting) -> Meeting:
    """Return the meeting with the length it should keep when only its beginning was typed.

    Raises:
        Refused: a day alone was typed for a meeting that had a time of day.
    """
    if after.until != before.until or before.end is None:
        return after
    whole = is_all_day(ctx.settings, before.start, before.ends)
    midnight = is_all_day(ctx.settings, after.start, after.start)
    if midnight and not whole:
        raise Refused("At what time? For all day, write 1d at Until.", {"start": "Write the time too: fri 14:00."})
    return after.model_copy(update={"until": ""}) if whole and not midnight else after


def _answers(ctx: Context, before: Meeting, after: Meeting, *, moves: bool) -> dict[str, Any]:
    """Return who has seen it and who declined: what was answered to another time counts no more."""
    if moves:
        return {"seen": _knows(ctx, after), "declined": ()}
    seen = before.seen if after.place == before.place else _knows(ctx, after)
    asked = frozenset(after.attendees)
    return {
        "seen": tuple(one for one in seen if one in asked),
        "declined": tuple(one for one in before.declined if one.person in asked),
    }


def _steps(ctx: Context, before: Meeting, after: Meeting) -> dict[str, Any]:
    """Return the steps: moved with the day, with those of a template that is new."""
    first, then = (ctx.settings.local(one.start).date() for one in (before, after))
    steps = moved(before.steps, (then - first).days, ctx.today)
    template = _template(ctx, after) if after.template != before.template else None
    if template is not None:
        steps += steps_of(ctx, template, then)
    return with_steps(steps) if steps != before.steps else {}


def _knows(ctx: Context, meeting: Meeting) -> tuple[int, ...]:
    """Return whoever acts, if they come: nobody has to be told what they did."""
    return (ctx.by,) if ctx.by is not None and ctx.by in meeting.attendees else ()


def _refuse_gone(ctx: Context, people: Collection[int]) -> None:
    for one in people:
        person = ctx.data.get(Person, one)
        if person is not None and not person.active:
            words = f"{person.name} does not work here any more."
            raise Refused(words, {"attendees": words})


def _when(ctx: Context, meeting: Meeting) -> str:
    past = "; it is over, nobody is asked" if meeting.ends <= ctx.now else ""
    return f"{span_words(ctx, meeting.start, meeting.ends)}{past}"
