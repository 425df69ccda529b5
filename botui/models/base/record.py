"""Records, the arguments of verbs, and how a field is shown and typed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from botui import areas
from botui.models.errors import StoreDamaged

_NO_PLUGINS: Final = ModuleType("pydantic.plugin._loader")
vars(_NO_PLUGINS)["get_plugins"] = tuple
# Before its first model pydantic asks all that is installed for plugins: 40 ms and 1.3 MiB, to find that there is none.
sys.modules.setdefault(_NO_PLUGINS.__name__, _NO_PLUGINS)


class Choice(StrEnum):
    """A fixed set of values, each with the office's word for it: ``P1 = "P1", "urgent"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one member of a value and its word (the value itself if none is given)."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class Ui:
    """How one field is shown and typed.

    Attributes:
        label: the office's word for it.
        help: one sentence under the field in a form.
        column: width in cells as a list column; 0 = no column.
        wide: a column only where the list is wider than 80 cells.
        form: whether a person types it; what verbs move (state, owner, quantities) says False.
        ref: the collection that the number in this field points to; ``first``: the view of it whose records are offered
            before all others, empty = the usual one.
        used: the field of which what is in use is offered to choose from, such as ``items.category``.
        names: its text names a record of any collection, by its reference.
        codes_of: collections whose codes such a text may be instead: a shelf "C1" is no comment.
        rows: height of a text box in a form.
        batch: kept by "save and next" for the next record.
    """

    label: str
    help: str = ""
    column: int = 0
    wide: bool = False
    form: bool = True
    ref: str = ""
    first: str = ""
    used: str = ""
    names: bool = False
    codes_of: tuple[str, ...] = ()
    rows: int = 1
    batch: bool = False


class Record(BaseModel):
    """One record of one collection; frozen: a rule answers with a ``Change`` instead of touching it.

    ``id`` is its number in the collection (0 = not stored yet); it is the key of the document, not a field in it.
    Fields that a newer botui added are kept in the store, because a change carries only the fields it changes.
    """

    model_config = ConfigDict(defer_build=True, extra="ignore", frozen=True)

    COLLECTION: ClassVar[str]
    """Its collection's word in ``botui.areas``."""

    id: int = Field(default=0, exclude=True, ge=0)

    @property
    def ref(self) -> str:
        """Its reference, such as ``T-1042``."""
        return areas.ref(self.COLLECTION, self.id)

    def doc(self, names: Set[str] | None = None) -> dict[str, Any]:
        """Return the document as stored: JSON values, without what is empty (None, no text, no entries).

        Args:
            names: only these fields of it; None = all.
        """
        dump = self.model_dump(mode="json", include=None if names is None else {*names}, exclude_none=True)
        return {name: value for name, value in dump.items() if value != "" and value != []}

    @classmethod
    def load(cls, number: int, doc: Mapping[str, Any]) -> Self:
        """Return the record of a stored document.

        Raises:
            StoreDamaged: the document is none of this model: only another program can have written it.
        """
        try:
            return cls.model_validate({**doc, "id": number})
        except ValidationError as error:
            wrong = {str(one["loc"][0]) for one in error.errors(include_url=False) if one["loc"]}
            said = f"{areas.ref(cls.COLLECTION, number)} was changed by another program and cannot be read"
            raise StoreDamaged(f"{said} ({', '.join(sorted(wrong))}): run botui check.") from error


class Arguments(BaseModel):
    """What a verb asks for: a small model, so that one form builder and one command line serve all verbs."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)
