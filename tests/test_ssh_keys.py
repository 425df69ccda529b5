"""Key lines: whose key opens whose desk, what is taken for a key, and that nobody else's line is touched."""

from __future__ import annotations

import base64
import os
import pwd
import shlex
import shutil
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import leaving
from botui.access.ssh_keys import KeyLine, PublicKey, parsed, read_public_key, written
from botui.cli import ssh
from botui.models.errors import Refused
from botui.sessions import Presence
from tests.command_line import Office, found

CURVE = b"nistp256"


def packed(*parts: bytes) -> str:
    """A key of these strings, base64."""
    return base64.b64encode(b"".join(struct.pack(">I", len(one)) + one for one in parts)).decode()


def ed25519(number: int) -> str:
    """The line of an ed25519 key; each number gives another."""
    return f"ssh-ed25519 {packed(b'ssh-ed25519', bytes([number]) * 32)} key{number}@test"


def rsa(bits: int) -> str:
    """The line of an RSA key of some bits."""
    modulus = (1 << (bits - 1) | 1).to_bytes(bits // 8 + 1, "big")
    return f"ssh-rsa {packed(b'ssh-rsa', bytes((1, 0, 1)), modulus)} old@test"


TAKEN = {
    "ed25519": ed25519(1),
    "ed25519 without a comment": ed25519(1).rsplit(" ", 1)[0],
    "ed25519 on a security key": "sk-ssh-ed25519@openssh.com "
    + packed(b"sk-ssh-ed25519@openssh.com", bytes([7]) * 32, b"ssh:"),
    "ecdsa": f"ecdsa-sha2-nistp256 {packed(b'ecdsa-sha2-nistp256', CURVE, bytes([4]) * 65)} a b c",
    "ecdsa on a security key": "sk-ecdsa-sha2-nistp256@openssh.com "
    + packed(b"sk-ecdsa-sha2-nistp256@openssh.com", CURVE, bytes([4]) * 65, b"ssh:"),
    "rsa": rsa(2048),
    "with a mark and line ends of another system": "\ufeff# mine\r\n\r\n" + ed25519(1) + "\r\n",
}
REFUSED = {
    "nothing": ("", "does not hold one public key"),
    "a sentence": ("Hello there", "does not hold a public key"),
    "several keys": (f"{ed25519(1)}\n{ed25519(2)}\n", "holds 2 keys"),
    "a key and more": (f"{ed25519(1)}\nHello", "does not hold one public key"),
    "options": (f"no-pty {ed25519(1)}", "options before the key"),
    "a command": (f'command="sh" {ed25519(1)}', "options before the key"),
    "a cut key": (ed25519(1)[:40], "damaged"),
    "a key with another inside": (f"ssh-ed25519 {rsa(2048).split()[1]}", "damaged"),
    "no base64": ("ssh-ed25519 AAAA*BBB", "damaged"),
    "a key of no length": (f"ssh-ed25519 {packed(b'ssh-ed25519', b'')}", "damaged"),
    "more behind the key": (f"ssh-ed25519 {packed(b'ssh-ed25519', bytes(32), b'more')}", "damaged"),
    "weak rsa": (rsa(1024), "2048 bits or more"),
    "dsa": (f"ssh-dss {packed(b'ssh-dss', b'p', b'q', b'g', b'y')}", "type 'ssh-dss' is not taken"),
    "a certificate": ("ssh-ed25519-cert-v01@openssh.com AAAA", "is not taken"),
    "a private key": (
        "-----BEGIN OPENSSH PRIVATE KEY-----\nSECRET\n-----END OPENSSH PRIVATE KEY-----\n",
        "private key",
    ),
    "a private key of PuTTY": ("PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nSECRET\n", "private key"),
    "a cut key of PuTTYgen": ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n", "damaged"),
    "a key of PuTTYgen that is none": (
        f"---- BEGIN SSH2 PUBLIC KEY ----\n{packed(b'x509', b'a')}\n---- END SSH2 PUBLIC KEY ----\n",
        "is not taken",
    ),
    "a megabyte": ("ssh-ed25519 " + "A" * 1_000_000, "does not hold one public key"),
    "control characters": (f"ssh-ed25519 {ed25519(1).split()[1]}\x1b[2J", "damaged"),
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_keys_that_are_taken_go_into_a_line_and_come_back_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key.pub"
    path.write_bytes(text.encode())
    key = read_public_key(path)
    line = written(12, key, ["exec", "botui", "--data", "/office", "ssh", "desk", "P-12"])
    assert line.startswith('restrict,pty,command="exec botui ')
    assert parsed(line.encode()) == KeyLine(12, key, "/office")


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_good_key_is_refused_in_a_sentence_and_not_said_back(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "key.pub"
    path.write_bytes(text.encode())
    with pytest.raises(Refused, match=reason) as caught:
        read_public_key(path)
    assert "SECRET" not in str(caught.value)
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()


def test_a_key_as_puttygen_saves_it_is_the_same_key(tmp_path: Path) -> None:
    kind, text, _ = ed25519(3).split()
    path = tmp_path / "key"
    lines = "\n".join(text[at : at + 40] for at in range(0, len(text), 40))
    head = 'Comment: "mary: \\\nat home"\nSubject: me\n'
    path.write_text(f"---- BEGIN SSH2 PUBLIC KEY ----\n{head}{lines}\n---- END SSH2 PUBLIC KEY ----\n", "utf-8")
    assert read_public_key(path) == PublicKey(kind, text)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="this machine lacks ssh-keygen")
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_fingerprints_are_those_of_openssh(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(path)], check=True, stdin=subprocess.DEVNULL)
    shown = subprocess.run(["ssh-keygen", "-l", "-f", f"{path}.pub"], check=True, capture_output=True, text=True)
    assert shown.stdout.split()[1] == read_public_key(tmp_path / "key.pub").fingerprint


@given(store=st.text(min_size=1, max_size=30), person=st.integers(1, 999_999_999))
def test_whatever_the_store_is_called_the_line_runs_these_very_words_or_is_refused(store: str, person: int) -> None:
    words = ["exec", "env", "-i", 'TERM="$TERM"', "python", "--data", store, "ssh", "desk", f"P-{person}"]
    kind, text, _ = ed25519(1).split()
    quoted = [*words[:4], *map(shlex.quote, words[4:])]
    try:
        line = written(person, PublicKey(kind, text), quoted)
    except Refused:
        assert not store.isprintable()
        return
    assert parsed(line.encode()) == KeyLine(person, PublicKey(kind, text), store)
    # as sshd reads it: up to the first quote without a backslash before it
    inside = line.partition('command="')[2]
    command, place = "", 0
    while inside[place] != '"':
        place += inside[place : place + 2] == '\\"'
        command += inside[place]
        place += 1
    assert shlex.split(command) == [*words[:3], "TERM=$TERM", *words[4:]]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"# a remark",
        b"ssh-ed25519 AAAA mary",
        b'restrict,pty,command="sh" ssh-ed25519 AAAA botui P-1',
        b'restrict,pty,command="x --data d ssh desk T-1" ' + ed25519(1).rsplit(" ", 1)[0].encode() + b" botui P-1",
        b"\xff\xfe",
    ],
)
def test_lines_of_others_are_not_ours(line: bytes) -> None:
    assert parsed(line) is None


