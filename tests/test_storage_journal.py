"""The engine with nothing going wrong: what is written can be read, by whom, and how it is told."""

from __future__ import annotations

import gc
import math
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from botui.models.errors import StoreDamaged, StoreFull, StoreLocked
from botui.storage import Delta, Journal, verify, write_atomic


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


def put(journal: Journal, doc: dict[str, Any], at: int | None = None, table: str = "tickets", **header: Any) -> int:
    """One commit with one document; returns its number."""
    with journal.transaction(**header) as tx:
        number = tx.next_id(table) if at is None else at
        tx.put(table, number, doc)
    return number


def test_opening_and_looking_leaves_no_files(path: Path) -> None:
    journal = Journal(path)
    assert (journal.tables(), journal.ids("tickets"), journal.get("tickets", 1)) == ([], [], None)
    assert (journal.generation, journal.head, journal.size, journal.count("x")) == (0, "0" * 32, 0, 0)
    assert journal.refresh() == Delta()
    with journal.transaction() as tx:
        assert tx.next_id("tickets") == 1
    assert tx.entry is None
    journal.compact()
    assert list(path.parent.glob("*")) in ([], [path.parent / "office.json.lock"])


def test_what_was_committed_is_there_after_opening_again(path: Path) -> None:
    put(Journal(path), {"subject": "Ünïcode ☃", "n": [1, 2.5, None, True]})
    again = Journal(path)
    assert again.get("tickets", 1) == {"subject": "Ünïcode ☃", "n": [1, 2.5, None, True]}
    assert again.raw("tickets", 1) == orjson.dumps(again.get("tickets", 1))
    assert again.path == path


def test_files_are_private(path: Path) -> None:
    journal = Journal(path)
    put(journal, {})
    journal.compact()
    modes = {file: file.stat().st_mode & 0o777 for file in path.parent.rglob("*")}
    assert {mode for file, mode in modes.items() if file.is_file()} == {0o600}
    assert {modes[path.parent / "history"], path.parent.stat().st_mode & 0o777} == {0o700}


def test_an_exception_inside_leaves_everything_as_it_was(path: Path) -> None:
    journal = Journal(path)
    put(journal, {"a": 1})
    before = path.with_name("office.json.journal").read_bytes()
    with pytest.raises(ZeroDivisionError), journal.transaction() as tx:
        tx.put("tickets", 1, {"a": 1 / 0 if tx.exists("tickets", 1) else 2})
    assert journal.get("tickets", 1) == {"a": 1}
    assert path.with_name("office.json.journal").read_bytes() == before
    assert put(journal, {}) == 2


def test_a_transaction_sees_its_own_writes_and_others_do_not_until_it_ends(path: Path) -> None:
    journal = Journal(path)
    put(journal, {"a": 1})
    with journal.transaction() as tx:
        tx.put("tickets", 1, {"a": 2})
        tx.put("items", 7, {"b": 1})
        assert (tx.get("tickets", 1), tx.ids("items"), tx.exists("items", 7)) == ({"a": 2}, [7], True)
        tx.remove("items", 7)
        assert (tx.ids("items"), tx.exists("items", 7), tx.raw("items", 7)) == ([], False, None)
        with pytest.raises(KeyError):
            tx.remove("items", 7)
        assert journal.get("tickets", 1) == {"a": 1}
    assert journal.get("tickets", 1) == {"a": 2}


def test_one_commit_covers_many_tables(path: Path) -> None:
    journal = Journal(path)
    with journal.transaction(do="repair") as tx:
        tx.put("tickets", tx.next_id("tickets"), {"part": 1})
        tx.put("items", tx.next_id("items"), {"stock": 4})
    (entry,) = journal.history()
    assert [op.table for op in entry.ops] == ["tickets", "items"]
    assert journal.tables() == ["items", "tickets"]


