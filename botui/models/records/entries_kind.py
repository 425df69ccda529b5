"""Day-to-day transactions, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.office import Context
from botui.models.records.entry import Entry


def _this_month(ctx: Context) -> dict[str, Any]:
    return {"on": Between(low=ctx.today.replace(day=1).isoformat())}


ENTRIES: Final = Kind(
    model=Entry,
    one="transaction",
    many="Day-to-day transactions",
    title=lambda entry: entry.text,
    rules="botui.models.records.entries_rules:ENTRIES",
    views=(
        View(
            name="month",
            label="Day-to-day transactions of this month",
            where=_this_month,
            sort="on",
            down=True,
            timed=True,
            empty="Nothing was booked by hand this month: n books what no bill, claim or bank line says.",
            menu=False,
        ),
        View(
            name="all",
            label="Day-to-day transactions",
            where=lambda _: {},
            sort="on",
            down=True,
            empty="Nothing was booked by hand yet: n books what no bill, claim or bank line says.",
        ),
    ),
    columns=("on", "text", "amount", "category", "against"),
    index=("on", "amount", "category", "against", "document", "reverses", "by"),
    text=("text",),
    row_style=lambda doc, _: "done" if doc.get("reverses") else "",
)
