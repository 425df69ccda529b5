"""Checking a whole store, adopting a rewritten snapshot, and the files of format version 1 kept for ever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import StoreDamaged, StoreLocked
from botui.storage import Journal, verify
from botui.storage.adoption import adopt
from botui.storage.format import decode_line, encode_line, encode_op, hexdigest

GOLDEN = Path(__file__).parent / "golden" / "v1"


@pytest.fixture
def path(folder: Path) -> Path:
    """A store of three generations."""
    path = folder / "office.json"
    journal = Journal(path)
    for number in range(1, 7):
        with journal.transaction(do="add") as tx:
            tx.put("tickets", tx.next_id("tickets"), {"n": number})
        if number % 2 == 0 and number < 6:
            journal.compact()
    return path


def closed(path: Path, generation: int) -> Path:
    return path.parent / "history" / f"office.json.{generation:06d}.journal"


def test_a_sound_store_has_nothing_to_report(path: Path) -> None:
    report = verify(path)
    assert (report.problems, report.notes) == ((), ())
    assert (report.generation, report.commits, report.documents) == (3, 6, {"tickets": 6})
    assert report.head == Journal(path).head


def test_a_store_that_is_not_there_has_nothing_to_report(tmp_path: Path) -> None:
    report = verify(tmp_path / "none.json")
    assert (report.problems, report.generation, report.head) == ((), 0, "0" * 32)


def test_a_missing_journal_in_the_middle_is_a_problem_and_a_cut_past_a_note(path: Path) -> None:
    kept = closed(path, 2).read_bytes()
    closed(path, 2).unlink()
    assert "missing" in verify(path).problems[0]
    closed(path, 2).write_bytes(kept)
    closed(path, 1).unlink()
    report = verify(path)
    assert (report.problems, report.notes) == ((), ("The history before generation 2 is not kept.",))


def rewrite(line: bytes, before: str, change: Callable[[dict[str, Any]], None]) -> tuple[str, bytes]:
    entry = decode_line(line, None)
    change(entry.header)
    new, data = encode_line(before, entry.header, entry.ops)
    return new.digest, data


def forge(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite every header of a journal with a right chain inside: only its neighbours can tell."""
    lines = file.read_bytes().splitlines()
    before, out = decode_line(lines[0], None).header["prev"], []
    for line in lines:
        before, new = rewrite(line, before, change)
        out.append(new)
    file.write_bytes(b"".join(out))


def test_a_forged_past_shows_even_with_a_right_chain_inside(path: Path) -> None:
    forge(closed(path, 2), lambda header: header.update(by=99))
    assert "does not follow" in verify(path).problems[0]


def test_a_forged_change_shows_in_the_snapshot(path: Path) -> None:
    lines = closed(path, 1).read_bytes().splitlines()
    data = b"\n".join([*lines[:2], *lines[3:]]).replace(b'{"n":1}', b'{"n":7}') + b"\n"
    before, out = "0" * 32, []
    for line in data.splitlines():
        _, header, items = json.loads(line)
        body = [json.dumps(item, separators=(",", ":")) for item in items]
        head = json.dumps(header, separators=(",", ":"))
        before = hexdigest(before.encode(), head.encode(), *(hexdigest(one.encode()).encode() for one in body))
        out.append(f'["{before}",{head},[{",".join(body)}]]\n')
    closed(path, 1).write_text("".join(out))
    assert "announces another snapshot" in verify(path).problems[0]


def test_a_snapshot_other_than_announced_is_a_problem(path: Path) -> None:
    def change(header: dict[str, Any]) -> None:
        if "seal" in header:
            header["seal"]["snapshot"] = "f" * 32

    forge(closed(path, 1), change)
    problems = verify(path).problems
    assert "announces another snapshot" in problems[0]
    assert "does not follow" in problems[1]


def test_a_journal_that_begins_with_another_snapshot_is_a_problem(path: Path) -> None:
    closed(path, 1).unlink()
    forge(closed(path, 2), lambda header: header.get("seal", {}).update(snapshot="f" * 32))
    head = decode_line(closed(path, 2).read_bytes().splitlines()[-1], None).digest
    journal = path.with_name("office.json.journal")
    lines = journal.read_bytes().splitlines()
    before, first = rewrite(lines[0], head, lambda header: header.update(prev=head))
    out = [first]
    for line in lines[1:]:
        before, new = rewrite(line, before, lambda header: None)
        out.append(new)
    journal.write_bytes(b"".join(out))
    assert "another snapshot than was announced" in verify(path).problems[0]


def test_a_purged_op_leaves_its_digest_and_the_chain_whole(path: Path) -> None:
    lines = closed(path, 1).read_bytes().splitlines(keepends=True)
    (op,) = decode_line(lines[1][:-1], None).ops
    body = encode_op(op)
    lines[1] = lines[1].replace(body, b'"%s"' % hexdigest(body).encode())
    closed(path, 1).write_bytes(b"".join(lines))
    report = verify(path)
    assert report.problems == ()
    assert "purged" in report.notes[0]
    entries = list(Journal(path).history())
    assert (len(entries), entries[0].ops, entries[0].purged, entries[0].header["do"]) == (6, (), 1, "add")
    assert len(list(Journal(path).history("tickets", 1))) == 0


def test_damage_in_the_history_is_told_when_it_is_read(path: Path) -> None:
    data = closed(path, 1).read_bytes()
    closed(path, 1).write_bytes(data.replace(b'"d":{"n":2}', b'"d":{"n" 2}'))
    with pytest.raises(StoreDamaged, match=r"000001"):
        list(Journal(path).history())
    assert verify(path).problems
    closed(path, 1).write_bytes(data[:-1])
    assert "no end" in verify(path).problems[0]