def test_the_commit_says_who_where_what_and_when(path: Path) -> None:
    noon = datetime(2026, 11, 21, 12, 0, 0, 123_999, UTC)
    journal = Journal(path, clock=lambda: noon)
    with journal.transaction(by=3, on="front", do="resolve", note="done", undoes="abc") as tx:
        tx.put("tickets", 1, {"a": 1})
        tx.header["note"] = "done, and swept"
    assert tx.entry is not None
    assert tx.entry.header == {
        "at": "2026-11-21T12:00:00.123Z",
        "by": 3,
        "on": "front",
        "do": "resolve",
        "note": "done, and swept",
        "undoes": "abc",
    }
    assert tx.entry.digest == journal.head


def test_time_never_runs_backwards_even_over_a_compaction(path: Path) -> None:
    times = iter([datetime(2026, 11, 21, 12, tzinfo=UTC) - timedelta(hours=n) for n in range(9)])
    journal = Journal(path, clock=lambda: next(times))
    for number in range(3):
        put(journal, {"n": number}, 1)
    journal.compact()
    put(Journal(path, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC)), {"n": 9}, 1)
    assert {entry.header["at"] for entry in Journal(path).history()} == {"2026-11-21T12:00:00.000Z"}


@pytest.mark.parametrize("key", ["at", "seal", "next", "format", "snapshot", "adopted"])
def test_the_keys_of_the_format_are_not_for_callers(path: Path, key: str) -> None:
    journal = Journal(path)
    with pytest.raises(ValueError, match=key), journal.transaction(**{key: 1}):
        pass
    if key != "at":
        with pytest.raises(ValueError, match=key), journal.transaction() as tx:
            tx.header[key] = 1
    assert journal.tables() == []


def test_was_holds_what_undo_needs(path: Path) -> None:
    journal = Journal(path)
    put(journal, {"a": 1, "b": {"c": [1]}, "gone": "x", "same": 0}, 5)
    put(journal, {"a": True, "b": {"c": [2]}, "same": 0, "new": 1}, 5)
    with journal.transaction() as tx:
        tx.remove("tickets", 5)
    new, changed, removed = (entry.ops[0] for entry in journal.history("tickets", 5))
    assert new.was is None
    assert (changed.was, changed.added) == ({"a": 1, "b": {"c": [1]}, "gone": "x"}, ("new",))
    assert changed.doc == {"a": True, "b": {"c": [2]}, "same": 0, "new": 1}
    assert (removed.doc, removed.was) == (None, changed.doc)
    assert len({op.salt for op in (new, changed, removed)}) == 3


def test_nothing_is_written_when_nothing_changed(path: Path) -> None:
    journal = Journal(path)
    put(journal, {"a": 1})
    head = journal.head
    with journal.transaction() as tx:
        tx.put("tickets", 1, {"a": 2})
        tx.put("tickets", 1, {"a": 1})
        tx.put("tickets", 2, {"b": 1})
        tx.remove("tickets", 2)
    assert (tx.entry, journal.head) == (None, head)


def test_documents_never_alias_the_store(path: Path) -> None:
    journal = Journal(path)
    doc: dict[str, Any] = {"a": [1]}
    put(journal, doc)
    doc["a"].append(2)
    got = journal.get("tickets", 1)
    assert got is not None
    got["a"].append(3)
    with journal.transaction() as tx:
        own = tx.get("tickets", 1)
        assert own is not None
        own["a"].append(4)
    assert journal.get("tickets", 1) == {"a": [1]}


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        2**64,
        -(2**63) - 1,
        "\ud800",
        {1: "key"},
        {1, 2},
        b"bytes",
        Decimal(1),
        datetime(2026, 1, 1, tzinfo=UTC),
        UUID(int=1),
        object(),
    ],
    ids=lambda value: type(value).__name__ + str(value)[:12].encode("ascii", "replace").decode(),
)
def test_what_json_cannot_hold_is_refused_before_anything_is_written(path: Path, value: object) -> None:
    journal = Journal(path)
    put(journal, {"a": 1})
    before = path.with_name("office.json.journal").read_bytes()
    for doc, note in (({"deep": [value]}, None), ({"ok": 1}, value)):
        with pytest.raises((TypeError, ValueError)):
            put(journal, doc, note=note)
    assert path.with_name("office.json.journal").read_bytes() == before
    assert journal.ids("tickets") == [1]


