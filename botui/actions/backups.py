"""The daily backup as the office's settings want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botui.storage.daily import Daily

if TYPE_CHECKING:
    from botui.data import Desk


def daily(desk: Desk) -> Daily:
    """Return what is known of today's backup: how many are kept, what day it is in the office, what is newest."""
    journal, settings, now = desk.store.journal, desk.store.settings(), desk.clock()
    return Daily(journal.path, journal.head, settings.daily_backups, settings.local(now).date(), now)
