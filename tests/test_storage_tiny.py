"""TinyDB's own API on the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tinydb
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from botui.models.errors import Conflict, StoreDamaged
from botui.storage import Journal, JournalStorage, JournalTable, open_db, verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.json"


def grow(fields: Any) -> None:
    fields["n"] += 1


def test_tinydb_code_runs_and_finds_its_documents_again(path: Path) -> None:
    with open_db(path) as db:
        people = db.table("people")
        assert people.insert({"name": "Ada"}) == 1
        assert people.insert_multiple([{"name": "Bob"}, Document({"name": "Cy"}, doc_id=9)]) == [2, 9]
        assert people.update({"in": True}, where("name") == "Bob") == [2]
        assert people.upsert({"name": "Dee"}, where("name") == "Dee") == [10]
        assert people.upsert({"name": "Dee", "in": False}, where("name") == "Dee") == [10]
        assert people.remove(where("name") == "Ada") == [1]
        assert people.update_multiple([({"in": None}, where("name") == "Cy")]) == [9]
    with open_db(path) as db:
        people = db.table("people")
        assert [(doc.doc_id, dict(doc)) for doc in people] == [
            (2, {"name": "Bob", "in": True}),
            (9, {"name": "Cy", "in": None}),
            (10, {"name": "Dee", "in": False}),
        ]
        assert people.get(doc_id=9) == {"name": "Cy", "in": None}
        assert people.get(doc_ids=[2, 3]) == [{"name": "Bob", "in": True}]
        assert (len(people), people.contains(doc_id=1), db.tables()) == (3, False, {"people"})
    assert verify(path).problems == ()


def test_a_write_is_one_line_that_holds_only_what_changed(path: Path) -> None:
    db = open_db(path)
    db.insert_multiple({"n": number} for number in range(100))
    assert db.update(grow, where("n") < 2) == [1, 2]
    db.remove(doc_ids=[3, 999])
    first, second, third = Journal(path).history()
    assert (len(first.ops), first.header["by"]) == (100, None)
    assert [(op.id, op.was) for op in second.ops] == [(1, {"n": 0}), (2, {"n": 1})]
    assert [(op.id, op.doc) for op in third.ops] == [(3, None)]


def test_two_handles_never_undo_each_other(path: Path) -> None:
    one, two = open_db(path), open_db(path)
    for _ in range(10):
        one.insert({"n": 0})
        two.insert({"n": 0})
        one.update(grow)
        two.update(grow)
    assert [doc["n"] for doc in one.all()] == [2 * n for n in range(10, 0, -1) for _ in "ab"]
    assert [doc.doc_id for doc in two.all()] == list(range(1, 21))


def test_a_cached_search_notices_the_other_handle_and_is_not_spoiled_by_its_callers(path: Path) -> None:
    one, two = open_db(path), open_db(path)
    one.insert({"n": 1, "tags": []})
    query = where("n") == 1
    for _ in range(3):
        one.search(query)[0]["tags"].append("x")
    assert one.search(query) == [{"n": 1, "tags": []}]
    two.insert({"n": 1})
    assert len(one.search(query)) == 2
    two.remove(doc_ids=[1])
    assert one.count(query) == 1


TEXTS = ["a", "A", "", "Ünï", "tab\tand\nline", 'say "yes"', "C:\\", "\\u0041", "</a>", "\x00", "{", "\u2028", "😀"]


@pytest.mark.parametrize("sought", [*TEXTS, "\ud800", 1, True, None, 1.0, ["a"], {"b": "a"}])
def test_a_search_finds_what_comparing_every_document_finds(path: Path, sought: Any) -> None:
    values = [*TEXTS, 1, 1.0, True, False, None, ["a"], {"b": "a"}]
    docs: list[dict[str, Any]] = [{"f": value, "other": "a"} for value in values] + [{"a": "f"}, {"f": {"f": sought}}]
    lines = ",".join(f'"{number}":{json.dumps(doc)}' for number, doc in enumerate(docs[:-1], 1))
    path.write_text('{"_default":{' + lines + "}}")
    db = open_db(path)
    if sought != "\ud800":
        db.insert(docs[-1])
    for query in (where("f") == sought, where("f").f == sought, where("f").test(lambda value: value == sought)):
        found = [doc.doc_id for doc in db.search(query)]
        assert found == [doc.doc_id for doc in db if query(doc)]
        first = db.get(query)
        assert [first.doc_id if isinstance(first, Document) else None] == (found or [None])[:1]
        assert db.update({"seen": 1}, query) == found


def test_a_search_reads_escapes_that_another_program_wrote(path: Path) -> None:
    path.write_text('{\n"_default":{\n"1":{"f":"\\u0041"},\n"2":{"f":"\\/"},\n"3":{"\\u0066":"A"}\n}\n}\n')
    db = open_db(path)
    assert [doc.doc_id for doc in db.search(where("f") == "A")] == [1, 3]
    assert [doc.doc_id for doc in db.search(where("f") == "/")] == [2]


def test_a_search_raises_what_its_condition_raises(path: Path) -> None:
    db = open_db(path)
    db.insert_multiple([{"n": "x"}, {"n": 1, "f": "A"}])
    with pytest.raises(TypeError):
        db.search((where("n") < 3) & (where("f") == "A"))


def test_documents_are_found_by_their_numbers_in_the_order_of_the_table(path: Path) -> None:
    db = open_db(path)
    db.insert_multiple({"n": number} for number in range(1, 6))
    open_db(path).remove(doc_ids=[4])
    assert db.get(doc_ids=[5, 2, 2, 4, 99]) == [{"n": 2}, {"n": 5}]
    assert [doc.doc_id for doc in db.get(doc_ids=[5, 2])] == [2, 5]
    assert db.get(doc_ids=[]) == []
    with pytest.raises(RuntimeError, match="pass either"):
        db.table("t").get()


def test_calls_of_one_transaction_see_what_the_ones_before_them_did(path: Path) -> None:
    with open_db(path) as db:
        db.insert_multiple([{"n": 1}, {"n": 2}])
        with db.storage.transaction():
            db.update({"n": 2}, where("n") == 1)
            db.remove(doc_ids=[2])
            db.insert({"n": 2})
            assert db.update(grow, where("n") == 2) == [1, 3]
            db.table("new").insert({"n": 1})
            assert db.table("new").remove(where("n") == 1) == [1]
        assert [(doc.doc_id, doc["n"]) for doc in db] == [(1, 3), (3, 3)]
    assert len(list(Journal(path).history())) == 2


def test_numbers_are_not_used_again_after_a_removal(path: Path) -> None:
    db = open_db(path)
    db.insert({})
    db.remove(doc_ids=[db.insert({})])
    assert open_db(path).insert({}) == 3


def test_a_failed_insert_changes_nothing(path: Path) -> None:
    db = open_db(path)
    db.insert({"n": 1})
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document({"n": 2}, doc_id=1))
    with pytest.raises(ZeroDivisionError):
        db.insert_multiple({"n": 1 // (2 - number)} for number in range(3))
    with pytest.raises(TypeError):
        db.insert({"n": {1}})
    with pytest.raises(ValueError, match="JSON"):
        db.update({"n": float("nan")})
    assert open_db(path).all() == [{"n": 1}]


def test_tables_are_made_emptied_and_dropped(path: Path) -> None:
    db = open_db(path)
    db.table("empty", persist_empty=True)
    db.table("t").insert_multiple([{}, {}])
    db.table("t").truncate()
    assert (db.tables(), len(db.table("t")), db.table("t").insert({})) == ({"empty", "t"}, 0, 1)
    db.drop_table("empty")
    db.drop_table("never there")
    assert open_db(path).tables() == {"t"}
    db.drop_tables()
    assert open_db(path).tables() == set()


def test_stock_tinydb_reads_the_snapshot(path: Path) -> None:
    db = open_db(path)
    db.insert_multiple([{"name": "Ünï"}, {"deep": {"a": [1, 2.5, None]}}])
    db.table("empty", persist_empty=True)
    Journal(path).compact()
    with TinyDB(path, storage=tinydb.JSONStorage, access_mode="r") as stock:
        assert stock.all() == [{"name": "Ünï"}, {"deep": {"a": [1, 2.5, None]}}]
        assert stock.tables() == {"_default", "empty"}
    assert '\n"1":{"name":"Ünï"},\n"2":{' in path.read_text("utf-8"), "one document a line"


def test_a_file_of_stock_tinydb_is_opened_and_goes_on(path: Path) -> None:
    with TinyDB(path, indent=1) as stock:
        stock.insert_multiple([{"n": 1}, {"n": 2.0}])
    db = open_db(path)
    assert db.insert({"n": 3}) == 3
    assert open_db(path).all() == [{"n": 1}, {"n": 2.0}, {"n": 3}]
    assert verify(path).problems == ()
    Journal(path).compact()
    assert json.loads(path.read_text())["_default"]["3"] == {"n": 3}
    assert verify(path).problems == ()


def test_a_file_of_stock_tinydb_may_change_until_the_first_write(path: Path) -> None:
    path.write_text('{"_default":{"1":{"n":1}}}')
    db = open_db(path)
    path.write_text('{"_default":{"7":{"n":7}}}')
    assert db.insert({}) == 8
    assert open_db(path).get(doc_id=7) == {"n": 7}


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"t":[1]}',
        '{"t":{"1":2}}',
        '{"t":{"x":{}}}',
        '{"t":{"1":{"n":NaN}}}',
        '{"t":{"1":{"n":99999999999999999999}}}',
    ],
)
def test_what_is_no_tinydb_file_is_refused_and_left_alone(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(StoreDamaged, match="cannot be read"):
        open_db(path)
    assert path.read_text() == text


@pytest.mark.parametrize(
    "layout",
    ['{\n"t":{\n"1":{"n":1},\n"2":{"n":2}\n}\n}\n', '{\n"1":{\n"1":{\n"n":1\n}\n}\n}\n', "{\n}\n", '{\n"t":{\n}\n'],
)
def test_any_layout_of_json_is_read_as_json_says(path: Path, layout: str) -> None:
    path.write_text(layout)
    if layout.count("{") != layout.count("}"):
        with pytest.raises(StoreDamaged, match="cannot be read"):
            Journal(path)
        return
    journal = Journal(path)
    held = {table: {str(n): journal.get(table, n) for n in journal.ids(table)} for table in journal.tables()}
    assert held == json.loads(layout)


def test_with_the_stock_table_a_lost_race_raises_conflict(path: Path) -> None:
    one, two = JournalStorage(path), JournalStorage(path)
    mine, theirs = tinydb.table.Table(one, "t"), tinydb.table.Table(two, "t")
    mine.insert({"n": 0})

    def race(doc: Any) -> None:
        theirs.update({"m": 1})
        doc["n"] = 1

    with pytest.raises(Conflict, match="try again"):
        mine.update(race, doc_ids=[1])
    assert mine.get(doc_id=1) == {"n": 0, "m": 1}
    mine.update({"n": 2})
    mine.insert({"n": 3})
    mine.remove(doc_ids=[1])
    assert theirs.all() == [{"n": 3}]
    mine.truncate()
    assert (theirs.all(), one.read()) == ([], {"t": {}})
    one.write({"t": {"5": {"n": 5}}, "u": {}})
    assert (theirs.all(), Journal(path).tables()) == ([{"n": 5}], ["t", "u"])
    one.write({})
    assert two.read() is None


def test_a_middleware_still_works(path: Path) -> None:
    with TinyDB(path, storage=CachingMiddleware(JournalStorage)) as db:  # type: ignore[no-untyped-call]
        db.insert({"n": 1})
        db.insert({"n": 2})
    assert open_db(path).all() == [{"n": 1}, {"n": 2}]


def test_on_other_storages_the_table_is_tinydbs_own() -> None:
    table = JournalTable(MemoryStorage(), "t")  # type: ignore[no-untyped-call]
    assert table.insert({"n": 1}) == 1
    table.update(grow, where("n") == 1)
    assert table.search(where("n") == 2) == [{"n": 2}]
    assert table.upsert({"n": 3}, where("n") == 9) == [2]
    table.remove(where("n") == 2)
    assert len(table) == 1


def test_opening_is_as_strict_as_tinydbs_own(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_db(path, access_mode="r")
    with pytest.raises(FileNotFoundError):
        open_db(path.parent / "none" / "x.json")
    with pytest.raises(ValueError, match="UTF-8"):
        open_db(path, encoding="cp936")
    with pytest.raises(TypeError):
        open_db(path, unknown=1)
    with pytest.warns(UserWarning, match="access_mode"):
        open_db(path, access_mode="w")
    db = open_db(path.parent / "deep" / "er" / "x.json", create_dirs=True, indent=4, encoding="UTF-8")
    assert db.insert({}) == 1
    with pytest.raises(OSError, match="Access mode"):
        open_db(path, access_mode="r").insert({})


def test_the_next_number_is_asked_for_as_in_tinydb(path: Path) -> None:
    table = open_db(path).table("t")
    assert [table._get_next_id() for _ in range(3)] == [1, 2, 3]  # type: ignore[no-untyped-call]


def test_an_updater_may_do_with_its_table_what_it_does_with_a_dict(path: Path) -> None:
    table = open_db(path).table("t")
    table.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}])

    def work(docs: Any) -> None:
        docs[7] = {"n": 7}
        docs[8] = {"n": 8}
        docs[1]["n"] = 10
        assert (len(docs), list(docs), 7 in docs, 99 in docs, docs.get(99)) == (5, [1, 2, 3, 7, 8], True, False, None)
        del docs[8]
        assert docs.pop(2) == {"n": 2}
        with pytest.raises(KeyError):
            del docs[2]
        assert docs.pop("x", None) is None

    table._update_table(work)
    assert {doc.doc_id: doc["n"] for doc in table} == {1: 10, 3: 3, 7: 7}