def test_circles_depths_and_odd_numbers_are_refused(path: Path) -> None:
    journal = Journal(path)
    circle: list[Any] = []
    circle.append(circle)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for doc in ({"a": circle}, {"a": deep}):
        with pytest.raises((TypeError, ValueError)), journal.transaction() as tx:
            tx.put("tickets", 1, doc)
    for number in ("1", True, 2**70):
        with pytest.raises((TypeError, ValueError)), journal.transaction() as tx:
            tx.put("tickets", number, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError), journal.transaction() as tx:
        tx.put("\ud800", 1, {})
    assert journal.tables() == []


@pytest.mark.parametrize("text", ["a\nb", "\0", '"},{"t":"', "\x1b]0;x\x07", "\u202e", "[/x]", '","i":3,', "🂡"])
def test_hostile_text_is_kept_as_it_is(path: Path, text: str) -> None:
    journal = Journal(path)
    put(journal, {text: text}, table=text, note=text)
    journal.compact()
    put(journal, {text: [{"t": text, "i": 1}]}, table=text)
    again = Journal(path)
    assert [again.get(text, number) for number in again.ids(text)] == [{text: text}, {text: [{"t": text, "i": 1}]}]
    assert [len(list(again.history(text, number))) for number in (1, 2)] == [1, 1]
    assert verify(path).problems == ()


def test_numbers_are_never_given_twice(path: Path) -> None:
    journal = Journal(path)
    assert [put(journal, {}) for _ in range(3)] == [1, 2, 3]
    with journal.transaction() as tx:
        tx.remove("tickets", 3)
    assert put(journal, {}) == 4
    with journal.transaction() as tx:
        tx.remove("tickets", 4)
    assert put(Journal(path), {}) == 5
    with journal.transaction() as tx:
        tx.remove("tickets", 5)
    journal.compact()
    assert put(Journal(path), {}) == 6
    put(journal, {}, 40)
    with journal.transaction() as tx:
        tx.next_id("tickets")
        tx.put("other", 1, {})
    assert Journal(path).next_id("tickets") == 42


def test_a_table_cleared_or_dropped_as_a_whole_tells_what_was_in_it(path: Path) -> None:
    journal = Journal(path)
    with journal.transaction() as tx:
        tx.clear("empty")
    put(journal, {"a": 1}, 3)
    with journal.transaction() as tx:
        tx.clear("tickets")
        tx.put("tickets", tx.next_id("tickets"), {"b": 1})
        tx.drop("empty")
        tx.drop("never there")
    made, _, entry = journal.history()
    assert [(op.table, op.id, op.doc, op.was) for op in (*made.ops, *entry.ops)] == [
        ("empty", None, {}, None),
        ("tickets", None, {}, {"3": {"a": 1}}),
        ("tickets", 1, {"b": 1}, None),
        ("empty", None, None, {}),
    ]
    again = Journal(path)
    assert (again.tables(), again.ids("tickets")) == (["tickets"], [1])
    assert [entry.digest for entry in again.history("tickets", 3)] == [
        list(journal.history())[n].digest for n in (1, 2)
    ]


def test_numbers_out_of_order_are_listed_ascending(path: Path) -> None:
    journal = Journal(path)
    for number in (5, 2, 9, 1):
        put(journal, {"n": number}, number)
    assert journal.ids("tickets") == [1, 2, 5, 9]
    assert [number for number, _ in journal.items("tickets")] == [1, 2, 5, 9]
    assert journal.count("tickets") == 4


def test_a_listing_stays_still_while_others_write(path: Path) -> None:
    journal = Journal(path)
    put(journal, {"n": 1})
    listing = journal.items("tickets")
    put(journal, {"n": 2}, 1)
    put(journal, {"n": 3})
    assert list(listing) == [(1, b'{"n":1}')]


