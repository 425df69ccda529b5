"""The list of what can be done with a record: by number, by the cursor, or by the letter that does it anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from botui.models.base import VERB_KEYS
from botui.screens.dialogs import Choose

_ROWS: Final = 18
"""All verbs of a ticket: what cannot be done is looked for by its reason, so that no line of it may be hidden."""


class VerbList(Choose[str]):
    """What can be done; a verb's own letter takes it here too.

    Args:
        title: with what it is done.
        entries: of each verb its line and its name.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"letter('{name}')", show=False, priority=True) for name, key in VERB_KEYS.items()
    ]

    def __init__(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__(title, entries, empty="Nothing, as it is now: . says why.", hint="", rows=_ROWS)
        self._names = frozenset(name for _, name in entries)

    def action_letter(self, name: str) -> None:
        """Take the verb of this letter; any other letter is typed."""
        if name not in self._names:
            raise SkipAction
        self.answer(name)
