"""An account is reconciled: its unmatched lines with what each may be, and what somebody says of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from botui import areas
from botui.data import Desk, Done
from botui.models.base import Change, Conflict, Refused
from botui.models.office import Context
from botui.models.records.bank import BankLine, Proof, Stand
from botui.models.records.bank_matching import accept
from botui.models.records.bank_open import proposals
from botui.models.records.bank_proof import in_order
from botui.models.records.bank_proposals import Proposal


@dataclass(frozen=True, slots=True)
class Spot:
    """An unmatched line.

    Attributes:
        who: from or to whom, and what for, as the bank says; ``may_be``: in words; ``sure``: nobody need look.
        proposal: what it may be; None = nothing fits.
    """

    line: int
    on: date
    amount: Decimal
    who: str
    may_be: str
    sure: bool
    proposal: Proposal | None

    @property
    def ref(self) -> str:
        """The line's reference."""
        return areas.ref("bank", self.line)


def spots(desk: Desk, account: int, put_aside: Collection[tuple[int, ...]] = ()) -> list[Spot]:
    """Return the unmatched lines of an account, those first that are sure, each with what it may be.

    Args:
        desk: the desk of whoever looks.
        account: which.
        put_aside: proposals, by their lines, of which somebody said that they are wrong.
    """
    of_line = {number: one for one in proposals(desk.context()) if one.lines not in put_aside for number in one.lines}
    lines: list[BankLine] = desk.find("bank", {"account": (account,), "state": (Stand.UNMATCHED.value,)})
    found = [_spot(desk, line, of_line.get(line.id)) for line in lines]
    return sorted(found, key=lambda one: (not one.sure, one.proposal is None, one.on, one.line))


def _spot(desk: Desk, line: BankLine, proposal: Proposal | None) -> Spot:
    who = " ".join(filter(None, (line.name, line.text))) or line.reference
    return Spot(
        line=line.id,
        on=line.on,
        amount=line.amount,
        who=who,
        may_be=_may_be(desk, line, proposal) if proposal else "",
        sure=proposal is not None and proposal.sure,
        proposal=proposal,
    )


def _may_be(desk: Desk, line: BankLine, one: Proposal) -> str:
    """Return in words what is proposed, what it is first and why last."""
    if one.category:
        what = desk.title("chart", one.category)
    else:
        named = [_named(desk, "payments", number) for number in one.payments]
        named += [_named(desk, "bills", number) for number in one.bills]
        others = [areas.ref("bank", number) for number in one.lines if number != line.id]
        what = ", ".join(named) or "with"
        what += f" {'with ' if named else ''}{', '.join(others)}" if others else ""
    return f"{what}: {one.why}"


def _named(desk: Desk, collection: str, number: int) -> str:
    record: Any = desk.peek(collection, number)
    party = desk.title("parties", record.party) if record is not None and record.party else ""
    return f"{areas.ref(collection, number)} {party}".strip()


def accept_all(desk: Desk, account: int, put_aside: Collection[tuple[int, ...]] = ()) -> Done:
    """Accept all that is sure of an account, as one change.

    Raises:
        Refused: nothing is.
    """
    return accept_these(desk, [one.proposal for one in spots(desk, account, put_aside) if one.sure and one.proposal])


def accept_these(desk: Desk, chosen: Sequence[Proposal]) -> Done:
    """Accept proposals as one change; each is what it was when somebody looked, or nothing is done.

    Raises:
        Refused: there is none, or one is settled meanwhile.
        Conflict: one of them is another thing by now.
    """
    unique = {one.lines: one for one in chosen}
    if not unique:
        raise Refused("Nothing is sure: look at the lines one by one.")

    def rule(ctx: Context, _: list[Any]) -> Change:
        now = {one.lines: one for one in proposals(ctx)}
        for one in unique.values():
            found = now.get(one.lines)
            if found is None or (found.payments, found.bills, found.category) != (
                one.payments,
                one.bills,
                one.category,
            ):
                raise Conflict("What these lines may be has changed meanwhile: look again.")
        return accept(ctx, list(unique.values()))

    return desk.do_together("bank", [number for lines in unique for number in lines], "match", rule)


def prove(desk: Desk, account: int) -> str:
    """Prove the open statements of an account, the first first, as far as they are; return in words what was done.

    Raises:
        Refused: none is open, or the first lacks something, in words.
    """
    open_ = in_order(desk.find("statements", {"account": (account,), "state": (Proof.OPEN.value,)}))
    if not open_:
        raise Refused("Every statement of this account is proved.")
    said = ""
    for one in open_:
        try:
            said = desk.do("statements", one.id, "close").said
        except Refused as error:
            if not said:
                raise Refused(f"{one.ref} cannot be proved: {error}") from None
            return f"{said} {one.ref} is not: {error}"
    return said
