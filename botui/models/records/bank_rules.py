"""What may be done with bank accounts, statements, their lines and matches."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules

ACCOUNTS: Final = Rules()
STATEMENTS: Final = Rules()
BANK: Final = Rules()
MATCHES: Final = Rules()
