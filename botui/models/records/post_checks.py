"""What must hold among letters, parcels and letter templates, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Refused
from botui.models.records.form import Form
from botui.models.records.form_fields import refuse_wrong
from botui.models.records.letter import Letter, State
from botui.models.records.parcel import Parcel
from botui.models.records.parcel import State as ParcelState
from botui.models.soundness import Records


def check_post(records: Records) -> Iterator[str]:
    """Say what does not hold: what is answered has a day, an answer goes the other way, what is gone is gone."""
    for letter in records.all(Letter):
        for words in _letter(records, letter):
            yield f"{letter.ref}: {words}"
    for parcel in records.all(Parcel):
        if (parcel.state is ParcelState.HERE) is not (parcel.collected_at is None):
            yield f"{parcel.ref}: Collected: it is {parcel.state.label}."
        if parcel.person is None and not parcel.label:
            yield f"{parcel.ref}: For: nobody says for whom it is."
    for form in records.all(Form):
        for name in ("subject", "body"):
            try:
                refuse_wrong(getattr(form, name), name)
            except Refused as error:
                yield f"{form.ref}: {error}"


def _letter(records: Records, letter: Letter) -> Iterator[str]:
    if letter.state is State.ANSWERED and letter.answered_on is None:
        yield "Answered on: it is answered, and nobody says when."
    if letter.is_pending and letter.answered_on is not None:
        yield f"Answered on: it is {letter.state.label}."
    if (letter.state is State.WAITING) is not (letter.waiting_until is not None):
        yield f"Waits until: it is {letter.state.label}."
    if letter.reply_due is not None and letter.on is not None and letter.reply_due < letter.on:
        yield "Reply due: this is before the day it came or went."
    answered = records.get(Letter, letter.answers) if letter.answers else None
    if answered is not None and answered.direction is letter.direction:
        yield f"In answer to: {answered.ref} went the same way."
    if letter.place is not None or letter.paper is not None:
        yield "Paper stands in: its document says so, and not the letter."
