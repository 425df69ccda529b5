"""HR, a manager, a clerk and one of the staff at one office: whatever they do, it is sound and stays private."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from pydantic import BaseModel

from botui import areas
from botui.access import CLOSED
from botui.data import Desk
from botui.models.base import Change, Kind
from botui.models.errors import BotuiError, NotAllowed
from botui.models.shape import FieldKind, FieldSpec, fields_of
from botui.models.soundness import problems_of
from botui.storage import verify
from tests.hidden import SECRET
from tests.offices import ANN, CLEO, HANNA, MAX, OTTO, Clock, office

PLACES: Final = tuple(one.name for one in areas.COLLECTIONS if one.area == "hr" and one.name != "erasures")
STEPS: Final = "0 HR: Talk\n-2 manager: Desk\n+3 person: Read, optional\n0 clerk: Laptop (asset)"
TYPED: Final = {"steps": STEPS, "goals": f"40% {SECRET} a\n60% b", "scores": "4 3"}
"""Texts of a form of their own."""
DAYS: Final = (-40, -3, -1, 0, 1, 3, 7, 20, 60)
MANY: Final = 240
"""What each walk tries; about a third of it can be done."""


class Walk:
    """People who do what comes to their minds, in an office with a clock of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng, self.clock, self.done = Random(seed), Clock(), Counter[str]()
        self.hanna = office(folder, HANNA, self.clock)
        self.system = self.hanna.as_system()
        self.system.apply(lambda _: Change("x").set(self.system.get("departments", 1), manager=MAX))
        self.system.edit(self.system.get("people", CLEO), {"department": 1})
        for person in (CLEO, MAX):
            self.system.add("person_files", {"person": person, "starts": "2024-01-01", "address": SECRET})
        self.hanna.tick()
        self.desks = {one: self.hanna.for_person(one, confirmed=True) for one in (HANNA, MAX, CLEO, ANN)}

    def step(self) -> None:
        """Do something, or be told why not."""
        name, chance = self.rng.choice(PLACES), self.rng.random()
        person = self.rng.choice((HANNA, HANNA, HANNA, MAX, CLEO, ANN))
        desk = self.desks[person]
        desk.confirmed = self.clock()
        if chance < 0.06:
            self.clock.forward(hours=self.rng.choice((1, 8, 24, 24 * 20)))
            self.hanna.tick()
        elif chance < 0.15:
            if (last := desk.undoable(this_sitting=False)) is not None:
                desk.undo(last.digest)
        elif chance < 0.4:
            desk.add(name, self._values(areas.kind(name).model, 0.25))
        elif self.system.numbers(name):
            self._verb(desk, name)

    def _verb(self, desk: Desk, name: str) -> None:
        kind: Kind[Any] = areas.kind(name)
        every = [(one, verb) for one in self.system.numbers(name)[-5:] for verb in kind.transitions]
        self.rng.shuffle(every)
        for number, verb in every:
            may = desk.sees(name, number) and desk.why_not(verb, self.system.get(name, number)) is None
            if may and verb.name not in ("erase", "remind"):
                desk.do(name, number, verb.name, self._values(verb.needs, 0.3) if verb.needs else {})
                self.done[f"{name}.{verb.name}"] += 1
                return

    def _values(self, model: type[BaseModel], share: float) -> dict[str, Any]:
        wanted = (one for one in fields_of(model) if one.ui.form and (one.required or self.rng.random() < share))
        found = {one.name: TYPED.get(one.name, self._value(one)) for one in wanted}
        return {name: one for name, one in found.items() if one is not None}

    def _value(self, spec: FieldSpec) -> Any:
        if spec.choices:
            return self.rng.choice(spec.choices)
        if spec.ui.ref:
            known = [CLEO, CLEO, MAX, HANNA, ANN] if spec.ui.ref == "people" else self.system.numbers(spec.ui.ref)
            one = self.rng.choice(known) if known else None
            return (one,) if one and spec.kind is FieldKind.REFS else one
        day = self.hanna.context().today + timedelta(days=self.rng.choice(DAYS))
        values: dict[FieldKind, Any] = {
            FieldKind.LINE: f"{SECRET} {spec.name} {self.rng.randrange(9)}",
            FieldKind.PROSE: f"{SECRET} {spec.name}",
            FieldKind.NUMBER: self.rng.randrange(6),
            FieldKind.MONEY: self.rng.choice(("1", "8", "40", "0.5")),
            FieldKind.YESNO: self.rng.random() < 0.5,
            FieldKind.DATE: day.isoformat(),
            FieldKind.WHEN: (self.clock() + timedelta(hours=self.rng.choice((-9, -1, 2, 30)))).isoformat(),
        }
        return values.get(spec.kind)


@pytest.mark.parametrize("seed", [3, 12])
def test_whatever_is_done_in_whatever_order_is_sound_and_says_nothing_to_others(folder: Path, seed: int) -> None:
    walk = Walk(folder, seed)
    for _ in range(MANY):
        with suppress(BotuiError):
            walk.step()
        assert [*problems_of(walk.hanna.store.journal)] == []
    assert len(walk.done) >= 8, "it comes to more than refusals"
    assert not any(SECRET in repr(entry.header) for entry in walk.hanna.store.journal.history())
    otto = walk.hanna.for_person(OTTO)
    for name in CLOSED:
        with suppress(NotAllowed):
            about_all = [one for one in otto.numbers(name) if SECRET in repr(otto.get(name, one))]
            assert about_all == [], name
    assert verify(folder / "office.json").problems == ()
