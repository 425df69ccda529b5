"""``make tinydb-suite`` names what it leaves out and cannot pass by running nothing; the suite itself is a download."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.tinydb_suite import ENOUGH, LEFT_OUT, Suite


class Item:
    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid
        self.markers: list[pytest.MarkDecorator] = []

    def add_marker(self, marker: pytest.MarkDecorator) -> None:
        self.markers.append(marker)


def collected(names: list[str]) -> dict[str, Any]:
    return {name: Item(f"some/folder/{name}") for name in names}


def finished(passed: int, *skipped: str) -> int:
    suite = Suite()
    for number in range(passed):
        suite.pytest_runtest_logreport(pytest.TestReport(f"t{number}", ("", 0, ""), {}, "passed", None, "call"))
    for name in skipped:
        suite.pytest_runtest_logreport(pytest.TestReport(name, ("", 0, ""), {}, "skipped", None, "call"))
    session: Any = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    suite.pytest_sessionfinish(session)
    return int(session.exitstatus)


def test_what_is_left_out_must_fail_when_it_is_run_and_nothing_else_may() -> None:
    items = collected([*LEFT_OUT, "test_tables.py::test_insert"])
    Suite().pytest_collection_modifyitems(list(items.values()))
    marks = {name: [(mark.name, mark.kwargs) for mark in item.markers] for name, item in items.items()}
    assert marks.pop("test_tables.py::test_insert") == []
    assert marks == {name: [("xfail", {"reason": reason, "strict": True})] for name, reason in LEFT_OUT.items()}


def test_a_name_that_is_left_out_but_not_there_stops_the_run() -> None:
    first, *others = LEFT_OUT
    with pytest.raises(pytest.UsageError, match=first.split("[")[0]):
        Suite().pytest_collection_modifyitems(list(collected(others).values()))


def test_a_run_of_too_few_tests_or_with_a_skipped_one_is_no_success() -> None:
    assert finished(ENOUGH) == 0
    assert finished(ENOUGH - 1) == 1
    assert finished(ENOUGH, "t") == 1
