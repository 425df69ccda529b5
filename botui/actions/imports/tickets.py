"""Tickets of another help desk as ours: state, times and deadlines as they were there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from botui.actions.imports.directory import Directory
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past, changed, join_notes
from botui.actions.imports.subjects import TICKET_TIMES
from botui.actions.imports.taking import Reader, Taker
from botui.actions.imports.values import (
    CHANNELS,
    KINDS,
    PRIORITIES,
    STATES,
    figure,
    rating,
    word_of,
    yes_or_no,
)
from botui.models.base import LINE_MAX, Change, Record, Refused, clean
from botui.models.office import Context
from botui.models.shape import build
from botui.models.tickets import State, Ticket
from botui.models.tickets.deadlines import dues, met
from botui.models.tickets.filing import TIMES_OF_THE_PAST, file_past, refuse_impossible_times
from botui.models.tickets.timed import closes_at

_LINKED: Final = {"department": "departments", "place": "places"}
_FIGURES: Final = ("target_hours", "target_minutes", "took_hours", "took_minutes")
_STATE_FIELDS: Final = ("state", "waiting_for", "waiting_until", "resolved_at", "closed_at")
_SETS_DEADLINES: Final = frozenset({"created_at", "priority", "topic", "kind", "wanted_by"})


@dataclass(slots=True)
class Draft:
    """One row on its way to a ticket.

    Attributes:
        values: fields of the ticket.
        times: all moments of the row.
        figures: all figures of the row.
        notes: what no field is for, by column.
    """

    cells: Cells
    values: dict[str, Any] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    figures: dict[str, float | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketTaker(Taker):
    """Takes rows as tickets.

    Attributes:
        report: where doubts and unknown words of the present chunk go.
    """

    directory: Directory
    past: Past
    reader: Reader
    report: Callable[[], Report]

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the ticket of a row; None = there is nothing to change.

        Raises:
            Refused, ValueError: the row cannot be a ticket, in words.
        """
        draft = self._draft(ctx, cells, key)
        if isinstance(old, Ticket):
            return self._revise(ctx, draft, old)
        values = draft.values | {"notes": join_notes("", draft.notes), "id": number}
        self._age(ctx, values)
        change = file_past(ctx, build(Ticket, values))
        self._forget_unknown_answer(change, draft)
        self._doubt(ctx, draft, Ticket.load(number, change.puts["tickets", number].fields))
        return change

    # --- a row as values ----------------------------------------------------------------------------------------------

    def _draft(self, ctx: Context, cells: Cells, key: str) -> Draft:
        draft = Draft(cells, notes=cells.left())
        draft.times = {name: self.reader.moment(cells.text(name)) for name in TICKET_TIMES if cells.has(name)}
        draft.figures = {name: figure(cells.text(name), name.replace("_", " ")) for name in _FIGURES}
        if cells.has("created_at") and draft.times["created_at"] is None:
            raise Refused("it does not say when it came in")
        values = draft.values
        values["codes"] = cells.codes_with(key)
        values |= {name: at for name, at in draft.times.items() if name != "updated_at"}
        self._texts(draft)
        self._links(draft)
        self._words(draft)
        self._state(draft)
        self._deadline(draft)
        self._rest(draft)
        for name in ("sla_met", *_FIGURES):
            for column in cells.reading.columns.get(name, ()):
                if text := clean(cells.raw(column)):
                    draft.notes[column] = text
        return draft

    def _texts(self, draft: Draft) -> None:
        cells, values = draft.cells, draft.values
        if cells.has("body"):
            values["body"] = cells.text("body")
        if cells.has("resolution"):
            values["resolution"] = cells.text("resolution")
        if cells.has("tags"):
            values["tags"] = cells.text("tags").replace(";", ",")
        if cells.has("subject") or cells.has("category") or cells.has("topic"):
            subject = clean(cells.text("subject")) or self._topic(cells)
            if len(subject) > LINE_MAX:
                body = values.get("body", "")
                values["body"] = body if body.startswith(subject) else f"{subject}\n\n{body}".strip()
                subject = f"{subject[: LINE_MAX - 3]}..."
            values["subject"] = subject

    def _topic(self, cells: Cells) -> str:
        parts = (cells.word("topic"), cells.word("category"), cells.word("subcategory"))
        return clean(": ".join(dict.fromkeys(filter(None, parts))))

    def _links(self, draft: Draft) -> None:
        cells, values, find = draft.cells, draft.values, self.directory
        if cells.has("requester") or cells.has("requester_email"):
            values["requester"] = find.person(cells.word("requester"), cells.word("requester_email"))
        for name in ("owner", "on_behalf_of"):
            if cells.has(name):
                values[name] = find.person(cells.word(name))
        for name, collection in _LINKED.items():
            if cells.has(name):
                values[name] = find.named(collection, cells.word(name))
        if any(cells.has(name) for name in ("topic", "category", "subcategory")):
            values["topic"] = find.named("topics", self._topic(cells))
        if cells.has("party") and (called := cells.word("party")):
            found = find.find("parties", "code", called) or find.find("parties", "name", called)
            if len(found) == 1:
                values["party"] = found[0]
            else:
                self._note(draft, "party", called, "customer or supplier")

    def _words(self, draft: Draft) -> None:
        for name, table in (("priority", PRIORITIES), ("channel", CHANNELS), ("kind", KINDS)):
            word = draft.cells.word(name)
            ours = word_of(table, word)
            if ours:
                draft.values[name] = ours
            elif word:
                self._note(draft, name, word, name)

    def _note(self, draft: Draft, name: str, word: str, label: str) -> None:
        """Keep a word that is none of ours, and count it for the report."""
        column = ", ".join(draft.cells.reading.columns.get(name, (name,)))
        draft.notes[column] = word
        self.report().unknown[f"{label} '{word[:40]}'"] += 1

    # --- state and times ----------------------------------------------------------------------------------------------

    def _state(self, draft: Draft) -> None:
        values, times = draft.values, draft.times
        word = draft.cells.word("state")
        state, _, waits = word_of(STATES, word).partition(" ")
        if word and not state:
            self._note(draft, "state", word, "state")
        if state == "merged":
            state = "closed"
            draft.notes[", ".join(draft.cells.reading.columns.get("state", ("state",)))] = word
        if not state and any(draft.cells.has(name) for name in ("state", "resolved_at", "closed_at")):
            state = "closed" if times.get("closed_at") else "resolved" if times.get("resolved_at") else "open"
        if not state:
            return
        values["state"] = state
        values["waiting_for"] = ("date" if values.get("waiting_until") else waits) if state == "waiting" else None
        if state != "waiting":
            values["waiting_until"] = None
        if state in ("new", "open", "waiting"):
            values["resolved_at"] = values["closed_at"] = None
            ended = (one for name in ("resolved_at", "closed_at") for one in draft.cells.reading.columns.get(name, ()))
            draft.notes |= {column: text for column in ended if (text := clean(draft.cells.raw(column)))}
        else:
            self._ended(draft, state)

    def _ended(self, draft: Draft, state: str) -> None:
        """See that what is over says since when: as the file says, else by how long it took, else last touched."""
        values, times, figures = draft.values, draft.times, draft.figures
        minutes = figures.get("took_minutes") or (figures.get("took_hours") or 0) * 60
        came = times.get("created_at")
        took = came + timedelta(minutes=minutes) if came and minutes else None
        done = times.get("resolved_at") or times.get("closed_at") or took or times.get("updated_at")
        values["resolved_at"] = None if state == "rejected" else done
        values["closed_at"] = None if state == "resolved" else times.get("closed_at") or done

    def _deadline(self, draft: Draft) -> None:
        """A target of the other desk counts as real time from when the ticket came in: there it was promised so."""
        came, figures = draft.times.get("created_at"), draft.figures
        minutes = figures.get("target_minutes") or (figures.get("target_hours") or 0) * 60
        if came and minutes and not draft.times.get("resolution_due"):
            draft.values["resolution_due"] = came + timedelta(minutes=minutes)

    def _rest(self, draft: Draft) -> None:
        cells, values = draft.cells, draft.values
        if cells.has("satisfaction"):
            values["satisfaction"] = rating(cells.text("satisfaction"))
            if values["satisfaction"] is None and (word := cells.word("satisfaction")):
                self._note(draft, "satisfaction", word, "satisfaction")
        if cells.has("reopened"):
            word = cells.word("reopened")
            values["reopened"] = int(word) if word.isascii() and word.isdigit() else int(bool(yes_or_no(word)))
        if cells.has("wanted_by") and (on := self.reader.day(cells.text("wanted_by"))):
            values["wanted_by"] = on

    def _age(self, ctx: Context, values: dict[str, Any]) -> None:
        """Do what the clock would have done long ago, as of then, so that it has nothing to do right after."""
        done = values.get("resolved_at")
        if values.get("state") == "resolved" and done is not None and (at := closes_at(ctx, done)) <= ctx.now:
            values |= {"state": "closed", "closed_at": at}
        until = values.get("waiting_until")
        if values.get("state") == "waiting" and until is not None and until <= ctx.now:
            values |= {"state": "open", "waiting_for": None, "waiting_until": None}
        if values.get("state") == "waiting" and values.get("waiting_for") == "requester":
            values["paused_at"] = ctx.now

    def _forget_unknown_answer(self, change: Change, draft: Draft) -> None:
        """A file without answers says nothing about when one was due: no deadline is made up, kept or missed."""
        if draft.times.get("first_response_at") or draft.times.get("first_response_due"):
            return
        for put in change.puts.values():
            if put.fields.get("state") != State.NEW:
                put.fields.pop("first_response_due", None)

    def _doubt(self, ctx: Context, draft: Draft, ticket: Ticket) -> None:
        """Say where a row contradicts itself: what it says of its deadline, and what its own times say."""
        said = yes_or_no(draft.cells.word("sla_met"))
        if said is None:
            return
        if any("breach" in column.casefold() for column in draft.cells.reading.columns["sla_met"]) and draft.cells.word(
            "sla_met"
        ).casefold() in ("yes", "no", "true", "false", "y", "n", "1", "0"):
            said = not said
        kept = met(ticket, ctx.now).resolution
        if kept is not None and kept is not said:
            words = {True: "met", False: "missed"}
            doubt = f"the file says the target was {words[said]}, its own times say {words[kept]}"
            self.report().doubts.append((f"{draft.cells.row.where} ({ticket.codes[0]})", doubt))

    # --- a second time ------------------------------------------------------------------------------------------------

    def _revise(self, ctx: Context, draft: Draft, old: Ticket) -> Change | None:
        """Change what the file says otherwise than before; what people did here since stays."""
        self._doubt(ctx, draft, old)
        if old.state is State.MERGED:
            return None
        before = self.past.said(old.id, "notes", old.notes) or ""
        values = draft.values | {"notes": join_notes(before, draft.notes)}
        values["codes"] = tuple(dict.fromkeys((*old.codes, *values["codes"])))
        fields = set(values)
        if values.get("state") == "resolved" and self._closed_since(old, values):
            fields -= set(_STATE_FIELDS)
        else:
            self._age(ctx, values)
        wanted = build(Ticket, {name: getattr(old, name) for name in Ticket.model_fields} | values)
        patch = changed(self.past, old, wanted, fields - {"paused_at"})
        if not patch.keys().isdisjoint(TIMES_OF_THE_PAST):
            refuse_impossible_times(ctx, old.model_copy(update=patch))
        if "state" in patch:
            patch |= {"paused_at": None} if patch["state"] is not State.WAITING else {"paused_at": wanted.paused_at}
        if patch.keys() & _SETS_DEADLINES and wanted.is_active:
            reckoned = dues(ctx, old.model_copy(update=patch))
            patch |= {name: due for name, due in reckoned.items() if getattr(old, name) and name not in values}
        change = Change("tickets.import", f"{old.ref} is changed.").set(old, **patch)
        return change if change.puts else None

    def _closed_since(self, old: Ticket, values: dict[str, Any]) -> bool:
        """Return whether the file says resolved as before: that it was closed since is no change of the file."""
        said = self.past.said(old.id, "state", old.state.value)
        at = self.past.said(old.id, "resolved_at", old.doc().get("resolved_at"))
        now = old.model_copy(update={"resolved_at": values.get("resolved_at")}).doc().get("resolved_at")
        return said in ("resolved", "closed") and at == now
