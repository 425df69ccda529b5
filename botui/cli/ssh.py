"""The desk over SSH: one account, a key line for each person, and what such a line runs.

The desk begins as the person its line names. What the other side asks for - another command, a file transfer, settings
of the environment - is not looked at.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botui import areas
from botui.cli.session import Session, find_person
from botui.models.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from botui.access.ssh_keys import KeyLine, PublicKey
    from botui.data import Desk

NOTHING: Final = "This key opens nothing any more: ask your administrator."
"""What somebody is told whose key is still there and who is not."""
_FALLBACK: Final = "vt100"
"""What a terminal counts as whose name cannot be one: every terminal of today understands as much."""
_LONGEST_NAME: Final = 40
"""Characters of the name of a terminal; the longest that ncurses knows has 28."""
_PATH: Final = "/usr/local/bin:/usr/bin:/bin"


# --- what a key line runs -------------------------------------------------------------------------------------------


def desk(session: Session) -> int:
    """Open the desk of the person whose key it is, at the end of an SSH connection."""
    from botui.terminal import prepare

    number = _number(session.args.ref)
    config = replace(session.config, kiosk=False, terminal=terminal_name(session.environ))
    here = replace(session, config=config)
    _map_terminal(os.environ)
    terminal = prepare(os.environ, kiosk=True)
    # as at every start: collecting while the modules come in costs a fifth of it
    gc.disable()
    run: Any = areas.load("botui.app:run")
    return int(run(lambda: _opened(here, number), terminal, config, one_person=True))


def _opened(session: Session, number: int) -> Desk:
    desk = session.desk(write=True).for_person(number)
    doc = desk.store.journal.get("people", number)
    if doc is None or not doc.get("active", True):
        desk.for_person(None).log("desk.refuse", f"key of P-{number}")
        desk.store.close()
        raise Refused(NOTHING)
    return desk


def terminal_name(environ: Mapping[str, str]) -> str:
    """Return what the terminal is called in the history: the address that sshd says the connection comes from."""
    address = environ.get("SSH_CONNECTION", "").partition(" ")[0]
    with suppress(ValueError):
        return f"ssh {ipaddress.ip_address(address.partition('%')[0])}"
    return "ssh"


def _map_terminal(environ: MutableMapping[str, str]) -> None:
    """Let a terminal with a name that cannot be one count as the simplest there is; it was typed by the other side."""
    name = environ.get("TERM", "")
    if len(name) > _LONGEST_NAME or re.search(r"[^A-Za-z0-9.+_-]", name):
        environ["TERM"] = _FALLBACK


# --- the lines ------------------------------------------------------------------------------------------------------


def add(session: Session) -> None:
    """Let a key open the desk of a person."""
    from botui.access.ssh_keys import locked

    desk = _administrator(session)
    number, line, key = _new_line(session, desk)
    with locked(_file(session)) as keys:
        if place := keys.place(key):
            owner = next((one for one in keys.ours(_store(session)) if one.key.text == key.text), None)
            whose = f"opens the desk of {_name(desk, owner.person)} already" if owner else "is there already"
            raise Refused(f"This key {whose} (line {place} of {keys.path}).")
        keys.add(line)
        keys.write()
    _note(session, "desk.add_key", number, key)
    session.out.write(f"{_name(desk, number)} can open the desk with {key.fingerprint}.\n")


def remove(session: Session) -> None:
    """Take a person's keys away, or one of them."""
    from botui.access.ssh_keys import locked

    desk = _administrator(session)
    number = _anybody(desk, session.args.who)
    wanted = (session.args.fingerprint or "").removeprefix("SHA256:")
    with locked(_file(session)) as keys:
        gone = [
            one
            for one in keys.ours(_store(session))
            if one.person == number and one.key.fingerprint.removeprefix("SHA256:").startswith(wanted)
        ]
        if not gone:
            raise Refused(f"{_name(desk, number)} has no such key: botui ssh list shows those there are.")
        keys.remove(gone)
        keys.write()
    for one in gone:
        _note(session, "desk.remove_key", number, one.key)
        session.out.write(f"{one.key.fingerprint} opens nothing any more.\n")
    _tell_open(session, desk, number)


def _note(session: Session, action: str, number: int, key: PublicKey) -> None:
    """Have the history tell whose keys were changed; root would leave files that the office's account cannot open."""
    if _owns_store(session):
        session.desk(write=True).log(action, f"P-{number} {key.fingerprint}")


def _tell_open(session: Session, desk: Desk, number: int) -> None:
    from botui.sessions import open_desks

    still = [one for one in open_desks(_store(session)) if one.person == number]
    if still:
        session.out.write(f"{_name(desk, number)} has a desk open: botui sessions end {still[0].id} ends it.\n")


