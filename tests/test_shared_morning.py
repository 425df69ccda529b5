"""A shared morning: five people, one terminal in the hall, two over SSH, forty actions, each under the right name.

The real thing: ``botui --kiosk`` in a terminal, and two desks through a real sshd, all three at once on one store.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from botui.cli import main
from botui.data import Desk
from botui.widgets.scan import GAP
from tests.pty_session import PtySession
from tests.sshd import MISSING, Sshd

if MISSING:
    pytest.skip(f"this machine lacks {', '.join(MISSING)}", allow_module_level=True)

MARY, BOB, CLEO, MAX, ADA = range(1, 6)
PEOPLE = {
    MARY: ("Mary Lee", ("clerk",)),
    BOB: ("Bob Kay", ("clerk",)),
    CLEO: ("Cleo Cole", ("staff",)),
    MAX: ("Max Moor", ("manager",)),
    ADA: ("Ada Ames", ("clerk", "admin")),
}
PIN = "2580"
F2, F3, F5, F10 = b"\x1bOQ", b"\x1bOR", b"\x1b[15~", b"\x1b[21~"


class Seat:
    """One terminal, and what is done at it.

    Attributes:
        person: who is signed in.
        done: what is done at all of them, in order: person, terminal, action.
    """

    def __init__(self, session: PtySession, terminal: str, done: list[tuple[int, str, str]], person: int = 0) -> None:
        self.session = session
        self.terminal = terminal
        self.person = person
        self.done = done

    def sign_in(self, person: int) -> None:
        """Scan the badge and type the PIN: five keys."""
        self.session.send(f"~BADGE-{person}\r")
        self.session.wait_for("PIN:")
        self._type(PIN)
        self.session.send("\r")
        self.session.wait_for(lambda: PEOPLE[person][0] in self.session.screen.display[0])
        self.person = person

    def file(self, subject: str, ref: str) -> None:
        """File a ticket."""
        self.session.send(F3)
        self.session.wait_for(lambda: "Office lists" in self.session.text())
        self.session.send("n")
        self.session.wait_for("What it is about")
        self._type(subject)
        self.session.send("\r")
        self._said(f"{ref} is filed", "tickets.add")

    def open(self, ref: str) -> None:
        """Go to a ticket by its number."""
        self.session.send(F2)
        self.session.wait_for("Go to")
        self._type(ref)
        self.session.wait_for(f"ticket {ref}")
        self.session.send("\r")
        self.session.wait_for(lambda: self.session.screen.display[0].startswith(f" {ref} "))

    def press(self, key: str, said: str, verb: str) -> None:
        """Do a verb that asks nothing."""
        self.session.send(key)
        self._said(said, f"tickets.{verb}")

    def write(self, key: str, label: str, words: str, said: str, verb: str) -> None:
        """Do a verb that asks for words."""
        self.session.send(key)
        self.session.wait_for(f">{label}")
        self._type(words)
        self.session.send(F5)
        self._said(said, f"tickets.{verb}")

    def _type(self, words: str) -> None:
        """Type, in the hall at a hand's speed: what comes as quickly as from a scanner is taken for a scan there."""
        for part in words if self.terminal == "hall" else (words,):
            before = self.session.received
            self.session.send(part)
            self.session.wait_for(lambda before=before: self.session.received != before)  # type: ignore[misc]
            self.session.settle(GAP * 2)

    def _said(self, words: str, action: str) -> None:
        self.session.wait_for(words)
        self.done.append((self.person, self.terminal, action))


def office(folder: Path) -> Desk:
    """Five people with badges and PINs."""
    desk = Desk.open(folder, None, "setup", lambda: datetime.now(UTC))
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "hours": "mon-sun 00:00-24:00"}, number=1)
    for person, (name, roles) in PEOPLE.items():
        system.add("people", {"name": name, "roles": roles}, number=person)
        desk.secrets.set_pin(person, PIN)
        desk.secrets.add_badge(person, f"BADGE-{person}")
    return desk


