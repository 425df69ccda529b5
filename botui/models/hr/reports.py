"""Reports of HR by their words, for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.models.hr import gap_reports
from botui.models.office.reports import ReportKind

REPORTS: Final[Mapping[str, ReportKind]] = {
    "gaps": ReportKind("Gaps in training and papers", gap_reports.GAPS_TELL, gap_reports.gaps, gap_reports.month_ahead),
    "firstaid": ReportKind("First-aiders", gap_reports.FIRST_AID_TELLS, gap_reports.first_aid, gap_reports.month_ahead),
}
"""Each report by its word on the command line."""
