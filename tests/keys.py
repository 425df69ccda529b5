"""Writes docs/keys.md from the bindings and the table of verbs: ``python -m tests.keys``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.binding import Binding, BindingsMap

from botui import areas
from botui.app import DeskApp
from botui.commands import key_name, together
from botui.models.base import VERB_KEYS, Kind
from botui.screens.area import AreaMenu
from botui.screens.basket import BasketScreen
from botui.screens.counting import CountScreen
from botui.screens.desk import MyDeskScreen
from botui.screens.equipment import EquipmentScreen
from botui.screens.equipment_audit import AuditScreen
from botui.screens.equipment_handing import HandScreen
from botui.screens.equipment_slips import HandedByScan, LoanRecord
from botui.screens.form import FORM_KEYS
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.history import HistoryScreen
from botui.screens.lists import ListScreen
from botui.screens.meetings import MeetingsScreen
from botui.screens.office import OfficeScreen
from botui.screens.person import PersonApp
from botui.screens.receiving import ReceiveScreen
from botui.screens.record import RecordScreen
from botui.screens.records_letters import LetterRecord
from botui.screens.sessions import OpenDesksScreen
from botui.screens.supplies import SuppliesScreen
from botui.screens.supplies_counts import StocktakeRecord
from botui.screens.supplies_item import ItemRecord
from botui.screens.supplies_items import ItemList
from botui.screens.supplies_orders import OrderRecord
from botui.screens.tickets import TicketRecord, TicketsScreen
from botui.screens.verbs import VerbScreen
from botui.widgets.detail import DetailPane
from botui.widgets.record_table import RecordTable

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"
PARTS = (
    ("Everywhere but in forms and dialogs", (DeskApp, PersonApp, DeskScreen)),
    ("Front page", (FrontScreen,)),
    ("My desk", (MyDeskScreen,)),
    ("Menu of an area", (AreaMenu,)),
    ("Menu of tickets", (TicketsScreen,)),
    ("Menu of supplies", (SuppliesScreen,)),
    ("Menu of equipment", (EquipmentScreen,)),
    ("Menu of meetings", (MeetingsScreen,)),
    ("Menu of the office lists", (OfficeScreen,)),
    ("Lists", (RecordTable, VerbScreen, ListScreen)),
    ("One record", (DetailPane, RecordScreen)),
    ("One ticket", (TicketRecord,)),
    ("List of items", (ItemList,)),
    ("One item", (ItemRecord,)),
    ("Take by scan", (BasketScreen,)),
    ("One order", (OrderRecord,)),
    ("A delivery that is unpacked", (ReceiveScreen,)),
    ("One stocktake", (StocktakeRecord,)),
    ("What is counted in a stocktake", (CountScreen,)),
    ("Hand out and take back by scan", (HandScreen,)),
    ("One asset", (HandedByScan,)),
    ("One hand-out", (LoanRecord,)),
    ("An audit that is walked", (AuditScreen,)),
    ("One letter", (LetterRecord,)),
    ("History of a record", (HistoryScreen,)),
    ("Open desks", (OpenDesksScreen,)),
)


def rows(classes: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """Keys and words of what these classes bind themselves; verbs have a table of their own."""
    found: dict[str, list[str]] = {}
    for one in classes:
        for _, binding in BindingsMap(one.__dict__["BINDINGS"]):
            if not binding.action.startswith("letter("):
                found.setdefault(_words(binding), []).append(key_name(binding.key))
    return ((", ".join(f"`{one}`" for one in together(keys)), words) for words, keys in found.items())


def _words(binding: Binding) -> str:
    return binding.tooltip or binding.description


def verbs() -> Iterator[tuple[str, str]]:
    """The letter of each verb, its words, and what it is done with."""
    kinds: list[Kind[Any]] = [areas.kind(one.name) for one in areas.COLLECTIONS]
    for name, key in VERB_KEYS.items():
        uses = [(kind.many, one.label) for kind in kinds for one in kind.transitions if one.name == name]
        labels = " / ".join(dict.fromkeys(label for _, label in uses))
        yield f"`{key}`", f"{labels} ({', '.join(many for many, _ in uses).lower()})" if uses else "Edit (everything)"


def table(entries: Iterator[tuple[str, str]]) -> list[str]:
    """Lines of a table of keys."""
    return [
        "| key | what it does |",
        "|---|---|",
        *(f"| {key.replace('|', chr(92) + '|')} | {words} |" for key, words in entries),
    ]


def page() -> str:
    """The whole page."""
    lines = [
        "# Keys",
        "",
        "Made from the program by `python -m tests.keys`; F1 shows the same for the screen in front.",
        "",
    ]
    for title, classes in PARTS:
        lines += [f"## {title}", "", *table(rows(classes)), ""]
    form = (
        (", ".join(f"`{key_name(one)}`" for one in (key, twin) if one), words) for key, twin, _, _, words in FORM_KEYS
    )
    lines += ["## Forms", "", *table(form), ""]
    lines += [
        "## Verbs",
        "",
        "One letter each, the same in every area; on a list they are done with all that is marked.",
        "",
        *table(verbs()),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page())
