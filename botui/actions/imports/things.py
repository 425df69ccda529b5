"""Which asset a row names: by its tag, else by its serial number, as spreadsheets leave them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from botui.actions.imports.directory import Directory
from botui.actions.imports.goods import is_mangled
from botui.actions.imports.rows import Cells
from botui.actions.imports.values import filled
from botui.models.base import Refused, clean
from botui.models.equipment.asset import Asset, Fate
from botui.models.office import Context

_NO_SERIAL: Final = frozenset(
    {"unknown", "tbd", "tbc", "tba", "x", "xx", "xxx", "?", "??", "0", "not available", "not applicable", "no serial"}
    | {"not specified", "default string", "system serial number", "to be filled by o.e.m.", "missing", "not found"}
    | {"none visible", "not visible", "illegible", "various", "s/n", "serial number", "o.e.m.", "invalid", "blank"}
)
"""What people and machines write where there is no serial number."""
_FILLER: Final = re.compile(r"[0.\-_*/ ]+|(.)\1{5,}", re.DOTALL)
"""``0000000``, ``-----``, ``XXXXXXX``: no serial number either."""


def tag_of(cells: Cells) -> str:
    """Return the tag of a row, with what the map file puts before it.

    Raises:
        Refused: a spreadsheet has cut it, so that it names nothing any more.
    """
    word = cells.word("tag")
    if is_mangled(word):
        raise Refused(f"its tag was cut by a spreadsheet: {word}")
    return f"{cells.mapping.prefix}{re.sub(r'(?<=[0-9]{4})[.]0+$', '', word)}" if word else ""


def serial_of(cells: Cells) -> str:
    """Return the serial number of a row, or nothing where it has none, or one that a spreadsheet has cut."""
    word = filled(cells.text("serial"))
    if word.casefold() in _NO_SERIAL or _FILLER.fullmatch(word) or is_mangled(word):
        return ""
    return word


def asset_key(cells: Cells) -> str:
    """Return what tells the asset of this row from those of others.

    Raises:
        Refused: nothing does.
    """
    if tag := tag_of(cells):
        return tag.casefold()
    if serial := serial_of(cells):
        # a key that no tag has: those are cleaned
        return f"\t{serial.casefold()}"
    if name := clean(cells.text("name")):
        return f"\t\t{name.casefold()}"
    raise Refused("it has neither a tag nor a serial number nor a name")


def find_asset(ctx: Context, directory: Directory, cells: Cells) -> list[int]:
    """Return the numbers of the assets that are here and that a row can mean.

    Raises:
        Refused: the tag is that of a thing with another serial number, or the other way round.
    """
    tag, serial = tag_of(cells), serial_of(cells)
    if tag and (found := directory.find("assets", "tag", tag) or directory.find("assets", "code", tag)):
        others = [one for one in _assets(ctx, directory, found) if _is_another(one, serial)]
        if any(one.fate is not Fate.RETIRED for one in others):
            raise Refused(
                f"same tag, another serial number: {tag} has {others[0].serial} here and {serial} in the file; "
                "if it is another thing, put a prefix before all tags, --map"
            )
        if left := {*found} - {one.id for one in others}:
            return sorted(left)
    if serial and (found := directory.find("assets", "serial", serial)):
        there = [one for one in _assets(ctx, directory, found) if one.fate is not Fate.RETIRED or not tag]
        if named := next((one for one in there if tag and one.tag not in ("", one.ref)), None):
            raise Refused(f"its serial number {serial} is that of {named.tag}")
        return [one.id for one in there]
    if tag or serial:
        return []
    called = _assets(ctx, directory, directory.find("assets", "name", clean(cells.text("name"))))
    return [one.id for one in called if one.tag in ("", one.ref) and not one.serial]


def _is_another(asset: Asset, serial: str) -> bool:
    return bool(serial and asset.serial and asset.serial.casefold() != serial.casefold())


def _assets(ctx: Context, directory: Directory, numbers: Iterable[int]) -> list[Asset]:
    """Return assets of the store, and those that earlier rows make."""
    found = (ctx.data.get(Asset, one) or directory.made.get(("assets", one)) for one in sorted(set(numbers)))
    return [one for one in found if isinstance(one, Asset)]
