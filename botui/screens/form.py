"""The one form: new records, edits and the arguments of verbs, built from the shape of a model.

It stands at the bottom of the screen and is as high as its fields: a verb's two questions leave the record above in
view and cost a slow line a few hundred bytes, a long form takes the whole screen. That is why it is a modal screen
with nothing painted behind it, and not a screen of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, ClassVar, Final

from pydantic import BaseModel
from textual import events, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from botui.data import Desk, Done
from botui.models.base import BotuiError, Conflict, Record, Refused
from botui.models.errors import StoreError
from botui.models.shape import FieldKind, FieldSpec, build, coerce, fields_of, refusal, show
from botui.screens import drafts
from botui.screens.choices import choices, scanned
from botui.screens.dialogs import Choose, Dialog, panel
from botui.text import content, fit
from botui.widgets.fields import Field, TextBox, as_text, ref_text, settled
from botui.widgets.status import KeyLine, StatusLine
from botui.widgets.status import Kind as Outcome

FORM_KEYS: Final = (
    ("enter", "", "enter", "Next"),
    ("f5", "ctrl+s", "save", "Save"),
    ("f6", "ctrl+n", "save_next", "Save, next"),
    ("f4", "ctrl+o", "choose", "Choose"),
    ("f7", "ctrl+r", "repeat", "Repeat"),
    ("f12", "escape", "leave", "Back"),
)
"""All keys of a form: the key, its twin on keyboards and lines without function keys, the action, what it does."""

SaveCall = Callable[..., Done]
"""Called as ``save(values)``, or as ``save(before, values)`` where the form was given the record before the edit."""

_LABEL: Final = 20
"""Cells of the longest label and the sign before it."""

_PATIENCE: Final = 0.25
"""Seconds for which keys typed ahead wait for a save, so that they reach the right field; most saves take less."""

_READ_BACK: Final = frozenset({FieldKind.DATE, FieldKind.WHEN, FieldKind.REF, FieldKind.REFS, FieldKind.CHOICE})
"""Kinds whose text may mean something longer: the form says how it read it."""


class FormScreen(Dialog[Done | None]):
    """A form; its result is what the last save came to, or None.

    Args:
        model: the shape.
        title: what is filled in.
        desk: the desk of the person who types.
        save: saves typed values; called off the screen's thread.
        before: for an edit, the record as it was: only fields typed in are saved, and after a conflict the form takes
            over what others wrote, so that saving once more is a decision.
        values: what the fields hold at first; values of fields that are not shown are saved with the rest.
        texts: what was typed already, such as a draft kept over an idle lock.
        fields: names of the fields to show, in this order; None = all that a person types.
        batch: F6 saves and begins the next one, with the fields marked for it kept.
        draft_key: names this form among the drafts of a person; empty = no draft is kept.
        repeats: last saved texts by kind of record and field, for F7; shared by all forms of a session.
        info: lines to show above the fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{key},{twin}".strip(","), does, label, show=False, priority=True)
            for key, twin, does, label in FORM_KEYS
        ),
        Binding("shift+tab", "step(-1)", "Field before", show=False, priority=True),
        Binding("tab", "step(1)", "Next field", show=False, priority=True),
        Binding("up", "line(-1)", "Field before", show=False, priority=True),
        Binding("down", "line(1)", "Next field", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FormScreen .foot { height: 1; }
    """

    def __init__(
        self,
        model: type[BaseModel],
        *,
        title: str,
        desk: Desk,
        save: SaveCall,
        before: Record | None = None,
        values: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
        fields: Sequence[str] | None = None,
        batch: bool = False,
        draft_key: str = "",
        repeats: MutableMapping[str, dict[str, str]] | None = None,
        info: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._model = model
        self._title = title
        self._desk = desk
        self._call = save
        self._before = before
        self._values = dict(values or {})
        self._batch = batch
        self._draft_key = draft_key if desk.person is not None else ""
        self._repeats = {} if repeats is None else repeats
        self._info = info
        self._done: Done | None = None
        self._saving = False
        self._theirs: dict[str, str] = {}
        specs = [spec for spec in fields_of(model) if spec.ui.form and spec.kind is not FieldKind.OTHER]
        if fields is not None:
            by_name = {spec.name: spec for spec in fields_of(model)}
            specs = [by_name[name] for name in fields]
        self._was = {spec.name: self._first_text(spec) for spec in specs}
        held = {**self._was, **(texts or {})}
        self._fields = {spec.name: Field(spec, held[spec.name]) for spec in specs}

    def _first_text(self, spec: FieldSpec) -> str:
        if self._before is not None and spec.name not in self._values:
            self._values[spec.name] = getattr(self._before, spec.name)
        return as_text(spec, self._values.get(spec.name), self._desk)

    def compose(self) -> ComposeResult:
        """Show what is filled in, the fields, one line of help or outcome, and the keys."""
        with panel(self._title):
            for line in self._info:
                yield Static(content(line))
            with VerticalScroll(can_focus=False):
                yield from self._fields.values()
            yield Static(classes="foot", id="help", markup=False)
            yield StatusLine()
            yield KeyLine()

    def on_mount(self) -> None:
        """Begin in the first field that is needed and empty, and offer the draft there may be."""
        keys = [(key.title(), words, True) for key, _, does, words in FORM_KEYS if self.check_action(does, ())]
        self.query_one(KeyLine).show(keys)
        self._unsay()
        first = next((one for one in self._fields.values() if self._wanting(one)), None)
        if first is None:
            first = next(iter(self._fields.values()), None)
        self._go_to(first)
        if self._draft_key and (draft := drafts.find(self._desk, self._draft_key)) is not None:
            self._offer(draft)

    def on_resize(self, event: events.Resize) -> None:
        """Give labels and fields their share of the screen."""
        longest = max((len(one.spec.label) for one in self._fields.values()), default=0) + 3
        for one in self._fields.values():
            one.set_label_width(min(longest, _LABEL, event.size.width // 3))
        self.query_one(VerticalScroll).styles.max_height = max(event.size.height - 3 - len(self._info), 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "save and next" in batch forms only."""
        return self._batch if action == "save_next" else True

    # --- what is typed ------------------------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what was typed and is not saved, by field; give it back as ``texts``."""
        return {name: one.text for name, one in self._fields.items() if one.text != self._was[name]}

    def keep_draft(self) -> None:
        """Keep what was typed in the store's folder: when leaving, at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        texts = self.draft()
        if self._draft_key and texts:
            drafts.keep(self._desk, self._draft_key, texts, {name: self._was[name] for name in texts})

    def take_scan(self, code: str) -> bool:
        """Fill the field that awaits a record with the one that was scanned; say whether there is such a field.

        What the scan says is not shown: it may be a badge.
        """
        field = self._current()
        if field is None or field.spec.kind not in (FieldKind.REF, FieldKind.REFS):
            return False
        found = scanned(self._desk, field.spec.ui.ref, code)
        if found is None:
            field.say("What was scanned is none of these.", wrong=True)
            return True
        self._put(field, found)
        self._go_to(self._next_wanting(field) or self._beside(field, 1))
        return True

    def _put(self, field: Field, chosen: str | int) -> None:
        """Fill a field in, or add to the list in it."""
        text = ref_text(self._desk, field.spec.ui.ref, chosen) if isinstance(chosen, int) else chosen
        if field.spec.kind in (FieldKind.REFS, FieldKind.CHOICES):
            before = [one.strip() for one in field.text.split(",") if one.strip()]
            text = ", ".join(dict.fromkeys([*before, text]))
        field.text = text
        self._check(field)

    @work
    async def _check(self, field: Field) -> None:
        """Say beside a field how its text is read, or what is wrong with it."""
        name, text = field.spec.name, field.text
        words, wrong = self._theirs.get(name, ""), False
        if not field.blank and text != self._was[name]:
            try:
                read = await asyncio.to_thread(self._reading, field.spec, text)
                words = words or (f"= {read}" if read and read != text else "")
            except Refused as error:
                words, wrong = error.fields.get(name, str(error)), True
            except BotuiError as error:
                words, wrong = str(error), True
        if field.text == text:
            field.say(words, wrong=wrong)

    def _reading(self, spec: FieldSpec, text: str) -> str:
        """Return what a text means, where it may mean more than it says."""
        value = coerce(self._model, {spec.name: text}, self._desk.typing())[spec.name]
        return show(spec, value, self._desk.title, self._desk.settings.local) if spec.kind in _READ_BACK else ""

    # --- moving -------------------------------------------------------------------------------------------------

    def _current(self) -> Field | None:
        focused = self.focused
        return focused.parent if focused is not None and isinstance(focused.parent, Field) else None

    def _go_to(self, field: Field | None) -> None:
        if field is not None:
            self.set_focus(field.editor)

    def _wanting(self, field: Field) -> bool:
        return field.spec.required and field.blank

    def _after(self, field: Field | None) -> list[Field]:
        """Return the other fields in order, from this one round to it again."""
        every = list(self._fields.values())
        if field is None:
            return every
        at = every.index(field)
        return every[at + 1 :] + every[:at]

    def _next_wanting(self, field: Field | None) -> Field | None:
        return next((one for one in self._after(field) if self._wanting(one)), None)

    def _beside(self, field: Field | None, step: int) -> Field | None:
        others = self._after(field)
        return others[0 if step > 0 else -1] if others else field

    def action_step(self, step: int) -> None:
        """Go to the next field or the one before."""
        self._unsay()
        self._go_to(self._beside(self._current(), step))

    def action_line(self, step: int) -> None:
        """Go a line down or up: to another field, or inside a text box."""
        box = self.focused
        if isinstance(box, TextBox) and not (box.cursor_at_first_line if step < 0 else box.cursor_at_last_line):
            raise SkipAction
        self.action_step(step)

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

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the help of the field that is typed in."""
        self._show_help()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Look at what was typed into the field that is left."""
        field = event.widget.parent
        if isinstance(field, Field) and self.is_current:
            self._check(field)

    def on_input_changed(self) -> None:
        """Count towards the limit."""
        self._show_help()

    def on_text_area_changed(self) -> None:
        """Count towards the limit."""
        self._show_help()

    def _show_help(self) -> None:
        field = self._current()
        if field is not None:
            room = self.size.width - len(field.count)
            self.query_one("#help", Static).update(content(fit(field.help, room) + field.count))

    def say(self, text: str, kind: Outcome = "ok") -> None:
        """Say an outcome in place of the help, until one goes on to another field."""
        self.query_one("#help").display = False
        status = self.query_one(StatusLine)
        status.display = True
        status.say(text, kind)

    def _unsay(self) -> None:
        self.query_one(StatusLine).display = False
        self.query_one("#help").display = True

    # --- choosing and repeating ---------------------------------------------------------------------------------

    async def action_choose(self) -> None:
        """List what the field can hold; what was typed filters it."""
        await settled(self.focused)
        field = self._current()
        if field is None:
            return
        try:
            entries = await asyncio.to_thread(choices, self._desk, field.spec)
        except BotuiError as error:
            self.say(str(error), "warn")
            return
        if not entries:
            self.say("There is nothing to choose from here: type it.", "warn")
            return

        def take(chosen: str | int | None) -> None:
            if chosen is not None:
                self._put(field, chosen)

        await self.app.push_screen(Choose(field.spec.label, entries), take)

    def action_repeat(self) -> None:
        """Fill in what was last saved in this field."""
        field = self._current()
        if field is None:
            return
        text = self._repeats.get(self._kind_name, {}).get(field.spec.name, "")
        if text:
            field.text = text
        else:
            self.say("There is nothing to repeat here yet.", "warn")

    @property
    def _kind_name(self) -> str:
        return str(getattr(self._model, "COLLECTION", self._model.__name__))

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
        self._save({name: one.text for name, one in self._fields.items()}, go_on, ended)
        try:
            await asyncio.wait_for(ended.wait(), _PATIENCE)
        except TimeoutError:
            self.say("Saving ...")

    @work
    async def _save(self, texts: Mapping[str, str], go_on: bool, ended: asyncio.Event) -> None:
        try:
            values, done = await asyncio.to_thread(self._typed_and_saved, texts)
        except Conflict as error:
            self._take_over(error)
        except BotuiError as error:
            self._refuse(error)
        else:
            self._saved(texts, values, done, go_on)
        finally:
            self._saving = False
            ended.set()

    def _typed_and_saved(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], Done]:
        """Turn the texts into values and save them; not on the screen's thread."""
        values = self._typed(texts)
        return values, self._call(values) if self._before is None else self._call(self._before, values)

    def _typed(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Return the values of a new record, or of an edit those that differ.

        Raises:
            Refused: with the reason per field.
        """
        needed = [name for name, one in self._fields.items() if one.spec.required and not texts[name].strip()]
        wrong = dict.fromkeys(needed, "This is needed.")
        changed = {name: text for name, text in texts.items() if text != self._was[name] and name not in wrong}
        values: dict[str, Any] = {}
        try:
            values = coerce(self._model, changed, self._desk.typing())
        except Refused as error:
            wrong = {**error.fields, **wrong}
        if wrong:
            raise refusal(self._model, {name: wrong[name] for name in self._fields if name in wrong})
        if self._before is None:
            return {name: value for name, value in {**self._values, **values}.items() if value is not None}
        after = build(type(self._before), {**dict(self._before), **values})
        return {name: getattr(after, name) for name in values}

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
        said = str(conflict)
        if self._before is not None and conflict.fields:
            doc = {**self._before.doc(), **conflict.fields}
            self._before = type(self._before).load(
                self._before.id, {name: value for name, value in doc.items() if value is not None}
            )
            for name in (name for name in conflict.fields if name in self._fields):
                field = self._fields[name]
                self._values[name] = getattr(self._before, name)
                self._was[name] = as_text(field.spec, self._values[name], self._desk)
                self._theirs[name] = f"Now: {self._was[name] or 'nothing'}"
                field.say(self._theirs[name], wrong=True)
            self._go_to(next((one for name, one in self._fields.items() if name in conflict.fields), None))
            said = f"{said} F5 once more keeps what you typed."
        self.say(said, "warn")

    def _saved(self, texts: Mapping[str, str], values: Mapping[str, Any], done: Done, go_on: bool) -> None:
        self._done = done
        last = self._repeats.setdefault(self._kind_name, {})
        last.update((name, text) for name, text in texts.items() if text.strip())
        if self._draft_key:
            drafts.drop(self._desk, self._draft_key)
        if not go_on:
            self.dismiss(done)
            return
        for name, field in self._fields.items():
            field.say("")
            if field.spec.ui.batch:
                self._was[name] = field.text
                self._values[name] = values.get(name)
            else:
                field.text = self._was[name]
        every = list(self._fields.values())
        self._go_to(next((one for one in every if not one.spec.ui.batch), every[0]))
        self.say(done.said)

    # --- leaving ------------------------------------------------------------------------------------------------

    async def action_leave(self) -> None:
        """Go back; what was typed is thrown away only if that is chosen."""
        await settled(self.focused)
        if self._saving:
            return
        if not self.draft():
            self.dismiss(self._done)
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
            self.dismiss(self._done)

    def _offer(self, draft: drafts.Draft) -> None:
        def take(chosen: bool | None) -> None:
            if chosen:
                self._go_on_with(draft)
            elif chosen is False:
                drafts.drop(self._desk, self._draft_key)

        entries = [("Go on with it", True), ("Throw it away", False)]
        self.app.push_screen(Choose(f"You left this unfinished, {draft.at}", entries), take)

    def _go_on_with(self, draft: drafts.Draft) -> None:
        for name, text in draft.texts.items():
            field = self._fields.get(name)
            if field is None:
                continue
            field.text = text
            if draft.was.get(name) != self._was[name]:
                self._theirs[name] = f"Now: {self._was[name] or 'nothing'}"
                field.say(self._theirs[name])
