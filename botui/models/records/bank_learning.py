"""What lines mean is learned from what people confirm: whose they are, and to which category such lines are posted."""

from __future__ import annotations

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.records.bank import BankLine, BankRule, Side
from botui.models.records.bank_signs import fits, sign, signature, words_in
from botui.models.records.settlement import Settlement


def create(ctx: Context, rule: BankRule) -> Change:
    """File a rule that somebody typed: it is sure from the first time on.

    Raises:
        Refused: it says neither a category nor whose a line is, or both; or there is one of these words.
    """
    new = BankRule(**{name: getattr(rule, name) for name in ("id", *_TYPED)})
    _refuse(ctx, new)
    return Change("bankrules.add", f"{new.ref} is filed: lines with '{new.words}'.").add(new)


def revise(ctx: Context, before: BankRule, after: BankRule) -> Change:
    """Change a rule; what somebody typed is no longer only learned.

    Raises:
        Refused: as when one is filed.
    """
    _refuse(ctx, after)
    change = Change("bankrules.edit", f"{before.ref} is changed.")
    return change.set(before, learned=False, **{name: getattr(after, name) for name in _TYPED})


_TYPED = ("words", "side", "category", "party", "up_to", "active")


def _refuse(ctx: Context, rule: BankRule) -> None:
    if bool(rule.category) == bool(rule.party):
        said = "Say a category, or from or to whom it is: one of the two."
        raise Refused(said, {"category": "Or from or to whom."} if not rule.category else {"party": "Or a category."})
    if not words_in(rule.words):
        raise Refused("A rule needs words.", {"words": "There is no letter and no figure in it."})
    for one in ctx.data.find(BankRule, words=rule.words, active=True):
        same = one.side is rule.side and bool(one.category) == bool(rule.category)
        if one.id != rule.id and same and rule.active:
            raise Refused(f"{one.ref} has these words.", {"words": f"{one.ref} has them."})


def learn(
    ctx: Context, settlement: Settlement, line: BankLine, *, category: int | None = None, party: int | None = None
) -> None:
    """Keep what somebody said of a line for the next one like it; a learned rule that says otherwise is unsure again.

    Args:
        ctx: what may be known.
        settlement: the change that it becomes part of.
        line: the line.
        category: what it was posted to.
        party: from or to whom it is.
    """
    words = signature(line)[:80].strip()
    if len(words) < 2:
        return
    side = Side.IN if line.amount > 0 else Side.OUT
    known = _rules(ctx, settlement)
    mine = next((one for one in known if one.words == words and one.learned and one.side is side), None)
    says = sign(line, ())
    for one in known:
        if (
            category
            and one.category
            and one.category != category
            and one.learned
            and one is not mine
            and fits(one, says)
        ):
            settlement.set(one, times=0)
    typed = next(
        (
            one
            for one in known
            if not one.learned and fits(one, says) and (one.category, one.party) == (category, party)
        ),
        None,
    )
    rule = typed or mine
    if rule is None:
        new = BankRule(
            id=ctx.data.new_id(BankRule),
            words=words,
            side=side,
            category=category,
            party=party,
            times=1,
            learned=True,
            last_on=line.on,
        )
        settlement.add(new)
        return
    same = (rule.category, rule.party) == (category, party)
    settlement.set(rule, category=category, party=party, times=rule.times + 1 if same else 1, last_on=line.on)


def _rules(ctx: Context, settlement: Settlement) -> list[BankRule]:
    """Return the rules in use as they will be after what was learned so far."""
    pending = {one.id: one for one in settlement.touched(BankRule)}
    stored = [one for one in ctx.data.find(BankRule, active=True) if one.id not in pending]
    return [*stored, *pending.values()]
