"""The bank on the command line: a statement taken in, and what its lines may be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from botui.actions.bank_statements import Outcome, StatementJob, take_statement
from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.bank_file import ORDERS, DatesUnclear
from botui.actions.reconciling import Spot, accept_all, spots
from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.data import Desk
from botui.models.base import Refused, clean


def import_statement(session: Session) -> int:
    """Take a bank's file in."""
    args = session.args
    if args.account is None:
        raise Refused("Say of which account it is: --account BA-1.")
    if args.dates is not None and args.dates not in ORDERS:
        raise Refused(f"--dates is one of {', '.join(ORDERS)}.")
    if args.key:
        raise Refused("--key is not for the files of banks: what is in a line tells it from others.")
    desk = session.desk(write=not args.dry_run)
    if desk.person is None:
        desk.store.close()
        raise Refused("Say who you are first: --as with your initials.")
    job = StatementJob(
        account=_account(desk, args.account),
        file=Path(args.file),
        map_file=None if args.map is None else Path(args.map),
        order=args.dates or "",
        opening=_amount(desk, args.opening, "--opening"),
        closing=_amount(desk, args.closing, "--closing"),
        dry=args.dry_run,
    )
    try:
        outcome = take_statement(desk, job)
    except DatesUnclear as error:
        raise Refused(f"{error} Add --dates dmy if the day comes first, --dates mdy if the month does.") from None
    except Refused as error:
        if "closing" in error.fields:
            raise Refused(f"{error} Add --closing with it.") from None
        raise
    _write(session, outcome, dry=args.dry_run)
    return 0


def _write(session: Session, outcome: Outcome, *, dry: bool) -> None:
    columns = (f"{field} from {' + '.join(columns)}" for field, columns in outcome.columns.items())
    lines = [*outcome.notes, f"Columns: {', '.join(columns)}."]
    if outcome.lost:
        lines.append(f"Not kept, there is no field for them: {', '.join(outcome.lost)}.")
    lines += [f"Taken to be the same, {one}." for one in outcome.doubts]
    head = "It would be: " if dry else f"Done, {', '.join(outcome.refs)}: "
    session.out.write("".join(f"{clean(line)}\n" for line in (*lines, f"{head}{outcome.said}")))


def _account(desk: Desk, text: str) -> int:
    return desk.look_up("accounts", text)


def _amount(desk: Desk, text: str | None, what: str) -> Decimal | None:
    return None if text is None else Amounts("", desk.settings.currency).read(text, what)


# --- what the lines may be --------------------------------------------------------------------------


def bank(session: Session) -> None:
    """List the unmatched lines of an account with what each may be, or accept what is sure."""
    args = session.args
    desk = session.desk(write=args.accept)
    for collection in ("bank", "accounts", "payments", "bills"):
        desk.require(collection, "read")
    collection, number = find_record(desk, args.ref)
    if collection != "accounts":
        raise Refused(f"{args.ref} is no bank account.")
    if args.accept:
        session.out.write(f"{accept_all(desk, number).said}\n")
        return
    found = spots(desk, number)
    session.out.write("".join(_line(one) for one in found))
    sure = sum(one.sure for one in found)
    session.out.write(f"{len(found):,} lines to explain, {sure:,} of them sure.\n" if found else "All is explained.\n")


def _line(one: Spot) -> str:
    mark = "=" if one.sure else "?" if one.may_be else " "
    return clean(f"{one.ref:<8} {one.on} {one.amount:>12,.2f}  {one.who[:30]:<30} {mark} {one.may_be}") + "\n"
