"""A bank's file becomes statements of an account: from a path, or from a document that came as scans do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from botui import areas
from botui.actions.imports.bank_columns import words_of
from botui.actions.imports.bank_file import Asked, BankFile, DatesUnclear, read_bank_file
from botui.actions.imports.mapping import Map, read_mapping
from botui.data import Desk
from botui.models.base import Change, NotAllowed, Refused
from botui.models.office import Context
from botui.models.records.bank import Account, Statement
from botui.models.records.bank_taking import File, LiesWithin, Taken, doubts, take_in
from botui.models.records.document import Document, Privacy, State

_TABLES: Final = (".csv", ".xlsx", ".txt")
_LATEST: Final = 300
"""Documents among which a bank's file is looked for: those of some weeks."""
_FIRST: Final = {"dmy": "day", "mdy": "month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementJob:
    """A file that is to be taken in.

    Attributes:
        account: the number of the account.
        file: where it is; ``name``: what it is called.
        map_file: says what its columns mean; None = all is guessed.
        order: ``dmy`` or ``mdy``; empty = told from the file, else as the last one of this account.
        opening, closing: the balances as the bank's paper says them; None = the file says.
        document: the number of the document whose file it is.
        dry: report the same and change nothing.
    """

    account: int
    file: Path
    name: str = ""
    map_file: Path | None = None
    order: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    document: int | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        said: in a sentence.
        refs: the statements.
        notes: what was guessed about the file; ``doubts``: lines that the bank words otherwise than before.
        columns: for each field the columns it comes from; ``lost``: columns that are not kept.
    """

    said: str
    refs: tuple[str, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    lost: tuple[str, ...]


def take_statement(desk: Desk, job: StatementJob) -> Outcome:
    """Take a bank's file in.

    Raises:
        DatesUnclear: nothing shows the order of its dates; ``order`` says it.
        Refused: it cannot be used, in words; nothing was changed. ``fields`` has ``closing`` where a balance lacks.
        NotAllowed: this person may not.
    """
    if reason := desk.may("statements", "work"):
        raise NotAllowed(reason)
    account: Account = desk.get("accounts", job.account)
    mapping = Map() if job.map_file is None else read_mapping(job.map_file, tuple(words_of("")))
    name = job.name or job.file.name
    asked = Asked(mapping, job.order, account.shape, job.opening, job.closing, account.number, name)
    settings = desk.settings
    today = desk.context().today
    read = read_bank_file(job.file, asked, currency=settings.currency, zone=settings.zone, today=today)
    taken = _take(desk, job, name, read)
    lacks = (taken.lacks,) if taken.lacks else ()
    refs = tuple(areas.ref(*key) for key in taken.change.puts if key[0] == Statement.COLLECTION)
    notes = (*read.notes, *_order_note(read), *lacks)
    return Outcome(taken.change.said, refs, notes, tuple(doubts(taken.fresh)), read.columns, read.lost)


def _take(desk: Desk, job: StatementJob, name: str, read: BankFile) -> Taken:
    file = File(told=read.told, name=name, digest=read.digest, order=read.order, own=read.own, document=job.document)
    found: list[Taken] = []

    def decide(ctx: Context) -> Change:
        account = ctx.data.get(Account, job.account)
        if account is None:
            raise Refused("The account is gone.")
        try:
            found.append(take_in(ctx, account, file))
        except LiesWithin as error:
            if not read.usual:
                raise
            raise DatesUnclear(_unclear(read, str(error))) from None
        if read.usual and found[-1].lacks and not found[-1].fresh.known and job.closing is None:
            raise DatesUnclear(_unclear(read, found[-1].lacks))
        return found[-1].change

    if job.dry:
        decide(desk.context())
    else:
        desk.apply(decide)
    return found[-1]


def _order_note(read: BankFile) -> tuple[str, ...]:
    """Return how dates were read, where that is as the last file of this account was."""
    return (f"Dates are read with the {_FIRST[read.order]} first, as before.",) if read.usual else ()


def _unclear(read: BankFile, why: str) -> str:
    """Return in words that the usual order of dates does not fit what is here, and no other is shown."""
    return f"Does day or month come first? With the {_FIRST[read.order]} first, as before: {why}"


# --- files that came by the inbox -------------------------------------------------------------------------------------


def statement_files(desk: Desk) -> list[tuple[Document, str, str]]:
    """Return open documents with a sheet or a CSV file that was not taken in yet, its name and digest, newest first."""
    index = desk.store.index(Statement.COLLECTION)
    known = {index.value(one, "digest") for one in desk.ids(Statement.COLLECTION, {})}
    numbers = sorted(desk.ids("documents", {"state": (State.INBOX.value, State.FILED.value)}), reverse=True)
    seen: list[Document] = [desk.get("documents", one) for one in numbers[:_LATEST] if desk.sees("documents", one)]
    return [
        (document, file.name, file.digest)
        for document in seen
        if document.privacy is Privacy.OPEN
        for file in document.files
        if file.name.lower().endswith(_TABLES) and file.digest not in known
    ]


def job_of(desk: Desk, account: int, document: Document, name: str, digest: str) -> StatementJob:
    """Return what takes the file of a document in."""
    return StatementJob(account=account, file=desk.store.attachments.path(digest), name=name, document=document.id)
