"""What may be done with letter templates."""

from __future__ import annotations

from typing import Final

from botui.models.base import Change, Rules, Transition
from botui.models.office import REMIND, Context
from botui.models.records import answering
from botui.models.records.form import Form, Sort
from botui.models.records.form_fields import refuse_wrong


def create(ctx: Context, form: Form) -> Change:
    """File a template.

    Raises:
        Refused: it has a field that there is not.
    """
    _refuse_unfit(form)
    new = form.model_copy(update={"created_at": ctx.now})
    return Change("forms.add", f"{new.ref} is filed: {new.name}. b writes a letter with it.").add(new)


def revise(_: Context, before: Form, after: Form) -> Change:
    """Change a template; letters that were written with it stay as they are."""
    _refuse_unfit(after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("forms.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(form: Form) -> None:
    for name in ("subject", "body"):
        refuse_wrong(getattr(form, name), name)


def not_in_use(_: Context, form: Form) -> str | None:
    """Guard of writing: the template is in use, and no template of HR's."""
    if form.sort is not Sort.LETTER:
        return "It is HR's: r at a candidate, a person's file or a case writes it."
    return None if form.active else "It is not in use any more: e takes it up again."


FORMS: Final = Rules(
    transitions=(
        Transition(
            name="run",
            label="Write a letter",
            rule=answering.write,
            needs=answering.Write,
            guard=not_in_use,
            many=False,
        ),
        REMIND,
    ),
    create=create,
    revise=revise,
)
