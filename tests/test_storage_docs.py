"""Documents stay in the snapshot's file: what is read from it, what lies over it, what when somebody spoils it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.errors import StoreDamaged
from botui.storage import Journal
from botui.storage.adoption import adopt
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
    begin = {number: b'{"n":"%s"}' % (b"x" * (number * 9_973 % 300_000)) for number in range(1, 40)}
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


@pytest.mark.parametrize("number", [1, 0, -1, 10**17, 2**63 - 1, 2**63, 2**64 - 2])
def test_a_document_is_found_under_any_number_that_was_taken(tmp_path: Path, number: int) -> None:
    journal = Journal(tmp_path / "office.json")
    with journal.transaction() as tx:
        tx.put("tickets", number, {"subject": "Mine"})
        tx.put("tickets", 7, {"subject": "Lucky"})
    journal.compact()
    for one in (journal, Journal(journal.path)):
        assert one.get("tickets", number) == {"subject": "Mine"}
        assert one.ids("tickets") == sorted((7, number))
        assert [number for number, _ in one.items("tickets")] == sorted((7, number))


def test_a_number_that_none_could_follow_is_refused(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "office.json")
    with pytest.raises(TypeError), journal.transaction() as tx:
        tx.put("tickets", 2**64 - 1, {})
    assert journal.tables() == []


@pytest.mark.parametrize(
    "inside",
    [
        b'"1":{}',
        b'"1":{},\n"2":{}',
        b'"2":{},\n"1":{}\n',
        b'"1":{},\n\n"2":{}\n',
        b'"1" :{}\n',
        b'"1":{\n}\n',
        b' "1":{}\n',
        b'"1":{} \n',
    ],
)
def test_any_other_layout_is_read_as_json(tmp_path: Path, inside: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(inside)
    docs = Docs(Handle(path, os.O_RDONLY), 0, len(inside))
    assert dict(docs.pairs()) == {int(number): b"{}" for number in json.loads(b"{%s}" % inside)}


def compacted(path: Path) -> Journal:
    journal = Journal(path)
    with journal.transaction() as tx:
        for number in range(1, 4):
            tx.put("tickets", number, {"subject": f"No {number}"})
    journal.compact()
    return Journal(path)


EDITS = [
    (b'"1":{"n":}', None),
    (b'"1":{"n":NaN}', None),
    (b'"1":{"n":99999999999999999999}', None),
    (b'"1":{"n":1},"8":{"n":8}', {1: {"n": 1}, 3: {"n": 3}, 8: {"n": 8}}),
    (b'"9":{"n":9}', {3: {"n": 3}, 9: {"n": 9}}),
]


@pytest.mark.parametrize(("line", "result"), EDITS)
@pytest.mark.parametrize("begun", [True, False])
def test_a_snapshot_edited_by_hand_is_taken_as_json_says_or_refused(
    tmp_path: Path, line: bytes, result: dict[int, Any] | None, begun: bool
) -> None:
    path = tmp_path / "office.json"
    if begun:
        journal = Journal(path)
        with journal.transaction() as tx:
            tx.put("tickets", 1, {"n": 1})
        journal.compact()
    path.write_bytes(b'{\n"tickets":{\n%s,\n"3":{"n":3}\n}\n}\n' % line)
    if result is None:
        with pytest.raises(StoreDamaged, match="cannot be read"):
            adopt(path)
        return
    if begun:
        adopt(path)
    journal = Journal(path)
    assert {number: journal.get("tickets", number) for number in journal.ids("tickets")} == result
    assert journal.next_id("tickets") == max(result) + 1
    assert {number: orjson.loads(data) for number, data in journal.items("tickets")} == result


def test_a_session_goes_on_in_the_old_snapshot_while_another_compacts(tmp_path: Path) -> None:
    path = tmp_path / "office.json"
    reader, writer = compacted(path), Journal(path)
    with writer.transaction() as tx:
        tx.put("tickets", 2, {"subject": "New"})
    writer.compact()
    assert reader.get("tickets", 1) == {"subject": "No 1"}
    reader.refresh()
    assert [reader.get("tickets", number) for number in (1, 2)] == [{"subject": "No 1"}, {"subject": "New"}]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda old: old.replace(b"No 1", b"No 9"), "does not fit its journal"),
        (lambda old: b"{}", "does not fit its journal"),
        (lambda old: b"", "is empty"),
    ],
)
def test_a_snapshot_rewritten_under_a_session_is_refused_when_it_next_looks(
    tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    path = tmp_path / "office.json"
    journal = compacted(path)
    old = path.read_bytes()
    os.utime(path, ns=(0, 0))
    path.write_bytes(spoil(old))
    with pytest.raises(StoreDamaged, match=said):
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
