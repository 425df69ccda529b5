"""Labels: what a scanner reads back, what a printer gets, and what is refused in words."""

from __future__ import annotations

import io
import os
import re
import socket
import string
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions.labels import Label, as_text, as_zpl, badge_card
from botui.actions.labels.code128 import encode, modules
from botui.actions.labels.lines import BLOCKS
from botui.actions.labels.port import address, send
from botui.models.errors import Refused
from tests.command_line import Office, found

PRINTABLE = string.printable[:95]
CODES = st.text(st.sampled_from(PRINTABLE + string.digits * 9), min_size=1, max_size=40)


# --- a reader of its own: another form of the standard's table, read bar by bar -------------------------------------

_TABLE = """
11011001100 11001101100 11001100110 10010011000 10010001100 10001001100 10011001000 10011000100 10001100100 11001001000
11001000100 11000100100 10110011100 10011011100 10011001110 10111001100 10011101100 10011100110 11001110010 11001011100
11001001110 11011100100 11001110100 11101101110 11101001100 11100101100 11100100110 11101100100 11100110100 11100110010
11011011000 11011000110 11000110110 10100011000 10001011000 10001000110 10110001000 10001101000 10001100010 11010001000
11000101000 11000100010 10110111000 10110001110 10001101110 10111011000 10111000110 10001110110 11101110110 11010001110
11000101110 11011101000 11011100010 11011101110 11101011000 11101000110 11100010110 11101101000 11101100010 11100011010
11101111010 11001000010 11110001010 10100110000 10100001100 10010110000 10010000110 10000101100 10000100110 10110010000
10110000100 10011010000 10011000010 10000110100 10000110010 11000010010 11001010000 11110111010 11000010100 10001111010
10100111100 10010111100 10010011110 10111100100 10011110100 10011110010 11110100100 11110010100 11110010010 11011011110
11011110110 11110110110 10101111000 10100011110 10001011110 10111101000 10111100010 11110101000 11110100010 10111011110
10111101110 11101011110 11110101110 11010000100 11010010000 11010011100
"""
BARS = _TABLE.split()
STOP = "1100011101011"


def read(bars: str) -> str:
    """What a scanner makes of some modules; fails where the check symbol is wrong."""
    assert bars.endswith(STOP)
    rest = bars.removesuffix(STOP)
    start, *values, check = [BARS.index(rest[at : at + 11]) for at in range(0, len(rest), 11)]
    assert check == (start + sum(place * value for place, value in enumerate(values, 1))) % 103
    pairs, text = {104: False, 105: True}[start], ""
    for value in values:
        if value == (100 if pairs else 99):
            pairs = not pairs
        else:
            text += f"{value:02}" if pairs else chr(value + 32)
    return text


def drawn(text: str) -> str:
    """The modules of the first line of bars in a label of text, without what is blank beside them."""
    line = next(line for line in text.splitlines() if "\N{FULL BLOCK}" in line or "\N{LEFT HALF BLOCK}" in line)
    back = {block: two for two, block in BLOCKS.items()}
    return "".join(back[one] for one in line).strip("0")


@given(CODES)
def test_what_is_encoded_reads_back(code: str) -> None:
    assert read(modules(code)) == code
    assert read(drawn(as_text(Label(code, "A lamp"), width=2000))) == code


@given(st.text(st.sampled_from("0123456789A"), min_size=1, max_size=9))
def test_no_other_way_to_change_sets_is_shorter(code: str) -> None:
    def shortest(rest: str, pairs: bool) -> int:
        if not rest:
            return 0
        stay = 1 + shortest(rest[1:], False)
        if not re.match("[0-9]{2}", rest):
            return stay + pairs
        return min(stay + pairs, 1 + shortest(rest[2:], True) + (not pairs))

    assert len(encode(code)) == 2 + min(shortest(code, False), shortest(code, True))


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("Wikipedia", [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]),
        ("HI345678", [104, 40, 41, 99, 34, 56, 78, 68]),
        ("99123456", [105, 99, 12, 34, 56, 39]),
        ("1", [104, 17, 18]),
        ("12", [105, 12, 14]),
        ("A1", [104, 33, 17, 68]),
    ],
)
def test_known_symbols_come_out_as_published(code: str, values: list[int]) -> None:
    assert encode(code) == values


