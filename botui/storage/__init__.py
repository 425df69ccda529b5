"""The store: JSON documents in a snapshot and a journal, shared by many processes; docs/format.md tells its form.

``Journal`` is the engine; ``open_db`` is TinyDB's own API on the same files.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .files import write_atomic
from .format import Entry, Op
from .history import NOBODY
from .journal import Journal
from .transaction import Delta, Transaction
from .verify import Report, verify
from .watch import Watcher

if TYPE_CHECKING:
    from .tiny import JournalStorage, JournalTable, open_db

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


def __getattr__(name: str) -> Any:
    """Give TinyDB's API to who asks for it: no desk does, and TinyDB takes a session time and memory."""
    if name in ("JournalStorage", "JournalTable", "open_db"):
        return getattr(import_module(".tiny", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
