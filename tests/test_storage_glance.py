"""Lines that are followed without being parsed say what parsing them says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from botui.storage import Journal
from botui.storage.format import Entry, Op, decode_line, encode_line, glance, parse_line

BEFORE = "0" * 32
START = BEFORE.encode()
AT = "2026-11-21T09:12:00.123Z"
TEXTS = st.sampled_from(["Lamp", '","w":null', '\\","i":7', "null", "w", "{", "}]]", '],[{"t":', "é\n"]) | st.text(
    max_size=5
)
DOCS = st.dictionaries(
    st.sampled_from(["subject", "w", "d", "i", "n", "t", "seal", "next"]),
    TEXTS | st.dictionaries(st.sampled_from(["a", "w", "d"]), TEXTS, max_size=3) | st.none() | st.integers(0, 9),
    max_size=4,
)
OPS = st.builds(
    Op,
    table=TEXTS,
    id=st.none() | st.integers(-1, 2**62),
    doc=st.none() | DOCS,
    was=st.none() | DOCS,
    salt=st.just("00ff00ff00ff00ff"),
    added=st.lists(TEXTS, max_size=2).map(tuple),
)


def line_of(header: dict[str, Any], ops: list[Op]) -> tuple[Entry, bytes]:
    return encode_line(BEFORE, {"at": AT, **header}, ops)


@given(header=st.dictionaries(TEXTS, TEXTS | st.integers(0, 9), max_size=3), ops=st.lists(OPS, max_size=2))
@example(header={}, ops=[Op("tickets", 7, {"w": 1}, {"w": 2}, "00", ())])
@example(header={"note": ',[{"t":'}, ops=[Op("tickets", 7, None, {"a": {"b": 1, "w": 2}}, "00", ())])
@example(header={"next": {"tickets": 9}}, ops=[Op("tickets", 7, {}, None, "00", ())])
def test_a_glance_says_what_parsing_says_or_nothing(header: dict[str, Any], ops: list[Op]) -> None:
    entry, line = line_of(header, ops)
    seen = glance(line[:-1], START)
    assert decode_line(line[:-1], BEFORE) == entry == parse_line(line[:-1])
    if seen is not None:
        digest, at, table, number, doc = seen
        (op,) = entry.ops
        assert (digest, at, table, number) == (entry.digest.encode(), AT.encode(), op.table, op.id)
        assert (None if doc is None else orjson.loads(doc)) == op.doc
        assert not {"next", "seal"} & entry.header.keys()


def test_ordinary_lines_are_not_parsed() -> None:
    for doc, was in (({"subject": "Lamp"}, {"subject": "Lamps"}), (None, {"subject": "Lamp"}), ({"n": 1}, None)):
        _, line = line_of({"by": 1, "do": "tickets.edit", "note": "why"}, [Op("tickets", 7, doc, was, "00ff")])
        assert glance(line[:-1], START) is not None


@pytest.mark.parametrize("doc", [{"subject": "Lamp"}, None])
def test_a_glance_finds_any_flipped_bit(doc: dict[str, Any] | None) -> None:
    _, line = line_of({"by": 1}, [Op("tickets", 7, doc, {"subject": "Lamps"}, "00ff")])
    for place in range(len(line) - 1):
        for bit in range(8):
            spoilt = bytearray(line[:-1])
            spoilt[place] ^= 1 << bit
            assert glance(bytes(spoilt), START) is None
    assert glance(line[:-1], b"1" * 32) is None


@pytest.mark.parametrize("at_a_time", [1, 200, 450, 1 << 20])
def test_a_journal_is_read_whole_however_much_is_cut_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr("botui.storage.log._AT_A_TIME", at_a_time)
    journal = Journal(tmp_path / "office.json")
    with journal.transaction() as tx:
        tx.put("tickets", 99, {})
    follower = Journal(tmp_path / "office.json")
    for number in range(1, 21):
        with journal.transaction() as tx:
            tx.put("tickets", number, {"subject": "x" * (number * 20)})
    with (tmp_path / "office.json.journal").open("ab") as file:
        file.write(b'["torn')
    assert len(follower.refresh().entries) == 20
    for one in (follower, Journal(tmp_path / "office.json")):
        assert list(one.items("tickets")) == list(journal.items("tickets"))
        assert (one.head, one.size) == (journal.head, journal.size)
