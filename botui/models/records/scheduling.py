"""The classes of the retention schedule: filed and changed; what is in a class is reckoned anew with it."""

from __future__ import annotations

from botui.models.base import Change, Refused, fold, plural
from botui.models.office import Context
from botui.models.records.document import Document
from botui.models.records.retention import RetentionClass


def create(ctx: Context, new: RetentionClass) -> Change:
    """File a class.

    Raises:
        Refused: another one has its name.
    """
    _refuse_twice(ctx, new)
    return Change("retention.add", f"{new.name}: kept {new.words}.").add(new)


def revise(ctx: Context, before: RetentionClass, after: RetentionClass) -> Change:
    """Change a class; until when its documents are kept follows, and what must be kept on leaves its disposal list.

    Raises:
        Refused: another one has its name.
    """
    _refuse_twice(ctx, after)
    values = {name: getattr(after, name) for name in type(after).model_fields if name != "id"}
    many = len(ctx.data.numbers(Document, schedule=before.id)) if after.words != before.words else 0
    anew = f" {plural(many, 'document')} reckoned anew." if many else ""
    return Change("retention.edit", f"{after.name}: kept {after.words}.{anew}").set(before, **values)


def _refuse_twice(ctx: Context, one: RetentionClass) -> None:
    same = (
        other for other in ctx.data.find(RetentionClass) if other.id != one.id and fold(other.name) == fold(one.name)
    )
    if (other := next(same, None)) is not None:
        raise Refused(f"{other.ref} is called {other.name} already.", {"name": f"{other.ref} is called so already."})
