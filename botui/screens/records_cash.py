"""Cash boxes on the screen: what is in them, when two counted it, and the vouchers by which it came and went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.calendar import day_words
from botui.models.records.cashbox import Box, Voucher
from botui.models.records.expense_desk import to_count
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("name", "balance", "imprest", "most", "place", "keeper"),
    *("off", "first_by", "first_at", "counted_at", "counted_by"),
)
"""Fields that stand in the lines above all sections."""
LATELY: Final = 12
"""Vouchers that an open box shows: the last ones."""
_VOUCHERS: Final = (
    Column("ref", "No.", 8),
    Column("on", "On", 11),
    Column("what", "What for", 14, flex=True),
    Column("person", "To or from", 12, flex=True),
    Column("receipt", "Receipt", 8),
    Column("amount", "Amount", 10, right=True),
)


class BoxRows(KindRows):
    """Rows of cash boxes: what is in each, and last whether it is to be counted."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("name", "Cash box", 14, flex=True),
            Column("balance", "In it", 10, right=True),
            Column("imprest", "Float", 10, right=True),
            Column("keeper", "Who keeps it", 14),
            Column("place", "Stands in", 14, wide=True),
            Column("counted", "Counted", 17, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key in ("balance", "imprest"):
            return f"{getattr(record, key):,.2f}"
        if key == "counted":
            if record.off is not None:
                return "by one: K"
            today = self.desk.typing().now.date()
            local = self.desk.settings.local
            return day_words(local(record.counted_at).date(), today) if record.counted_at else "never yet"
        return super().cell(key, record, doc)


class BoxDetails(EquipmentDetails):
    """What is shown of a cash box."""

    def sections(self, record: Box) -> Sequence[Section]:
        """Return what is in it and who counted it, then its last vouchers, and all the rest."""
        found = [Section("", self._head(record))]
        last = self.vouchers(record)
        every = len(self.desk.ids("vouchers", {"box": (record.id,)})) if last else 0
        if last:
            title = f"Vouchers (the last {len(last)} of {every:,})" if every > len(last) else f"Vouchers ({every})"
            found.append(Section(title, Grid(_VOUCHERS, [self._line(one) for one in last])))
        return [*found, *self.rest(record, _HEAD)]

    def vouchers(self, record: Box) -> list[Voucher]:
        """Return its last vouchers, the newest first."""
        return self.last("vouchers", {"box": (record.id,)}, LATELY)

    def _head(self, one: Box) -> list[tuple[str, str]]:
        full = f"{self.money(one.imprest)} when it is full" if one.imprest else ""
        most = f"one voucher up to {one.most:,.2f}" if one.most is not None else ""
        rows = [("In it", joined(self.money(one.balance), full, most))]
        keeper = f"{self.title('people', one.keeper)} keeps it" if one.keeper else ""
        where = f"stands in {self.title('places', one.place)}" if one.place else ""
        rows.append(("Kept", joined(keeper, where) or "nobody keeps it: e says who"))
        by = " and ".join(self.title("people", number) for number in one.counted_by)
        counted = f"{self.at(one.counted_at)} by {by}" if one.counted_at else ""
        rows.append(("Counted", joined(counted, to_count(self.desk.context(), one)) or "it is empty"))
        return rows

    def _line(self, one: Voucher) -> tuple[str, ...]:
        receipt = areas.ref("documents", one.receipt) if one.receipt else ""
        what = joined(one.what or one.why.label, one.about)
        return (one.ref, self.day(one.on), what, self.title("people", one.person), receipt, f"{one.amount:+,.2f}")

    def followed(self, record: Box) -> list[Link]:
        """Return its last vouchers, then who keeps it and where it stands."""
        found = [self.link("Voucher", "vouchers", one.id) for one in self.vouchers(record)]
        return self.named(*found, record=record)


class BoxList(ListScreen):
    """A list of cash boxes."""

    ROWS = BoxRows
    HELP = "Cash boxes. P pays out of one by a voucher, I puts cash in, K counts it: two do, each alone."


class BoxRecord(RecordScreen):
    """One cash box with its last vouchers."""

    DETAILS = BoxDetails
    HELP = "One cash box. P pays out by a voucher, I puts cash in, K counts it: two do. v opens its vouchers."


class VoucherRecord(RecordScreen):
    """One voucher."""

    HELP = "One voucher. Y takes it back by another one; q shows it as a text to print and sign."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "text", "Text", tooltip="The voucher as a text to print and sign."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record."""
        return [*super().keys(), ("q", "Text", True)]

    @work
    async def action_text(self) -> None:
        """Show the voucher as a text."""
        from botui.models.records.expense_text import voucher_text
        from botui.screens.dialogs import Tell

        text = await self.ask_store(lambda: voucher_text(self.desk.context(), self.desk.get("vouchers", self.number)))
        if text is not None:
            await self.app.push_screen_wait(Tell(self.heading(), text))
