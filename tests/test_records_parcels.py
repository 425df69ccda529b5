"""Parcels as rules: for whom they are, who fetched them; the sentences about the post."""

from __future__ import annotations

from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.office import Party, Person
from botui.models.records.letter import Direction
from botui.models.records.parcel import Parcel
from botui.models.records.parcel import State as Where
from botui.models.records.post_sentences import letter as read_letter
from botui.models.records.post_sentences import parcel as read_parcel
from botui.models.records.post_waiting import waiting_for
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    """An office with a party."""
    made = Office()
    made.put(Party(id=1, name="Meyer GmbH"))
    return made


def test_a_parcel_lies_here_until_whom_it_is_for_fetches_it(office: Office) -> None:
    parcel = office.add(Parcel, person=3, sender="DHL", shelf="B2", tracking="JJD 1")
    (mine,) = waiting_for(office.ctx(office.CLEO))
    assert (mine.what, mine.why, mine.verb) == ("Parcel from DHL", "a parcel is here for you, shelf B2", "hand_out")
    with pytest.raises(Refused, match="PC-1 has this number"):
        office.add(Parcel, person=3, tracking="jjd 1")
    parcel = office.do(parcel, "hand_out", 3)
    assert (parcel.state, parcel.collected_by, parcel.handed_by) == (Where.COLLECTED, 3, 3)
    assert not [*waiting_for(office.ctx(office.CLEO))]
    assert office.do(parcel, "reopen").collected_by is None
    assert office.do(parcel, "hand_out", by=2, note="for Cleo").collected_by == 2
    assert not office.problems()


def test_nobody_but_a_clerk_hands_a_parcel_to_somebody_else(office: Office) -> None:
    parcel = office.add(Parcel, person=3)
    with pytest.raises(Refused, match="A clerk"):
        office.do(parcel, "hand_out", 3, by=2)


def test_a_parcel_for_a_visitor_names_them_and_whoever_fetched_it(office: Office) -> None:
    with pytest.raises(Refused, match="For whom"):
        office.add(Parcel, sender="DHL")
    with pytest.raises(Refused, match="put the name on it"):
        office.add(Parcel, person=4)
    parcel = office.add(Parcel, label="Ms Visitor")
    with pytest.raises(Refused, match="say in a note who fetched it"):
        office.do(parcel, "hand_out")
    assert office.do(parcel, "hand_out", note="herself").note == "herself"
    gone = office.do(office.add(Parcel, label="Mr Unknown", sender="DHL"), "give_back", reason="unknown")
    assert (gone.state, gone.reason) == (Where.RETURNED, "unknown")


def test_a_parcel_that_goes_out_waits_for_its_carrier(office: Office) -> None:
    parcel = office.add(Parcel, direction=Direction.OUT, sender="Meyer GmbH", carrier="UPS")
    assert parcel.person == office.ANN
    assert office.why_not(parcel, "give_back") == "It goes out: T says that its carrier has it."
    assert office.said(parcel, "hand_out") == "PC-1 is fetched by UPS."
    with pytest.raises(Refused, match="stays in"):
        office.edit(parcel, direction=Direction.IN)


def test_what_nobody_fetched_in_a_week_is_told_to_the_clerks(office: Office) -> None:
    office.add(Parcel, person=3)
    office.now = at("2026-12-01 09:00")
    (found,) = waiting_for(office.ctx(office.BOB))
    assert found.why == "here since Mon 23 Nov for Cleo Cole"


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("letter Meyer", {"correspondent": "Meyer GmbH"}),
        ("letter meyer gmbh the offer", {"correspondent": "Meyer GmbH", "subject": "the offer"}),
        ("letter from Eve Unknown about rent", {"correspondent": "Eve Unknown", "subject": "rent"}),
        (
            "letter to Meyer re: rent",
            {"correspondent": "Meyer GmbH", "subject": "rent", "direction": "out"},
        ),
        ("letter to Meyer about b-12", {"correspondent": "Meyer GmbH", "about": "B-12", "direction": "out"}),
        ("fax from Meyer", {"correspondent": "Meyer GmbH", "channel": "fax"}),
        ("letter box is jammed", None),
        ("letter from", None),
        ("letters Meyer", None),
    ],
)
def test_a_sentence_about_a_letter(office: Office, said: str, values: dict[str, Any] | None) -> None:
    look = {"parties": [office.get(Party, 1)]}
    found = read_letter(said.split(), lambda name: look.get(name, []))
    assert found == (None if values is None else ("letters", values))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("parcel Ann", {"person": 1}),
        ("parcel cc from Amazon EU", {"person": 3, "sender": "Amazon EU"}),
        ("parcel for Ms Visitor from DHL", {"label": "Ms Visitor", "sender": "DHL"}),
        ("package bob baker", {"person": 2}),
        ("parcel torn open", None),
        ("parcel", None),
    ],
)
def test_a_sentence_about_a_parcel(office: Office, said: str, values: dict[str, Any] | None) -> None:
    people = [office.get(Person, number) for number in (1, 2, 3)]
    found = read_parcel(said.split(), lambda name: people if name == "people" else [])
    assert found == (None if values is None else ("parcels", values))
