"""Reports of HR by their words, for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.models.hr import absence_reports, attendance_reports, evacuation, gap_reports, leave_reports, payroll_report
from botui.models.office.reports import ReportKind

REPORTS: Final[Mapping[str, ReportKind]] = {
    "absence": ReportKind(
        "Absence by department and month", absence_reports.TELLS, absence_reports.absence, absence_reports.this_year
    ),
    "balances": ReportKind("Leave balances", leave_reports.TELLS, leave_reports.balances, absence_reports.this_year),
    "hours": ReportKind(
        "Hours by person and week", attendance_reports.TELLS, attendance_reports.hours, attendance_reports.last_month
    ),
    "payroll": ReportKind("Payroll of a month", payroll_report.TELLS, payroll_report.payroll, payroll_report.days),
    "evacuation": ReportKind("Who is in the house", ("people",), evacuation.evacuation, evacuation.now),
    "gaps": ReportKind("Gaps in training and papers", gap_reports.GAPS_TELL, gap_reports.gaps, gap_reports.month_ahead),
    "firstaid": ReportKind("First-aiders", gap_reports.FIRST_AID_TELLS, gap_reports.first_aid, gap_reports.month_ahead),
}
"""Each report by its word on the command line."""
