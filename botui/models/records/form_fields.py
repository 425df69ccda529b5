"""The fields of letter templates, and how a text is filled with them.

A field is a word in braces out of a fixed list; it is replaced by text and never read as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from botui import areas
from botui.models.base import PROSE_MAX, Refused, clean
from botui.models.office import Context, Department, Party, Person
from botui.models.records.bill import Bill
from botui.models.records.letter import Letter

_BRACES: Final = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_SAID: Final = 40
"""Characters of a wrong field that a refusal repeats."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the fields of one letter are filled from.

    Attributes:
        ctx: what may be known.
        letter: the letter that is written.
        writer: who writes it.
        party, bill, answered: to whom, about which bill, and in answer to what, where there is any.
        given: of a letter of HR's, the values of the fields of whom and what it is about.
    """

    ctx: Context
    letter: Letter
    writer: Person | None
    party: Party | None
    bill: Bill | None
    answered: Letter | None
    given: Mapping[str, str] = field(default_factory=dict)


def _party(name: str) -> Callable[[Filling], str]:
    return lambda one: str(getattr(one.party, name, ""))


def _person(name: str) -> Callable[[Filling], str]:
    return lambda one: str(getattr(one.writer, name, ""))


def _bill(read: Callable[[Bill], object]) -> Callable[[Filling], str]:
    return lambda one: "" if one.bill is None else str(read(one.bill) or "")


def _money(read: Callable[[Bill], object]) -> Callable[[Filling], str]:
    return lambda one: "" if one.bill is None else f"{read(one.bill):,.2f} {one.ctx.settings.currency}"


def _department(one: Filling) -> str:
    found = one.ctx.data.get(Department, one.writer.department) if one.writer and one.writer.department else None
    return found.name if found else ""


def _given(name: str) -> Callable[[Filling], str]:
    return lambda one: one.given.get(name, "")


_OF_HR: Final = {"candidate": "a candidate", "job": "a job", "employee": "an employee", "case": "a case"}
"""Groups of fields that only a letter of HR's fills in, and what they speak of."""
FIELDS: Final[Mapping[str, Callable[[Filling], str]]] = {
    "office.name": lambda one: one.ctx.settings.name,
    "today": lambda one: f"{one.ctx.today:%Y-%m-%d}",
    "letter.number": lambda one: one.letter.ref,
    "letter.date": lambda one: f"{one.letter.on or one.ctx.today:%Y-%m-%d}",
    "letter.to": lambda one: one.letter.correspondent,
    "letter.reply_due": lambda one: str(one.letter.reply_due or ""),
    "letter.theirs": lambda one: one.letter.theirs or (one.answered.theirs if one.answered else ""),
    "letter.answers": lambda one: one.answered.subject if one.answered else "",
    **{
        f"party.{name}": _party(name)
        for name in ("name", "contacts", "address", "phone", "email", "account_no", "terms")
    },
    **{f"person.{name}": _person(name) for name in ("name", "initials", "job", "extension", "mobile", "email")},
    "person.department": _department,
    "bill.number": _bill(lambda one: one.number or one.ref),
    "bill.date": _bill(lambda one: one.dated),
    "bill.due": _bill(lambda one: one.due),
    "bill.amount": _money(lambda one: one.amount),
    "bill.paid": _money(lambda one: one.paid),
    "bill.open": _money(lambda one: one.balance),
    **{f"candidate.{name}": _given(f"candidate.{name}") for name in ("number", "name", "address", "email", "phone")},
    **{
        f"job.{name}": _given(f"job.{name}")
        for name in ("title", "department", "starts", "pay", "manager", "answer_by")
    },
    **{f"employee.{name}": _given(f"employee.{name}") for name in ("number", "name", "address", "job", "department")},
    **{f"employee.{name}": _given(f"employee.{name}") for name in ("since", "until")},
    **{f"case.{name}": _given(f"case.{name}") for name in ("number", "happened", "measure", "text", "until")},
}
"""The fields there are, by what stands in the braces; dates are written as 2026-12-14."""


def refuse_wrong(text: str, field: str) -> None:
    """Refuse a text with a field that there is not, or with a brace that is alone.

    Raises:
        Refused: it has one; ``field`` says where it stands.
    """
    for found in _BRACES.finditer(text):
        if found[0] in ("{{", "}}"):
            continue
        if found[1] is None:
            words = f"A {found[0]} stands alone: write {found[0] * 2} for the sign itself."
            raise Refused(words, {field: words})
        if found[1].strip() not in FIELDS:
            near = _near(found[1].strip())
            words = f"There is no field {{{clean(found[1])[:_SAID]}}}; there is {near}."
            raise Refused(words, {field: words})


def _near(wrong: str) -> str:
    """Return the fields of the same record, or one of each."""
    group = wrong.partition(".")[0]
    same = [one for one in FIELDS if one.partition(".")[0] == group]
    return ", ".join(
        f"{{{one}}}" for one in same or ("party.name", "person.name", "bill.number", "letter.date", "today")
    )


def fields_in(text: str) -> Iterator[str]:
    """Yield the fields of a text that ``refuse_wrong`` has let pass, as they stand in it."""
    for found in _BRACES.finditer(text):
        if found[1] is not None:
            yield found[1].strip()


def fill(text: str, filling: Filling) -> str:
    """Return a text with its fields filled in; a line of nothing but fields that are empty goes.

    Raises:
        Refused: it speaks of a bill or a party, and none is named; or it would be longer than a text may be.
    """
    for name in fields_in(text):
        _refuse_missing(name, filling)
    lines = [_line(line, filling) for line in text.split("\n")]
    filled = "\n".join(one for one in lines if one is not None)
    if len(filled) > PROSE_MAX:
        raise Refused(f"The letter would have {len(filled):,} characters; {PROSE_MAX:,} fit.")
    return filled


def _refuse_missing(name: str, filling: Filling) -> None:
    group = name.partition(".")[0]
    if group == "bill" and filling.bill is None:
        words = f"This template speaks of a bill ({{{name}}}): say which, such as {areas.ref(Bill.COLLECTION, 12)}."
        raise Refused(words, {"about": words})
    if group == "party" and filling.party is None:
        words = f"This template needs the card of a customer or supplier ({{{name}}}): say which."
        raise Refused(words, {"party": words})
    if group in _OF_HR and name not in filling.given:
        words = f"This template speaks of {_OF_HR[group]} ({{{name}}}): write it from there (r)."
        raise Refused(words, {"form": words})


def _line(line: str, filling: Filling) -> str | None:
    def value(found: re.Match[str]) -> str:
        return found[0][0] if found[1] is None else FIELDS[found[1].strip()](filling)

    if "{" not in line and "}" not in line:
        return line
    filled = _BRACES.sub(value, line)
    return filled if filled.strip() or not line.strip() else None


def empty_fields(text: str, filling: Filling) -> list[str]:
    """Return the fields of a text for which nothing is known, each once: whoever sends the letter looks at them."""
    return [name for name in dict.fromkeys(fields_in(text)) if not FIELDS[name](filling)]
