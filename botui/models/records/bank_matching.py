"""Lines of the bank are explained: by payments and bills, by a category, or as left out; and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.office import Context, Numbers, Party
from botui.models.records.bank import Account, BankLine, BankRule, Match, Stand, Statement
from botui.models.records.bank_learning import learn
from botui.models.records.bank_open import proposals
from botui.models.records.bank_proof import stands_proved
from botui.models.records.bank_proposals import Proposal
from botui.models.records.bank_signs import sign, telling
from botui.models.records.bill import Bill, Direction, Method, Payment
from botui.models.records.chart import Category
from botui.models.records.settlement import Settlement

_NOTHING: Final = Decimal(0)


class MatchWith(Arguments):
    """What a line of the bank is; nothing = what is proposed."""

    payments: Annotated[Numbers, Ui(label="Payments", ref="payments", help="Nothing anywhere = what is proposed.")] = ()
    bills: Annotated[Numbers, Ui(label="Bills", ref="bills", help="That it pays; of the last one maybe a part.")] = ()
    lines: Annotated[Numbers, Ui(label="Further lines", ref="bank", help="That belong to the same money.")] = ()


class Post(Arguments):
    """To which category a line goes."""

    category: Annotated[int, Ui(label="Category", ref="chart", batch=True)]
    note: Annotated[Line, Ui(label="Note")] = ""
    remember: Annotated[bool, Ui(label="Remember", help="y proposes it for lines like this one.")] = True


class LeaveOut(Arguments):
    """Why a line stands in no books."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


# --- verbs ------------------------------------------------------------------------------------------------------------


def match(ctx: Context, line: BankLine, args: MatchWith) -> Change:
    """Say which payments or bills a line is, or take what is proposed.

    Raises:
        Refused: nothing is proposed, or what is named does not come to the line.
    """
    if not (args.payments or args.bills or args.lines):
        return accept(ctx, [_proposed(ctx, line)])
    lines = (line.id, *(one for one in args.lines if one != line.id))
    said = Proposal(lines=lines, payments=args.payments, bills=args.bills, why="by hand")
    return accept(ctx, [said])


def _proposed(ctx: Context, line: BankLine) -> Proposal:
    found = next((one for one in proposals(ctx) if line.id in one.lines), None)
    if found is None:
        raise Refused(f"Nothing fits {line.ref}: name payments or bills, post it to a category, or leave it out.")
    return found


def post(ctx: Context, line: BankLine, args: Post) -> Change:
    """Post a line to a category, and remember it for lines like this one."""
    settlement = Settlement(ctx, Change("bank.post"))
    category = ctx.data.get(Category, args.category)
    if category is None:
        raise Refused("There is no such category.", {"category": "There is none of this number."})
    settlement.post(line, category.id, args.note)
    if args.remember:
        learn(ctx, settlement, line, category=category.id)
    change = settlement.write()
    change.said = f"{line.ref} is posted to {category.name}."
    return change


def skip(ctx: Context, line: BankLine, args: LeaveOut) -> Change:
    """Leave a line out of the books."""
    settlement = Settlement(ctx, Change("bank.skip", f"{line.ref} is left out.", note=args.reason))
    settlement.skip(line, args.reason)
    return settlement.write()


def unmatch(ctx: Context, line: BankLine, _: None) -> Change:
    """Let a line be unmatched again; of a match all its lines are.

    Raises:
        Refused: the match is not there.
    """
    if line.state is Stand.MATCHED:
        found = ctx.data.get(Match, line.match or 0)
        if found is None:
            raise Refused("The match is not there.")
        return _taken_apart(ctx, found, "bank.unmatch")
    settlement = Settlement(ctx, Change("bank.unmatch", f"{line.ref} is unmatched again."))
    settlement.reopen(line)
    return settlement.write()


def take_apart(ctx: Context, found: Match, _: None) -> Change:
    """Take a match apart."""
    return _taken_apart(ctx, found, "matches.unmatch")


def _taken_apart(ctx: Context, found: Match, action: str) -> Change:
    settlement = Settlement(ctx, Change(action, f"{found.ref} is taken apart."))
    settlement.unmatch(found)
    return settlement.write()