# --- the commands ---------------------------------------------------------------------------------------------------


class Keys:
    """An office and its key lines."""

    def __init__(self, folder: Path) -> None:
        self.office: Office = found(folder / "office")
        self.file = folder / "keys" / "authorized_keys"
        self.folder = folder
        self.ok = self.office.ok
        for name in ("Bob Kay", "Cleo Staff"):
            self.ok("add", "people", f"name={name}")

    def key(self, number: int) -> str:
        """A file with a key."""
        path = self.folder / f"{number}.pub"
        path.write_text(ed25519(number) + "\n", "utf-8")
        return str(path)

    def run(self, *words: str) -> str:
        """What a command of ``botui ssh`` says."""
        return self.ok("ssh", *words, "--file", str(self.file)).out

    def refused(self, *words: str) -> str:
        """Why a command of ``botui ssh`` is refused; the lines are as they were."""
        before = self.file.read_bytes() if self.file.exists() else None
        said = self.office.refused("ssh", *words, "--file", str(self.file))
        assert (self.file.read_bytes() if self.file.exists() else None) == before
        return said


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    real = subprocess.run
    checked: list[object] = []

    def once(words: list[str], **options: object) -> object:
        """Find botui in this Python once and not with every key."""
        if not checked:
            checked.append(real(words, **options))  # type: ignore[call-overload]
        return checked[0]

    monkeypatch.setattr(subprocess, "run", once)
    return Keys(tmp_path)


