"""Labels and badge cards: a few words over a Code 128 bar code, as text for a line printer or as ZPL."""

from __future__ import annotations

from typing import Final

from botui.actions.labels.label import Label
from botui.actions.labels.lines import as_text
from botui.actions.labels.zpl import as_zpl

__all__ = ["Label", "as_text", "as_zpl", "badge_card"]

CARD_MM: Final = 85
"""Width of a card as it goes into a wallet (ISO/IEC 7810 ID-1)."""


def badge_card(name: str, office: str, code: str, *, zpl: bool = False) -> str:
    """Return a badge card: the person, the office, the bars of the code, but not the code in clear.

    The code is a credential: it is drawn and forgotten. As text the card takes more than its own width, to be cut out
    of a sheet.

    Args:
        name: whose badge it is.
        office: the office's name.
        code: what a scan of the badge gives.
        zpl: for a label printer; else text for a line printer.

    Raises:
        Refused: a code that Code 128 does not hold, or that is too long.
    """
    label = Label(code, name, office, shown=False)
    return as_zpl(label, width=CARD_MM) if zpl else as_text(label)