def stays(ctx: Context, line: BankLine) -> str | None:
    """Return why what explains a line cannot be taken apart."""
    match = ctx.data.get(Match, line.match) if line.match else None
    return stands_proved(ctx, _lines(ctx, match) if match else [line])


def is_apart(ctx: Context, found: Match) -> str | None:
    """Return why a match cannot be taken apart."""
    return "It was taken apart before." if found.undone_at else stands_proved(ctx, _lines(ctx, found))


def _lines(ctx: Context, match: Match) -> list[BankLine]:
    return [one for number in match.lines if (one := ctx.data.get(BankLine, number))]


def match_sure(ctx: Context, record: Account | Statement, _: None) -> Change:
    """Accept all sure proposals of an account, or of a statement, as one change.

    Raises:
        Refused: there is none.
    """
    mine = set(_unmatched(ctx, record))
    sure = [one for one in proposals(ctx) if one.sure and mine.intersection(one.lines)]
    if not sure:
        raise Refused("Nothing is sure: look at the lines one by one.")
    change = accept(ctx, sure)
    change.action = f"{record.COLLECTION}.match"
    return change


def all_explained(ctx: Context, record: Account | Statement) -> str | None:
    """Return why there is nothing to reconcile."""
    return None if _unmatched(ctx, record, 1) else "Every line of it is explained."


def _unmatched(ctx: Context, record: Account | Statement, at_most: int | None = None) -> list[int]:
    name = "account" if isinstance(record, Account) else "statement"
    return ctx.data.numbers(BankLine, at_most, state=Stand.UNMATCHED.value, **{name: record.id})


# --- proposals that are accepted --------------------------------------------------------------------------------------


def accept(ctx: Context, accepted: Sequence[Proposal]) -> Change:
    """Do what proposals say, all of them or none.

    Raises:
        Refused: what one names does not come to its lines, or is settled meanwhile.
    """
    settlement = Settlement(ctx, Change("bank.match"))
    for one in accepted:
        lines = [settlement.get(BankLine, number) for number in one.lines]
        if one.category:
            _post(ctx, settlement, lines, one)
        else:
            _match(ctx, settlement, lines, one)
    change = settlement.write()
    many = sum(len(one.lines) for one in accepted)
    first = areas.ref("bank", accepted[0].lines[0])
    change.said = f"{first} is explained." if many == 1 else f"{plural(many, 'line')} of the bank explained."
    return change


def _post(ctx: Context, settlement: Settlement, lines: Iterable[BankLine], said: Proposal) -> None:
    rule = settlement.get(BankRule, said.rule) if said.rule else None
    for line in lines:
        settlement.post(line, said.category or 0, "")
        if rule is not None:
            rule = settlement.set(rule, times=rule.times + 1, last_on=line.on)


def _match(ctx: Context, settlement: Settlement, lines: Sequence[BankLine], said: Proposal) -> None:
    payments = [settlement.get(Payment, number) for number in said.payments]
    total = sum((one.amount for one in lines), _NOTHING)
    left = total - sum((one.amount for one in payments), _NOTHING)
    made = []
    for place, number in enumerate(said.bills, start=1):
        bill = settlement.get(Bill, number)
        way = -1 if bill.direction is Direction.OWE else 1
        part = way * bill.balance
        if place == len(said.bills) and left * part > 0 and abs(left) < abs(part):
            part = left
        where: dict[str, Any] = {"account": lines[0].account, "reference": lines[0].reference}
        made.append(settlement.pay(bill, way * part, lines[0].on, method=Method.BANK, **where))
        left -= part
    if left:
        raise Refused(f"The bank says {total:,.2f}, what you name comes to {total - left:,.2f}: {left:,.2f} is left.")
    settlement.match(lines, payments, said.why, made)
    _learn_party(ctx, settlement, lines, [*payments, *made])


def _learn_party(ctx: Context, settlement: Settlement, lines: Iterable[BankLine], payments: Iterable[Payment]) -> None:
    """Remember whose such lines are, where their name does not say it."""
    parties = {one.party for one in payments}
    party = ctx.data.get(Party, parties.pop() or 0) if len(parties) == 1 else None
    if party is None:
        return
    for line in lines:
        if not sign(line, ()).names(telling(party.name)):
            learn(ctx, settlement, line, party=party.id)
