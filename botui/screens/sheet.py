"""What a form is about, apart from the screen: what its fields held at first, and what the texts in them mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from botui.data import Desk
from botui.models.base import Conflict, Record, Refused
from botui.models.shape import FieldKind, FieldSpec, build, coerce, fields_of, refusal, show
from botui.widgets.fields import as_text

_READ_BACK: Final = frozenset({FieldKind.DATE, FieldKind.WHEN, FieldKind.REF, FieldKind.REFS, FieldKind.CHOICE})
"""Kinds whose text may mean something longer than it says."""


class Sheet:
    """The fields of a form and what they mean.

    Args:
        model: the shape.
        desk: the desk of the person who types.
        before: for an edit, the record as it was.
        values: what the fields hold at first; those of fields that are not shown are saved with the rest.
        fields: names of the fields, in order; None = all that a person types.

    Attributes:
        specs: the fields.
        was: the text of each field before anything was typed.
        before: for an edit, the record as it was, or as others left it after a conflict.
    """

    def __init__(
        self,
        model: type[BaseModel],
        desk: Desk,
        before: Record | None = None,
        values: Mapping[str, Any] | None = None,
        fields: Sequence[str] | None = None,
    ) -> None:
        self._model = model
        self._desk = desk
        self._values = dict(values or {})
        self.before = before
        by_name = {spec.name: spec for spec in fields_of(model)}
        if fields is None:
            fields = [spec.name for spec in by_name.values() if spec.ui.form and spec.kind is not FieldKind.OTHER]
        self.specs = tuple(by_name[name] for name in fields)
        self.was = {spec.name: self._first_text(spec) for spec in self.specs}

    def _first_text(self, spec: FieldSpec) -> str:
        if spec.name in self._values:
            return as_text(spec, self._values[spec.name], self._desk)
        if self.before is not None:
            return as_text(spec, getattr(self.before, spec.name), self._desk)
        default = self._model.model_fields[spec.name].get_default(call_default_factory=True)
        return "" if default is PydanticUndefined else as_text(spec, default, self._desk)

    @property
    def kind(self) -> str:
        """The word under which last values are repeated: the collection, or the verb's arguments."""
        return str(getattr(self._model, "COLLECTION", self._model.__name__))

    def changed(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts that are not what stood there before."""
        return {name: text for name, text in texts.items() if text != self.was[name]}

    def values_of(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Return the values to save: of a new record all that are given, of an edit those that were typed.

        Raises:
            Refused: with the reason per field.
        """
        needed = [spec.name for spec in self.specs if spec.required and not texts[spec.name].strip()]
        wrong = dict.fromkeys(needed, "This is needed.")
        typed = {name: text for name, text in self.changed(texts).items() if name not in wrong}
        values: dict[str, Any] = {}
        try:
            values = coerce(self._model, typed, self._desk.typing())
        except Refused as error:
            wrong |= error.fields
        if wrong:
            raise refusal(self._model, {spec.name: wrong[spec.name] for spec in self.specs if spec.name in wrong})
        if self.before is None:
            # a verb is told what was emptied, for it may propose something else; a new record has nothing to say of it
            told = frozenset() if issubclass(self._model, Record) else {*values}
            given = {**self._values, **values}.items()
            return {name: value for name, value in given if value is not None or name in told}
        values = {**{name: value for name, value in self._values.items() if name not in texts}, **values}
        after = build(type(self.before), {**dict(self.before), **values})
        return {name: getattr(after, name) for name in values}

    def reading(self, spec: FieldSpec, text: str) -> str:
        """Return what a text means, where that may be more than it says.

        Raises:
            Refused: it cannot be read.
        """
        value = coerce(self._model, {spec.name: text}, self._desk.typing())[spec.name]
        return show(spec, value, self._desk.title, self._desk.settings.local) if spec.kind in _READ_BACK else ""

    def take_over(self, conflict: Conflict) -> dict[str, str]:
        """Take over what others wrote meanwhile, so that the next save goes over it; return the texts of it."""
        if self.before is None or not conflict.fields:
            return {}
        doc = {**self.before.doc(), **conflict.fields}
        doc = {name: value for name, value in doc.items() if value is not None}
        self.before = type(self.before).load(self.before.id, doc)
        specs = [spec for spec in self.specs if spec.name in conflict.fields]
        theirs = {spec.name: as_text(spec, getattr(self.before, spec.name), self._desk) for spec in specs}
        self.was.update(theirs)
        return theirs

    def go_on(self, texts: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
        """Begin the next record of a batch; return what its fields hold: those marked for it keep theirs."""
        for spec in self.specs:
            if spec.ui.batch:
                self.was[spec.name] = texts[spec.name]
                self._values[spec.name] = values.get(spec.name, self._values.get(spec.name))
        return dict(self.was)
