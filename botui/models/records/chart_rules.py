"""What may be done with categories of the books."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules
from botui.models.office import REMIND
from botui.models.records import charting

CHART: Final = Rules(transitions=(REMIND,), create=charting.create, revise=charting.revise)
