"""The store beside the others, with 1,000, 10,000 and 100,000 of the same documents: all take turns."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from benchmarks.memory import taken
from benchmarks.offices import Sizes, sample
from benchmarks.stores import BARE, BOTUI, LINE, STORES, Appended, Store, build, last_line
from benchmarks.table import Compared
from botui.storage import Journal

_ONLY = "The only ticket with this subject"
_MARKED = 1
"""The number of that ticket."""
_AT_LEAST = 3
_FORK = multiprocessing.get_context("fork")

Call = Callable[[int], float]
"""Does something for the n-th time and returns the milliseconds it took."""


class Other:
    """A second process with a store open; made before this one opens its own, which SQLite asks for."""

    def __init__(self, kind: type[Store], folder: Path) -> None:
        self._pipe, end = _FORK.Pipe()
        self._process = _FORK.Process(target=self._run, args=(kind, folder, end), daemon=True)
        self._process.start()
        end.close()

    @staticmethod
    def _run(kind: type[Store], folder: Path, pipe: Any) -> None:
        with closing(kind(folder)) as store:
            while number := pipe.recv():
                pipe.send(_timed(partial(store.get, number)))

    def look(self, number: int) -> float:
        """Let it get a document; return the milliseconds it took there."""
        self._pipe.send(number)
        took: float = self._pipe.recv()
        return took

    def close(self) -> None:
        """Let it end."""
        self._pipe.send(0)
        self._process.join()


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _append(raw: Appended, data: bytes, _turn: int) -> float:
    return _timed(partial(raw.append, data))


def in_turn(calls: Mapping[str, Call], most: int, patience: float) -> dict[str, float]:
    """Make each call in turn, ``most`` times, but what is slow only thrice or for ``patience``; return the medians."""
    took: dict[str, list[float]] = {name: [] for name in calls}
    spent = dict.fromkeys(calls, 0.0)
    for turn in range(most):
        for name, call in calls.items():
            if turn < _AT_LEAST or spent[name] < patience:
                start = time.perf_counter()
                took[name].append(call(turn))
                spent[name] += (time.perf_counter() - start) * 1000
    return {name: median(values) for name, values in took.items()}


class Comparison:
    """All stores with so many documents, and what each takes."""

    def __init__(self, folder: Path, docs: list[bytes], many: int, sizes: Sizes) -> None:
        build(folder, docs, many)
        self._folder, self._many, self._sizes = folder, many, sizes
        self._doc = orjson.loads(docs[0])
        self._subject = orjson.loads(docs[-1])["subject"]

    def measure(self) -> dict[str, dict[str, float]]:
        """Return the medians by what was done and by store."""
        with ExitStack() as left:
            others = {name: Other(kind, self._folder) for name, kind in STORES.items()}
            stores = {name: kind(self._folder) for name, kind in STORES.items()}
            for name in STORES:
                left.callback(others[name].close)
                left.callback(stores[name].close)
            for store in stores.values():
                store.update(_MARKED, _ONLY)
            return {
                **self._looked(stores),
                **self._written(stores),
                "see another's write": self._followed(stores, others),
            }

    def _each(self, stores: Mapping[str, Store], call: Callable[[Store, int], object]) -> dict[str, Call]:
        def timed(store: Store, turn: int) -> float:
            return _timed(partial(call, store, turn))

        return {name: partial(timed, store) for name, store in stores.items()}

    def _number(self, turn: int) -> int:
        """Any but the marked one, from all over the store."""
        return _MARKED + 1 + turn * 7919 % (self._many - 1)

    def _looked(self, stores: Mapping[str, Store]) -> dict[str, dict[str, float]]:
        run = partial(in_turn, most=self._sizes.writes, patience=self._sizes.patience)
        opened = {name: partial(self._open, kind) for name, kind in STORES.items()}
        return {
            "open, and get one": run(opened),
            "get by number": run(self._each(stores, lambda store, turn: store.get(self._number(turn)))),
            "search a field": run(self._each(stores, lambda store, turn: store.search(self._subject))),
        }

    def _open(self, kind: type[Store], turn: int) -> float:
        start = time.perf_counter()
        with closing(kind(self._folder)) as store:
            store.get(self._number(turn))
            return (time.perf_counter() - start) * 1000

    def _written(self, stores: Mapping[str, Store]) -> dict[str, dict[str, float]]:
        run = partial(in_turn, most=self._sizes.writes, patience=self._sizes.patience)
        insert = self._each(stores, lambda store, turn: store.insert(self._doc))
        update = self._each(stores, lambda store, turn: store.update(self._number(turn), f"Subject {turn}"))
        where = self._each(stores, lambda store, turn: store.update_where(_ONLY, f"Group {turn}"))
        written = {}
        for name, calls in (("insert", insert), ("update by number", update)):
            with closing(Appended(self._folder / "raw")) as raw:
                for label, data in self._bytes(calls[BOTUI]).items():
                    calls[label] = partial(_append, raw, data)
                written[name] = run(calls)
        return {**written, "update by query": run(where)}

    def _bytes(self, write: Call) -> dict[str, bytes]:
        """Write once, and return what the journal got for it, and the document alone."""
        write(0)
        line = last_line(self._folder / "engine" / "office.json")
        _digest, _header, (op,) = orjson.loads(line)
        return {LINE: line, BARE: orjson.dumps(op["d"]) + b"\n"}

    def _followed(self, stores: Mapping[str, Store], others: Mapping[str, Other]) -> dict[str, float]:
        def look(name: str, turn: int) -> float:
            stores[name].update(self._number(turn), f"Subject {turn}, again")
            return others[name].look(self._number(turn))

        calls = {name: partial(look, name) for name in stores}
        return in_turn(calls, self._sizes.writes, self._sizes.patience)

    def memory(self) -> dict[str, dict[str, float]]:
        """Return the bytes a document, by what was looked at and by store; before anything is written."""
        took = {name: taken(name, self._folder, self._many // 2) for name in STORES}
        return {
            "memory a document, one looked at": {name: one / self._many for name, (one, _) in took.items()},
            "memory a document, all looked at": {name: every / self._many for name, (_, every) in took.items()},
        }


def measure(sizes: Sizes, folder: Path) -> list[Compared]:
    """Measure every operation on every store at each size."""
    with closing(Journal(sample(folder / "compared", min(600, sizes.records)) / "office.json")) as journal:
        docs = [data for _, data in journal.items("tickets")]
    found: dict[str, list[Compared]] = {}
    for many in sorted({sizes.few_written, sizes.records, sizes.many}):
        place = folder / f"compared{many}"
        comparison = Comparison(place, docs, many, sizes)
        memory = comparison.memory()
        for unit, measured in (("ms", comparison.measure()), ("B", memory)):
            for what, values in measured.items():
                found.setdefault(what, []).append(Compared(f"{what}, {many:,}", unit, values))
        shutil.rmtree(place)
    return [line for lines in found.values() for line in lines]
