"""The lines of a checklist: when, whose and what, one step a line.

``-5 HR: Contract signed`` is due five calendar days before day 0 and HR's; ``+30 manager: First talk, optional`` need
not be done; ``0 clerk: Laptop handed out (asset)`` ticks itself by what the word says (``wants``). Without days it is
due on day 0, without anybody it is HR's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from botui.models.base import Refused, fold
from botui.models.hr.task import Step, Who
from botui.models.hr.wants import Want

STEPS_MAX: Final = 60
"""Steps of a checklist at most: two screens of them."""
FAR_DAYS: Final = 400
"""Days from day 0 at most, either way: a year and a month, for what comes once a year."""
_TEXT_MAX: Final = 80
_LINE: Final = re.compile(
    r"(?a)(?:(?P<days>[+-]?[0-9]{1,6})(?: +|$))?(?:(?P<who>[^:()]{1,40}): *)?(?P<text>.*?)"
    r"(?P<optional>, *optional)?(?: *\((?P<want>[a-z]{1,20})\))?(?P<late>, *optional)?",
    re.IGNORECASE,
)
_WHO: Final = {fold(word): who for who in Who for word in (who.value, who.label)}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist.

    Attributes:
        number: which line, from 1.
        days: calendar days after day 0, below zero before it.
        who: whose it is; ``name``: the initials or the name of somebody instead; empty = nobody is named.
        text: what is to be done.
        required: the task cannot be closed without it.
        want: what ticks it by itself; None = somebody does.
    """

    number: int
    days: int
    who: Who
    name: str
    text: str
    required: bool
    want: Want | None

    def step(self) -> Step:
        """Return the step that comes of it, in no task yet."""
        return Step(
            task=0,
            text=self.text,
            who=self.who,
            required=self.required,
            offset=self.days,
            wants=self.want.value if self.want else "",
        )


def items(text: str) -> list[Item]:
    """Read the lines of a checklist; empty ones do not count.

    Raises:
        Refused: a line cannot be read; the sentence says which and why.
    """
    found = [*_items(text)]
    if not found:
        raise Refused("A checklist has at least one step.", {"steps": "One step a line, please."})
    if len(found) > STEPS_MAX:
        raise Refused(f"A checklist has at most {STEPS_MAX} steps.", {"steps": "These are too many."})
    return found


def _items(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), 1):
        if plain := " ".join(line.split()):
            try:
                yield _item(number, plain)
            except ValueError as error:
                said = f"Line {number}: {error}"
                raise Refused(said, {"steps": said}) from None


def _item(number: int, line: str) -> Item:
    """Read one line.

    Raises:
        ValueError: it cannot be read, in words.
    """
    match = _LINE.fullmatch(line)
    assert match is not None, "anything is a text"
    days, word, text = int(match["days"] or 0), (match["who"] or "").strip(), match["text"].strip(" ,")
    if abs(days) > FAR_DAYS:
        raise ValueError(f"{days} days are too far from day 0 ({FAR_DAYS} at most).")
    if not text:
        raise ValueError("it does not say what is to be done.")
    if len(text) > _TEXT_MAX:
        raise ValueError(f"it is longer than {_TEXT_MAX} characters.")
    want = match["want"]
    if want and want.casefold() not in {*Want}:
        raise ValueError(f"nothing ticks a step by ({want}); there is: {', '.join(Want)}.")
    who = _WHO.get(fold(word))
    return Item(
        number=number,
        days=days,
        who=who or Who.HR,
        name="" if who else word,
        text=text,
        required=not (match["optional"] or match["late"]),
        want=Want(want.casefold()) if want else None,
    )
