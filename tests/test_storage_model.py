"""Whatever is done in whatever order, the store says what a plain dict would say."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from botui.storage import Journal, Op, Transaction, verify
from botui.storage.format import decode_line, encode_line, whole_lines

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
DOCS = st.dictionaries(st.text(max_size=4), JSON, max_size=4)
TABLES = st.sampled_from(["tickets", "items", 'odd "name"\n'])
HANDLES = st.integers(0, 2)
FAIL = st.sampled_from([False, False, False, True])
WORK = DOCS | st.sampled_from(["remove", "remove", "clear", "drop"])
Model = dict[str, dict[int, Any]]


class StoreAgainstDict(RuleBasedStateMachine):
    """Random work through three handles of one store, with compactions, crashes and leftovers of crashes between."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "office.json"
        self.handles = [Journal(self.path), Journal(self.path, compact_at=700), Journal(self.path)]
        self.model: Model = {}
        self.given: dict[str, int] = {}
        self.heads: list[str] = []

    def teardown(self) -> None:
        for journal in self.handles:
            journal.close()
        shutil.rmtree(self.folder)

    @rule(which=HANDLES, work=st.lists(st.tuples(TABLES, st.integers(0, 12), WORK), min_size=1, max_size=4), fail=FAIL)
    def commit(self, which: int, work: list[tuple[str, int, Any]], fail: bool) -> None:
        after = {table: dict(docs) for table, docs in self.model.items()}
        with suppress(InterruptedError), self.handles[which].transaction(by=which) as tx:
            for table, number, what in work:
                _do(tx, after, table, number, what, self.given)
                assert tx.ids(table) == sorted(after.get(table, {}))
            if fail:
                raise InterruptedError
        if tx.entry is None:
            return
        self.heads.append(tx.entry.digest)
        for op in tx.entry.ops:
            self._take_in(op)
        assert _filled(self.model) == _filled(after)

    def _take_in(self, op: Op) -> None:
        docs = self.model.setdefault(op.table, {})
        if op.id is None:
            assert {int(number): doc for number, doc in (op.was or {}).items()} == docs
            self.given.pop(op.table, None)
            docs.clear()
            return
        assert _undone(op.doc, op.was, op.added) == docs.get(op.id)
        self.given[op.table] = max(self.given.get(op.table, 0), op.id)
        if op.doc is None:
            del docs[op.id]
        else:
            docs[op.id] = op.doc

    @rule(which=HANDLES)
    def reopen(self, which: int) -> None:
        self.handles[which].close()
        self.handles[which] = Journal(self.path, compact_at=700 if which == 1 else 1 << 20)

    @rule(which=HANDLES)
    def compact(self, which: int) -> None:
        self.handles[which].compact()

    @rule(which=HANDLES)
    def only_one_follows(self, which: int) -> None:
        self.handles[which].refresh()

    @rule(tail=st.binary(max_size=40).filter(lambda tail: b"\n" not in tail), left=st.booleans())
    def crash(self, tail: bytes, left: bool) -> None:
        """All sessions die; of what was never confirmed something may be at the end, and beside the files."""
        journal = self.path.with_name("office.json.journal")
        if journal.exists():
            with journal.open("ab") as file:
                file.write(tail)
        if left and self.folder.exists():
            for name in ("office.json", "office.json.journal"):
                (self.folder / f".{name}.0123abcd.new").write_bytes(tail)
        for which in range(len(self.handles)):
            self.reopen(which)

    @rule(which=HANDLES, table=TABLES, doc=DOCS, chance=st.floats(0, 1, exclude_max=True))
    def crash_while_writing(self, which: int, table: str, doc: dict[str, Any], chance: float) -> None:
        """The last line is cut anywhere before its end: it was never confirmed."""
        victim = Journal(self.path)
        if victim.generation == 0:
            return
        journal, before = self.path.with_name("office.json.journal"), victim.size
        with victim.transaction() as tx:
            number = tx.next_id(table)
            tx.put(table, number, doc)
        assert number > self.given.get(table, 0)
        cut = before + int(chance * (journal.stat().st_size - before))
        os.truncate(journal, cut)
        for one in range(len(self.handles)):
            self.reopen(one)

    @invariant()
    def all_handles_say_what_the_dict_says(self) -> None:
        for journal in self.handles:
            journal.refresh()
            for table in journal.tables():
                held = {number: orjson.loads(data) for number, data in journal.items(table)}
                assert held == self.model.get(table, {})
                assert list(held) == sorted(held)
                assert journal.next_id(table) > self.given.get(table, 0)
            assert _filled(self.model).keys() <= set(journal.tables())

    @invariant()
    def the_chain_is_whole_and_has_every_commit(self) -> None:
        report = verify(self.path)
        assert (report.problems, report.commits) == ((), len(self.heads))
        journal = self.path.with_name("office.json.journal")
        torn = journal.exists() and not journal.read_bytes().endswith(b"\n")
        assert len(report.notes) == torn
        assert [entry.digest for entry in self.handles[0].history()] == self.heads

    @invariant()
    def the_history_of_a_document_ends_in_what_it_is(self) -> None:
        for table, docs in self.model.items():
            for number in list(docs)[:2]:
                past = [op for entry in self.handles[2].history(table, number) for op in entry.ops]
                last = [op for op in past if op.table == table and op.id in (number, None)][-1]
                assert last.doc == docs[number]


def _do(tx: Transaction, after: Model, table: str, number: int, what: Any, given: dict[str, int]) -> None:
    """Do one piece of work in a transaction and on a dict: a document to put, or a word."""
    if what == "clear":
        tx.clear(table)
        after[table] = {}
    elif what == "drop":
        tx.drop(table)
        after.pop(table, None)
    elif what == "remove":
        if tx.exists(table, number):
            tx.remove(table, number)
            del after[table][number]
    else:
        if number == 0:
            number = tx.next_id(table)
            assert number > max(after.get(table, {0: None}), default=0)
        tx.put(table, number, what)
        after.setdefault(table, {})[number] = what


def _filled(model: Model) -> Model:
    return {table: docs for table, docs in model.items() if docs}


def _undone(doc: Any, was: Any, added: tuple[str, ...]) -> Any:
    if was is None:
        return None
    return {name: value for name, value in (doc or {}).items() if name not in added} | was


TestStoreAgainstDict = StoreAgainstDict.TestCase
TestStoreAgainstDict.settings = settings(max_examples=40, stateful_step_count=14, deadline=None)


TestForLong: Any = pytest.mark.soak(type("TestForLong", (StoreAgainstDict.TestCase,), {}))
TestForLong.settings = settings(max_examples=300, stateful_step_count=50, deadline=None)


@given(header=DOCS, before=st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_line_comes_back_as_it_was_written(header: dict[str, Any], before: str) -> None:
    entry, line = encode_line(before, header)
    assert line.endswith(b"\n")
    assert b"\n" not in line[:-1]
    assert orjson.dumps(orjson.loads(line)) + b"\n" == line
    assert decode_line(line[:-1], before) == entry


@given(st.lists(st.sampled_from([b"ab", b"\0", b"\n", b"x\0y"]), max_size=8).map(b"".join))
def test_whole_lines_end_with_a_newline_and_what_follows_has_no_good_line(data: bytes) -> None:
    end = whole_lines(data)
    assert end == 0 or data[end - 1 : end] == b"\n"
    assert all(b"\0" in line for line in data[end:].split(b"\n")[:-1])
