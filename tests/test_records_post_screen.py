"""The post at the real screen: a letter in few keys, its answer, a parcel that is fetched with a badge."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from botui.actions.sentences import Reader
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Party
from botui.screens.lists import ListScreen
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, HANNA, office
from tests.test_conformance_screens import check_bindings
from tests.test_supplies_basket_screen import Counting
from tests.test_text import HOSTILE

pytestmark = pytest.mark.no_cover


def post_office(folder: Path, clock: Clock) -> Desk:
    """An office with a supplier, and badges of two people."""
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: Change("parties.begin").add(Party(id=1, name="Meyer GmbH")))
    give_pins(desk, ANN, CLEO)
    desk.secrets.add_badge(BOB, "BADGE-BOB")
    desk.secrets.add_badge(CLEO, "BADGE-CLEO")
    return desk


async def test_a_letter_in_is_entered_filed_and_answered_in_few_keys(folder: Path, clock: Clock) -> None:
    desk = post_office(folder, clock)
    async with Counting.open(folder, as_="AA", clock=clock) as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.press("4")
        digit = re.search(r"(\d) Letters: the post book", kiosk.glass())
        assert digit is not None
        await kiosk.press(digit[1], "n")
        kiosk.sees("New letter", "From or to*", "Subject*")
        text = ("meyer gmbh", "Offer for paper", "BB", "+10d")
        await kiosk.type("{}\r{}\t{}\t{}\r".format(*text))
        kiosk.says("LE-1 is entered; write D-1 on it; to be answered Thu 3 Dec by Bob Baker.")
        # entered, its paper filed, given to somebody, with a day: 7 keys besides its text
        assert kiosk.keys_pressed - len("".join(text)) <= 12
        kiosk.sees("LE-1", "in", "Meyer GmbH", "Offer for paper", "BB", "Thu 3 Dec")
        await check_bindings(kiosk)
        desk.store.refresh()
        letter, paper = desk.get("letters", 1), desk.get("documents", 1)
        assert (letter.party, letter.owner, letter.reply_due) == (1, BOB, date(2026, 12, 3))
        assert (paper.title, paper.about, paper.party) == ("Offer for paper", "LE-1", 1)
        await kiosk.press("enter")
        kiosk.sees("Came from", "Meyer GmbH", "Paper", "D-1", "Who sees to it")
        await check_bindings(kiosk)
        await kiosk.press("r", "enter")  # answered by a letter out, with nothing typed
        kiosk.says("LE-2 goes out; its copy is D-2; LE-1 is answered.")
        kiosk.sees("Answered by", "LE-2")
        await kiosk.press("q")
        kiosk.sees("From: Meyer GmbH", "Offer for paper", "LE-1")
        await kiosk.press("escape", "u", "y")  # the answer is taken back whole: the letter, its copy, its day
        kiosk.sees("Reply due").does_not_see("Answered by")
        assert not kiosk.app.screen.is_private()  # type: ignore[attr-defined]
        desk.do("letters", 1, "note", {"text": "for Bob alone"})
        desk.edit(desk.get("letters", 1), {"privacy": "private"})
        await kiosk.press("f5")
        assert kiosk.app.screen.is_private()  # type: ignore[attr-defined]
        await kiosk.press("v")
        kiosk.sees("D-1", "Offer for paper")


def test_a_sentence_comes_to_the_form_of_a_letter_or_of_a_parcel(folder: Path, clock: Clock) -> None:
    reader = Reader(post_office(folder, clock))
    said = {text: found.said for text in SAID if (found := reader.read(text)) is not None}
    assert said == SAID


SAID = {
    "letter to Meyer about rent": "New letter: from or to Meyer GmbH, direction out, subject rent",
    "parcel cleo from DHL": "New parcel: for Cleo Cole, from DHL",
}


async def test_new_is_offered_only_where_somebody_may_file(folder: Path, clock: Clock) -> None:
    post_office(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        for named, offered in (("parcels here", True), ("Paper handed out", False), ("bank lines unmatched", False)):
            await kiosk.press("f2")
            await kiosk.type(f"{named}\r")
            assert kiosk.keys().count("n=New") == offered, named


async def test_a_parcel_is_fetched_with_the_badge_of_whom_it_is_for(folder: Path, clock: Clock) -> None:
    desk = post_office(folder, clock)
    desk.add("parcels", {"person": CLEO, "sender": "DHL", "shelf": "B2", "tracking": "JJD0001"})
    desk.add("parcels", {"person": CLEO, "sender": "UPS"})
    desk.add("parcels", {"person": BOB, "sender": "Post"})
    async with Counting.open(folder, as_="AA", clock=clock) as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.scan("JJD0001")
        kiosk.says("It is for Cleo Cole: scan the badge of whoever fetches it, or press T.")
        await check_bindings(kiosk)
        await kiosk.scan("BADGE-BOB")
        kiosk.sees("Bob Baker was scanned", "Bob Baker fetches it for Cleo Cole", "Change to Bob Baker")
        await kiosk.press("escape")
        await kiosk.scan("BADGE-CLEO")
        kiosk.says("PC-1 is fetched by Cleo Cole.")
        await kiosk.press("u", "y")
        kiosk.app.open_list("parcels", "here")
        await kiosk.settle()
        assert isinstance(kiosk.screen, ListScreen)
        kiosk.sees("Cleo Cole", "DHL", "B2", "UPS", "since today")
        await kiosk.scan("BADGE-CLEO")
        kiosk.says("2 parcels are fetched by Cleo Cole.").sees("Bob Baker").does_not_see("UPS")
        desk.store.refresh()
        assert [desk.get("parcels", number).badge for number in (1, 2, 3)] == [True, True, False]


async def test_whose_parcel_it_is_sees_it_on_their_desk_and_nobody_else(folder: Path, clock: Clock) -> None:
    desk = post_office(folder, clock)
    desk.add("parcels", {"person": CLEO, "sender": "".join(HOSTILE)[:80], "shelf": "B2"})
    desk.add("parcels", {"person": BOB, "sender": "Secret shop"})
    async with Kiosk.open(folder, as_="CC", clock=clock) as kiosk:
        await kiosk.press("0")
        kiosk.sees("PC-1", "a parcel is here for you, shelf B2").does_not_see("Secret shop", "PC-2")
        await kiosk.press("enter", "T")
        kiosk.says("PC-1 is fetched by Cleo Cole.")


async def test_a_letter_is_written_from_a_template_and_opened_from_it(folder: Path, clock: Clock) -> None:
    desk = post_office(folder, clock)
    desk.add("forms", {"name": "Thanks", "subject": "Thanks", "body": "Dear {party.name}, thank you. {letter.number}"})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        kiosk.app.open_record("forms", 1)
        await kiosk.settle()
        kiosk.sees("Dear {party.name}, thank you.", "Who writes", "{person.name}")
        await check_bindings(kiosk)
        await kiosk.press("b")
        await kiosk.type("Meyer GmbH\r")
        kiosk.says("LE-1 goes out; its copy is D-1.")
        await kiosk.press("v")
        kiosk.sees("LE-1", "Went to", "Dear Meyer GmbH, thank you. LE-1")


def test_a_private_letter_is_for_those_whose_it_is_and_an_hr_letter_for_hr(folder: Path, clock: Clock) -> None:
    desk = post_office(folder, clock)
    for privacy in ("open", "private", "hr"):
        desk.add("letters", {"correspondent": "Eve", "subject": privacy, "privacy": privacy, "owner": CLEO})

    def seen(person: int | None) -> list[str]:
        other = desk.for_person(person)
        if other.may("letters", "read"):
            return []
        return [other.get("letters", number).subject for number in other.numbers("letters")]

    assert seen(ANN) == ["open", "private"], "whoever enters HR's letter does not keep it"
    assert seen(BOB) == ["open"]
    assert seen(CLEO) == ["open", "private", "hr"]
    assert seen(HANNA) == ["hr"]
    assert seen(None) == []
    desk.as_system().add(
        "standins", {"person": CLEO, "stand_in": BOB, "starts": date(2026, 11, 20), "ends": date(2026, 12, 1)}
    )
    assert desk.for_person(BOB).standing_in()
    assert seen(BOB) == ["open"], "what is private is for no stand-in"
    for number in (2, 3):
        assert desk.for_person(BOB).may("documents", "read", desk.as_system().get("documents", number))