def list_keys(session: Session) -> None:
    """Show whose keys open the desk."""
    from botui.access.ssh_keys import AuthorizedKeys
    from botui.cli.output import write_table

    desk = _administrator(session)
    rows = [
        (f"P-{one.person}", _name(desk, one.person), one.key.kind, one.key.fingerprint, one.key.comment, state)
        for one in AuthorizedKeys(_file(session)).ours(_store(session))
        for state in [_state(desk, one)]
    ]
    if rows:
        write_table(session.out, ("No.", "Person", "Type", "Fingerprint", "Note", ""), rows, (0, 20, 0, 0, 16, 0))
    else:
        session.out.write("No key opens the desk yet: botui ssh add PERSON KEYFILE lets one.\n")


def print_lines(session: Session) -> None:
    """Write the lines for an administrator who puts them into a file that only root may write."""
    from botui.access.ssh_keys import AuthorizedKeys, parsed

    desk = _administrator(session)
    if session.args.who is not None:
        session.out.write(_new_line(session, desk)[1] + "\n")
        return
    for line in AuthorizedKeys(_file(session)).lines:
        one = parsed(line)
        if one is not None and one.opens(_store(session)):
            if state := _state(desk, one):
                session.err.write(f"botui: left out: {_name(desk, one.person)}, {one.key.fingerprint} ({state})\n")
            else:
                session.out.write(line.decode() + "\n")


def _new_line(session: Session, desk: Desk) -> tuple[int, str, PublicKey]:
    from botui.access.ssh_keys import read_public_key, written

    if session.args.key is None:
        raise Refused("Say which key too: botui ssh print PERSON KEYFILE.")
    number = find_person(desk, session.args.who)
    if number is None:
        raise Refused(f"There is nobody with the initials or number '{session.args.who}': try botui list people.")
    key = read_public_key(Path(session.args.key).expanduser())
    return number, written(number, key, forced_command(number, _store(session), session.environ)), key


def forced_command(person: int, store: Path, environ: Mapping[str, str]) -> list[str]:
    """Return what a line runs, word by word as the account's shell is to read it.

    Nothing of the environment comes through but the terminal's name and the address, which sshd itself sets.

    Raises:
        Refused: this Python does not find botui by itself.
    """
    python = sys.executable
    found = subprocess.run(
        [python, "-I", "-c", "import botui"], stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/"
    )
    if found.returncode:
        raise Refused(f"botui is not installed for {python}: a line for SSH runs it from there, in no folder.")
    config = [f"BOTUI_CONFIG={shlex.quote(environ['BOTUI_CONFIG'])}"] if "BOTUI_CONFIG" in environ else []
    kept = ['TERM="$TERM"', 'SSH_CONNECTION="$SSH_CONNECTION"', "LANG=C.UTF-8", f"PATH={_PATH}", *config]
    opened = [python, "-I", "-m", "botui", "--data", str(store), "ssh", "desk", f"P-{person}"]
    return ["exec", "env", "-i", *kept, *map(shlex.quote, opened)]


def _administrator(session: Session) -> Desk:
    desk = session.desk()
    if "admin" not in desk.roles():
        raise NotAllowed("Only an administrator says whose keys open the desk: say who you are with --as.")
    return desk


def _file(session: Session) -> Path:
    """Return the file of the key lines: the one named, else that of this account, where sshd looks for it."""
    import pwd

    if session.args.file is not None:
        return Path(session.args.file).expanduser()
    if not _owns_store(session):
        raise Refused(
            "The office belongs to another account, whose keys these would not be: run this as that account, "
            "or name the file with --file."
        )
    try:
        account = pwd.getpwuid(os.getuid()) if session.account is None else pwd.getpwnam(session.account)
    except KeyError:
        raise Refused("This account has no home: say with --file where its keys are.") from None
    return Path(account.pw_dir) / ".ssh" / "authorized_keys"


def _owns_store(session: Session) -> bool:
    return session.config.data.stat().st_uid == os.getuid()


def _store(session: Session) -> Path:
    return session.config.data.absolute()


def _number(ref: str) -> int:
    found = areas.parse_ref(ref)
    if found is None or found[0] != "people":
        raise Refused(f"'{ref}' is not the number of a person, such as P-12.")
    return found[1]


def _anybody(desk: Desk, who: str) -> int:
    """Return the number of a person who may have left, or whose record may be gone."""
    found = areas.parse_ref(who)
    if found is not None and found[0] == "people":
        return found[1]
    number = find_person(desk, who)
    if number is None:
        raise Refused(f"There is nobody with the initials '{who}': for somebody who left, give the number (P-12).")
    return number


def _name(desk: Desk, number: int) -> str:
    return desk.title("people", number)


def _state(desk: Desk, line: KeyLine) -> str:
    """Return why a line opens nothing, or nothing if it does."""
    doc = desk.store.journal.get("people", line.person)
    if doc is None:
        return "not there: opens nothing"
    return "" if doc.get("active", True) else "left: opens nothing"
