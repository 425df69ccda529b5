"""Reports of HR by their words, for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.models.office.reports import ReportKind

REPORTS: Final[Mapping[str, ReportKind]] = {}
"""Each report by its word on the command line."""