def test_another_handle_follows_commit_by_commit(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    assert second.refresh() == Delta(reloaded=True)
    with first.transaction(do="x") as tx:
        tx.put("tickets", 1, {"n": 1})
    put(first, {"n": 2})
    delta = second.refresh()
    assert (delta.entries[0], len(delta.entries), delta.reloaded) == (tx.entry, 2, False)
    assert second.refresh() == Delta()
    assert (second.get("tickets", 1), second.head) == ({"n": 1}, first.head)


def test_a_transaction_tells_first_what_others_did(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    second.refresh()
    put(first, {"n": 1}, 1)
    with second.transaction() as tx:
        assert [entry.ops[0].doc for entry in tx.delta.entries] == [{"n": 1}]
        assert tx.get("tickets", 1) == {"n": 1}
        assert second.refresh() == Delta()


def test_what_a_compaction_came_upon_is_still_told(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    second.refresh()
    put(first, {"n": 1}, 1)
    second.compact()
    put(first, {"n": 2}, 1)
    assert [entry.ops[0].doc for entry in second.refresh().entries] == [{"n": 1}, {"n": 2}]
    put(first, {"n": 3}, 1)
    second.compact()
    with second.transaction() as tx:
        assert [entry.ops[0].doc for entry in tx.delta.entries] == [{"n": 3}]
    assert second.refresh() == Delta()


def test_a_reading_anew_is_told_even_when_more_came_after_it(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    second.compact()
    put(first, {"n": 1}, 1)
    assert second.refresh() == Delta(reloaded=True)
    assert second.get("tickets", 1) == {"n": 1}


def test_a_compaction_is_followed_without_reading_anew(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    second.refresh()
    put(first, {"n": 1}, 1)
    first.compact()
    put(first, {"n": 2}, 1)
    delta = second.refresh()
    assert [entry.ops[0].doc for entry in delta.entries] == [{"n": 1}, {"n": 2}]
    assert (delta.reloaded, second.generation, second.head) == (False, 2, first.head)


def test_two_compactions_missed_are_read_anew(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    put(first, {"n": 0})
    second.refresh()
    for number in (1, 2):
        put(first, {"n": number}, 1)
        first.compact()
    assert second.refresh() == Delta(reloaded=True)
    assert (second.get("tickets", 1), second.head) == ({"n": 2}, first.head)


def test_a_backup_put_back_is_read_anew(path: Path) -> None:
    journal, kept = Journal(path), path.with_name("office.json.journal")
    put(journal, {"n": 0})
    backup = kept.read_bytes()
    put(journal, {"n": 1}, 1)
    kept.write_bytes(backup)
    assert journal.refresh() == Delta(reloaded=True)
    assert journal.get("tickets", 1) == {"n": 0}


def test_the_journal_is_compacted_when_it_outgrew_its_snapshot(path: Path) -> None:
    journal = Journal(path, compact_at=2000)
    for number in range(60):
        put(journal, {"n": number, "text": "x" * 20}, number % 7 + 1)
    assert journal.generation > 2
    assert journal.size < 2000 + 300
    assert not journal.needs_compaction
    assert [entry.ops[0].doc and entry.ops[0].doc["n"] for entry in journal.history()] == list(range(60))
    assert [entry.digest for entry in Journal(path).history("tickets", 3)] == [
        entry.digest for entry in journal.history() if entry.ops[0].id == 3
    ]
    assert verify(path).commits == 60


def test_a_small_commit_into_a_big_store_writes_little(path: Path) -> None:
    journal = Journal(path)
    with journal.transaction() as tx:
        for number in range(1, 2001):
            tx.put("tickets", number, {"subject": "x" * 50})
    before = journal.size
    put(journal, {"subject": "y"}, 77)
    assert journal.size - before < 400


def test_a_reader_writes_nothing(path: Path) -> None:
    put(Journal(path), {"n": 1})
    before = {file: file.stat().st_mtime_ns for file in path.parent.rglob("*")}
    journal = Journal(path, read_only=True)
    with pytest.raises(StoreFull, match="reading only"), journal.transaction():
        pass
    with pytest.raises(StoreFull, match="reading only"):
        journal.compact()
    put(Journal(path), {"n": 2})
    assert [entry.ops[0].doc for entry in journal.refresh().entries] == [{"n": 2}]
    assert len(list(journal.history())) == 2
    assert set(before) == set(path.parent.rglob("*"))


def test_a_closed_store_says_so(path: Path) -> None:
    journal = Journal(path)
    put(journal, {})
    journal.close()
    journal.close()
    for use in (journal.refresh, journal.tables, journal.compact):
        with pytest.raises(ValueError, match="closed"):
            use()


def test_transactions_are_not_nested(path: Path) -> None:
    journal = Journal(path)
    with pytest.raises(RuntimeError, match="already"), journal.transaction(), journal.transaction():
        pass
    put(journal, {})


def test_waiting_for_another_handle_ends_with_a_clear_error(path: Path) -> None:
    first, second = Journal(path), Journal(path, timeout=0.05)
    put(first, {"n": 1})
    with first.transaction() as tx:
        tx.put("tickets", 1, {"n": 2})
        with pytest.raises(StoreLocked, match="try again"), second.transaction():
            pass
    put(second, {"n": 3}, 1)
    put(first, {"n": 4}, 1)
    assert len(list(Journal(path).history())) == 4


def test_waiting_for_another_thread_ends_with_a_clear_error(path: Path) -> None:
    journal = Journal(path, timeout=0.05)
    caught: list[StoreLocked] = []

    def write() -> None:
        try:
            put(journal, {})
        except StoreLocked as error:
            caught.append(error)

    with journal.transaction():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_threads_lose_nothing_on_one_handle_and_on_many(path: Path) -> None:
    shared = Journal(path, compact_at=4000)
    put(shared, {"n": 0})

    def work(journal: Journal) -> None:
        for _ in range(25):
            with journal.transaction() as tx:
                doc = tx.get("tickets", 1)
                assert doc is not None
                tx.put("tickets", 1, {"n": doc["n"] + 1})
            journal.refresh()

    own = Journal(path, compact_at=4000)
    threads = [threading.Thread(target=work, args=(journal,)) for journal in (shared, shared, shared, own)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Journal(path).get("tickets", 1) == {"n": 100}
    assert verify(path).problems == ()


def test_a_journal_that_vanishes_is_noticed(path: Path) -> None:
    journal = Journal(path)
    put(journal, {})
    journal.compact()
    path.with_name("office.json.journal").unlink()
    with pytest.raises(StoreDamaged, match="gone"):
        journal.refresh()
    with pytest.raises(StoreDamaged, match="gone"):
        Journal(path)


def test_a_lost_journal_is_noticed_even_before_the_first_snapshot(path: Path) -> None:
    put(Journal(path), {})
    path.with_name("office.json.journal").unlink()
    with pytest.raises(StoreDamaged, match="gone"):
        Journal(path)


def test_loading_leaves_the_garbage_collector_as_it_was(path: Path) -> None:
    put(Journal(path), {})
    assert gc.isenabled()
    gc.disable()
    try:
        Journal(path)
        assert not gc.isenabled()
    finally:
        gc.enable()
    path.with_name("office.json.journal").write_bytes(b"damage\n")
    with pytest.raises(StoreDamaged):
        Journal(path)
    assert gc.isenabled()


def test_a_relative_path_stays_right_in_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    journal = Journal(Path("office.json"))
    put(journal, {})
    monkeypatch.chdir("/")
    assert put(journal, {}) == 2


def test_atomic_files_are_private_and_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "secrets.json"
    write_atomic(target, b"one")
    write_atomic(target, b"two")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(StoreFull):
        write_atomic(target / "x", b"")


def test_atomic_files_bring_their_folder_with_them(tmp_path: Path) -> None:
    write_atomic(tmp_path / "drafts" / "x", b"one")
    assert (tmp_path / "drafts").stat().st_mode & 0o777 == 0o700
