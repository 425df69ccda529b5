"""The fields of a form on the screen: moving among them, reading back what was typed, choosing, repeating, scanning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast

from textual import events, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widgets import Static

from botui import areas
from botui.data import Desk, Done
from botui.models.base import BotuiError, Refused
from botui.models.shape import FieldKind
from botui.screens.choices import choices, named, scanned
from botui.screens.dialogs import Choose, Dialog, panel
from botui.screens.sheet import Sheet
from botui.text import content, fit
from botui.widgets.fields import Field, TextBox, ref_text, settled
from botui.widgets.status import Kind as Outcome
from botui.widgets.status import StatusLine

if TYPE_CHECKING:
    from botui.screens.session import Session

T = TypeVar("T")

_LABEL: Final = 24
"""Cells of the longest label and the signs around it; on a narrow screen a third of it goes before."""


class EntryScreen(Dialog[Done | None]):
    """The part of a form that a person types into.

    Args:
        sheet: the fields and what they mean; made off the screen's thread, as it may look many things up.
        title: what is filled in.
        desk: the desk of the person who types.
        texts: texts to begin with, where they are not those of the sheet.
        repeats: last saved texts by kind of record and field.
        info: lines to show above the fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "step(-1)", "Field before", show=False, priority=True),
        Binding("tab", "step(1)", "Next field", show=False, priority=True),
        Binding("up", "line(-1)", "Field before", show=False, priority=True),
        Binding("down", "line(1)", "Next field", show=False, priority=True),
    ]

    def __init__(
        self,
        sheet: Sheet,
        *,
        title: str,
        desk: Desk,
        texts: Mapping[str, str],
        repeats: Mapping[str, Mapping[str, str]],
        info: Sequence[str],
    ) -> None:
        super().__init__()
        self._sheet = sheet
        self._title = title
        self._desk = desk
        self._first_texts = {**sheet.was, **texts}
        self._last_saved = repeats
        self._info = info
        self._theirs: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._body = VerticalScroll(can_focus=False)
        self._help = Static(id="help", markup=False)
        self._status = StatusLine()

    @property
    def session(self) -> Session:
        """What this terminal knows."""
        return cast("Session", self.app)

    def compose(self) -> ComposeResult:
        """Show what is filled in, the fields, one line of help or outcome, and the keys."""
        self._fields = {spec.name: Field(spec, self._first_texts[spec.name]) for spec in self._sheet.specs}
        self._arrange(self.app.size)
        with panel(self._title):
            for line in self._info:
                yield Static(content(line))
            with self._body:
                yield from self._fields.values()
            yield self._help
            yield self._status
            yield self.key_line

    def on_mount(self) -> None:
        """Begin in the first field that is needed and empty."""
        self._unsay()
        self._go_to(self._next_wanting(None) or next(iter(self._fields.values()), None))

    def on_resize(self, event: events.Resize) -> None:
        """Give labels and fields their share of the screen."""
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        longest = max((len(one.spec.label) for one in self._fields.values()), default=0) + 3
        for one in self._fields.values():
            one.set_label_width(min(longest, _LABEL, size.width // 3))
        self._body.styles.max_height = max(size.height - 3 - len(self._info), 1)

    # --- what is typed ------------------------------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        return {name: one.text for name, one in self._fields.items()}

    @property
    def awaits(self) -> str:
        """Of which collection the field that is typed in awaits a record; empty = of none."""
        field = self._current()
        if field is None:
            return ""
        return "people" if field.spec.ui.names else field.spec.ui.ref

    def take_scan(self, code: str) -> bool:
        """Fill the field that awaits a record with the one that was scanned; say whether there is such a field.

        What the scan says is not shown: it may be a badge.
        """
        field = self._current()
        if field is not None and field.spec.ui.names:
            self._name_scanned(field, code)
            return True
        if field is None or field.spec.kind not in (FieldKind.REF, FieldKind.REFS):
            self.say("This field is typed, not scanned.", "warn")
            return False
        self._fill_scanned(field, code)
        return True

    @work
    async def _name_scanned(self, field: Field, code: str) -> None:
        """Fill a field that names any record with the reference of the one that was scanned."""
        found = await self._ask(named, self._desk, code)
        if found is None:
            field.say("Nothing has the code that was scanned, or several have it.", wrong=True)
        else:
            field.text = areas.ref(*found)
            self._check(field)
            self._go_to(self._next_wanting(field) or self._beside(field, 1))

    @work
    async def _fill_scanned(self, field: Field, code: str) -> None:
        found = await self._ask(scanned, self._desk, field.spec.ui.ref, code)
        if found is None:
            field.say("What was scanned is none of these.", wrong=True)
        else:
            await self._put(field, found)
            self._go_to(self._next_wanting(field) or self._beside(field, 1))

    async def _ask(self, call: Callable[..., T], *arguments: Any) -> T | None:
        """Look something up; what is refused is said."""
        try:
            return await self.session.in_store(call, *arguments)
        except BotuiError as error:
            self.say(str(error), "warn")
            return None

    @work
    async def _take(self, field: Field, chosen: str | int) -> None:
        await self._put(field, chosen)

    async def _put(self, field: Field, chosen: str | int) -> None:
        """Fill a field in, or add to the list in it."""
        text = chosen if isinstance(chosen, str) else await self._ask(ref_text, self._desk, field.spec.ui.ref, chosen)
        if text is None:
            return
        if field.spec.kind in (FieldKind.REFS, FieldKind.CHOICES, FieldKind.WORDS):
            before = [one.strip() for one in field.text.split(",") if one.strip()]
            text = ", ".join(dict.fromkeys([*before, text]))
        field.text = text
        self._check(field)

    @work
    async def _check(self, field: Field) -> None:
        """Say beside a field how its text is read, or what is wrong with it."""
        name, text = field.spec.name, field.text
        words, wrong = self._theirs.get(name, ""), False
        if field.blank and field.wrong and field.spec.required:
            return
        if not field.blank and text != self._sheet.was[name]:
            try:
                read = await self.session.in_store(self._sheet.reading, field.spec, text)
                words = words or (f"= {read}" if read and read != text else "")
            except Refused as error:
                words, wrong = error.fields.get(name, str(error)), True
            except BotuiError as error:
                words, wrong = str(error), True
        if field.text == text:
            field.say(words, wrong=wrong)

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
            self._help.update(content(fit(field.help, room) + field.count))

    def say(self, text: str, kind: Outcome = "ok") -> None:
        """Say an outcome in place of the help, until one goes on to another field."""
        self._help.display = False
        self._status.display = True
        self._status.say(text, kind)

    def _unsay(self) -> None:
        self._status.display = False
        self._help.display = True

    # --- choosing and repeating ---------------------------------------------------------------------------------

    async def action_choose(self) -> None:
        """List what the field can hold."""
        await settled(self.focused)
        field = self._current()
        if field is None:
            return
        entries = await self._ask(choices, self._desk, field.spec)
        if entries is None:
            return
        if not entries:
            none = "There is nothing to choose from here: type it."
            if ref := field.spec.ui.ref:
                none = f"None is filed yet: F2 in front of a list leads to {areas.kind(ref).many}; n files one."
            self.say(none, "warn")
            return

        def take(chosen: str | int | None) -> None:
            if chosen is not None:
                self._take(field, chosen)

        await self.app.push_screen(Choose(field.spec.label, entries), take)

    def action_repeat(self) -> None:
        """Fill in what was last saved in this field."""
        field = self._current()
        if field is None:
            return
        text = self._last_saved.get(self._sheet.kind, {}).get(field.spec.name, "")
        if text:
            field.text = text
        else:
            self.say("There is nothing to repeat here yet.", "warn")
