"""Waiting for another desk's turn holds nothing that readers need, and what is at hand is never older than told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from botui.data import Desk
from botui.index import Index
from botui.models.base import Change, Conflict, Refused, StoreFull, StoreLocked
from botui.models.office import Context
from botui.models.tickets import Comment, Ticket
from botui.models.tickets.kinds import TICKETS
from botui.storage import Journal
from botui.store import Store
from tests.offices import ANN, BOB, Clock, beside, office, ticket

PATIENCE = 20
"""Seconds after which a test gives up; nothing here takes a tenth of one unless it hangs."""


@pytest.fixture
def ann(folder: Path) -> Desk:
    desk = office(folder, ANN, Clock())
    ticket(desk, codes="OLD-1")
    desk.do("tickets", 1, "note", {"text": "Ordered"})
    return desk


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Hold the turn as another process does that takes its time; let go of it in the end."""
    journal = Journal(desk.store.journal.path)
    with journal.transaction():
        yield


@contextmanager
def waiting(desk: Desk, change: Callable[[], Any]) -> Iterator[Future[Any]]:
    """Have a change wait for its turn in a thread of its own; it goes on once this is left."""
    with ThreadPoolExecutor(1) as pool:
        with held(desk):
            done = pool.submit(change)
            assert _soon(lambda: desk.store.waits)
            yield done
            assert not done.done()
        done.exception(PATIENCE)


