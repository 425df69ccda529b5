"""Commands that open the desk or make an office: botui, botui demo, botui fill."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botui import areas
from botui.cli.session import Session, has_store, unseen
from botui.config import machine_zone

if TYPE_CHECKING:
    from botui.data import Desk
    from botui.terminal import Terminal

GREETING: Final = "A sample office, nothing is real. Every PIN is 4711; you could be NL."
SAMPLE: Final = 1_100
"""Records of the sample office: some hundred tickets in every state, with their people and parties, a store room of
eighty things, and some hundred assets."""


def desk(session: Session) -> int:
    """Open the desk on this terminal; where there is no office yet, ask for its name and first administrator."""
    from botui.models.errors import Refused

    terminal, folder = _prepare(session), session.config.data
    if has_store(folder):
        return _open(session, partial(begin, session), terminal, "")
    if not session.stdin.isatty():
        raise Refused(f"There is no office in {folder} yet, and nobody here to ask for its name.")
    founder, greeting = _first_run(session, folder)
    return _open(session, partial(begin, session, founder), terminal, greeting)


def begin(session: Session, person: int | None = None) -> Desk:
    """Open the desk of whoever runs this, or of a person; in the hall it is nobody's before a PIN is given."""
    desk = session.desk(write=True)
    if session.config.kiosk:
        return desk.for_person(None)
    return desk if person is None else desk.for_person(person)


def _prepare(session: Session) -> Terminal:
    """Look at the terminal, before Textual is imported, which reads its switches only then."""
    from botui.terminal import prepare

    terminal = prepare(os.environ, kiosk=session.config.kiosk)
    # Collecting while the modules and documents come in costs a fifth of the start; the App turns it on again.
    gc.disable()
    return terminal


def _open(session: Session, open_desk: Callable[[], Desk], terminal: Terminal, greeting: str) -> int:
    run: Any = areas.load("botui.app:run")
    return int(run(open_desk, terminal, session.config, greeting=greeting))


def _first_run(session: Session, folder: Path) -> tuple[int, str]:
    session.out.write(f"There is no office in {folder} yet. Three questions make one.\n")
    office = _ask(session, "Name of the office: ")
    name = _ask(session, "Your name (you will be its first administrator): ")
    pin = _ask_pin(session)
    return found_office(session, folder, office, name, pin)


def _ask(session: Session, question: str) -> str:
    from botui.models.base import Refused, clean

    for _ in range(3):
        session.out.write(question)
        session.out.flush()
        line = session.stdin.readline()
        if answer := clean(line):
            return answer
        if not line:
            break
    raise Refused("Without an answer there is no office; nothing was made.")


def _ask_pin(session: Session) -> str:
    """Ask for a PIN twice; what is typed is not shown, where there is a terminal."""
    # unseen before all else: the first digits may be typed ahead
    with unseen(session.stdin):
        from botui.access import bad_pin
        from botui.models.base import Refused

        for _ in range(3):
            pin = _ask(session, "Your PIN, 4 to 8 digits: ")
            session.out.write("\n")
            reason = bad_pin(pin) or ("" if _ask(session, "Once more: ") == pin else "These were two different PINs.")
            session.out.write("\n")
            if not reason:
                return pin
            session.out.write(f"{reason}\n")
    raise Refused("Without a PIN anybody could be the administrator; nothing was made.")


def found_office(session: Session, folder: Path, office: str, name: str, pin: str = "") -> tuple[int, str]:
    """Make an office with one administrator, who also works as a clerk; return their number and what to say.

    Args:
        session: the run.
        folder: where.
        office: what the office is called.
        name: the administrator's.
        pin: theirs; empty = they choose it when they sign in.

    Raises:
        Refused: a name that cannot be one.
        StoreError: the store cannot be made.
    """
    from botui.data import Desk
    from botui.models.base import Change
    from botui.models.office import Context, Person, Role, Settings, make_initials
    from botui.models.shape import build

    initials = make_initials(name, frozenset())
    settings = build(Settings, {"id": 1, "name": office, "zone": machine_zone(session.environ)})
    roles = (Role.CLERK, Role.ADMIN)
    build(Person, {"id": 1, "name": name, "initials": initials, "roles": roles})

    number = 0

    def found(ctx: Context) -> Change:
        nonlocal number
        number = ctx.data.new_id(Person)
        person = build(Person, {"id": number, "name": name, "initials": initials, "roles": roles})
        return Change("desk.found").add(settings).add(person)

    desk = Desk.open(folder, None, session.config.terminal, session.clock).as_system()
    desk.apply(found)
    if pin:
        desk.secrets.set_pin(number, pin)
    desk.store.close()
    return number, f"{office} is open. You are {initials}: on the command line, botui --as {initials}."


def demo(session: Session) -> int:
    """Open a sample office; without a folder to keep, it is gone when the desk is left."""
    terminal = _prepare(session)
    if session.args.keep is not None:
        return _demo(session, terminal, Path(session.args.keep).expanduser())
    with tempfile.TemporaryDirectory(prefix="botui-demo-") as folder:
        return _demo(session, terminal, Path(folder) / "office")


def _demo(session: Session, terminal: Terminal, folder: Path) -> int:
    from botui.data import Desk

    if not has_store(folder):
        session.err.write("Making the sample office ...\n")
        session.err.flush()
        _fill(session, folder, SAMPLE, 1)
    opening = partial(Desk.open, folder, None, session.config.terminal, session.clock)
    return _open(session, opening, terminal, GREETING)


def fill(session: Session) -> None:
    """Fill a store with plausible records."""
    report = _fill(session, session.config.data, session.args.records, session.args.seed)
    session.out.write(f"{report}\nThe administrator is P-{report.administrator}; every new PIN is 4711.\n")


def _fill(session: Session, folder: Path, records: int, seed: int) -> Any:
    run: Any = areas.load("botui.actions.sample:fill")
    return run(folder, records=records, seed=seed, now=session.clock(), terminal=session.config.terminal)
