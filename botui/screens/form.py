"""The one form: new records, edits and the arguments of verbs, built from the shape of a model.

It stands at the bottom of the screen and is as high as its fields: a verb's two questions leave the record above in
view and cost a slow line a few hundred bytes, a long form takes the whole screen. That is why it is a modal screen
with nothing painted behind it, and not a screen of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

from textual import work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from botui import access
from botui.data import Desk, Done
from botui.models.base import BotuiError, Conflict, PinNeeded, Refused
from botui.models.errors import StoreError
from botui.screens import drafts
from botui.screens.choices import has_choices
from botui.screens.dialogs import Choose
from botui.screens.entry import EntryScreen
from botui.screens.sheet import Sheet
from botui.screens.threads import PATIENCE
from botui.widgets.fields import Field, TextBox, settled

FORM_KEYS: Final = (
    ("enter", "", "enter", "Next", "Go to the next field that is needed and empty, or save."),
    ("f5", "ctrl+s", "save", "Save", "Save, from a text box too."),
    ("f6", "ctrl+n", "save_next", "Save, next", "Save and begin the next one with the same marked fields."),
    ("f4", "ctrl+o", "choose", "Choose", "List what this field can hold."),
    ("f7", "ctrl+r", "repeat", "Repeat", "Fill in what was last saved in this field."),
    ("f12", "escape", "leave", "Back", "Leave; what was typed can be kept."),
)
"""All keys of a form: the key, its twin on keyboards and lines without function keys, the action, its word, what it
does."""

SaveCall = Callable[..., Done]
"""Called as ``save(values)``, or as ``save(before, values)`` where the form was given the record before the edit."""


class FormScreen(EntryScreen):
    """A form; its result is what the last save came to, or None.

    Args:
        sheet: the fields and what they hold at first, made off the screen's thread. For an edit only fields typed in
            are saved, and after a conflict the form takes over what others wrote, so that saving once more is a
            decision.
        title: what is filled in.
        desk: the desk of the person who types.
        save: saves typed values; called off the screen's thread.
        texts: what was typed already, such as a draft kept over an idle lock.
        batch: F6 saves and begins the next one, with the fields marked for it kept.
        draft_key: names this form among the drafts of a person; empty = no draft is kept.
        repeats: last saved texts by kind of record and field, for F7; shared by all forms of a session.
        info: lines to show above the fields.
        refused: why it was refused before there was a form, to begin with beside the fields it is about.
    """

    HELP = (
        "Type into the fields; * marks what is needed. Enter goes to the next field that is needed and empty, and "
        "saves when there is none. A date is today, fri, +3d, -1w, 1412 or 2026-12-14; a person or thing is a name, "
        "initials or a reference such as P-3, or is scanned."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{key},{twin}".strip(","), does, word, show=False, priority=True, tooltip=help_)
        for key, twin, does, word, help_ in FORM_KEYS
    ]

    def __init__(
        self,
        sheet: Sheet,
        *,
        title: str,
        desk: Desk,
        save: SaveCall,
        texts: Mapping[str, str] | None = None,
        batch: bool = False,
        draft_key: str = "",
        repeats: MutableMapping[str, dict[str, str]] | None = None,
        info: Sequence[str] = (),
        refused: BotuiError | None = None,
    ) -> None:
        last: MutableMapping[str, dict[str, str]] = {} if repeats is None else repeats
        super().__init__(sheet, title=title, desk=desk, texts=texts or {}, repeats=last, info=info)
        self._repeats = last
        self._call = save
        self._remembers = repeats is not None
        self._batch = batch
        self._refused = refused
        self._draft_key = draft_key if desk.person is not None else ""
        self._done: Done | None = None
        self._saving = False

    def on_mount(self) -> None:
        """Show the keys, and offer the draft there may be."""
        self.key_line.show([(key.title(), word, True) for key, _, does, word, _ in FORM_KEYS if self._is_of_use(does)])
        if self._refused is not None:
            # after the first field has been chosen, for this is in another one
            self.call_next(self._refuse, self._refused)
        if self._draft_key and (draft := drafts.find(self._desk, self._draft_key)) is not None:
            self._offer(draft)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "save and next" in batch forms only."""
        return self._batch if action == "save_next" else True

    def _is_of_use(self, does: str) -> bool:
        """Return whether a key is worth its place on the line: there is something to choose, or to repeat."""
        if does == "choose":
            return any(has_choices(one.spec) for one in self._fields.values())
        return self._remembers if does == "repeat" else bool(self.check_action(does, ()))

    def is_private(self) -> bool:
        """Return whether it is a form of HR's: what is typed is for one pair of eyes."""
        return self._sheet.kind in access.CLOSED

    # --- what is typed ------------------------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what was typed and is not saved, by field; give it back as ``texts``."""
        return self._sheet.changed(self._texts())

    def keep_draft(self) -> None:
        """Keep what was typed in the store's folder: when leaving, at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        texts = self.draft()
        if self._draft_key and texts:
            was = {name: self._sheet.was[name] for name in texts}
            drafts.keep(self._desk, self._draft_key, texts, was, self._title)

    async def action_enter(self) -> None:
        """Go to the next field that is needed and empty; save when there is none."""
        if isinstance(self.focused, TextBox):
            raise SkipAction
        await settled(self.focused)
        self._unsay()
        if (wanting := self._next_wanting(self._current())) is not None:
            self._go_to(wanting)
        else:
            await self.action_save()

    # --- saving -------------------------------------------------------------------------------------------------

    async def action_save(self) -> None:
        """Save and close."""
        await self._start(False)

    async def action_save_next(self) -> None:
        """Save and begin the next one."""
        await self._start(True)

    async def _start(self, go_on: bool) -> None:
        await settled(self.focused)
        if self._saving:
            return
        self._saving = True
        ended = asyncio.Event()
        self._save(self._texts(), go_on, ended)
        with suppress(TimeoutError):
            # Keys typed ahead wait so long, to reach the right field.
            await asyncio.wait_for(ended.wait(), PATIENCE)

    @work
    async def _save(self, texts: Mapping[str, str], go_on: bool, ended: asyncio.Event) -> None:
        try:
            try:
                values, done = await self.session.save(self._say_waiting, self._typed_and_saved, texts)
            except PinNeeded as error:
                if not await self.session.confirm_pin(self._desk, str(error)):
                    raise
                values, done = await self.session.save(self._say_waiting, self._typed_and_saved, texts)
        except Conflict as error:
            self._take_over(error)
        except BotuiError as error:
            self._refuse(error)
        else:
            self._saved(texts, values, done, go_on)
        finally:
            self._saving = False
            ended.set()

    def _say_waiting(self, text: str) -> None:
        self.say(text, "warn")

    def _typed_and_saved(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], Done]:
        """Turn the texts into values and save them; not on the screen's thread."""
        values = self._sheet.values_of(texts)
        before = self._sheet.before
        done = self._call(values) if before is None else self._call(before, values)
        if self._draft_key:
            # here, for the screen may be gone: a lock kept what was being saved
            drafts.drop(self._desk, self._draft_key)
        return values, done

    def _refuse(self, error: BotuiError) -> None:
        """Keep everything as typed and say what is wrong beside the fields."""
        words: Mapping[str, str] = error.fields if isinstance(error, Refused) else {}
        for name, field in self._fields.items():
            if name in words or field.wrong:
                field.say(words.get(name, ""), wrong=name in words)
        self._go_to(next((one for name, one in self._fields.items() if name in words), self._current()))
        self.say(str(error), "error")

    def _take_over(self, conflict: Conflict) -> None:
        """Show what others wrote meanwhile, and let the next save go over it."""
        theirs = self._sheet.take_over(conflict)
        for name, text in theirs.items():
            self._show_theirs(self._fields[name], text)
        self._go_to(next((one for name, one in self._fields.items() if name in theirs), None))
        self.say(f"{conflict} F5 once more keeps yours." if theirs else str(conflict), "warn")

    def _show_theirs(self, field: Field, text: str) -> None:
        self._theirs[field.spec.name] = f"Now: {text or 'nothing'}"
        field.say(self._theirs[field.spec.name])

    def _saved(self, texts: Mapping[str, str], values: Mapping[str, Any], done: Done, go_on: bool) -> None:
        self._done = done
        last = self._repeats.setdefault(self._sheet.kind, {})
        last.update((name, text) for name, text in texts.items() if text.strip())
        if not go_on:
            self._sheet.was.update(texts)
            self.answer(done)
            return
        for name, text in self._sheet.go_on(texts, values).items():
            self._fields[name].say("")
            self._fields[name].text = text
        first = next((one for one in self._fields.values() if not one.spec.ui.batch), None)
        self._go_to(self._next_wanting(None) or first or self._current())
        self.say(done.said)

    # --- leaving ------------------------------------------------------------------------------------------------

    async def action_leave(self) -> None:
        """Go back; what was typed is thrown away only if that is chosen."""
        await settled(self.focused)
        if self._saving:
            return
        if not self.draft():
            self.answer(self._done)
            return
        entries = [("Go on typing", "stay"), ("Throw it away", "drop")]
        if self._draft_key:
            entries.insert(1, ("Keep it as a draft for later", "keep"))
        await self.app.push_screen(Choose("What you typed is not saved", entries), self._leave)

    def _leave(self, chosen: str | None) -> None:
        try:
            if chosen == "keep":
                self.keep_draft()
            elif chosen == "drop" and self._draft_key:
                drafts.drop(self._desk, self._draft_key)
        except StoreError as error:
            self.say(str(error), "error")
            return
        if chosen in ("keep", "drop"):
            self.answer(self._done)

    def _offer(self, draft: drafts.Draft) -> None:
        def take(chosen: bool | None) -> None:
            if chosen:
                self._go_on_with(draft)
            elif chosen is False:
                drafts.drop(self._desk, self._draft_key)

        entries = [("Go on with it", True), ("Throw it away", False)]
        self.app.push_screen(Choose(f"You left this unfinished {drafts.left(self._desk, draft)}", entries), take)

    def _go_on_with(self, draft: drafts.Draft) -> None:
        for name, text in draft.texts.items():
            field = self._fields.get(name)
            if field is None:
                continue
            field.text = text
            if draft.was.get(name) != self._sheet.was[name]:
                self._show_theirs(field, self._sheet.was[name])
