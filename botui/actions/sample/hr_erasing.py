"""Whose data is to be erased in the sample office: somebody who left asked for it, and it waits for a second yes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from random import Random

from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.hr import erasing
from botui.models.hr.erasure import Erasure, Why
from botui.models.office import Person


def play(year: Year, rng: Random, share: float) -> None:
    """Plan that one of those who left asked for it, as far as somebody works as HR and a manager is there."""
    gone = [one for one in year.office.people if not one.active]
    if year.hr is not None and year.manager is not None and gone:
        year.on(year.last - 1, partial(_asked, year, year.hr, year.manager, rng.choice(gone)), 0.7)


def _asked(year: Year, hr: Person, manager: Person, gone: Person, at: datetime) -> None:
    new = Erasure(id=year.room.new_id(Erasure), person=gone.id, why=Why.ASKED, approver=manager.id)
    with suppress(Refused):  # who would say yes stands in for HR just now
        year.room.let(at, hr, partial(erasing.create, new=new))
