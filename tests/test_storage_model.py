"""Whatever is done in whatever order, the store says what a plain dict would say."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from botui.storage import Journal, verify
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


class StoreAgainstDict(RuleBasedStateMachine):
    """Random commits through two handles, with reopening and compaction between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "office.json"
        self.handles = [Journal(self.path), Journal(self.path, compact_at=700)]
        self.model: dict[str, dict[int, Any]] = {}
        self.given: dict[str, int] = {}
        self.commits = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(
        which=st.integers(0, 1),
        work=st.lists(st.tuples(TABLES, st.integers(0, 12), st.none() | DOCS), min_size=1, max_size=4),
        fail=st.booleans(),
    )
    def commit(self, which: int, work: list[tuple[str, int, Any]], fail: bool) -> None:
        after = {table: dict(docs) for table, docs in self.model.items()}
        try:
            with self.handles[which].transaction() as tx:
                for table, number, doc in work:
                    if doc is not None and number == 0:
                        number = tx.next_id(table)
                        assert number > self.given.get(table, 0)
                    if doc is not None:
                        tx.put(table, number, doc)
                        after.setdefault(table, {})[number] = doc
                    elif tx.exists(table, number):
                        tx.remove(table, number)
                        del after[table][number]
                    assert tx.ids(table) == sorted(after.get(table, {}))
                if fail:
                    raise InterruptedError
        except InterruptedError:
            return
        self.commits += tx.entry is not None
        for op in tx.entry.ops if tx.entry else ():
            old = self.model.get(op.table, {}).get(op.id or 0)
            assert op.id is not None
            self.given[op.table] = max(self.given.get(op.table, 0), op.id)
            assert _undone(op.doc, op.was, op.added) == old
            self.model.setdefault(op.table, {})
            if op.doc is None:
                del self.model[op.table][op.id]
            else:
                self.model[op.table][op.id] = op.doc
        assert {t: d for t, d in self.model.items() if d} == {t: d for t, d in after.items() if d}

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.handles[which].close()
        self.handles[which] = Journal(self.path)

    @rule(which=st.integers(0, 1))
    def compact(self, which: int) -> None:
        self.handles[which].compact()

    @invariant()
    def both_handles_say_what_the_dict_says(self) -> None:
        for journal in self.handles:
            journal.refresh()
            for table in journal.tables():
                held = {number: orjson.loads(data) for number, data in journal.items(table)}
                assert held == self.model.get(table, {})
                assert list(held) == sorted(held)
            assert {table for table, docs in self.model.items() if docs} <= set(journal.tables())

    @invariant()
    def the_chain_is_whole(self) -> None:
        report = verify(self.path)
        assert (report.problems, report.notes, report.commits) == ((), (), self.commits)


def _undone(doc: Any, was: Any, added: tuple[str, ...]) -> Any:
    if was is None:
        return None
    return {name: value for name, value in (doc or {}).items() if name not in added} | was


TestStoreAgainstDict = StoreAgainstDict.TestCase
TestStoreAgainstDict.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


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
