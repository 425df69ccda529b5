"""Cash boxes and vouchers, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.records.cashbox import Box, Voucher, Why


def _style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``soon`` for a box that one has counted and a second has not, ``done`` for one that is not in use."""
    return "soon" if "off" in doc else "" if doc.get("active", True) else "done"


def _title(one: Voucher) -> str:
    return f"{one.amount:+,.2f} {one.what or one.why.label}"


BOXES: Final = Kind(
    model=Box,
    one="cash box",
    many="Cash boxes",
    rules="botui.models.records.cash_rules:BOXES",
    views=(
        View(
            name="active",
            label="Cash boxes",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="There is no cash box yet: n begins one.",
        ),
        View(name="all", label="Cash boxes, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "balance", "imprest", "keeper", "counted_at"),
    index=("name", "active", "keeper", "place", "balance", "first_by", "counted_at"),
    aliases=("codes",),
    text=("name",),
    row_style=_style,
)
VOUCHERS: Final = Kind(
    model=Voucher,
    one="voucher",
    many="Vouchers",
    title=_title,
    rules="botui.models.records.cash_rules:VOUCHERS",
    views=(
        View(
            name="all",
            label="Vouchers of cash boxes",
            where=lambda _: {},
            sort="id",
            down=True,
            empty="No cash has moved yet: P on a cash box pays out, I puts in.",
        ),
        View(
            name="unproved",
            label="Vouchers without a receipt",
            where=lambda _: {"receipt": (None,), "why": (Why.OUT.value,), "about": (None, "")},
            sort="id",
            down=True,
            empty="Every voucher has its receipt.",
            menu=False,
        ),
    ),
    columns=("box", "on", "what", "amount", "why"),
    index=("box", "on", "why", "category", "person", "receipt", "about", "payment", "reverses", "at"),
    text=("what",),
    row_style=lambda doc, _: "done" if doc.get("reverses") else "",
)
