"""What may be done with positions."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.hr import position_filing
from botui.models.office import REMIND

POSITIONS: Final = Rules(transitions=(REMIND,), create=position_filing.create, revise=position_filing.revise)
