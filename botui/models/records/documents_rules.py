"""What may be done with documents."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.office import REMIND

DOCUMENTS: Final = Rules(transitions=(REMIND,))