def test_keys_are_added_listed_printed_and_removed(keys: Keys) -> None:
    assert "Bob Kay can open the desk with SHA256:" in keys.run("add", "BK", keys.key(1))
    keys.run("add", "P-2", keys.key(2))
    keys.run("add", "ML", keys.key(3))
    assert stat.S_IMODE(keys.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.file.parent.stat().st_mode) == 0o700
    listed = keys.run("list").splitlines()[1:]
    assert [(line.split()[0], line.split()[-1]) for line in listed] == [
        ("P-2", "key1@test"),
        ("P-2", "key2@test"),
        ("P-1", "key3@test"),
    ]
    assert keys.run("print") == keys.file.read_text("utf-8")
    keys.run("remove", "BK", listed[0].split()[4][:15])
    assert [line.split()[-1] for line in keys.run("list").splitlines()[1:]] == ["key2@test", "key3@test"]
    keys.run("remove", "BK")
    assert "Mary Lee" in keys.run("list")
    keys.run("remove", "P-1")
    assert keys.file.read_bytes() == b""
    assert "No key opens the desk yet" in keys.run("list")


def test_who_leaves_has_no_key_from_then_on_and_the_others_keep_theirs(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = keys.file.parent.parent
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_dir=str(home)))
    monkeypatch.setattr(leaving, "HOME", keys.file.relative_to(home))
    keys.run("add", "BK", keys.key(1))
    keys.run("add", "ML", keys.key(3))
    keys.office.ok("people", "set", "BK", "active=no")
    assert [line.split()[0] for line in keys.run("list").splitlines()[1:]] == ["P-1"]
    assert "SSH key" in keys.office.ok("history", "P-2").out


def test_the_line_gives_the_person_and_nothing_of_the_environment(keys: Keys) -> None:
    line = keys.run("print", "BK", keys.key(1))
    assert not keys.file.exists()
    ours = parsed(line.encode())
    assert ours is not None
    assert (ours.person, ours.store) == (2, str(keys.office.folder))
    command = line.partition('command="')[2].partition('" ssh-ed25519')[0].replace('\\"', '"')
    assert command.startswith('exec env -i TERM="$TERM" SSH_CONNECTION="$SSH_CONNECTION" LANG=C.UTF-8 PATH=')
    assert shlex.split(command)[-9:] == [
        *(sys.executable, "-I", "-m", "botui"),
        *("--data", str(keys.office.folder), "ssh", "desk", "P-2"),
    ]


def test_lines_of_others_stay_byte_for_byte(keys: Keys) -> None:
    others = b"# \xff remark\r\n\n  ssh-rsa AAAA somebody\nno-pty ssh-ed25519 BBBB else"
    keys.file.parent.mkdir()
    keys.file.write_bytes(others)
    keys.file.chmod(0o666)  # sshd would not read one that others may write
    keys.run("add", "BK", keys.key(1))
    assert keys.file.read_bytes().startswith(others + b"\nrestrict,pty,")
    assert stat.S_IMODE(keys.file.stat().st_mode) == 0o644
    keys.run("remove", "BK")
    assert keys.file.read_bytes() == others + b"\n"


def test_a_key_opens_one_desk_only_and_never_more_than_that(keys: Keys) -> None:
    keys.run("add", "BK", keys.key(1))
    assert "opens the desk of Bob Kay already (line 1 of" in keys.refused("add", "ML", keys.key(1))
    assert "opens the desk of Bob Kay already" in keys.refused("add", "BK", keys.key(1))
    keys.file.write_text(f"{ed25519(2)}\n", "utf-8")
    assert "This key is there already (line 1 of" in keys.refused("add", "BK", keys.key(2))


def test_what_is_refused_changes_nothing(keys: Keys, tmp_path: Path) -> None:
    assert "nobody with the initials or number 'XX'" in keys.refused("add", "XX", keys.key(1))
    assert "No such file" in keys.refused("add", "BK", str(tmp_path / "none.pub"))
    assert "Is a directory" in keys.refused("add", "BK", str(tmp_path))
    assert "has no such key" in keys.refused("remove", "BK")
    assert "nobody with the initials 'XX'" in keys.refused("remove", "XX")
    assert "Say which key too" in keys.refused("print", "BK")
    keys.run("add", "BK", keys.key(1))
    assert "has no such key" in keys.refused("remove", "BK", "SHA256:zzzz")
    said = keys.office.run("ssh", "list", "--as", "BK", "--file", str(keys.file))
    assert (said.code, said.out) == (1, "")
    assert "Only an administrator" in said.err


def test_lines_of_people_who_left_or_are_not_there_are_marked_and_not_given_to_root(keys: Keys) -> None:
    keys.run("add", "BK", keys.key(1))
    keys.run("add", "CS", keys.key(2))
    keys.run("add", "ML", keys.key(3))
    keys.ok("set", "P-2", "active=no")
    keys.file.write_text(keys.file.read_text("utf-8").replace("desk P-3", "desk P-33"), "utf-8")
    listed = keys.run("list").splitlines()
    assert listed[1].endswith("left: opens nothing")
    assert listed[2].split()[0] == "P-33"  # what the line runs counts, not what its end says
    assert listed[2].endswith("not there: opens nothing")
    printed = keys.office.run("ssh", "print", "--as", "ML", "--file", str(keys.file))
    assert printed.out == keys.file.read_text("utf-8").splitlines(keepends=True)[2]
    assert printed.err.count("left out") == 2
    keys.run("remove", "P-2")
    keys.run("remove", "P-33")
    assert len(keys.run("list").splitlines()) == 2


