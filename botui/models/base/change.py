"""What a rule answers with: field patches of any number of records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from botui.models.base.record import Record


@dataclass(slots=True)
class Put:
    """What a change does to one record.

    Attributes:
        fields: new values (JSON; None = the field goes), only those that change.
        was: the values they had when the rule looked; None = the record is new.
        gone: the record is removed.
        back: it takes back what was done: a field that verbs move must be as that left it, and not as before by chance.
    """

    collection: str
    id: int
    fields: dict[str, Any]
    was: dict[str, Any] | None
    gone: bool = False
    back: bool = False


@dataclass(slots=True)
class Erases:
    """Records that a change takes away for good, out of the past too.

    Attributes:
        by: reference of the record that says so, by which the store calls it.
        until: the last day on which copies of the store that hold them may be there.
        records: collection and number -> the document that stays in its place (JSON); None = nothing does.
        files: digests of files that go with them, unless another record has them.
        persons: numbers of people whose PIN, badges and drafts go with them.
    """

    by: str
    until: date
    records: dict[tuple[str, int], dict[str, Any] | None]
    files: tuple[str, ...] = ()
    persons: tuple[int, ...] = ()


@dataclass(slots=True)
class Change:
    """Field patches of any number of records in any collections, committed as one or not at all.

    Attributes:
        action: what was done, ``collection.verb``: kept in the journal, shown in the history.
        said: the sentence for the status line.
        note: one line kept with the change.
        bare: it is written down also where no record changes: a refusal, a session that was ended.
        erases: what is erased for good with it; none of these records is among its puts.
    """

    action: str
    said: str = ""
    note: str = ""
    puts: dict[tuple[str, int], Put] = field(default_factory=dict)
    bare: bool = False
    erases: Erases | None = None

    def add(self, record: Record) -> Self:
        """Add a new record whose number was given out by ``Lookup.new_id`` (0 in a look ahead that is thrown away)."""
        self.puts[record.COLLECTION, record.id] = Put(record.COLLECTION, record.id, record.doc(), None)
        return self

    def set(self, record: Record, **values: object) -> Self:
        """Give fields of a record new values; values that are the same already are left out."""
        names = values.keys()
        before, after = record.doc(names), record.model_copy(update=values).doc(names)
        put = self.puts.get((record.COLLECTION, record.id)) or Put(record.COLLECTION, record.id, {}, {})
        for name in values:
            old, new = before.get(name), after.get(name)
            if put.was is None or name in put.fields:
                put.fields[name] = new
            elif old != new:
                put.fields[name], put.was[name] = new, old
        if put.fields:
            self.puts[record.COLLECTION, record.id] = put
        return self

    def remove(self, record: Record) -> Self:
        """Remove a record."""
        self.puts[record.COLLECTION, record.id] = Put(record.COLLECTION, record.id, {}, record.doc(), gone=True)
        return self

    def join(self, other: Change) -> Self:
        """Take over the puts of another change; it must not touch the same records."""
        if twice := self.puts.keys() & other.puts.keys():
            raise ValueError(f"two changes of the same record: {sorted(twice)}")
        self.puts.update(other.puts)
        return self
