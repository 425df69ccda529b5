"""What records say of a customer or supplier on its card."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.office import Context, Party
from botui.models.records import bill_card, cheque_card, contract_card, document_card, post_card


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield what each part of the area says of a party, as far as whoever reads sees it."""
    for part in (bill_card, contract_card, cheque_card, post_card, document_card):
        yield from part.card(ctx, party)