def test_the_history_tells_whose_keys_were_changed_and_a_desk_that_stays_open_is_named(keys: Keys) -> None:
    keys.run("add", "BK", keys.key(1))
    with_desk = Presence(keys.office.folder, "ssh 10.0.0.5", lambda: keys.office.now)
    with_desk.show(2)
    said = keys.run("remove", "BK")
    with_desk.close()
    assert f"botui sessions end {with_desk.id}" in said
    fingerprint = said.split()[0]
    headers = [entry.header for entry in keys.office.desk().store.journal.history()][-2:]
    assert [(header["do"], header["by"], header["note"]) for header in headers] == [
        ("desk.add_key", 1, f"P-2 {fingerprint}"),
        ("desk.remove_key", 1, f"P-2 {fingerprint}"),
    ]


def test_lines_of_another_office_in_the_same_file_are_left_alone(keys: Keys, tmp_path: Path) -> None:
    keys.run("add", "BK", keys.key(1))
    other = found(tmp_path / "other")
    assert other.ok("ssh", "list", "--file", str(keys.file)).out.startswith("No key opens the desk yet")
    assert "has no such key" in other.refused("ssh", "remove", "P-2", "--file", str(keys.file))
    assert "is there already" in other.refused("ssh", "add", "ML", keys.key(1), "--file", str(keys.file))


def test_keys_added_at_once_are_all_there(keys: Keys) -> None:
    files = [keys.key(number) for number in range(1, 9)]
    adding = [threading.Thread(target=keys.run, args=("add", "BK", one)) for one in files]
    for one in adding:
        one.start()
    for one in adding:
        one.join()
    assert len(keys.run("list").splitlines()) == 9
    assert len(list(keys.file.parent.iterdir())) == 1


def test_without_a_home_the_file_must_be_named(keys: Keys) -> None:
    assert "say with --file" in keys.office.refused("ssh", "list")


def test_root_does_not_let_people_into_an_account_of_its_own_by_mistake(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.run("add", "BK", keys.key(1))
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert "run this as that account" in keys.office.refused("ssh", "add", "BK", keys.key(2))
    keys.run("add", "BK", keys.key(2))  # to a file that is named, and nothing is written into somebody else's store
    notes = [entry.header.get("note", "") for entry in keys.office.desk().store.journal.history()]
    assert sum(note.startswith("P-2 SHA256:") for note in notes) == 1


# --- what a line runs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("connection", "name"),
    [
        ("10.0.0.5 4711 10.0.0.1 22", "ssh 10.0.0.5"),
        ("2001:db8::1 4711 ::1 22", "ssh 2001:db8::1"),
        ("fe80::1%eth0 4711 fe80::2%eth0 22", "ssh fe80::1"),
        ("\x1b[2J 1 2 3", "ssh"),
        ("", "ssh"),
    ],
)
def test_the_terminal_is_called_by_the_address_that_sshd_gives(connection: str, name: str) -> None:
    assert ssh.terminal_name({"SSH_CONNECTION": connection}) == name


@pytest.mark.parametrize(
    ("term", "counts_as"),
    [
        ("xterm-256color", "xterm-256color"),
        ("linux", "linux"),
        ("dumb", "dumb"),
        ("", ""),
        ("x;id", "vt100"),
        ("$(id)", "vt100"),
        ("../..", "vt100"),
        ("x" * 41, "vt100"),
        ("xt\udce9rm", "vt100"),
        ("xterm\n", "vt100"),
    ],
)
def test_an_odd_name_of_a_terminal_counts_as_the_simplest_there_is(term: str, counts_as: str) -> None:
    environ: dict[str, str] = {"TERM": term}
    ssh._map_terminal(environ)
    assert environ["TERM"] == counts_as


@pytest.mark.parametrize("ref", ["T-1", "ML", "P-", "P-1;id", "12"])
def test_only_the_number_of_a_person_opens_a_desk(keys: Keys, ref: str) -> None:
    assert "is not the number of a person" in keys.office.refused("ssh", "desk", ref)


def test_a_python_that_does_not_find_botui_by_itself_is_not_written_into_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    environ: Mapping[str, str] = dict(os.environ)
    with pytest.raises(Refused, match="botui is not installed for"):
        ssh.forced_command(1, tmp_path, environ)
