"""Scans: taken in from the inbox folder of this machine, proposed anew, and what of a document is gone destroyed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from botui import areas
from botui.actions.extract import PDF, reads_pdf, text_of
from botui.data import Desk, Done
from botui.models.base import Change, Refused, clean
from botui.models.office import Context, Party
from botui.models.records.document import GONE, Attached, Document, Privacy, State
from botui.models.records.filing_rule import FilingRule
from botui.models.records.proposing import propose
from botui.models.records.scanning import scanned
from botui.spent import destroy
from botui.storage.attachments import Attachments, Inbox

_BY_HAND: Final = frozenset({"documents.edit", "documents.file"})
"""Changes with which a person says what a document is."""
_NAME: Final = 200
"""Characters of the name of a file that are kept."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file of the inbox folder.

    Attributes:
        name: what it is called, as it can be shown.
        said: what was done with it, or why nothing was.
        number: of its document; 0 = it stays where it is.
    """

    name: str
    said: str
    number: int = 0


def take_in(desk: Desk, folder: Path, now: Callable[[], float] = time.time) -> Iterator[Taken]:
    """Take in what lies in the inbox folder, one file after the other; each is on the disk before a record names it.

    It is done by nobody in particular: what a person undoes is never that a scan came. A file leaves the folder when
    its document is written down; what cannot be taken in stays, and is said.

    Args:
        desk: anybody's.
        folder: the folder.
        now: what time it is, as the file system has it.

    Raises:
        StoreError: nothing can be written now.
    """
    inbox, system = Inbox(folder), desk.as_system()
    for name in inbox.names(now()):
        try:
            yield _take(system, inbox, name)
        except Refused as error:
            yield Taken(_shown(name), clean(str(error)))


def _take(system: Desk, inbox: Inbox, name: str) -> Taken:
    files = system.store.attachments
    kept = files.take(inbox, name)
    text = _read(files, kept.digest, kept.media)
    attached = Attached(name=_shown(name), digest=kept.digest, size=kept.size, media=kept.media)
    number = 0

    def decide(ctx: Context) -> Change:
        nonlocal number
        change = scanned(ctx, attached, _proposed(ctx, text, attached.name))
        number = next(one for _, one in change.puts)
        return change

    done = system.apply(decide)
    if not files.has(kept.digest):
        # the last document that had this very file went at the same moment, and took it along
        files.take(inbox, name)
        _read(files, kept.digest, kept.media)
    inbox.remove(name, kept.digest)
    return Taken(attached.name, done.said if done else "", number)


def _read(files: Attachments, digest: str, media: str) -> str:
    """Return the text of a content, read once."""
    if known := files.text(digest):
        return known
    text = clean(text_of(str(files.path(digest)), media), lines=True)
    if text:
        files.keep_text(digest, text)
    return text


def _shown(name: str) -> str:
    return clean(name)[-_NAME:] or "scan"


def _proposed(ctx: Context, text: str, name: str) -> dict[str, object]:
    rules, parties = ctx.data.find(FilingRule, active=True), ctx.data.find(Party, active=True)
    return propose(rules, parties, text, name, ctx.today, ctx.settings.order)


def propose_anew(desk: Desk) -> Done:
    """Let the filing rules of today say what the scans of the inbox are; return of how many they say something else.

    Raises:
        NotAllowed: this person may not work on documents.
    """
    desk.require("documents", "work")
    texts, typed = dict[int, str](), dict[int, frozenset[str]]()
    for scan in desk.find("documents", {"state": (State.INBOX.value,)}):
        if scan.files:
            texts[scan.id], typed[scan.id] = text_in(desk, scan), _typed(desk, scan.id)

    def decide(ctx: Context) -> Change | None:
        change = Change("documents.propose")
        for number, text in texts.items():
            scan = ctx.data.get(Document, number)
            if scan is not None and scan.state is State.INBOX and scan.files:
                found = _proposed(ctx, text, scan.files[0].name)
                change.set(scan, **{name: value for name, value in found.items() if name not in typed[number]})
        count = len(change.puts)
        change.said = f"The filing rules say something else of {count} scan{'' if count == 1 else 's'}."
        return change if count else None

    done = desk.apply(decide)
    return done or Done("The filing rules say nothing else of what is in the inbox.", (), "")


def _typed(desk: Desk, number: int) -> frozenset[str]:
    """Return the fields of a scan that a person said since it came: no rule says otherwise."""
    events = desk.as_system().history("documents", number)
    return frozenset(name for one in events if one.action in _BY_HAND for name, _, _ in one.changes)


def text_in(desk: Desk, document: Document) -> str:
    """Return the text that was read in the files of a document."""
    files = desk.store.attachments
    return "\n\n".join(filter(None, (files.text(one.digest) for one in document.files)))


def read_again(desk: Desk) -> Iterator[Taken]:
    """Read the files of documents in which nothing could be read until now, so that they are searched, too.

    Raises:
        NotAllowed: this person may not work on documents.
        Refused: what reads PDFs is not installed here.
        StoreFull: a text cannot be written.
    """
    desk.require("documents", "work")
    if not reads_pdf():
        raise Refused("PDFs cannot be read on this machine yet: pip install 'botui[pdf]' lets them.")
    index, files = desk.store.index("documents"), desk.store.attachments
    for number in index.find({"state": tuple(one.value for one in State if one not in GONE)}):
        if all(map(files.text, index.value(number, "prints") or ())):
            continue
        document: Document = desk.as_system().get("documents", number)
        for one in document.files:
            if not files.text(one.digest) and files.has(one.digest) and _read(files, one.digest, one.media):
                name = one.name if document.privacy is Privacy.OPEN else document.privacy.label
                yield Taken(name, f"{document.ref} can be searched now.", number)


def unread(document: Document) -> str:
    """Return in words why nothing could be read in the files of a document."""
    if any(one.media == PDF for one in document.files) and not reads_pdf():
        return "PDFs were not read here: with pip install 'botui[pdf]', botui inbox --read-again reads them."
    return "Nothing could be read in its files: they are pictures, or sheets."


def sweep(desk: Desk) -> int:
    """Destroy the files of documents that are gone, but for those that another document has; return how many.

    Raises:
        StoreFull: the disk does not let them go.
    """
    system = desk.as_system()
    index, files = system.store.index("documents"), system.store.attachments
    numbers = index.find({"state": tuple(one.value for one in GONE)})
    named = {digest for number in numbers for digest in index.value(number, "prints") or ()}
    left = [one for one in named if files.has(one) or files.text(one)]
    return destroy(system.store, areas.kind("documents"), left)


def missing(desk: Desk) -> list[str]:
    """Return in words which files of documents are missing or changed, for ``botui check``."""
    said: list[str] = []
    journal, gone = desk.store.journal, {one.value for one in GONE}
    for number in journal.ids("documents"):
        doc = journal.get("documents", number) or {}
        files = doc.get("files") if doc.get("state") not in gone else None
        # what is none of its model is told of elsewhere
        named = (one for one in files if isinstance(one, dict)) if isinstance(files, list) else ()
        found = [(areas.ref("documents", number), str(one.get("name")), str(one.get("digest"))) for one in named]
        desk.store.attachments.problems(found, said.append)
    return said


def content(desk: Desk, document: Document, name: str = "") -> tuple[Attached, bytes]:
    """Return a file of a document with its content, to be written somewhere; that it was looked at is written down.

    Args:
        desk: whose.
        document: the document.
        name: which file; empty = the only one.

    Raises:
        Refused: it has none of this name, or several and nobody said which.
        StoreDamaged: the content is missing, or not what it was.
    """
    if document.state in GONE:
        raise Refused(f"{document.ref} is {document.state.label}: its files are gone.")
    found = [one for one in document.files if not name or one.name == name]
    if len(found) != 1:
        names = ", ".join(one.name for one in document.files) or "none"
        raise Refused(f"{document.ref}: which file? There is: {names}.")
    desk.note_look("documents", document.id)
    return found[0], desk.store.attachments.read(found[0].digest)
