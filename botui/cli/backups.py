"""Commands that keep a second copy of the office and put it back: backup, restore."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from botui.actions.backups import daily
from botui.cli.session import Session, has_store
from botui.models.base import Refused, clean
from botui.models.errors import StoreError

if TYPE_CHECKING:
    from botui.storage.archive import Manifest


def backup(session: Session) -> None:
    """Write the whole store into one file that was read back and checked; or, with --daily, today's if it is due."""
    from botui.storage.backup import backup as make

    if session.args.daily:
        today = daily(session.desk())
        if said := today.make() or today.failed():
            raise StoreError(said)
        session.out.write(f"{clean(today.state())}\n")
        return
    if not has_store(session.config.data):
        session.desk()
    file = Path(session.args.file).expanduser().absolute()
    made = make(session.config.data / "office.json", file, clock=session.clock)
    session.out.write(f"{clean(str(file))}: {file.stat().st_size:,} bytes, read back and checked.\n{_contents(made)}")


def restore(session: Session) -> None:
    """Put a backup in place of the store that is there, which is kept; without a file, finish what was interrupted."""
    from botui.storage.restore import finish, inspect
    from botui.storage.restore import restore as put_back

    path = session.config.data / "office.json"
    if session.args.file is None:
        if session.args.dry_run or session.args.even_if_open:
            raise Refused("Say which backup is to be put back.")
        outcome = "The backup is in place." if finish(path) else "Nothing had been moved yet: the store is as it was."
        session.out.write(f"The restore that was interrupted is finished. {outcome}\n")
        return
    file = Path(session.args.file).expanduser().absolute()
    if session.args.dry_run:
        found = inspect(path, file, Path(tempfile.gettempdir()))
        session.out.write(f"{clean(str(file))} is whole. Nothing was changed. It holds:\n{_contents(found.manifest)}")
        if found.aside is not None:
            session.out.write(f"What is in {clean(str(found.aside))} now would be moved aside and kept.\n")
        return
    done = put_back(
        path,
        file,
        header={"by": _person(session), "on": session.config.terminal},
        even_if_open=session.args.even_if_open,
        clock=session.clock,
    )
    session.out.write(f"{clean(str(file))} is put back into {clean(str(path.parent))}.\n{_contents(done.manifest)}")
    if done.aside is not None:
        session.out.write(f"What was there is kept in {clean(str(done.aside))}\n")
    if not done.readable:
        session.out.write(
            "It could not be read to its end: numbers that were given since the backup may be given again.\n"
        )


def _person(session: Session) -> int | None:
    """Return who acts, as far as the store that is there can tell."""
    try:
        desk = session.desk()
    except StoreError:
        return None
    except Refused:
        if has_store(session.config.data):
            raise
        return None
    desk.store.close()
    return desk.person


def _contents(manifest: Manifest) -> str:
    at = datetime.fromisoformat(manifest.at)
    return (
        f"{manifest.records:,} records, {manifest.changes:,} changes, as of {at:%Y-%m-%d %H:%M} UTC.\n"
        f"Head of the chain: {manifest.head}\n"
    )
