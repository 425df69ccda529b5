"""Many desks take, bring, count and receive the same few things at once, and are killed: the ledger stays true."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from botui.data import Desk
from botui.models.base import Refused
from botui.models.soundness import problems_of
from botui.storage import verify

from .faults import SMALL, Say, Size, Work, at_work, children, dice, finished, opened, sizes
from .offices import MONDAY, office

PEN, CUP, MILK = 1, 2, 3
LINES = 100


def stocked(folder: Path) -> None:
    """Make an office with 30 pens and 30 cups, and milk that is kept by date."""
    ann = office(folder)
    for name, more in (("Pen", {}), ("Cup", {}), ("Milk", {"by_date": True})):
        ann.add("items", {"name": name, "place": 1, **more})
    for item in (PEN, CUP):
        ann.do("items", item, "receive", {"quantity": 30, "price": "0.35"})
    ann.do("items", MILK, "receive", {"quantity": 30, "use_by": MONDAY.date().replace(day=30)})
    ann.store.close()


def insist(folder: Path) -> Desk:
    """Stock is the sum of movements, nothing is below zero, and the chain is whole; return a desk that sees it."""
    desk = opened(folder, 0)
    assert [*problems_of(desk.store.journal)] == []
    assert all(level.quantity > 0 for item in desk.find("items", {}) for level in item.stock)
    assert verify(folder / "office.json").problems == ()
    return desk


def one_thing(desk: Desk, chance: random.Random) -> Any:
    """Do one of the things that move stock, or take the last one back."""
    item, quantity = chance.choice((PEN, PEN, CUP, MILK)), chance.randint(1, 6)
    dated = {"use_by": MONDAY.date().replace(day=chance.randint(24, 30))} if item == MILK else {}
    verb, values = chance.choice(
        (
            ("take", {}),
            ("take", {"quantity": quantity}),
            ("give_back", {"quantity": quantity, **dated}),
            ("receive", {"quantity": quantity, "price": f"0.{quantity}", **dated}),
            ("count", {"quantity": quantity, **dated}),
            ("transfer", {"quantity": quantity, "to_place": 2}),
            ("transfer", {"quantity": quantity, "place": 2, "to_place": 1}),
            ("undo", {}),
        )
    )
    if verb != "undo":
        return desk.do("items", item, verb, values)
    entry = desk.undoable()
    return desk.undo(entry.digest) if entry else None


@sizes(Size(processes=5, each=40), soak=Size(processes=20, each=50, stores=5))
def test_whatever_many_desks_book_at_once_and_whoever_is_killed_stock_is_the_sum_of_movements(
    tmp_path: Path, size: Size
) -> None:
    chance = dice()
    for store in range(size.stores):
        folder = tmp_path / str(store)
        stocked(folder)
        seed = chance.randrange(1 << 32)
        with children(*(at_work(folder, me, size, seed, one_thing, "MV-") for me in range(size.processes))) as family:
            killed = chance.sample(family, size.processes // 3)
            for child in killed:
                assert child.hear() == (0,)
            for child in killed:
                time.sleep(chance.uniform(0, 0.1))
                child.kill()
            said = finished([child for child in family if child not in killed])
            said += [child.rest() for child in killed]
        there = set(insist(folder).numbers("movements"))
        assert {number for one in said for told in one for number in told} - {0} <= there


@sizes(Size(processes=6, rounds=2), soak=Size(processes=30, rounds=20))
def test_of_many_processes_that_take_the_last_ones_each_thing_goes_to_one(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        stocked(folder)

        def take(me: int, folder: Path = folder) -> Work:
            def work(say: Say) -> None:
                desk = opened(folder, me)
                for _ in range(30):
                    try:
                        say(len(desk.do("items", PEN, "take").refs))
                    except Refused as error:
                        if "nothing left" not in str(error):
                            raise

            return work

        with children(*map(take, range(size.processes))) as family:
            taken = sum(map(len, finished(family)))
        assert (taken, insist(folder).get("items", PEN).on_hand) == (30, 0)


def ordered(folder: Path) -> None:
    """Make an office with an order of a hundred things, of which none is here."""
    ann = office(folder)
    ann.add("parties", {"name": "Nordic Paper"})
    ann.add("orders", {"supplier": 1})
    for item in range(1, LINES + 1):
        ann.add("items", {"name": f"Thing {item}", "place": 1, "supplier": 1})
        ann.add("lines", {"order": 1, "item": item, "quantity": 10, "price": "0.25"})
    ann.do("orders", 1, "order")
    ann.store.close()


def unpack(folder: Path) -> Work:
    """Receive the order and take it back, again and again."""

    def work(say: Say) -> None:
        desk = opened(folder, 0, 4 * SMALL)
        while True:
            done = desk.do("orders", 1, "receive")
            say(1)
            with suppress(Refused):
                desk.undo(done.digest)
                say(0)
                continue
            return

    return work


def came(folder: Path) -> set[int]:
    """Return of which lines something came."""
    return {line.id for line in insist(folder).find("lines", {}) if line.received}


@sizes(Size(rounds=3), soak=Size(rounds=15))
def test_a_delivery_of_a_hundred_lines_is_in_stock_whole_or_not_at_all_whenever_it_is_killed(
    tmp_path: Path, size: Size
) -> None:
    chance = dice()
    ordered(tmp_path)
    for _ in range(size.rounds):
        with children(unpack(tmp_path)) as (child,):
            assert child.hear() == (1,)
            time.sleep(chance.uniform(0, 0.3))
            child.kill()
            child.end()
        found = came(tmp_path)
        assert found in (set(), set(range(1, LINES + 1)))
        desk = opened(tmp_path, 0)
        if found:
            entry = desk.undoable(this_sitting=False)
            assert entry is not None
            desk.undo(entry.digest)
        desk.store.close()
        assert came(tmp_path) == set()


@sizes(Size(processes=2), soak=Size(processes=10, rounds=5))
def test_a_delivery_is_taken_back_whole_while_others_take_from_it_or_not_at_all(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        ordered(folder)

        def take(me: int, folder: Path = folder) -> Work:
            def work(say: Say) -> None:
                desk, item = opened(folder, me), me
                while True:
                    with suppress(Refused):
                        desk.do("items", item, "take")
                        say(item)
                        return
                    item = item % LINES + 1

            return work

        unpacker = unpack(folder)
        with children(unpacker, *map(take, range(1, size.processes + 1))) as family:
            said = finished(family)
        assert said[0][-1] == (1,), "what somebody took of stays"
        assert came(folder) == set(range(1, LINES + 1))
        assert sum(item.on_hand for item in insist(folder).find("items", {})) == 10 * LINES - size.processes
