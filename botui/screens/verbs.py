"""Screens on which verbs are done: a list (on all marked) and an open record (on the one)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui import areas
from botui.data import Desk, Done
from botui.models.base import (
    VERB_KEYS,
    BotuiError,
    Kind,
    NotAllowed,
    PinNeeded,
    Record,
    Refused,
    StoreDamaged,
    Transition,
)
from botui.screens.frame import DeskScreen, Keys
from botui.text import cut

_CALL_IN: Final = "! calls in who may."
_AT_A_GLANCE: Final = 20
"""Marked records on which a key acts at once: the rows of a list at 80x24, all of which are seen."""
_BY_LETTER: Final = {key: name for name, key in VERB_KEYS.items()}
_TITLE: Final = 50
"""Cells of a record's title above a form: enough to know it again, and the line over it stays a line."""


class VerbScreen(DeskScreen):
    """A screen with records on which verbs are done by one letter.

    Attributes:
        kind: what the records are.
    """

    kind: Kind[Any]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"letter('{key}')", name, show=False) for key, name in _BY_LETTER.items()),
        Binding("full_stop", "verbs(True)", "All verbs", tooltip="What can be done, and why the rest cannot."),
        Binding("exclamation_mark", "call_in", "Call in", tooltip="Somebody who may does what was refused, once."),
    ]
    _refused: tuple[str, str, tuple[int, ...], Callable[[Desk], object]] | None = None

    def selected(self) -> tuple[int, ...]:
        """Return the numbers of the records a verb is for."""
        raise NotImplementedError

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return what a verb is told to begin with, such as a quantity that was typed before its letter."""
        return {}

    def current(self) -> Record | None:
        """Return the first record a verb is for; None also where it cannot be read, or not by them any more."""
        numbers = self.selected()
        with suppress(StoreDamaged, NotAllowed):
            return self.desk.peek(self.kind.name, numbers[0]) if numbers else None
        return None

    def verb_keys(self) -> Keys:
        """Return the verbs that can be done now, for the line of keys."""
        record = self.current()
        if record is None:
            return ()
        ctx = self.desk.context()
        found = [(one.key, one.label, True) for one in self.kind.transitions if not self.desk.why_not(one, record, ctx)]
        edit = [("e", "Edit", True)] if self.desk.may(self.kind.name, "edit", record) is None else []
        return [*found, *edit, (".", "More", True)]

    def action_letter(self, letter: str) -> None:
        """Do the verb that has this letter here; one that is no verb of these may have a screen of its own."""
        here = (one.name for one in self.kind.transitions if one.key == letter)
        every = (name for name, key in VERB_KEYS.items() if key == letter)
        self.action_verb(next(here, next(every)))

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb, or say why not; with ``ask`` also one that its key does at once asks for what it may be told."""
        if name == "edit":
            self.edit()
            return
        found = next((one for one in self.kind.transitions if one.name == name), None)
        if (own := self._own_screen(name, ask)) is not None:
            self.app.push_screen(own)
        elif found is None:
            self.say(f"{self.kind.many}: no such key here. Press . for what can be done.", "warn")
        elif not self.selected():
            self.say("There is nothing here to do that with.", "warn")
        else:
            self.perform(found, ask or found.ask)

    def _own_screen(self, name: str, ask: bool) -> Screen[None] | None:
        """Return the screen on which an area lets a verb be done on one record, where it has one."""
        record = self.current()
        if record is None or len(self.selected()) != 1:
            return None
        area = areas.collection(record.COLLECTION).area
        menu = areas.load(next(one.screen for one in areas.AREAS if one.name == area))
        own: Screen[None] | None = menu.verb_screen(self.desk, record, name, ask)
        return own

    def refuse(self, what: str, reason: str, again: Callable[[Desk], object]) -> None:
        """Say that this person's roles do not allow something, and that somebody who may can be called in.

        Args:
            what: what it is.
            reason: why not.
            again: does it at the desk of somebody else.
        """
        said = f"{what}: {reason} {_CALL_IN}"
        self._refused = (said, what, self.selected(), again)
        self.say(said, "warn")

    @work
    async def action_call_in(self) -> None:
        """Let somebody who may do in their own name what was just refused, on this and nothing else.

        The desk stays whose it is.
        """
        record = self.current()
        said, what, numbers, again = self._refused or ("", "", (), None)
        self._refused = None
        if again is None or record is None or said not in self.status.text or self.selected() != numbers:
            self.say("Nothing was refused here for which somebody could be called in.", "warn")
            return
        helper = await self.session.helper(f"{what} {self.about(record)}")
        if helper is not None and self.selected() == numbers:
            again(helper)

    @work
    async def perform(self, transition: Transition, ask: bool, helper: Desk | None = None) -> None:
        """Check the guards, ask for the arguments in a form if there are any, and do the verb.

        Args:
            transition: the verb.
            ask: whether to ask for what it may be told.
            helper: the desk of somebody who was called in for it.
        """
        numbers, record = self.selected(), self.current()
        if record is None:
            return
        desk = helper or self.desk
        if len(numbers) == 1 and (reason := desk.why_not(transition, record)):
            if desk.may(self.kind.name, transition.who, record):
                self.refuse(transition.label, reason, partial(self.perform, transition, ask))
            else:
                self.say(f"{transition.label}: {reason}", "warn")
            return
        if len(numbers) > 1 and not transition.many:
            self.say(f"{transition.label} is done on one at a time.", "warn")
            return
        values = self.arguments(transition)
        if transition.needs is not None and ask:
            await self._fill_in(transition, desk, numbers, values)
        elif len(numbers) <= _AT_A_GLANCE or await self._is_meant(transition, record):
            try:
                done = await self.attempt(do_all, desk, self.kind.name, transition, numbers, values)
            except BotuiError as error:
                if len(numbers) == 1 and _can_be_told(transition, error):
                    await self._fill_in(transition, desk, numbers, values, error)
                else:
                    self.say(str(error), "error")
            else:
                self.say(done.said)

    async def _fill_in(
        self,
        transition: Transition,
        desk: Desk,
        numbers: tuple[int, ...],
        values: Mapping[str, Any],
        refused: BotuiError | None = None,
    ) -> None:
        """Ask in a form for what a verb is told, and do it; begin with why it was refused without."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        sheet = await self.ask_store(Sheet, transition.needs, desk, None, values)
        record = self.current()
        if sheet is None or record is None:
            return
        form = FormScreen(
            sheet,
            title=f"{transition.label} {self.about(record)}",
            desk=desk,
            save=partial(do_all, desk, self.kind.name, transition, numbers),
            draft_key=f"{transition.name} {self.kind.name} {numbers}",
            repeats=self.session.repeats,
            refused=refused,
        )
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self.say(done.said)

    async def _is_meant(self, transition: Transition, record: Record) -> bool:
        """Ask whether a key is meant for more records than are seen at once."""
        from botui.screens.dialogs import Confirm

        question = f"{transition.label} {self.about(record)}? It is done one by one, and taken back one by one."
        return await self.app.push_screen_wait(Confirm(question, yes=transition.label))

    @work
    async def edit(self, helper: Desk | None = None) -> None:
        """Edit the record in a form; fields that others changed meanwhile stay as they left them.

        Args:
            helper: the desk of somebody who was called in for it.
        """
        record, desk = self.current(), helper or self.desk
        if record is None:
            return
        if reason := desk.may(self.kind.name, "edit", record):
            self.refuse("Edit", reason, self.edit)
            return
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        sheet = await self.ask_store(Sheet, self.kind.model, desk, record)
        if sheet is None:
            return
        form = FormScreen(
            sheet,
            title=f"Edit {record.ref}",
            desk=desk,
            save=desk.edit,
            draft_key=f"edit {record.ref}",
            repeats=self.session.repeats,
        )
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self.say(done.said)

    def about(self, record: Record) -> str:
        """Return in words what a verb is for: a record with its title, or how many."""
        numbers = self.selected()
        if len(numbers) > 1:
            return f"{len(numbers)} {self.kind.many.lower()}"
        return cut(self.desk.headline(self.kind.name, record.id), _TITLE)

    @work
    async def action_verbs(self, every: bool) -> None:
        """List what can be done, with ``every`` also what cannot, and why; the chosen one is done."""
        from botui.screens.verb_list import VerbList

        record = self.current()
        if record is None:
            self.say("There is nothing here to do anything with.", "warn")
            return
        ctx = self.desk.context()
        entries: list[tuple[str, str]] = []
        for one in self.kind.transitions:
            reason = self.desk.why_not(one, record, ctx)
            entries += _entry(one.key, one.label, one.name, reason, every)
        entries += _entry("e", "Edit", "edit", self.desk.may(self.kind.name, "edit", record), every)
        chosen = await self.app.push_screen_wait(VerbList(f"What to do with {self.about(record)}", entries))
        if chosen is not None:
            self.action_verb(chosen, ask=True)


def look_ahead(desk: Desk, collection: str, number: int) -> None:
    """Look up what the guards of verbs ask of a record, so that the line of keys finds it at hand.

    Raises:
        StoreDamaged: it cannot be read.
    """
    ctx, record = desk.context(), desk.peek(collection, number)
    for one in areas.kind(collection).transitions:
        if one.guard is not None and record is not None:
            one.guard(ctx, record)


def _can_be_told(transition: Transition, error: BotuiError) -> bool:
    """Return whether a verb was refused for something it can be told in its form."""
    needs = transition.needs
    return needs is not None and isinstance(error, Refused) and not needs.model_fields.keys().isdisjoint(error.fields)


def _entry(key: str, label: str, name: str, reason: str | None, every: bool) -> list[tuple[str, str]]:
    if reason and not every:
        return []
    return [(f"{key}  {label}" + (f"  - not now: {reason}" if reason else ""), name)]


def do_all(
    desk: Desk, collection: str, transition: Transition, numbers: Sequence[int], values: Mapping[str, Any]
) -> Done:
    """Do a verb on records one by one; what one refuses does not stop the others.

    The desk is that of whoever began: it stays so when somebody else signs in meanwhile.
    """
    if len(numbers) == 1:
        return desk.do(collection, numbers[0], transition.name, values)
    refused: list[str] = []
    for number in numbers:
        try:
            desk.do(collection, number, transition.name, values)
        except PinNeeded:
            raise  # of the first already: once it was given all are done
        except BotuiError as error:
            refused.append(f"{areas.ref(collection, number)}: {error}")
    said = f"{transition.label}: {len(numbers) - len(refused)} done."
    if refused:
        said += f" Not {refused[0]}" if len(refused) == 1 else f" {len(refused)} not, {refused[0]}"
    return Done(said, (), "")