def _soon(holds: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(holds() or pause.wait(0.005) for _ in range(4000))


READS: dict[str, Callable[[Desk], Any]] = {
    "get": lambda desk: desk.get("tickets", 1).subject,
    "find": lambda desk: [one.id for one in desk.find("tickets", {"state": ("new",)})],
    "first find in a collection": lambda desk: [one.body for one in desk.find("comments", {"ticket": (1,)})],
    "list": lambda desk: desk.listing("tickets", TICKETS.view("unassigned")).ids(),
    "count": lambda desk: desk.count("tickets", TICKETS.view("unassigned")),
    "code": lambda desk: desk.by_code("OLD-1"),
    "name": lambda desk: desk.look_up("people", "Cle"),
    "words": lambda desk: desk.text("tickets", 1),
    "history": lambda desk: [one.action for one in desk.history("tickets", 1)],
    "verbs": lambda desk: desk.why_not(TICKETS.transition("take"), desk.get("tickets", 1)),
    "new session": lambda desk: beside(desk).get("tickets", 1).subject,
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_reader_waits_while_a_change_of_its_session_waits_for_another_desk(
    ann: Desk, read: Callable[[Desk], Any]
) -> None:
    desk = beside(ann, ANN)  # whose session has looked at nothing yet
    with ThreadPoolExecutor(1) as pool, waiting(desk, lambda: desk.do("tickets", 1, "take")):
        answer = pool.submit(read, desk).result(PATIENCE)
    assert answer == read(ann)
    desk.store.refresh()
    assert desk.get("tickets", 1).owner == ANN


def test_what_others_wrote_is_seen_while_a_change_waits_for_one_more(ann: Desk) -> None:
    desk = beside(ann, ANN)
    assert desk.count("tickets", TICKETS.view("all")) == 1
    held_by_bob, seen = threading.Event(), threading.Event()

    def bob() -> None:
        ticket(other, "Door")
        with other.store.journal.transaction():
            held_by_bob.set()
            assert seen.wait(PATIENCE)

    other = beside(ann, BOB)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(bob)
        assert held_by_bob.wait(PATIENCE)
        mine = pool.submit(desk.do, "tickets", 1, "take")
        assert _soon(lambda: desk.store.waits)
        assert desk.store.refresh()
        assert desk.listing("tickets", TICKETS.view("unassigned")).ids() == [1, 2]
        seen.set()
        first.result(PATIENCE)
        mine.result(PATIENCE)
    assert desk.listing("tickets", TICKETS.view("unassigned")).ids() == [2]


def test_a_change_that_waited_in_vain_is_refused_in_words_and_changes_nothing(ann: Desk) -> None:
    desk = Desk.open(ann.store.journal.path.parent, ANN, "back", ann.clock, timeout=0.05)
    with held(ann), pytest.raises(StoreLocked, match="try again"):
        desk.do("tickets", 1, "take")
    assert not desk.store.waits
    assert desk.get("tickets", 1).owner is None
    desk.do("tickets", 1, "take")
    assert not desk.store.waits


def test_no_change_is_said_to_wait_once_it_has_its_turn(ann: Desk) -> None:
    waited: list[bool] = []
    ann.apply(lambda ctx: waited.append(ann.store.waits))
    with pytest.raises(Refused):
        ann.do("tickets", 1, "close")
    assert waited == [False]
    assert not ann.store.waits


def test_a_change_within_a_change_is_a_fault_and_not_a_wait_for_ever(ann: Desk) -> None:
    with pytest.raises(RuntimeError, match="open already"):
        ann.apply(lambda ctx: ann.do("tickets", 1, "take"))  # type: ignore[arg-type,return-value]
    ann.do("tickets", 1, "take")


# --- in order -------------------------------------------------------------------------------------------------------


def test_a_change_told_after_a_later_one_does_not_put_the_past_at_hand(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing, other = ann.listing("tickets", TICKETS.view("mine")), beside(ann, BOB)
    take_in = Store._take_in
    overtaken: list[int] = []

    def slow(self: Store, delta: Any) -> None:
        mine = any(entry.header["do"] == "tickets.take" for entry in delta.entries)
        if self is ann.store and mine and not overtaken:
            overtaken.append(1)
            other.do("tickets", 1, "assign", {"to": BOB})
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(self.refresh).result(PATIENCE)
        take_in(self, delta)

    monkeypatch.setattr(Store, "_take_in", slow)
    ann.do("tickets", 1, "take")
    assert overtaken
    assert listing.ids() == []
    assert ann.store.index("tickets").value(1, "owner") == BOB


def test_the_next_change_of_a_session_decides_on_what_the_one_before_wrote(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has written its line and is not at hand yet when the second could have its turn."""
    flush, written, go_on = Journal._flush, threading.Event(), threading.Event()

    def slow(self: Journal, *arguments: Any) -> None:
        if not written.is_set():
            written.set()
            go_on.wait(0.2)
        flush(self, *arguments)

    ann.store.index("comments")
    monkeypatch.setattr(Journal, "_flush", slow)
    seen: list[int] = []
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ann.do, "tickets", 1, "note", {"text": "One more"})
        assert written.wait(PATIENCE)
        second = pool.submit(
            ann.apply,
            lambda ctx: seen.append(len(ctx.data.find(Comment, ticket=1))),
        )
        first.result(PATIENCE)
        second.result(PATIENCE)
    assert seen == [2]


def test_a_change_that_comes_during_the_first_look_is_in_it_and_does_not_wait_for_it(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = beside(ann, ANN)
    read, looking, changed = Index._read, threading.Event(), threading.Event()

    def slow(self: Index, items: Any) -> Any:
        for one in list(read(self, items)):
            looking.set()
            assert changed.wait(PATIENCE)
            yield one

    monkeypatch.setattr(Index, "_read", slow)
    with ThreadPoolExecutor(1) as pool:
        look = pool.submit(desk.listing, "tickets", TICKETS.view("all"))
        assert looking.wait(PATIENCE)
        desk.store.commit(lambda tx: _add(tx, "Mine"), {"by": ANN})
        ticket(ann, "Hers")
        desk.store.refresh()
        changed.set()
        assert look.result(PATIENCE).ids() == [3, 2, 1]
    assert desk.store.index("tickets").value(3, "subject") == ann.store.index("tickets").value(3, "subject")


def _add(tx: Any, subject: str) -> None:
    tx.put("tickets", tx.next_id("tickets"), {"subject": subject, "created_at": "2026-11-20T10:00:00Z"})


def test_nobody_waits_while_a_rule_looks_through_a_collection_for_the_first_time(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read = beside(ann, ANN), Index._read
    others: list[Any] = []

    def reading(self: Index, items: Any) -> Any:
        if self.kind.name == "comments" and not others:
            with ThreadPoolExecutor(1) as pool:
                others.append(pool.submit(ann.do, "tickets", 1, "note", {"text": "Meanwhile"}).result(PATIENCE))
        return read(self, items)

    monkeypatch.setattr(Index, "_read", reading)
    done = desk.apply(_renamed)
    assert others
    assert done is not None
    assert done.said == desk.get("tickets", 1).subject == "Ordered, Meanwhile", "it decides on what is written by then"


def test_what_is_written_anew_at_every_look_is_looked_through_under_the_lock_in_the_end(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, first = beside(ann, ANN), Store._first_look
    looks: list[str] = []

    def forgotten(self: Store, name: str, at_hand: dict[str, Any], made: type[Any]) -> Any:
        looks.append(name)
        found = first(self, name, at_hand, made)
        at_hand.clear()
        return found

    monkeypatch.setattr(Store, "_first_look", forgotten)
    desk.apply(_renamed)
    assert desk.get("tickets", 1).subject == "Ordered"
    assert len(looks) > 2


def _renamed(ctx: Context) -> Change:
    """Give the ticket what was noted as its subject."""
    said, found = ", ".join(one.body for one in ctx.data.find(Comment, ticket=1)), ctx.data.get(Ticket, 1)
    assert found is not None
    return Change("office.note", said).set(found, subject=said)


def test_sessions_threads_and_looks_at_once_leave_at_hand_what_is_in_the_documents(ann: Desk) -> None:
    desks = [ann, beside(ann, BOB), beside(ann, ANN, "third")]
    for number in range(2, 7):
        ticket(ann, f"No {number}")

    def work(turn: int) -> None:
        desk, number = desks[turn % 3], turn % 6 + 1
        desk.store.refresh()
        for verb, texts in (("take", {}), ("handover", {"department": 1 + turn % 2}), ("note", {"text": f"By {turn}"})):
            try:
                desk.do("tickets", number, verb, texts)
            except (Refused, Conflict):
                desk.store.refresh()
        desk.listing("tickets", TICKETS.view("mine")).ids()
        desk.find("comments", {"ticket": (number,)})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(30)))
    for desk in desks:
        desk.store.refresh()
        for name in ("tickets", "comments"):
            index = desk.store.index(name)
            fresh = Index(index.kind, desk.store.journal.items(name))
            assert index._rows == fresh._rows
            assert index.find({}) == desk.store.journal.ids(name)


# --- told -----------------------------------------------------------------------------------------------------------


def test_many_changes_are_told_at_once_with_every_record_in_them(ann: Desk) -> None:
    desk = beside(ann, BOB)
    seen: list[Any] = []
    desk.store.subscribe(seen.append)
    for part in range(4):
        with ann.store.journal.transaction() as tx:
            for number in range(part * 500 + 2, part * 500 + 502):
                tx.put("tickets", number, {"subject": f"No {number}"})
            tx.put("places", part + 3, {"name": f"Room {part}"})
    desk.store.refresh()
    assert seen == [{"tickets": set(range(2, 2002)), "places": {3, 4, 5, 6}}]


@pytest.mark.parametrize("notice", [lambda desk: desk.store.refresh(), lambda desk: desk.apply(lambda ctx: None)])
def test_after_all_was_read_anew_what_was_at_hand_is_at_hand_again_before_it_is_told(
    ann: Desk, notice: Callable[[Desk], Any]
) -> None:
    desk = beside(ann, BOB)
    seen: list[Any] = []
    desk.count("tickets", TICKETS.view("unassigned"))
    desk.store.subscribe(lambda changed: seen.append((changed, "tickets" in desk.store._indexes)))
    path = ann.store.journal.path.with_name("office.json.journal")
    kept = path.read_bytes()
    ticket(ann, "Lost")
    desk.store.refresh()
    ann.store.close()
    path.with_name("put back").write_bytes(kept)
    path.with_name("put back").rename(path)
    notice(desk)
    assert seen[-1] == (None, True)
    assert desk.listing("tickets", TICKETS.view("all")).ids() == [1]
    assert orjson.loads(desk.store.journal.raw("tickets", 1) or b"")["subject"] == "Printer is out of ink"


def test_what_the_disk_may_not_have_kept_is_the_same_in_the_list_and_in_the_record(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is written, and whether it is on the disk nobody knows: the change is not said to be done."""
    listing = ann.listing("tickets", TICKETS.view("mine"))
    told: list[Any] = []
    ann.store.subscribe(told.append)

    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fdatasync", broken)
    with pytest.raises(StoreFull, match="may not have been kept"):
        ann.do("tickets", 1, "take")
    assert ann.get("tickets", 1).owner == ANN
    assert listing.ids() == [1]
    assert told == [{"tickets": {1}}]