@pytest.mark.parametrize("code", ["", "Zoë", "a\x1bb", "a\nb", "\x7f", "١٢", "\ud800"])
def test_a_code_that_no_scanner_could_read_back_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="bar code"):
        modules(code)


# --- text and ZPL ---------------------------------------------------------------------------------------------------

HOSTILE = ["^XZ^XA^IDR:*.*^FS", "~JR", "_5EXZ", "a\x1b[2Jb\x9b", "line\nline", "\u202egnp", "x" * 10_000, "李雷 👍 Zoë"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_is_a_command_to_a_printer(words: str) -> None:
    lines = as_zpl(Label("PL-1", words, words)).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("^XA", "^XZ", 8)
    for line in lines[4:6]:
        shown = re.fullmatch(r"\^FO16,\d+\^A0N,\d+\^FH\^FD([^\^~]*)\^FS", line)
        assert shown
        assert len(shown[1]) < 100
        assert shown[1].isprintable()
    text = as_text(Label("PL-1", words, words))
    assert all(line.isprintable() for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 78


@given(CODES)
def test_a_printer_of_zpl_is_told_the_same_bars_that_we_would_draw(code: str) -> None:
    """Read the data of ^BC as the printer's manual tells, and compare with our own symbol."""
    data = as_zpl(Label(code, ""), width=1000).rpartition("^FD")[2].removesuffix("^FS\n^XZ\n")
    starts, values, at, pairs = {">:": 104, ">;": 105}, [], 0, False
    while at < len(data):
        two = data[at : at + 2]
        if two in starts:
            pairs = two == ">;"
            values.append(starts[two])
        elif two in (">5", ">6"):
            pairs = two == ">5"
            values.append(99 if pairs else 100)
        elif two[0] == ">":
            values.append({">0": 30, "><": 62, ">=": 94}[two])
        elif pairs:
            values.append(int(two))
        else:
            values.append(ord(two[0]) - 32)
            at -= 1
        at += 2
    assert values == encode(code)[:-1]


def test_the_bars_get_as_wide_as_the_label_lets_them_and_a_code_too_long_is_refused() -> None:
    assert "^BY4^" in as_zpl(Label("PL-1", "Lamp"))
    assert "^BY2^" in as_zpl(Label("INC-30001-AB", "Lamp"))
    with pytest.raises(Refused, match="takes 77 mm as bars, and the label has 50"):
        as_zpl(Label("ABCDEFGHIJKLMNOPQRSTUVW", "Lamp"))
    with pytest.raises(Refused, match="columns as text, and 60 mm of paper has 23"):
        as_text(Label("PL-1", "Lamp"), width=60)


def test_a_badge_card_names_the_person_and_not_the_code() -> None:
    text, zpl = badge_card("Mary Lee", "Harbour & Lane", "99887766"), badge_card("Mary Lee", "H", "99887766", zpl=True)
    assert read(drawn(text)) == "99887766"
    assert "99887766" not in text
    assert "Mary Lee" in text
    assert "Harbour & Lane" in text
    assert ",N,N,N^FD>;99887766^FS" in zpl


# --- where it goes --------------------------------------------------------------------------------------------------


def test_a_file_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    send(b"label", str(tmp_path / "new"))
    assert (tmp_path / "new").read_bytes() == b"label"
    with pytest.raises(Refused, match="is there already"):
        send(b"other", str(tmp_path / "new"))
    assert (tmp_path / "new").read_bytes() == b"label"


def test_a_device_is_written_to() -> None:
    send(b"label", "/dev/null")


def test_a_printer_that_takes_nothing_is_given_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "printer")
    with pytest.raises(Refused, match="takes nothing: is the printer on"):
        send(b"label", str(tmp_path / "printer"))
    reader = os.open(tmp_path / "printer", os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(Refused, match="takes nothing"):
            send(b"x" * 1_000_000, str(tmp_path / "printer"), patience=0.01)
    finally:
        os.close(reader)


@contextmanager
def a_printer() -> Iterator[tuple[int, list[bytes]]]:
    """A printer on a port of this machine; what it got, when it is done."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as stream:
                got.append(stream.read())

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], got
        thread.join()


def test_a_port_of_the_network_gets_the_whole_label() -> None:
    with a_printer() as (port, got):
        send(b"x" * 200_000, f"tcp://127.0.0.1:{port}")
    assert got == [b"x" * 200_000]


@pytest.mark.parametrize(
    ("to", "host", "port"),
    [
        ("tcp://Label", "label", 9100),
        ("tcp://l:91", "l", 91),
        ("tcp://[::1]", "::1", 9100),
        ("tcp://[::1]:9", "::1", 9),
    ],
)
def test_a_printer_is_named_by_host_and_port(to: str, host: str, port: int) -> None:
    assert address(to) == (host, port)


@pytest.mark.parametrize(
    "to",
    ["tcp://", "tcp://h:x", "tcp://h:99999", "http://h", "tcp://h/path", "tcp://a@h", "tcp://h:9100?x", "tcp://[::1"],
)
def test_what_is_no_address_of_a_printer_is_refused(to: str) -> None:
    with pytest.raises(Refused, match="no printer's address"):
        send(b"label", to)


def test_where_nobody_listens_it_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Refused, match="cannot be written to"):
        send(b"label", f"tcp://127.0.0.1:{port}")
    for to in (tmp_path, tmp_path / "no" / "file"):
        with pytest.raises(Refused, match="cannot be written to"):
            send(b"label", str(to))


# --- the command line -----------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = found(tmp_path / "office")
    office.ok("add", "places", "name=Room 12", "codes=ROOM-12")
    return office


def test_a_label_carries_the_code_it_was_asked_for_by(office: Office) -> None:
    by_number, by_code = (office.ok("labels", "print", word).out for word in ("pl-1", "ROOM-12"))
    assert read(drawn(by_number)) == "PL-1"
    assert read(drawn(by_code)) == "ROOM-12"
    assert "Room 12" in by_number
    assert "place PL-1" in by_code


def test_several_labels_go_into_one_file(office: Office, tmp_path: Path) -> None:
    office.ok("labels", "print", "PL-1", "P-1", "--zpl", "--to", str(tmp_path / "labels"))
    assert (tmp_path / "labels").read_text().count("^XA") == 2


def test_a_badge_card_takes_its_code_from_standard_input_and_keeps_it_nowhere(office: Office) -> None:
    before = office.bytes()
    done = office.run("labels", "badge", "ML", "--as", "ML", stdin="4711-0815\n")
    assert read(drawn(done.out)) == "4711-0815"
    assert office.ok("labels", "badge", "ML", "--code", "4711-0815").out == done.out
    assert office.bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["print", "PL-9"], "PL-9"),
        (["print", "PL-1", "PL-9", "--to", "never"], "PL-9"),
        (["print", "nothing at all"], "neither a code"),
        (["badge", "XX", "--code", "1"], "nobody with the initials"),
        (["badge", "ML"], "needs the code"),
        (["badge", "ML", "--code", "Zoë"], "bar code holds"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(office: Office, words: list[str], said: str) -> None:
    assert said in office.refused("labels", *words)
    assert not Path("never").exists()


@pytest.mark.parametrize("words", [["labels"], ["labels", "print"], ["labels", "print", "PL-1", "--width", "5"]])
def test_a_label_that_is_not_understood_ends_with_2(office: Office, words: list[str]) -> None:
    office.refused(*words, code=2)


def test_an_output_without_block_characters_gets_no_bars_that_would_not_scan(office: Office) -> None:
    from botui.cli import main

    for words, code in ((["labels", "print", "PL-1"], 1), (["labels", "print", "PL-1", "--zpl"], 0)):
        raw, err = io.BytesIO(), io.StringIO()
        out = io.TextIOWrapper(raw, "ascii")
        ended = main([*words, "--as", "ML"], stdin=io.StringIO(), stdout=out, stderr=err, environ=office.environ)
        assert ended == code
        assert (b"^XA" in raw.getvalue(), "no block characters" in err.getvalue()) == (code == 0, code == 1)
