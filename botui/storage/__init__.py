"""The store: JSON documents in a snapshot and a journal, shared by many processes; docs/format.md tells its form.

``Journal`` is the engine; ``open_db`` is TinyDB's own API on the same files.
"""

from .files import write_atomic
from .format import Entry, Op
from .history import NOBODY
from .journal import Journal
from .tiny import JournalStorage, JournalTable, open_db
from .transaction import Delta, Transaction
from .verify import Report, verify
from .watch import Watcher

__all__ = [
    "NOBODY",
    "Delta",
    "Entry",
    "Journal",
    "JournalStorage",
    "JournalTable",
    "Op",
    "Report",
    "Transaction",
    "Watcher",
    "open_db",
    "verify",
    "write_atomic",
]
