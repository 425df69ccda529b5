"""The tables that a run prints: each budget beside its reference and its bound; the store beside all others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HEADINGS = ("what", "botui", "reference", "", "ratio", "bound", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Attributes:
        what: what was measured.
        value: the median of ours, in ``unit``.
        unit: ``ms``, ``MiB``, ``bytes``, ``%``, ``/s`` or nothing (a count).
        beside: the name of the reference; empty = there is none.
        reference: the median of the reference, in ``unit``.
        ratio: the largest allowed value / reference (the smallest where ``at_least``); None = no bound of this kind.
        limit: the largest allowed value; None = no bound of this kind.
        at_least: more is better: the ratio is a lower bound.
    """

    what: str
    value: float
    unit: str
    beside: str = ""
    reference: float | None = None
    ratio: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def measured_ratio(self) -> float | None:
        """Ours as a multiple of the reference."""
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the bound is met; None = there is none."""
        if self.limit is not None and self.value > self.limit:
            return False
        if self.ratio is None or self.reference is None:
            return None if self.limit is None else True
        allowed = self.ratio * self.reference
        return self.value >= allowed if self.at_least else self.value <= allowed

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the line."""
        bounds = []
        if self.ratio is not None:
            bounds.append(f"{'>=' if self.at_least else '<='} {self.ratio:g}x")
        if self.limit is not None:
            bounds.append(f"<= {self.limit:,g} {self.unit}".rstrip())
        return (
            self.what,
            _amount(self.value, self.unit),
            self.beside,
            "" if self.reference is None else _amount(self.reference, self.unit),
            "" if self.measured_ratio is None else f"{self.measured_ratio:.2f}x",
            ", ".join(bounds),
            {None: "", True: "ok", False: "MISS"}[self.met],
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """One measurement of the store, and the same of the others.

    Attributes:
        what: what was measured.
        unit: as in ``Row``.
        values: the medians by name of the store; one that cannot do it is not there.
    """

    what: str
    unit: str
    values: Mapping[str, float]


def _amount(value: float, unit: str) -> str:
    digits = 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def _significant(value: float, unit: str) -> str:
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{value:,.{digits}f} {unit}".rstrip()


def report(measured: Sequence[Row | Compared]) -> str:
    """Return the tables of a run, those that have lines."""
    rows = [one for one in measured if isinstance(one, Row)]
    compared = [one for one in measured if isinstance(one, Compared)]
    tables = [budgets(rows)] if rows else []
    return "\n\n".join([*tables, beside(compared)] if compared else tables)


def budgets(rows: Iterable[Row]) -> str:
    """Return the table of measurements beside their bounds."""
    return _markdown([HEADINGS, *(row.cells() for row in rows)], right=(False, True, False, True, True, False, False))


def beside(lines: Sequence[Compared]) -> str:
    """Return the table of the store beside the others: a column for each, in order of appearance."""
    names = list(dict.fromkeys(name for line in lines for name in line.values))
    texts = [
        (line.what, *(_significant(line.values[name], line.unit) if name in line.values else "" for name in names))
        for line in lines
    ]
    return _markdown([("what", *names), *texts], right=(False, *(True for _ in names)))


def _markdown(lines: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Return a table that reads well as it is and is Markdown too."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = ["| " + " | ".join(_fit(*cell) for cell in zip(line, widths, right, strict=True)) + " |" for line in lines]
    ends = [":" if is_right else "-" for is_right in right]
    rule = "|" + "|".join("-" * (width + 1) + end for width, end in zip(widths, ends, strict=True)) + "|"
    return "\n".join([shown[0], rule, *shown[1:]])


def _fit(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)
