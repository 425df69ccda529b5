"""What may be done with the retention schedule."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.office import REMIND
from botui.models.records import scheduling

RETENTION: Final = Rules(transitions=(REMIND,), create=scheduling.create, revise=scheduling.revise)
