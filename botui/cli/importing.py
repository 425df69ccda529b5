"""The import command: runs it, shows how far it is, stops at Ctrl-C, and prints what came of it."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from botui import areas
from botui.actions.imports import Job, Report
from botui.actions.imports import run as run_import
from botui.actions.imports.subjects import subject_of
from botui.cli.session import Session
from botui.models.base import Refused, clean
from botui.models.errors import StoreError

_SHOWN: Final = 50
"""Rows left out that are written out; the rest is counted."""
_WORDS: Final = 20
"""Words that are not known that are written out, those that came most often."""


def run(session: Session) -> int:
    """Import a file; 0 = something is in (or was in already), 130 = stopped."""
    args = session.args
    if args.collection in ("bank", "statements"):
        from botui.cli.bank import import_statement

        return import_statement(session)
    _refuse_for_banks(args)
    subject_of(args.collection)
    desk = session.desk(write=not args.dry_run)
    if desk.person is None:
        desk.store.close()
        raise Refused("Say who you are first: --as with your initials.")
    done = 0

    def progress(rows: int, of: int) -> None:
        nonlocal done
        done = rows
        if session.err.isatty():
            session.err.write(f"\r{rows} of {of} rows" + ("\n" if rows == of else ""))
            session.err.flush()

    with _stop_at_ctrl_c() as stop:
        job = Job(
            args.collection,
            Path(args.file),
            None if args.map is None else Path(args.map),
            args.key or "",
            args.dry_run,
            progress,
            stop,
        )
        try:
            report = run_import(desk, job)
        except StoreError as error:
            if done:
                raise type(error)(f"{error} The first {done} rows of the file are in.") from None
            raise
    write_report(session.out, report)
    if report.stopped:
        raise KeyboardInterrupt
    if report.bad and not report.taken:
        raise Refused(f"No row of {report.file} could be used: {report.bad[0][0]}: {report.bad[0][1]}.")
    return 0


def _refuse_for_banks(args: Namespace) -> None:
    """Refuse options that are about a bank's file alone."""
    for name in ("account", "dates", "opening", "closing"):
        if getattr(args, name) is not None:
            raise Refused(f"--{name} is for the files of banks: botui import bank FILE --account BA-1.")


@contextmanager
def _stop_at_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end the import after the chunk that is being written."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def write_report(out: TextIO, report: Report) -> None:
    """Write what an import did, in words."""
    lines = [*report.notes]
    fields = (f"{field} from {' + '.join(columns)}" for field, columns in report.columns.items())
    lines.append(f"Columns: {', '.join(fields)}.")
    if report.kept:
        lines.append(f"Kept as notes: {', '.join(report.kept)}.")
    if report.lost:
        lines.append(f"Not kept, there is no field for them: {', '.join(report.lost)}.")
    lines += [
        f"Not known, kept as notes: {word} ({_count(times, 'row', 'rows')})."
        for word, times in report.unknown.most_common(_WORDS)
    ]
    if len(report.unknown) > _WORDS:
        lines.append(f"... and {len(report.unknown) - _WORDS} more words that are not known.")
    lines += [f"{words} ({_count(times, 'row', 'rows')})." for words, times in report.decided.most_common(_WORDS)]
    lines += [f"{where}: {words}; it is in." for where, words in report.doubts[:_SHOWN]]
    if len(report.doubts) > _SHOWN:
        lines.append(f"... and {len(report.doubts) - _SHOWN} more like these; they are in.")
    lines += [f"Left out, {where}: {words}." for where, words in report.bad[:_SHOWN]]
    if len(report.bad) > _SHOWN:
        lines.append(f"... and {len(report.bad) - _SHOWN} more rows left out.")
    made = ", ".join(_count(number, areas.kind(name).one, name) for name, number in report.made.items())
    head = "It would be" if report.dry else "Stopped" if report.stopped else "Done"
    counts = f"{report.added} new, {report.changed} changed, {report.same} as before, {len(report.bad)} left out"
    orders = f" make {_count(report.records, 'order', 'orders')}" if report.records else ""
    on_the_way = f"; made on the way: {made}" if made else ""
    lines.append(f"{head}: {_count(report.rows, 'row', 'rows')} of {report.file}{orders}: {counts}{on_the_way}.")
    if report.stopped:
        lines.append("What is counted here is in; the same command goes on from there.")
    out.write("".join(f"{clean(line)}\n" for line in lines))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
