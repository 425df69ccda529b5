"""What may be done with absences: they come of leave, and nobody writes them by hand."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.office import REMIND

ABSENCES: Final = Rules(transitions=(REMIND,))
