"""What may be done with cash boxes and vouchers."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import cash, cash_counting, cash_moving

BOXES: Final = Rules(
    transitions=(
        Transition(
            name="pay",
            label="Pay out",
            rule=cash_moving.pay_out,
            needs=cash_moving.PayOut,
            guard=cash_moving.nothing_in_it,
            many=False,
        ),
        Transition(
            name="receive",
            label="Put in",
            rule=cash_moving.top_up,
            needs=cash_moving.TopUp,
            guard=cash_moving.not_in_use,
            many=False,
        ),
        Transition(
            name="count",
            label="Count",
            rule=cash_counting.count,
            needs=cash_counting.Counted,
            guard=cash_moving.not_in_use,
            many=False,
        ),
        REMIND,
    ),
    create=cash_moving.create,
    revise=cash_moving.revise,
)
VOUCHERS: Final = Rules(
    transitions=(
        Transition(
            name="reverse",
            label="Take back",
            rule=cash_moving.reverse,
            needs=cash_moving.TakeBack,
            guard=cash_moving.not_to_reverse,
            many=False,
            final="write it once more instead.",
        ),
    ),
    create=cash_moving.no_voucher,
    fixed=cash_moving.refuse_fixed_voucher,
    counter=cash.undo,
)
