"""A code that nothing has: learned for an item, or the beginning of a new one."""

from __future__ import annotations

from functools import partial
from typing import Final

from botui.data import Desk, Done
from botui.models.base import Refused
from botui.models.shape import fields_of
from botui.models.supplies import Movement
from botui.screens.choices import choices
from botui.screens.rows import kind_of
from botui.screens.session import Session

_THIS: Final = "this"
_OTHER: Final = "other"
_NEW: Final = "new"


async def learn(session: Session, desk: Desk, code: str, likely: int | None = None) -> Done | None:
    """Ask what a code that was scanned is, and keep it; from a worker.

    Args:
        session: what this terminal knows.
        desk: the desk of who may edit items.
        code: what was scanned.
        likely: the item in front, for which it likely is.
    """
    from botui.screens.dialogs import Choose

    entries = [("Learn it for another item" if likely else "Learn it for an item", _OTHER)]
    entries += [("A new item with this code", _NEW), ("Nothing", "")]
    if likely is not None:
        entries.insert(0, (f"Learn it for {desk.title('items', likely)}", _THIS))
    chosen = await session.push_screen_wait(Choose(f"Nothing has the code {code}", entries))
    if chosen == _NEW:
        session.new_record("items", {"codes": (code,)})
    if chosen == _OTHER:
        spec = next(one for one in fields_of(Movement) if one.name == "item")
        found = await session.in_store(choices, desk, spec)
        number = await session.push_screen_wait(Choose("For which item? Type a part of its name", found))
        return None if number is None else await _learn_for(session, desk, code, int(number))
    return await _learn_for(session, desk, code, likely) if chosen == _THIS and likely is not None else None


async def _learn_for(session: Session, desk: Desk, code: str, item: int) -> Done | None:
    from botui.screens.form import FormScreen
    from botui.screens.sheet import Sheet

    verb = kind_of("items").transition("barcode")
    if verb.needs is None:
        raise Refused(f"{verb.label} asks for nothing.")
    sheet = await session.in_store(Sheet, verb.needs, desk, None, {"code": code})
    title = f"{verb.label}: {desk.title('items', item)}"
    return await session.push_screen_wait(
        FormScreen(sheet, title=title, desk=desk, save=partial(desk.do, "items", item, verb.name))
    )
