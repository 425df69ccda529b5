"""Many desks pay, match and file at once, and are killed: bills are paid once, and papers have their files."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from botui.actions.scans import missing, sweep, take_in
from botui.data import Desk
from botui.models.base import Refused
from botui.models.records.document import GONE
from botui.models.soundness import problems_of
from botui.storage import verify

from .faults import Say, Size, Work, at_work, children, dice, finished, opened, sizes
from .offices import office

BILLS = (1, 2)
OPEN = Decimal(400)
LINES = 12


def kept(folder: Path) -> None:
    """Make an office that owes two bills, whose bank shows a dozen lines that may be for them."""
    ann = office(folder)
    ann.add("parties", {"name": "Meyer"})
    ann.add("accounts", {"name": "Main"})
    for number in BILLS:
        ann.add("bills", {"party": 1, "number": f"R{number}", "amount": OPEN + number})
        ann.do("bills", number, "check")
    lines = "\n".join(f"{day}.11. -{day},00 Meyer" for day in range(1, LINES + 1))
    ann.do("accounts", 1, "receive", {"lines": lines, "closing": str(-sum(range(1, LINES + 1)))})
    ann.store.close()


def insist(folder: Path) -> Desk:
    """All is sound, no bill is paid above what it is, papers have their files and nothing else has one."""
    desk = opened(folder, 0)
    assert [*problems_of(desk.store.journal)] == []
    assert verify(folder / "office.json").problems == ()
    paid: Counter[int] = Counter()
    for payment in desk.find("payments", {}):
        paid[payment.bill] -= 0 if payment.reversed_at else int(payment.amount)
    for number in BILLS:
        bill = desk.get("bills", number)
        assert bill.paid == paid[number] <= bill.amount
    assert missing(desk) == []
    sweep(desk)
    named = {one.digest for paper in desk.find("documents", {}) if paper.state not in GONE for one in paper.files}
    files = {one.name for one in (folder / "files").glob("??/*") if not one.suffix}
    # what was kept for a document that was not written down any more is taken in again with its scan
    waiting = sum(1 for inbox in folder.parent.glob(f"{folder.name}-scans-*") for _ in inbox.iterdir())
    assert named <= files
    assert len(files - named) <= waiting
    return desk


def one_thing(folder: Path, me: int) -> Callable[[Desk, random.Random], Any]:
    """Return what a desk does: one of the things that move money or papers, or take the last one back."""
    inbox = folder.with_name(f"{folder.name}-scans-{me}")
    inbox.mkdir()

    def scan(desk: Desk, text: str) -> None:
        file = inbox / "scan.txt"
        file.write_text(text)
        os.utime(file, (0, 0))
        assert next(take_in(desk, inbox)).number

    def work(desk: Desk, chance: random.Random) -> Any:
        line, bill = chance.randint(1, LINES), chance.choice(BILLS)
        last = max(desk.numbers("payments"), default=0)
        papers = desk.numbers("documents")
        paper = chance.choice(papers) if papers else 0
        collection, number, verb, values = chance.choice(
            (
                ("bills", bill, "pay", {"amount": str(chance.randint(1, 40)), "even_so": True}),
                ("bills", bill, "pay", {"amount": str(chance.randint(1, 40)), "even_so": True}),
                ("payments", last, "reverse", {"reason": "x"}),
                ("bank", line, "match", {"bills": (bill,)}),
                ("bank", line, "match", {"payments": (last,)}),
                ("bank", line, "unmatch", {}),
                ("accounts", 1, "match", {}),
                ("documents", paper, "reject", {}),
                ("documents", paper, "merge", {"into": max(papers, default=0)}),
                ("", 0, "scan", {}),
                ("", 0, "scan", {}),
                ("", 0, "undo", {}),
            )
        )
        if verb == "scan":
            return scan(desk, f"Paper {chance.randint(1, 6)}")
        if verb == "undo":
            entry = desk.undoable()
            return desk.undo(entry.digest) if entry else None
        return desk.do(collection, number, verb, values)

    return work


@sizes(Size(processes=4, each=25), soak=Size(processes=12, each=60, stores=6))
def test_whatever_many_desks_pay_match_and_file_at_once_and_whoever_is_killed_it_adds_up(
    tmp_path: Path, size: Size
) -> None:
    chance = dice()
    for store in range(size.stores):
        folder = tmp_path / str(store)
        kept(folder)
        seed = chance.randrange(1 << 32)
        works = (at_work(folder, me, size, seed, one_thing(folder, me), "PY-") for me in range(size.processes))
        with children(*works) as family:
            killed = chance.sample(family, size.processes // 3)
            for child in killed:
                assert child.hear() == (0,)
            for child in killed:
                time.sleep(chance.uniform(0, 0.1))
                child.kill()
                child.end()
            said = finished([child for child in family if child not in killed])
            said += [child.rest() for child in killed]
        journal = insist(folder).store.journal
        confirmed = {number for one in said for told in one for number in told} - {0}
        assert all(any(journal.history("payments", number)) for number in confirmed)


@sizes(Size(processes=4), soak=Size(processes=20, rounds=5))
def test_of_many_processes_that_pay_one_bill_none_pays_more_than_is_open(tmp_path: Path, size: Size) -> None:
    for turn in range(size.rounds):
        folder = tmp_path / str(turn)
        kept(folder)

        def pay(me: int, folder: Path = folder) -> Work:
            def work(say: Say) -> None:
                desk = opened(folder, me)
                for _ in range(12):
                    try:
                        desk.do("bills", 1, "pay", {"amount": "20", "even_so": True})
                        say(20)
                    except Refused:
                        say(0)

            return work

        with children(*map(pay, range(size.processes))) as family:
            paid = sum(told[0] for one in finished(family) for told in one)
        assert paid == insist(folder).get("bills", 1).paid == 400
