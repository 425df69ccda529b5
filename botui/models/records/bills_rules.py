"""What may be done with bills, their lines and payments."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.office import REMIND

BILLS: Final = Rules(transitions=(REMIND,))
CHARGES: Final = Rules()
PAYMENTS: Final = Rules()
