"""The list of what can be done with a record: by number, by the cursor, or by the letter that does it anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

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
        Binding(key, f"letter('{key}')", show=False, priority=True) for key in dict.fromkeys(VERB_KEYS.values())
    ]

    def __init__(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        self._names = {VERB_KEYS[name]: name for _, name in entries}
        nothing = "Nothing, as it is now: . says why."
        super().__init__(title, entries, empty=nothing, hint="", rows=_ROWS, keys="".join(self._names))

    def action_letter(self, letter: str) -> None:
        """Take the verb of this letter, if it is in the list."""
        if letter in self._names:
            self.answer(self._names[letter])
