"""Making and changing filing rules: a rule has words to look for and says something of what has them."""

from __future__ import annotations

from botui.models.base import Change, Refused, fold
from botui.models.office import Context
from botui.models.records.document import Privacy
from botui.models.records.filing_rule import FilingRule, Match
from botui.models.records.proposing import plain

_SAYS = ("title", "schedule", "party", "tags", "place", "shelf")


def create(ctx: Context, rule: FilingRule) -> Change:
    """Make a filing rule.

    Raises:
        Refused: it has no words to look for, says nothing, or there is one of this name.
    """
    _refuse_unfit(ctx, rule)
    return Change("filing.add", f"{rule.ref} {rule.name} proposes what it says from the next scan on.").add(rule)


def revise(ctx: Context, before: FilingRule, after: FilingRule) -> Change:
    """Change a filing rule; what it proposed stays.

    Raises:
        Refused: as when it is made.
    """
    _refuse_unfit(ctx, after)
    changed = {name: value for name, value in after if value != getattr(before, name)}
    return Change("filing.edit", f"{after.ref} {after.name} is changed.").set(before, **changed)


def _refuse_unfit(ctx: Context, rule: FilingRule) -> None:
    words = [rule.words] if rule.match is Match.EXACT else rule.words.split(",")
    if not any(one.isalnum() for word in words for one in plain(word)):
        raise Refused("Which words does it look for?", {"words": "A word at least."})
    if rule.privacy is Privacy.OPEN and not any(getattr(rule, name) for name in _SAYS):
        raise Refused(
            "What does it say of a scan with these words?", {"title": "A title, class, party, tags or place."}
        )
    for other in ctx.data.find(FilingRule, active=True) if rule.active else ():
        if other.id != rule.id and fold(other.name) == fold(rule.name):
            said = f"{other.ref} has this name already."
            raise Refused(f"{rule.name}: {said}", {"name": said})
