"""What a key sends to the terminal on the real desk at 80x24: bytes do not vary, so they are asserted."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from benchmarks.keys import BOUNDS, spent
from benchmarks.offices import sample
from benchmarks.terminal import Terminal, desk


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("bytes") / "office", 400)


def test_every_kind_of_key_stays_within_its_bytes(office: Path) -> None:
    with Terminal(desk(office)) as terminal:
        sent = spent(terminal)
    assert sent.keys() == BOUNDS.keys()
    moves = sent.pop("move")
    assert {name: many for name, many in sent.items() if not 0 < median(many) <= BOUNDS[name]} == {}
    assert 0 < min(moves) <= BOUNDS["move"]
    assert max(moves) <= 300, "a move to a record with other verbs also draws the line of keys anew"
    assert max(sent["scrolling move"]) <= BOUNDS["scrolling move"]


def test_a_desk_that_nobody_touches_sends_nothing(office: Path) -> None:
    with Terminal(desk(office)) as terminal:
        terminal.send("13")
        terminal.until(b"T-")
        terminal.settle(2.0)
        assert terminal.settle(4.0) == b""
