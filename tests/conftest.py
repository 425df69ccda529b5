"""What all tests share: nothing of the developer's own machine, and no silent skip in CI."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import Path
from pkgutil import walk_packages
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from textual.css.stylesheet import Stylesheet

from botui import app, models
from botui.access import secrets
from botui.cli import parser
from botui.data import Desk
from tests.idle import paint_when_idle, wait_for_idle, wait_for_screen
from tests.offices import ANN, Clock, office, ticket
from tests.samples import Docs, desk_of, docs_of, make

# What was compiled is kept, whatever the environment says: hundreds of tests start a process that imports the desk.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("botui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("botui")

LONG = {
    "test_access",
    "test_benchmarks",
    "test_bytes",
    "test_damage_bits",
    "test_damage_check",
    "test_driver_canvas",
    "test_driver_terminal",
    "test_fault_kills",
    "test_fault_supplies",
    "test_fault_writers",
    "test_import_again",
    "test_kiosk",
    "test_real_terminal",
    "test_sample",
    "test_shared_morning",
    "test_ssh",
}
"""Files of tests of whole processes, or of very many cases: coverage is reached without them, in half the time."""

FOLLOWED = 8
"""Cases of one parametrised test that coverage follows: the others go the same ways."""


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _own_home(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the developer's home folder and settings."""
    # Not numbered: pytest reads all folders there are for the next number, and there are thousands of tests.
    monkeypatch.setenv("HOME", mkdtemp(dir=_homes))
    for name in [
        name for name in os.environ if name.startswith(("BOTUI_", "TEXTUAL", "XDG_", "NO_COLOR", "COLORTERM"))
    ]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _said_once() -> Iterator[None]:
    """Let what each desk and each command does once be done once for all that one process of tests starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_parser", cache(parser._parser))  # 10 ms a command
        patch.setitem(secrets.COST, "n", 2)  # 40 ms a PIN; what one costs really is asserted in test_secrets.py
        patch.setattr(app, "_settle_memory", lambda: None)  # looks through the whole process, and keeps it for good
        patch.setattr(Stylesheet, "_parse_rules", _read_once(Stylesheet._parse_rules))  # a quarter of opening a desk
        yield


def _read_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Let rules of style be read once for each colours there are; nothing changes them afterwards."""
    known: dict[tuple[Any, ...], Any] = {}

    def read(sheet: Stylesheet, *rules: Any, **more: Any) -> Any:
        key = frozenset(sheet._variables.items()), rules, *more.items()
        if key not in known:
            known[key] = parse(sheet, *rules, **more)
        return known[key]

    return read


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Textual's pilot wait for what is left to do, not for the clock, and ask no widget whether it is done."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.Pilot._wait_for_screen", wait_for_screen)
    monkeypatch.setattr("textual.screen.Screen._compositor_refresh", paint_when_idle)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a store."""
    return tmp_path / "office"


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def ann(folder: Path, clock: Clock) -> Desk:
    """The desk of a clerk in an office with one ticket."""
    desk = office(folder, ANN, clock)
    ticket(desk)
    return desk


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of the administrator in the office of the demo, for looking only."""
    folder = tmp_path_factory.mktemp("sample") / "office"
    desk = desk_of(folder, make(folder).administrator)
    yield desk
    desk.store.close()


@pytest.fixture(scope="session")
def demo_docs(demo: Desk) -> Docs:
    """All that is in the office of the demo, as it is stored."""
    return docs_of(demo)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let Python look for garbage in what a test made, not in all tests; and coverage see the head of each module.

    Else that is not seen of a module which is first imported by a test that coverage does not follow.
    """
    if session.config.pluginmanager.hasplugin("_cov"):
        for one in walk_packages(models.__path__, f"{models.__name__}."):
            import_module(one.name)
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let coverage not follow tests that do for long, or on a screen, what others do: they would take twice as long.

    Nor does it follow more than a few cases of one test.
    """
    cases = Counter[Any]()
    for item in items:
        if isinstance(item, pytest.Function):
            cases[item.function] += 1
            if (
                cases[item.function] > FOLLOWED
                or iscoroutinefunction(item.function)
                or is_hypothesis_test(item.function)
                or item.path.stem in LONG
            ):
                item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Let coverage not follow either what is set up for such a test; it would follow that by itself."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if coverage is None or not item.get_closest_marker("no_cover"):
        yield
        return
    coverage.pause()
    try:
        yield
    finally:
        coverage.resume()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: what a test needs must be installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("A skip is a failure in CI.", red=True)
