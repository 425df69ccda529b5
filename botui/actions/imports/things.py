"""Which asset a row names: by its tag, else by its serial number, as spreadsheets leave them."""

from __future__ import annotations

import re
from typing import Final

from botui.actions.imports.directory import Directory
from botui.actions.imports.goods import is_mangled
from botui.actions.imports.rows import Cells
from botui.actions.imports.values import filled
from botui.models.base import Refused, clean
from botui.models.equipment.asset import Asset
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
        for one in (_asset(ctx, directory, number) for number in found):
            if serial and one.serial and one.serial.casefold() != serial.casefold():
                raise Refused(
                    f"same tag, another serial number: {tag} has {one.serial} here and {serial} in the file; "
                    "if it is another thing, put a prefix before all tags, --map"
                )
        return found
    if serial and (found := directory.find("assets", "serial", serial)):
        for one in (_asset(ctx, directory, number) for number in found):
            if tag and one.tag not in ("", one.ref):
                raise Refused(f"its serial number {serial} is that of {one.tag}")
        return found
    if tag or serial:
        return []
    named = (_asset(ctx, directory, one) for one in directory.find("assets", "name", clean(cells.text("name"))))
    return [one.id for one in named if one.tag in ("", one.ref) and not one.serial]


def _asset(ctx: Context, directory: Directory, number: int) -> Asset:
    """Return an asset of the store, or one that an earlier row makes.

    Raises:
        Refused: it has been removed meanwhile.
    """
    found = ctx.data.get(Asset, number) or directory.made.get(("assets", number))
    if not isinstance(found, Asset):
        raise Refused("the asset it names is not here any more")
    return found
