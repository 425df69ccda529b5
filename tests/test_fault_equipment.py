"""Many desks hand out, report, mend and count the same few things at once, and are killed: the register stays true."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from botui.data import Desk
from botui.models.base import Change, Refused
from botui.models.equipment.fault import WorkKind
from botui.models.equipment.faults_kind import FAULTS
from botui.models.office import Context, Person, Role
from botui.models.soundness import problems_of
from botui.storage import verify

from .faults import Say, Size, Work, at_work, children, dice, finished, opened, sizes
from .offices import office

THINGS = (1, 2, 3)
FUSE = 1
FUSES = 1_000
CROWD = 100
"""From this number on people have a desk each."""


def equipped(folder: Path, people: int = 0, things: int = len(THINGS)) -> None:
    """Make an office with some things, fuses to mend them with, and more people, all of them clerks."""
    ann = office(folder)
    ann.as_system().apply(lambda ctx: crowd(ctx, people))
    for number in range(1, things + 1):
        ann.add("assets", {"tag": f"X{number}", "name": "Shredder", "place": 1})
    ann.add("items", {"name": "Fuse", "place": 1})
    ann.do("items", FUSE, "receive", {"quantity": FUSES, "price": "0.50"})
    ann.store.close()


def crowd(_: Context, people: int) -> Change:
    change = Change("office.begin")
    for one in range(CROWD, CROWD + people):
        change.add(Person(id=one, name=f"Person {one}", initials=f"Z{one}", roles=(Role.STAFF, Role.CLERK)))
    return change


def insist(folder: Path) -> Desk:
    """What ``botui check`` asks holds, and the chain is whole; return a desk that sees it."""
    desk = opened(folder, 0)
    assert [*problems_of(desk.store.journal)] == []
    assert verify(folder / "office.json").problems == ()
    return desk


def one_thing(desk: Desk, chance: random.Random) -> Any:
    """Do one of the things that change what an asset is fit for, or take the last one back."""
    thing = chance.choice(THINGS)
    broken = desk.listing("faults", FAULTS.view("open")).ids()
    fault = chance.choice(broken) if broken else 0
    name, number, verb, values = chance.choice(
        (
            ("assets", thing, "hand_out", {"to": chance.choice(("AA", "BB", "ROOM1", f"X{1 + thing % 3}"))}),
            ("assets", thing, "give_back", {}),
            ("assets", thing, "give_back", {"condition": "major", "note": "In two"}),
            ("assets", thing, "report", {"what": "Blade is stuck", "another": chance.random() < 0.3}),
            ("assets", thing, "transfer", {"place": chance.choice((1, 2))}),
            ("assets", thing, "cost", {"amount": "3.50"}),
            ("assets", thing, "lose", {}),
            ("assets", thing, "find", {}),
            ("faults", fault, "take", {}),
            ("faults", fault, "part", {"item": FUSE, "quantity": chance.randint(1, 3)}),
            ("faults", fault, "resolve", {"outcome": "A new fuse"}),
            ("", 0, "undo", {}),
        )
    )
    if verb != "undo":
        return desk.do(name, number, verb, values) if number else None
    entry = desk.undoable()
    return desk.undo(entry.digest) if entry else None


@sizes(Size(processes=4, each=50), soak=Size(processes=20, each=60, stores=5))
def test_whatever_many_desks_do_with_the_same_things_and_whoever_is_killed_the_register_stays_true(
    tmp_path: Path, size: Size
) -> None:
    chance = dice()
    for store in range(size.stores):
        folder = tmp_path / str(store)
        equipped(folder)
        seed = chance.randrange(1 << 32)
        with children(*(at_work(folder, me, size, seed, one_thing, "WL-") for me in range(size.processes))) as family:
            killed = chance.sample(family, max(size.processes // 3, 1))
            for child in killed:
                assert child.hear() == (0,)
            for child in killed:
                time.sleep(chance.uniform(0, 0.1))
                child.kill()
            said = finished([child for child in family if child not in killed])
            said += [child.rest() for child in killed]
        desk = insist(folder)
        assert {number for one in said for told in one for number in told} - {0} <= set(desk.numbers("worklog"))
        parts = desk.find("worklog", {"kind": (WorkKind.PART.value,)})
        used = sum(-one.quantity if one.takes_back else one.quantity for one in parts)
        assert desk.get("items", FUSE).on_hand == FUSES - used


@sizes(Size(processes=5), soak=Size(processes=30, rounds=10))
def test_of_many_who_hand_out_the_same_things_at_once_one_gets_each(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        equipped(folder, size.processes)

        def hand_out(me: int, folder: Path = folder) -> Work:
            def work(say: Say) -> None:
                desk = opened(folder, me, person=CROWD + me)
                for thing in THINGS:
                    try:
                        desk.do("assets", thing, "hand_out", {"to": f"Z{CROWD + me}"})
                    except Refused as error:
                        if "has it" not in str(error):
                            raise
                    else:
                        say(thing, CROWD + me)

            return work

        with children(*map(hand_out, range(size.processes))) as family:
            won = sorted(told for one in finished(family) for told in one)
        desk = insist(folder)
        assert won == [(thing, desk.get("assets", thing).holder) for thing in THINGS]
        assert len(desk.numbers("loans")) == len(THINGS)


@sizes(Size(processes=5), soak=Size(processes=30, rounds=10))
def test_what_many_report_at_once_is_one_fault_and_each_has_a_ticket(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        equipped(folder, size.processes, things=1)

        def report(me: int, folder: Path = folder) -> Work:
            def work(_: Say) -> None:
                opened(folder, me, person=CROWD + me).do("assets", 1, "report", {"what": "Blade is stuck"})

            return work

        with children(*map(report, range(size.processes))) as family:
            finished(family)
        desk = insist(folder)
        assert [one.reports for one in desk.find("faults", {})] == [size.processes]
        asked = [one.requester for one in desk.find("tickets", {"fault": (1,)})]
        assert sorted(asked) == [CROWD + me for me in range(size.processes)]


@sizes(Size(processes=2, each=20), soak=Size(processes=10, each=200, rounds=3))
def test_an_audit_that_several_walk_at_once_knows_all_that_any_of_them_saw(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        equipped(folder, size.processes, things=size.each + 1)
        ann = opened(folder, 0)
        ann.add("audits", {"name": "Yearly", "places": [1]})
        ann.store.close()

        def walk(me: int, folder: Path = folder) -> Work:
            def work(_: Say) -> None:
                desk = opened(folder, me, person=CROWD + me)
                mine = [thing for thing in range(1, size.each + 1) if thing % size.processes in (me, 0)]
                for thing in mine:
                    desk.do("audits", 1, "count", {"asset": thing, "place": 1})

            return work

        with children(*map(walk, range(size.processes))) as family:
            finished(family)
        desk = insist(folder)
        assert [one.asset for one in desk.find("findings", {"result": ("pending",)})] == [size.each + 1]
        assert sorted(desk.get("audits", 1).walkers) == [CROWD + me for me in range(size.processes)]
        desk.do("audits", 1, "settle", {"even_so": True})
        assert desk.get("audits", 1).missing == 1
        insist(folder)
