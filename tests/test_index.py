"""What is kept at hand: every list equals what counting by hand would say, after any changes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import cmp_to_key
from pathlib import Path
from threading import Thread
from typing import Annotated, Any, ClassVar

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions.find import matches
from botui.index import KEPT, Index
from botui.listing import Listing
from botui.models.base import Between, Kind, Record, Refused, Ui, Where, fold
from botui.models.query import parse_query
from botui.models.tickets.kinds import TICKETS
from tests.offices import ANN, BOB, CLEO, office, ticket


class Thing(Record):
    """A record for these tests."""

    COLLECTION: ClassVar[str] = "places"

    name: Annotated[str, Ui(label="Name")] = ""
    level: int | None = None
    state: str | None = None


KIND: Kind[Any] = Kind(
    model=Thing,
    one="thing",
    many="Things",
    index=("name", "level", "state"),
    derived={"double": lambda doc: None if doc.get("level") is None else 2 * doc["level"]},
    text=("name", "tags", "missing"),
)
DOCS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["", "b", "B", "\u00c4", "a", "zz"]),
        "level": st.none() | st.integers(-2, 2),
        "state": st.sampled_from(["new", "open", None]),
    },
)
CHANGES = st.lists(st.tuples(st.integers(1, 8), st.none() | DOCS), max_size=25)
WHERES: list[Where] = [
    {},
    {"state": ("new",)},
    {"state": ("new", None), "level": Between(low=0)},
    {"level": Between(-1, 1)},
    {"level": ()},
    {"state": ("open", "open", "odd")},
    {"double": Between(high=2)},
    {"name": ("a", "b"), "state": ("open", "new")},
]
SORTS = ("id", "name", "level", "double")


def _value(doc: Mapping[str, Any], name: str) -> Any:
    return KIND.derived[name](doc) if name in KIND.derived else doc.get(name)


def _fits(doc: Mapping[str, Any], where: Where) -> bool:
    for name, wanted in where.items():
        value = _value(doc, name)
        if isinstance(wanted, Between):
            low, high = wanted.low, wanted.high
            if value is None or (low is not None and value < low) or (high is not None and value >= high):
                return False
        elif value not in wanted:
            return False
    return True


def _by_hand(docs: Mapping[int, Mapping[str, Any]], where: Where, sort: str, down: bool) -> list[int]:
    def order(one: int, other: int) -> int:
        both: list[Any] = [number if sort == "id" else _value(docs[number], sort) for number in (one, other)]
        first, second = both
        empty, other_empty = first in (None, ""), second in (None, "")
        if empty != other_empty:
            return 1 if empty else -1
        if not empty:
            first, second = (fold(v) if isinstance(v, str) else v for v in (first, second))
            if first != second:
                return (-1 if first < second else 1) * (-1 if down else 1)
        return (one - other) * (-1 if down else 1)

    return sorted((n for n, doc in docs.items() if _fits(doc, where)), key=cmp_to_key(order))


def _index(docs: Mapping[int, Mapping[str, Any]] | None = None) -> Index:
    return Index(KIND, [(number, orjson.dumps(doc)) for number, doc in (docs or {}).items()])


@given(st.dictionaries(st.integers(1, 8), DOCS), CHANGES)
def test_after_any_changes_every_list_is_what_counting_by_hand_says(
    begin: dict[int, dict[str, Any]], changes: list[tuple[int, dict[str, Any] | None]]
) -> None:
    docs, index = dict(begin), _index(begin)
    live = {
        (place, sort, down): index.listing(place, where, sort, down)
        for place, where in enumerate(WHERES)
        for sort in SORTS
        for down in (False, True)
    }
    for where in WHERES[::2]:
        index.find(where)  # from now on these numbers are kept by value
    for (_, sort, _), listing in live.items():
        if sort == "name":
            listing.ids()  # from now on these are kept in order, the others only counted
    for number, doc in changes:
        index.put(number, doc)
        if doc is None:
            docs.pop(number, None)
        else:
            docs[number] = doc
    for (place, sort, down), listing in live.items():
        expected = _by_hand(docs, WHERES[place], sort, down)
        assert len(listing) == len(expected)
        assert listing.ids() == expected, (WHERES[place], sort, down)
        assert index.listing("fresh", WHERES[place], sort, down).ids() == expected
        assert index.find(WHERES[place]) == sorted(expected)
    assert len(index) == len(docs)
    for number in range(1, 9):
        for name in index.names:
            assert index.value(number, name) == _value(docs.get(number, {}), name)


@given(st.dictionaries(st.integers(1, 8), DOCS), CHANGES)
def test_lists_that_are_looked_at_between_changes_follow_too(
    begin: dict[int, dict[str, Any]], changes: list[tuple[int, dict[str, Any] | None]]
) -> None:
    docs, index = dict(begin), _index(begin)
    listing = index.listing("x", WHERES[2], "name", True)
    for number, doc in changes:
        index.put(number, doc)
        docs.pop(number, None) if doc is None else docs.__setitem__(number, doc)
        assert listing.ids() == _by_hand(docs, WHERES[2], "name", True)


def test_the_same_view_gives_the_same_list_and_other_conditions_a_new_one() -> None:
    index = _index({1: {"level": 1}})
    first = index.listing("view", {"level": (1,)})
    assert index.listing("view", {"level": (1,)}) is first
    assert index.listing("view", {"level": (1,)}, down=True) is not first
    assert index.listing("view", {"level": (2,)}) is not first
    assert index.listing("view", {"level": (2,)}).where == {"level": (2,)}


def test_a_list_that_is_held_goes_on_following_and_of_the_others_only_those_used_last_are_kept() -> None:
    index = _index({1: {"level": 1}})
    held, again = index.listing("held", {"level": (1,)}), index.listing("again", {"level": (1,)})
    for number in range(2 * KEPT):
        index.listing(number, {"level": (1,)}).ids()
        assert index.listing("again", {"level": (1,)}) is again
    gc.collect()
    assert len(index._listings) == KEPT + 1
    index.put(2, {"level": 1})
    assert (len(held), held.ids()) == (2, [1, 2])
    assert index.listing("held", {"level": (1,)}).ids() == [1, 2]


def test_a_list_that_was_handed_out_stays_as_it_was() -> None:
    index = _index({1: {"level": 1}, 2: {"level": 2}})
    for sort, down in (("id", False), ("id", True), ("level", False), ("level", True)):
        given = index.listing("x", {}, sort, down).ids()
        before = list(given)
        index.put(3, {"level": 3})
        assert index.listing("x", {}, sort, down).ids() != given == before
        index.put(3, None)


@given(st.dictionaries(st.integers(1, 8), DOCS), CHANGES, st.sampled_from(["a", "b", "z", "zz", "A", "q"]))
def test_names_are_found_as_reading_all_of_them_finds_them(
    begin: dict[int, dict[str, Any]], changes: list[tuple[int, dict[str, Any] | None]], words: str
) -> None:
    docs, index = dict(begin), _index(begin)
    for number, doc in [(0, None), *changes]:
        index.put(number, doc)
        docs.pop(number, None) if doc is None else docs.__setitem__(number, doc)
        names = {one: fold(docs[one].get("name") or "") for one in sorted(docs)}
        has = [one for one, name in names.items() if fold(words) in name]
        begins = [one for one in has if names[one].startswith(fold(words))]
        same = [one for one in has if names[one] == fold(words)]
        assert index.named("name", fold(words)) == (same or begins or has)


def test_what_is_not_kept_at_hand_is_refused_with_what_is() -> None:
    with pytest.raises(Refused, match="Things cannot be sorted by 'odd'; there is: id, name, level, state, double"):
        _index().listing("x", {}, "odd")
    with pytest.raises(Refused, match="Things cannot be listed by 'odd'; there is: name, level, state, double"):
        _index().find({"odd": (1,)})


def test_the_words_of_a_record_are_made_once_and_anew_after_a_change() -> None:
    doc = {"name": "\u00c4rger", "tags": ["Two", ["Three"]], "missing": 5}
    read: list[int] = []

    def look(number: int) -> Mapping[str, Any] | None:
        read.append(number)
        return doc if number == 1 else None

    index = _index({1: doc})

    def names(_: int, __: Mapping[str, Any]) -> str:
        return "Ann"

    assert index.text(1, look, names) == index.text(1, look, names) == "arger two three ann"
    assert index.text(2, look, names) == "ann"
    assert read == [1, 2]
    index.put(1, doc)
    index.text(1, look, names)
    index.forget_texts({"people": {"Ann"}})
    index.text(1, look, names)
    assert read == [1, 2, 1], "no thing names a person"


def test_a_change_that_comes_while_a_list_is_made_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    index = _index({1: {"level": 1}})
    fill, threads = Listing.fill, []

    def slow(self: Listing, rows: Any) -> None:
        fill(self, rows)
        threads.append(Thread(target=index.put, args=(2, {"level": 1})))
        threads[0].start()
        threads[0].join(0.05)

    monkeypatch.setattr(Listing, "fill", slow)
    listing = index.listing("x", {"level": (1,)})
    threads[0].join()
    assert listing.ids() == [1, 2]


# --- what it costs, counted -----------------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count the documents that are parsed or taken into rows from here on; give and forget the count."""
    count = 0
    row, loads = Index._row, orjson.loads

    def counted_row(self: Index, doc: Mapping[str, Any]) -> Any:
        nonlocal count
        count += 1
        return row(self, doc)

    def counted_loads(data: Any) -> Any:
        nonlocal count
        count += 1
        return loads(data)

    def taken() -> int:
        nonlocal count
        given, count = count, 0
        return given

    monkeypatch.setattr(Index, "_row", counted_row)
    for place in ("botui.index.orjson", "botui.reading.orjson", "botui.store.orjson", "botui.storage.reading.orjson"):
        monkeypatch.setattr(f"{place}.loads", counted_loads)
    return taken


