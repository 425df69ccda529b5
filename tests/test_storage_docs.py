"""Documents stay in the snapshot's file: what is read from it, what lies over it, what when somebody spoils it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.errors import StoreDamaged
from botui.storage import Journal
from botui.storage.docs import Docs
from botui.storage.files import Handle

NUMBERS = st.integers(1, 12)
DOCS = st.dictionaries(NUMBERS, st.binary(max_size=3).map(lambda some: b'{"n":"%s"}' % some.hex().encode()))


def on_disk(path: Path, docs: dict[int, bytes], *, tidy: bool = True) -> Docs:
    """Docs over a file in our layout, or (not tidy) in one that stock TinyDB could write."""
    order = sorted(docs) if tidy else sorted(docs, reverse=True)
    lines = b",\n".join(b'"%d":%s' % (number, docs[number]) for number in order)
    path.write_bytes(b"before\n" + (lines + b"\n" if lines else b"") + b"after")
    return Docs(Handle(path, os.O_RDONLY), 7, path.stat().st_size - 5)


@given(
    DOCS,
    st.lists(st.tuples(NUMBERS, st.none() | st.just(b'{"new":1}'))),
    st.dictionaries(NUMBERS, st.none() | st.just(b'{"over":1}')),
    st.booleans(),
)
def test_file_and_changes_together_are_what_a_dict_would_be(
    tmp_path_factory: pytest.TempPathFactory,
    begin: dict[int, bytes],
    changes: list[tuple[int, bytes | None]],
    over: dict[int, bytes | None],
    tidy: bool,
) -> None:
    docs = on_disk(tmp_path_factory.mktemp("docs") / "file", begin, tidy=tidy)
    model = dict(begin)
    for number, data in changes:
        docs.put(number, data)
        if data is None:
            model.pop(number, None)
        else:
            model[number] = data
    assert list(docs.pairs()) == sorted(model.items())
    assert list(docs) == sorted(model)
    assert len(docs) == len(model)
    assert [docs.get(number) for number in range(14)] == [model.get(number) for number in range(14)]
    together = {**model, **over}
    assert list(docs.pairs(over)) == sorted((number, data) for number, data in together.items() if data is not None)


def test_many_documents_are_read_piece_by_piece(tmp_path: Path) -> None:
    begin = {number: b'{"n":"%s"}' % (b"x" * (number * 997 % 70_000)) for number in range(1, 40)}
    docs = on_disk(tmp_path / "file", begin)
    assert dict(docs.pairs()) == begin
    docs.put(20, None)
    docs.put(41, b"{}")
    assert dict(docs.pairs()) == {number: data for number, data in begin.items() if number != 20} | {41: b"{}"}


def test_what_is_being_read_does_not_change_underway(tmp_path: Path) -> None:
    docs = on_disk(tmp_path / "file", {1: b"{}", 3: b"{}"})
    docs.put(2, b"{}")
    reading = docs.pairs()
    docs.put(3, None)
    docs.put(4, b"{}")
    assert [number for number, _ in reading] == [1, 2, 3]


def compacted(path: Path) -> Journal:
    journal = Journal(path)
    with journal.transaction() as tx:
        for number in range(1, 4):
            tx.put("tickets", number, {"subject": f"No {number}"})
    journal.compact()
    return Journal(path)


def test_a_session_goes_on_in_the_old_snapshot_while_another_compacts(tmp_path: Path) -> None:
    path = tmp_path / "office.json"
    reader, writer = compacted(path), Journal(path)
    with writer.transaction() as tx:
        tx.put("tickets", 2, {"subject": "New"})
    writer.compact()
    assert reader.get("tickets", 1) == {"subject": "No 1"}
    reader.refresh()
    assert [reader.get("tickets", number) for number in (1, 2)] == [{"subject": "No 1"}, {"subject": "New"}]


@pytest.mark.parametrize("spoil", [lambda old: old.replace(b"No 1", b"No 9"), lambda old: b"{}", lambda old: b""])
def test_a_snapshot_rewritten_under_a_session_is_refused_when_it_next_looks(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "office.json"
    journal = compacted(path)
    old = path.read_bytes()
    os.utime(path, ns=(0, 0))
    path.write_bytes(spoil(old))  # type: ignore[operator]
    with pytest.raises(StoreDamaged, match="does not fit its journal"):
        journal.refresh()
    with pytest.raises(StoreDamaged), journal.transaction() as tx:
        tx.put("tickets", 1, {})


def test_a_document_that_is_cut_off_under_a_session_is_never_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "office.json"
    journal = compacted(path)
    assert journal.get("tickets", 2) == {"subject": "No 2"}
    os.truncate(path, 30)
    with pytest.raises(StoreDamaged, match="Another program changed the snapshot"):
        journal.get("tickets", 3)
    with pytest.raises(StoreDamaged, match="Another program changed the snapshot"):
        list(journal.items("tickets"))
