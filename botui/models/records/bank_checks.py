"""What must hold among accounts, statements, their lines and matches, whoever wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from botui.models.records.bank import BankLine, Match, Proof, Stand, Statement
from botui.models.records.bank_proof import misfit
from botui.models.soundness import Records, twice


def check_bank(records: Records) -> Iterator[str]:
    """Say what does not hold: no line is there twice, statements come to their balances, each line says what it is."""
    of_statement: defaultdict[int, list[BankLine]] = defaultdict(list)
    marks: list[tuple[str, str]] = []
    for line in records.all(BankLine):
        of_statement[line.statement or 0].append(line)
        marks += [(line.ref, f"{line.account} {line.fingerprint}")] if line.fingerprint else []
        if words := _stands(records, line):
            yield f"{line.ref}: {words}"
    yield from twice(marks, lambda ref, other, _: f"{ref}: {other} is the same line of the bank.")
    for statement in records.all(Statement):
        yield from _statement(statement, of_statement[statement.id])


def _stands(records: Records, line: BankLine) -> str:
    """Return what a line says of itself that does not fit."""
    if (line.state is Stand.MATCHED) != (line.match is not None):
        return f"State: it is {line.state.label}, and {'in no match' if line.match is None else 'in a match'}."
    if (line.state is Stand.POSTED) != (line.category is not None):
        return f"State: it is {line.state.label}, with{'out' if line.category is None else ''} a category."
    match = records.get(Match, line.match) if line.match else None
    if line.match and (match is None or match.undone_at or line.id not in match.lines):
        return "Match: it does not name this line."
    return ""


def _statement(statement: Statement, lines: list[BankLine]) -> Iterator[str]:
    if statement.lines != len(lines):
        yield f"{statement.ref}: Lines: {statement.lines:,}, but {len(lines):,} are kept."
    if off := misfit(statement, lines):
        yield f"{statement.ref}: its lines do not come to its closing balance: {off:,.2f} is missing."
    if any(one.account != statement.account for one in lines):
        yield f"{statement.ref}: a line of it is of another account."
    if statement.state is Proof.PROVED and statement.open:
        yield f"{statement.ref}: State: it is proved, and {statement.open:,} of its lines are not explained."
