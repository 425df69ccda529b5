"""Commands of scans: what lies in the inbox folder, taking it in, and a file of a document written out."""

from __future__ import annotations

import os
from pathlib import Path

from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import clean, plural
from botui.models.errors import Refused, StoreFull


def inbox(session: Session) -> int:
    """Take in what lies in the inbox folder, or with --dry-run only say what lies there; 1 = some of it stays."""
    from botui.actions import scans
    from botui.storage.attachments import Inbox

    if session.args.read_again:
        return _read_again(session)
    folder = _folder(session)
    desk = session.desk(write=not session.args.dry_run)
    if session.args.dry_run:
        names = Inbox(folder).names(_now(session))
        for name in names:
            session.out.write(f"{clean(name)}\n")
        session.out.write(f"{plural(len(names), 'file')} can be taken in from {folder}.\n")
        return 0
    taken, stays = 0, list[str]()
    for one in scans.take_in(desk, folder, lambda: _now(session)):
        session.out.write(f"{one.name}: {clean(one.said)}\n")
        if one.number:
            taken += 1
        else:
            stays.append(clean(one.said))
    # short, with the reason: an open desk says this line on one of its own
    left = f", {len(stays)} stay{'s' if len(stays) == 1 else ''}: {stays[0]}" if stays else "."
    session.out.write(f"{plural(taken, 'scan')} taken in{left}\n")
    return 1 if stays else 0


def _read_again(session: Session) -> int:
    """Read the files in which nothing could be read when they came, such as PDFs before pypdf was there."""
    from botui.actions import scans

    count = 0
    for one in scans.read_again(session.desk()):
        session.out.write(f"{one.name}: {one.said}\n")
        count += 1
    session.out.write(f"{plural(count, 'file')} read that could not be read before.\n")
    return 0


def _folder(session: Session) -> Path:
    folder = session.config.inbox
    if folder is None:
        raise Refused("No inbox is set on this machine: say in botui.toml where the scanner writes, inbox = 'FOLDER'.")
    if not folder.is_dir():
        raise Refused(f"The inbox {folder} is not there.")
    return folder


def _now(session: Session) -> float:
    return session.clock().timestamp()


def write_file(session: Session) -> None:
    """Write a file of a document to where the command says; what is private is written down as looked at."""
    from botui.actions import scans

    desk, args = session.desk(), session.args
    collection, number = find_record(desk, args.ref)
    if collection != "documents":
        raise Refused(f"{args.ref} is no document: its number is such as D-12.")
    document = desk.get(collection, number)
    if args.to is None:
        for one in document.files:
            session.out.write(f"{clean(one.name)}  {one.size:,} bytes  {one.media}\n")
        session.out.write(f"{plural(len(document.files), 'file')} of {document.ref}; --to FILE writes one.\n")
        return
    attached, data = scans.content(desk, document, args.name or "")
    target = Path(args.to).expanduser()
    if target.is_dir():
        target /= attached.name.replace("/", "_").lstrip(".") or "file"
    try:
        fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(fd, "wb") as out:
            out.write(data)
    except FileExistsError:
        raise Refused(f"{target} is there already: give it another name.") from None
    except OSError as error:
        raise StoreFull(f"{target} cannot be written: {error.strerror}.") from None
    session.out.write(f"{clean(attached.name)} of {document.ref} is in {target}.\n")
