"""What makes a machine a kiosk: botui kiosk install."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from botui.actions.kiosk_files import Plan, SystemFile, files, next_steps
from botui.cli.session import Session
from botui.models.errors import Refused

DATA: Final = "/var/lib/botui/office"
"""Where the store of a kiosk is unless somebody says otherwise."""


def install(session: Session) -> None:
    """Show the files that make this machine a kiosk, or write them."""
    args = session.args
    plan = Plan(args.tty, args.user, args.data or DATA, sys.executable, args.speed)
    wanted = files(plan, getty=args.getty)
    if args.write:
        for line in _write(wanted, Path(args.prefix), force=args.force):
            session.out.write(f"{line}\n")
    else:
        for one in wanted:
            what = f"a link to {one.text}" if not one.mode else f"{one.mode:04o}"
            session.out.write(f"# ---- {one.path} ({what})\n{one.text if one.mode else ''}\n")
    session.out.write("# ---- Then, as root (what is there already is left out):\n")
    session.out.writelines(f"# {step}\n" for step in next_steps(plan, getty=args.getty))


def _write(wanted: list[SystemFile], root: Path, *, force: bool) -> list[str]:
    """Write files under a root; return what was done with each, in words.

    Raises:
        Refused: it is the machine's own root and we may not, or a file is there that differs; nothing was written.
    """
    if root.resolve() == Path("/") and os.geteuid() != 0:
        raise Refused("Only root can write to /etc: give the command as root, or leave out --write to see the files.")
    stand = {one: _stands(root / one.path.lstrip("/")) for one in wanted}
    other = [one.path for one, found in stand.items() if found not in (None, (one.text, one.mode))]
    if other and not force:
        raise Refused(f"{', '.join(other)}: there already, with something else in it. --force writes over it.")
    said = []
    for one, found in stand.items():
        if found == (one.text, one.mode):
            said.append(f"{one.path} is as it should be.")
            continue
        _put(root / one.path.lstrip("/"), one)
        said.append(f"{one.path} is written{' anew' if found else ''}.")
    return said


def _stands(path: Path) -> tuple[str, int] | None:
    """Return what a file holds and its permissions, of a link where it leads and 0; None where nothing is."""
    if path.is_symlink():
        return os.readlink(path), 0
    if not path.exists():
        return None
    return path.read_text("utf-8", "replace"), path.stat().st_mode & 0o7777


def _put(path: Path, one: SystemFile) -> None:
    """Write a file whole or not at all, over whatever is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    if one.mode:
        new.touch(0o600, exist_ok=False)
        new.write_text(one.text, "utf-8")
        new.chmod(one.mode)
    else:
        new.symlink_to(one.text)
    new.replace(path)