def test_forty_actions_of_five_people_at_three_terminals_stand_under_their_names(tmp_path: Path) -> None:
    store = tmp_path / "store"
    desk = office(store)
    sshd = Sshd(tmp_path)
    for key, who in (("bob", "BK"), ("ada", "AA")):
        public = sshd.new_key(key).with_suffix(".pub")
        adding = ["ssh", "add", who, str(public), "--file", str(sshd.keys), "--data", str(store), "--as", "AA"]
        assert main(adding, environ={"BOTUI_CONFIG": ""}, stdout=StringIO()) == 0
    done: list[tuple[int, str, str]] = []
    kiosk = ["-m", "botui", "--kiosk", "--data", str(store)]
    with ExitStack() as morning:
        morning.enter_context(sshd.running())
        terminal = morning.enter_context(PtySession(kiosk, environ={"BOTUI_TERMINAL": "hall", "BOTUI_CONFIG": ""}))
        hall = Seat(terminal, "hall", done)
        bob, ada = (
            Seat(morning.enter_context(sshd.person(key, environ={"TERM": "xterm"})), "ssh 127.0.0.1", done, person)
            for key, person in (("bob", BOB), ("ada", ADA))
        )
        for seat, words in ((hall, "nobody signed in"), (bob, "Bob Kay"), (ada, "Ada Ames")):
            seat.session.wait_for(lambda seat=seat, words=words: words in seat.session.screen.display[0])  # type: ignore[misc]

        hall.sign_in(CLEO)
        hall.file("Chair", "T-1")
        bob.file("Lamp flickers", "T-2")
        ada.file("Door sticks", "T-3")
        hall.file("Tap", "T-4")
        for seat, ref in ((bob, "T-1"), (ada, "T-4")):
            seat.open(ref)
            seat.press("t", f"{ref} is yours", "take")
            seat.write("o", "Note", "The part is in the cellar", f"Your note to {ref} is kept", "note")
            seat.write("r", "Reply", "We come at noon", f"Your reply to {ref} is kept", "reply")
        hall.open("T-1")
        hall.write("r", "Reply", "Thanks", "is kept", "reply")

        hall.sign_in(MARY)
        hall.file("Blinds", "T-5")
        ada.open("T-5")
        ada.press("t", "T-5 is yours", "take")
        hall.open("T-2")
        hall.press("t", "T-2 is yours", "take")
        hall.write("o", "Note", "Bulb", "Your note to T-2 is kept", "note")
        for seat in (hall, bob, ada):
            seat.press("s", "resolved", "resolve")
            seat.press("c", "closed", "close")
        ada.open("T-4")
        ada.press("s", "resolved", "resolve")
        ada.press("c", "closed", "close")

        hall.sign_in(MAX)
        hall.file("Desk", "T-6")
        hall.file("Lamp", "T-7")
        bob.open("T-6")
        ada.open("T-7")
        for seat, ref in ((bob, "T-6"), (ada, "T-7")):
            seat.press("t", f"{ref} is yours", "take")
            seat.write("r", "Reply", "It comes on Monday", f"Your reply to {ref} is kept", "reply")
            seat.write("o", "Note", "From the store room", f"Your note to {ref} is kept", "note")
        hall.open("T-6")
        hall.write("r", "Reply", "Thanks", "is kept", "reply")
        for seat in (bob, ada):
            seat.press("s", "resolved", "resolve")
            seat.press("c", "closed", "close")

        hall.sign_in(CLEO)
        hall.open("T-1")
        hall.write("r", "Reply", "Still bad", "is kept", "reply")
        hall.file("Window", "T-8")
        bob.file("Keys of the store room", "T-9")
        ada.file("Plants want water", "T-10")

    assert len(done) == 40
    desk.store.refresh()
    lines = [entry.header for entry in desk.store.journal.history() if entry.ops]
    kept = [(line["by"], line["on"], line["do"]) for line in lines if line["on"] != "setup"]
    assert kept == done
    # What somebody sees of the history is the same, one by one.
    said = StringIO()
    asked = ["history", "--by", "CC", "--data", str(store), "--as", "CC"]
    assert main(asked, environ={"BOTUI_CONFIG": ""}, stdout=said, stderr=said) == 0
    assert len(said.getvalue().splitlines()) == sum(1 for person, _, _ in done if person == CLEO)
