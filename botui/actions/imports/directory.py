"""Finds the people, departments, topics, places and parties that cells name, and makes those that there are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from typing import Any, Final

import orjson

from botui import areas
from botui.data import Desk
from botui.models.base import NotAllowed, Record, Refused, clean
from botui.models.office import make_initials
from botui.models.shape import build

_CODE: Final = re.compile(r"[^\W\d]{0,10}[-_#.]?\d[\w.-]{0,40}")
"""What is a code rather than a name: ``User-001``, ``U0033``, ``10045``."""
_MAIL: Final = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
_MADE: Final = ("people", "departments", "topics", "places", "categories")
"""What an import makes on the way; a party is only found, but for whom the office buys from."""
_FOUND_BY: Final = (
    *(("name", "name"), ("name", "title"), ("email", "email"), ("initials", "initials")),
    *(("tag", "tag"), ("serial", "serial")),
)
"""What records are found by besides codes, and the field with it."""

NewId = Callable[[type[Record]], int]


class Directory:
    """What cells call the records of the office lists.

    Attributes:
        fresh: records made since ``kept``, to go into the same change as those that need them.
        made: all records made, by collection and number.
    """

    def __init__(self, desk: Desk, new_id: NewId) -> None:
        self.fresh: list[Record] = []
        self.made: dict[tuple[str, int], Record] = {}
        self._desk = desk
        self._new_id = new_id
        self._names: dict[tuple[str, str, str], list[int]] = {}
        self._initials: set[str] = set()
        self._loaded: set[str] = set()
        self._head = ""

    def look_again(self) -> None:
        """Forget what was read if anybody has changed the store since, and what was made for a change that never came.

        To be called under the lock.
        """
        if self.fresh or self._head != self._desk.store.journal.head:
            self.forget()

    def forget(self) -> None:
        """Forget everything, also what was made: the change that was to keep it has failed."""
        self._names.clear()
        self._initials.clear()
        self._loaded.clear()
        self.fresh.clear()
        self.made.clear()

    def kept(self) -> None:
        """Say that what was made is in the store now."""
        self.fresh = []
        self._head = self._desk.store.journal.head

    def drop_since(self, mark: int) -> None:
        """Take back what was made since ``fresh`` had this length: the row that needed it is left out."""
        for record in self.fresh[mark:]:
            for key in _keys(record.COLLECTION, record.doc()):
                self._names[key].remove(record.id)
            del self.made[record.COLLECTION, record.id]
        del self.fresh[mark:]

    def find(self, collection: str, what: str, text: str) -> list[int]:
        """Return the numbers of the records that are called this; for ``what`` see ``_keys``."""
        if collection not in self._loaded:
            self._loaded.add(collection)
            for number, raw in self._desk.store.journal.items(collection):
                self._register(collection, number, orjson.loads(raw))
        return self._names.get((collection, what, text if what == "code" else text.casefold()), [])

    def sees(self, collection: str, number: int) -> bool:
        """Return whether whoever imports may look at a record; what the rows at hand made on the way is theirs."""
        return (collection, number) in self.made or self._desk.sees(collection, number)

    def add(self, record: Record) -> None:
        """Take in a record that goes into the same change."""
        self.find(record.COLLECTION, "name", "")
        self._register(record.COLLECTION, record.id, record.doc())

    def _register(self, collection: str, number: int, doc: dict[str, Any]) -> None:
        for key in _keys(collection, doc):
            self._names.setdefault(key, []).append(number)
        if doc.get("initials"):
            self._initials.add(str(doc["initials"]).upper())

    def named(self, collection: str, text: str) -> int | None:
        """Return the number of the record that a cell names, made if there is none; None for an empty cell.

        Raises:
            Refused: several have this name, or there is none and this person may not make one.
        """
        name = clean(text)
        if not name:
            return None
        if collection == "people":
            return self.person(name)
        found = self.find(collection, "code", name) or self.find(collection, "name", name)
        if not found and collection not in _MADE:
            raise Refused(f"there is no '{name[:60]}' among {areas.kind(collection).many.lower()}")
        return self._one(collection, name, found) or self._make(collection, {"name": name})

    def supplier(self, text: str) -> int | None:
        """Return the number of the supplier that a cell names, made if there is none; None for an empty cell.

        Raises:
            Refused: several have this name, or there is none and this person may not make one.
        """
        name = clean(text)
        found = self.find("parties", "code", name) or self.find("parties", "name", name) if name else []
        known = self._one("parties", name, found)
        return known or (self._make("parties", {"name": name, "kind": "supplier"}) if name else None)

    def person(self, text: str, email: str = "") -> int | None:
        """Return the number of the person that a cell names by code, e-mail, initials or name, made if there is none.

        Raises:
            Refused: several have this name, or there is none and this person may not make one.
        """
        name, mail = _parted(clean(text), clean(email))
        if number := self._known(name, mail):
            return number
        if not name and not mail:
            return None
        first, comma, second = name.partition(", ")
        called = (f"{second} {first}" if comma else name) or mail.partition("@")[0].replace(".", " ").title()
        codes = (name,) if _CODE.fullmatch(name) else ()
        return self._make("people", {"name": called, "email": mail, "codes": codes})

    def known_person(self, text: str) -> int | None:
        """Return the number of the person that a cell names by code, e-mail, initials or name; None = nobody here.

        Raises:
            Refused: several have this name.
        """
        return self._known(*_parted(clean(text), ""))

    def _known(self, name: str, mail: str) -> int | None:
        first, comma, second = name.partition(", ")
        turned = f"{second} {first}" if comma else ""
        found = (
            (name and self.find("people", "code", name))
            or (mail and self.find("people", "email", mail))
            or (name and self.find("people", "name", name))
            or (turned and self.find("people", "name", turned))
            or (name and name == name.upper() and self.find("people", "initials", name))
        )
        return self._one("people", name or mail, found or [])

    def _one(self, collection: str, text: str, found: list[int]) -> int | None:
        numbers = sorted(set(found))
        if len(numbers) > 1:
            refs = ", ".join(areas.ref(collection, one) for one in numbers[:4])
            raise Refused(f"'{text[:60]}' could be {refs}")
        return numbers[0] if numbers else None

    def _make(self, collection: str, values: dict[str, Any]) -> int:
        kind = areas.kind(collection)
        if reason := self._desk.may(collection, "add"):
            raise NotAllowed(f"there is no {kind.one} '{values['name'][:60]}', and you may not add one: {reason}")
        if collection == "people":
            values = values | {"initials": self.free_initials(values["name"])}
        record: Record = build(kind.model, {**values, "id": self._new_id(kind.model)})
        self.add(record)
        self.fresh.append(record)
        self.made[collection, record.id] = record
        return record.id

    def free_initials(self, name: str) -> str:
        """Return initials for a name that nobody has."""
        self.find("people", "name", "")
        return make_initials(name, frozenset(self._initials))


def _keys(collection: str, doc: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for code in (*(doc.get("codes") or ()), *filter(None, (doc.get("account_no"), doc.get("code")))):
        yield collection, "code", code
    if collection == "assets":
        for code in filter(None, (doc.get("tag"), doc.get("serial"), *(doc.get("codes") or ()))):
            yield collection, "label", str(code).casefold()
    if collection == "access":
        yield collection, "who", f"{doc.get('person')} {str(doc.get('system', '')).casefold()}"
    for what, field in _FOUND_BY:
        if doc.get(field):
            yield collection, what, str(doc[field]).casefold()


def _parted(name: str, mail: str) -> tuple[str, str]:
    """Return name and e-mail of ``Mary Lee <mary@x.org>``, of either alone, or of both given apart."""
    if "<" in name or _MAIL.fullmatch(name):
        called, found = parseaddr(name)
        if _MAIL.fullmatch(found):
            return clean(called), mail or found
    return name, mail if _MAIL.fullmatch(mail) else ""