def test_a_rewritten_snapshot_is_refused_until_it_is_adopted(path: Path) -> None:
    text = path.read_text().replace('{"n":1}', '{"n":"by hand"}')
    path.write_text(text)
    with pytest.raises(StoreDamaged, match="botui adopt"):
        Journal(path)
    report = adopt(path)
    assert report.problems == ()
    assert "adopted" in report.notes[0]
    journal = Journal(path)
    docs = [journal.get("tickets", number) for number in journal.ids("tickets")]
    assert docs == [{"n": "by hand"}, *({"n": n} for n in range(2, 7))]
    assert (path.parent / "history" / "office.json.000003.adopted").read_text() == text
    assert journal.next_id("tickets") == 7
    assert len(list(journal.history())) == 6


def test_adopting_leaves_a_sound_store_alone(path: Path) -> None:
    head = Journal(path).head
    assert adopt(path).head == head


def test_adopting_waits_its_turn(path: Path) -> None:
    with Journal(path).transaction(), pytest.raises(StoreLocked):
        adopt(path, timeout=0.02)


def test_what_cannot_be_read_is_not_adopted(path: Path) -> None:
    path.write_text("{")
    with pytest.raises(StoreDamaged, match="cannot be read"):
        adopt(path)
    assert path.read_text() == "{"


def test_after_the_loss_of_a_journal_adopting_goes_on_from_the_snapshot(path: Path) -> None:
    path.with_name("office.json.journal").unlink()
    report = adopt(path)
    assert report.problems == ()
    assert "lost" in report.notes[0]
    journal = Journal(path)
    assert (journal.ids("tickets"), journal.next_id("tickets"), journal.generation) == ([1, 2, 3, 4], 5, 3)
    with journal.transaction() as tx:
        tx.put("tickets", 5, {})
    journal.compact()
    assert verify(path).problems == ()


def test_after_the_loss_of_the_only_journal_the_store_can_be_begun_again(folder: Path) -> None:
    path = folder / "office.json"
    with Journal(path).transaction() as tx:
        tx.put("tickets", 1, {})
    path.with_name("office.json.journal").unlink()
    adopt(path)
    assert Journal(path).tables() == []


# ---- format version 1, for ever


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "v1")
    return tmp_path / "v1" / "office.json"


def test_golden_files_of_version_1_say_what_they_always_said(golden: Path) -> None:
    expected = json.loads((GOLDEN / "expected.json").read_text("utf-8"))
    report = verify(golden)
    assert (report.problems, report.head, report.commits) == ((), expected["head"], len(expected["commits"]))
    assert [note.split(":")[0] for note in report.notes] == ["office.json.000001.journal"]
    journal = Journal(golden)
    docs = {name: {str(n): journal.get(name, n) for n in journal.ids(name)} for name in journal.tables()}
    assert docs == expected["documents"]
    assert {table: journal.next_id(table) for table in expected["next"]} == expected["next"]
    commits = [
        {
            "header": entry.header,
            "purged": entry.purged,
            "ops": [[op.table, op.id, op.doc, op.was, list(op.added)] for op in entry.ops],
        }
        for entry in journal.history()
    ]
    assert commits == expected["commits"]


def test_golden_files_can_be_written_on(golden: Path) -> None:
    journal = Journal(golden)
    with journal.transaction() as tx:
        tx.put("tickets", tx.next_id("tickets"), {"subject": "new"})
    journal.compact()
    assert verify(golden).problems == ()


def test_a_reader_that_knows_only_the_format_page_agrees(golden: Path) -> None:
    def short(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()[:32]

    def text(value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    head = "0" * 32
    state: dict[str, dict[str, Any]] = {}
    sealed: dict[str, Any] = {}
    for name in ("history/office.json.000001.journal", "office.json.journal"):
        for line in (golden.parent / name).read_bytes().split(b"\n")[:-1]:
            digest, header, ops = json.loads(line)
            assert header.get("prev", head) == head
            parts = [op if isinstance(op, str) else short(text(op)) for op in ops]
            head = short(head.encode() + text(header) + "".join(parts).encode())
            assert (digest, text([digest, header, ops])) == (head, line)
            sealed = header.get("seal", sealed)
    snapshot = golden.read_bytes()
    assert (sealed["snapshot"], sealed["size"]) == (short(snapshot), len(snapshot))
    state = json.loads(snapshot)
    for line in golden.with_name("office.json.journal").read_bytes().split(b"\n")[:-1]:
        for op in json.loads(line)[2]:
            if op["i"] is None:
                state.pop(op["t"], None)
            if op["i"] is None and op["d"] is not None:
                state[op["t"]] = {}
            elif op["i"] is not None and op["d"] is None:
                del state[op["t"]][str(op["i"])]
            elif op["i"] is not None:
                state.setdefault(op["t"], {})[str(op["i"])] = op["d"]
    assert state == json.loads((GOLDEN / "expected.json").read_text("utf-8"))["documents"]


def test_a_later_version_is_named_and_left_alone(golden: Path) -> None:
    journal = golden.with_name("office.json.journal")
    journal.write_bytes(journal.read_bytes().replace(b'"format":1', b'"format":2', 1))
    with pytest.raises(StoreDamaged, match="another version"):
        Journal(golden)


def test_golden_files_are_all_here() -> None:
    assert sorted(os.listdir(GOLDEN)) == ["expected.json", "history", "office.json", "office.json.journal"]
