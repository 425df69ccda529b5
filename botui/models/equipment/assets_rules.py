"""What may be done with assets, categories, what is handed out and what is booked."""

from __future__ import annotations

from typing import Final

from botui.models.base import Change, Refused, Rules, Transition
from botui.models.equipment import booking, filing, handing, keeping, reporting, worth
from botui.models.equipment.loan import BookingState, Loan
from botui.models.office import REMIND, Context


def _no_loan(ctx: Context, loan: Loan) -> Change:
    raise Refused("Hand it out at the asset: T there.")


_ASSET_VERBS: Final = (
    Transition(
        name="hand_out",
        label="Hand out",
        rule=handing.hand_out,
        needs=handing.HandOver,
        guard=handing.not_ready,
        worth=worth.of_asset,
    ),
    Transition(
        name="give_back", label="Take back", rule=handing.give_back, needs=handing.TakeBack, guard=handing.not_out
    ),
    Transition(
        name="report",
        label="Report a fault",
        rule=reporting.report,
        needs=reporting.Report,
        who="use",
        guard=keeping.not_there,
        many=False,
    ),
    Transition(
        name="book",
        label="Book",
        rule=booking.book,
        needs=booking.Book,
        who="use",
        guard=booking.not_bookable,
        many=False,
    ),
    Transition(name="transfer", label="Move", rule=keeping.transfer, needs=keeping.Move, guard=keeping.not_to_move),
    Transition(name="review", label="Seen here", rule=keeping.review, needs=keeping.Seen, guard=keeping.is_retired),
    Transition(
        name="pause",
        label="Out of service / in again",
        rule=keeping.pause,
        needs=keeping.OutOfService,
        guard=keeping.not_to_pause,
    ),
    Transition(
        name="lose", label="Lost", rule=keeping.lose, needs=keeping.Lose, guard=keeping.not_there, worth=worth.of_asset
    ),
    Transition(name="find", label="Found", rule=keeping.find, needs=keeping.Find, guard=keeping.not_lost),
    Transition(
        name="retire",
        label="Retire",
        rule=keeping.retire,
        needs=keeping.Retire,
        guard=keeping.not_to_retire,
        worth=worth.of_asset,
    ),
    Transition(name="cost", label="Cost", rule=keeping.cost, needs=keeping.Cost, many=False),
    Transition(name="barcode", label="Barcode", rule=filing.barcode, needs=filing.Barcode, many=False),
    REMIND,
)
_LOAN_VERBS: Final = (
    Transition(
        name="give_back",
        label="Take back",
        rule=handing.give_back_loan,
        needs=handing.TakeBack,
        guard=handing.not_open,
    ),
    Transition(name="extend", label="Another day", rule=handing.extend, needs=handing.Extend, guard=handing.not_open),
    REMIND,
)
_BOOKING_VERBS: Final = (
    Transition(
        name="hand_out",
        label="Hand out",
        sources=frozenset({BookingState.BOOKED}),
        target=BookingState.OUT,
        rule=booking.hand_out,
        needs=handing.HandOutBooked,
        guard=booking.not_to_hand_out,
        worth=worth.of_what,
    ),
    Transition(
        name="cancel",
        label="Cancel",
        sources=frozenset({BookingState.BOOKED}),
        target=BookingState.CANCELLED,
        rule=booking.cancel,
        who="own",
    ),
    REMIND,
)


ASSETS: Final = Rules(transitions=_ASSET_VERBS, create=filing.create, revise=filing.revise, fixed=filing.fixed)
CATEGORIES: Final = Rules(
    transitions=(REMIND,), create=filing.create_category, revise=filing.revise_category, fixed=filing.fixed_category
)
LOANS: Final = Rules(transitions=_LOAN_VERBS, create=_no_loan)
BOOKINGS: Final = Rules(transitions=_BOOKING_VERBS, create=booking.create, revise=booking.revise, fixed=booking.fixed)