MANY = 300


def test_lists_counts_and_one_change_cost_what_changed_not_what_is_stored(
    folder: Path, parsed: Callable[[], int]
) -> None:
    desk = office(folder)
    with desk.store.journal.transaction() as tx:
        for number in range(1, MANY + 1):
            tx.put("tickets", number, {"subject": f"No {number}", "state": "new", "created_at": "2026-11-20T10:00:00Z"})
    desk.store.refresh()
    view = TICKETS.view("unassigned")
    desk.count("tickets", view)
    assert parsed() >= MANY, "the first look reads all once"
    for _ in range(3):
        assert desk.count("tickets", view) == MANY
        assert len(desk.listing("tickets", view).ids()) == MANY
    assert parsed() < 30
    desk.do("tickets", 7, "take")
    ticket(desk)
    assert desk.count("tickets", view) == MANY
    assert parsed() < 60


def test_a_code_is_found_at_the_cost_of_the_records_that_have_it(folder: Path, parsed: Callable[[], int]) -> None:
    desk = office(folder)
    with desk.store.journal.transaction() as tx:
        for number in range(1, MANY + 1):
            tx.put("tickets", number, {"subject": f"No {number}", "codes": [f"X{number:04}"]})
    desk.store.refresh()
    assert desk.aliases("tickets", "X0123") == [123]
    parsed()
    assert desk.aliases("tickets", "X0123") == [123]
    assert desk.aliases("tickets", "X9999") == []
    assert parsed() < 3
    assert desk.by_code("X0123") == [("tickets", 123)]
    assert parsed() < 40, "the other collections are looked through"
    desk.edit(desk.get("tickets", 7), {"codes": "X0123,Y7"})
    parsed()
    assert desk.by_code("X0123") == [("tickets", 7), ("tickets", 123)]
    assert desk.by_code("Y7") == [("tickets", 7)]
    assert desk.by_code("X0007") == []
    assert parsed() < 30


def test_a_new_name_costs_the_records_that_say_it(folder: Path, parsed: Callable[[], int]) -> None:
    desk = office(folder)
    with desk.store.journal.transaction() as tx:
        for number in range(1, MANY + 1):
            doc = {"subject": f"No {number}", "requester": CLEO if number < 4 else BOB, "topic": 1, "parent": 9}
            tx.put("tickets", number, doc)
    desk.store.refresh()
    assert len(list(matches(desk, "tickets", desk.numbers("tickets"), parse_query("cleo")))) == 3
    system = desk.as_system()
    system.edit(desk.get("people", CLEO), {"name": "Clara Cole"})
    system.edit(desk.get("tickets", 5), {"subject": "Number five"})
    parsed()
    for typed, numbers in (("clara", [1, 2, 3]), ("cleo", []), ("five", [5])):
        assert list(matches(desk, "tickets", desk.numbers("tickets"), parse_query(typed))) == numbers
    assert parsed() < 20


def test_lists_of_different_people_are_kept_apart(folder: Path) -> None:
    ann = office(folder, ANN)
    ticket(ann)
    ann.do("tickets", 1, "take")
    mine = TICKETS.view("mine")
    for _ in range(2):
        assert ann.listing("tickets", mine).ids() == [1]
        assert ann.for_person(BOB).listing("tickets", mine).ids() == []
