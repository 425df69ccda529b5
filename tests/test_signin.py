"""Signing in, as rules: who is recognised, what is asked in which order, and that nobody learns who works here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from botui.access import MISSED, LockedOut, Secrets
from botui.actions.claims import Claim, named, scanned
from botui.actions.signin import AGAIN, NAME, NEW, OLD, OWN_PIN, PIN, Confirm, SignIn
from botui.actions.sitting import last_here, not_me, turned_out
from botui.data import Desk
from botui.models.base import NotAllowed, PinNeeded, Refused
from botui.models.office import Person
from tests.offices import ADA, ANN, BOB, CLEO, DAN, Clock, beside, office, ticket

HOSTILE = ["", "\x1b[31mZZ\x1b[0m", "[bold]ZZ[/]", "Z" * 10_000, "P-999999999", "P-0", "\u202eZZ", "%", "*"]


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with PINs and badges, made once: each PIN costs 40 ms."""
    folder = tmp_path_factory.mktemp("signin") / "office"
    desk = office(folder)
    system = desk.as_system()
    system.edit(system.get("people", CLEO), {"codes": ("CARD-OF-CLEO",)})
    desk.secrets.share_pin((ANN, DAN, CLEO), "4711")
    desk.secrets.set_pin(BOB, "0815")
    for person, code in ((ANN, "BADGE-ANN"), (BOB, "BADGE-BOB"), (DAN, "BADGE-DAN"), (BOB, "ROOM1")):
        desk.secrets.add_badge(person, code)
    desk.store.close()
    return folder


@pytest.fixture
def desk(_shared: Path, tmp_path: Path, clock: Clock) -> Desk:
    """The desk of nobody at the front terminal."""
    import shutil

    return Desk.open(Path(shutil.copytree(_shared, tmp_path / "office")), None, "front", clock)


def misses(desk: Desk) -> list[tuple[str, str]]:
    found = [entry.header for entry in desk.store.journal.recent("2026") if entry.header["do"] == "desk.miss"]
    assert all(header["by"] is None for header in found)
    return [(header["do"], header.get("note", "")) for header in found]


def came(desk: Desk, name: str, pin: str) -> Desk:
    signing = SignIn(desk)
    assert signing.answer(name) is None
    found = signing.answer(pin)
    assert found is not None
    return found


# --- who it is --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["AA", "aa", " aa ", "P-1", "p1", "Ann Archer", "ann archer", "Ann A", "ann"])
def test_initials_number_name_and_the_only_beginning_of_a_name_say_who_it_is(desk: Desk, text: str) -> None:
    assert named(desk, text).persons == (ANN,)


@pytest.mark.parametrize("text", ["DG", "Dan Gone", "P-4", "ZZ", "archer", "T-1", "1", "A", *HOSTILE])
def test_who_left_nobody_and_half_a_name_are_nobody(desk: Desk, text: str) -> None:
    claim = named(desk, text)
    assert claim.persons == ()
    assert text not in repr(claim) or len(text) < 2


def test_a_code_in_somebody_s_record_is_as_good_as_their_name_and_no_more(desk: Desk) -> None:
    claim = scanned(desk, "CARD-OF-CLEO")
    assert (claim.persons, claim.by_badge) == ((CLEO,), False)
    assert scanned(desk, "BADGE-ANN") == Claim("BADGE-ANN", (ANN,), by_badge=True)
    assert scanned(desk, "BADGE-DAN") == Claim("BADGE-DAN", (), by_badge=True)
    assert not named(desk, "BADGE-ANN").persons, "typed, the code of a badge is nobody's name"


def test_a_code_that_is_a_badge_and_something_else_is_the_badge_where_one_signs_in(desk: Desk) -> None:
    assert desk.by_code("ROOM1") == [("places", 2)]
    assert scanned(desk, "ROOM1").persons == (BOB,)


def test_of_two_with_the_same_initials_or_name_the_pin_says_which(desk: Desk) -> None:
    system = desk.as_system()
    with desk.store.journal.transaction(do="stock") as tx:  # as only the owner's back door does
        tx.put("people", 20, Person(id=20, name="Ann Archer", initials="AA").doc())
    desk.store.refresh()
    desk.secrets.set_pin(20, "2580")
    assert system.get("people", 20).initials == "AA"
    assert came(desk, "AA", "2580").person == 20
    assert came(desk, "ann archer", "4711").person == ANN
    with pytest.raises(NotAllowed, match=MISSED):
        came(desk, "AA", "9999")
    desk.secrets.set_pin(20, "4711")
    with pytest.raises(NotAllowed, match=MISSED):
        came(desk, "AA", "4711")


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_a_badge_and_a_pin_sign_in_with_five_keys(desk: Desk, clock: Clock) -> None:
    signing = SignIn(desk)
    assert signing.question is NAME
    assert signing.scan("BADGE-ANN") is None
    assert signing.question is PIN
    found = signing.answer("4711")
    assert found is not None
    assert (found.person, found.confirmed, found.by_badge, found.terminal) == (ANN, clock.now, False, "front")
    assert not misses(desk)


@pytest.mark.parametrize("who", ["AA", "DG", "ZZ", "CC", "BADGE-ANN", "BADGE-DAN", "BADGE-OF-NOBODY", *HOSTILE[1:]])
def test_whoever_it_is_the_questions_the_sentence_and_the_work_are_the_same(
    desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    fits = Secrets.fits

    def counted(secrets: Secrets, person: int, pin: str) -> bool:
        tried.append(person)
        return fits(secrets, person, pin)

    monkeypatch.setattr(Secrets, "fits", counted)
    signing = SignIn(desk)
    assert (signing.scan(who) if who.startswith("BADGE") else signing.answer(who)) is None
    assert signing.question is PIN
    with pytest.raises(NotAllowed) as told:
        signing.answer("9753")
    assert (type(told.value), str(told.value)) == (NotAllowed, MISSED)
    assert signing.question is PIN
    assert len(tried) == 1, "a PIN costs one try, also of nobody's"
    assert misses(desk) == [("desk.miss", "")]


@pytest.mark.parametrize("who", ["AA", "ZZ"])
def test_four_misses_lock_on_this_terminal_for_two_minutes_then_twice_as_long(
    desk: Desk, clock: Clock, who: str
) -> None:
    for minutes in (2, 4):
        for _ in range(4):
            with pytest.raises(NotAllowed, match=MISSED):
                came(desk, who, "9999")
        signing = SignIn(desk)
        signing.answer(who)
        with pytest.raises(LockedOut, match=f"try again in {minutes} minutes"):
            signing.answer("4711")
        assert signing.question is NAME
        clock.forward(minutes=minutes)
    assert ("desk.miss", "locked") in misses(desk)
    if who == "AA":
        assert came(beside(desk, None), who, "4711").person == ANN, "the other terminal is not locked"
        assert came(desk, who, "4711").person == ANN


def test_one_pin_tried_on_everybody_locks_the_terminal_for_all(desk: Desk) -> None:
    for number in range(20):
        with pytest.raises(NotAllowed, match=MISSED):
            came(desk, f"X{chr(97 + number)}", "9999")
    with pytest.raises(LockedOut):
        came(desk, "AA", "4711")


@pytest.mark.parametrize("pin", ["", "471", "471147114", "47 11", "abcd", "\u0664\u0667\u0661\u0661x"])
def test_what_is_no_pin_is_refused_alike_for_all_and_costs_no_try(desk: Desk, pin: str) -> None:
    for who in ("AA", "ZZ"):
        signing = SignIn(desk)
        signing.answer(who)
        with pytest.raises(Refused, match="A PIN has 4 to 8 digits"):
            signing.answer(pin)
    assert not desk.secrets.read().get("misses")


def test_who_has_no_pin_chooses_one_twice_and_then_it_is_theirs(desk: Desk) -> None:
    signing = SignIn(desk)
    signing.answer("OA")
    assert signing.question is PIN
    for bad in ("1234", "0000", "12", "x"):
        with pytest.raises(Refused):
            signing.answer(bad)
    assert signing.answer("2468") is None
    assert signing.question is AGAIN
    with pytest.raises(Refused, match="two different PINs"):
        signing.answer("2469")
    assert signing.question is PIN
    assert signing.answer("2468") is None
    found = signing.answer("2468")
    assert found is not None
    assert (found.person, found.confirmed is not None) == (9, True)
    line = next(iter(desk.store.journal.recent("2026"))).header
    assert (line["do"], line["by"], line["note"], line["of"]) == ("desk.pin", 9, "first", [["people", 9]])
    with pytest.raises(NotAllowed):
        came(desk, "OA", "9999")
    assert came(desk, "OA", "2468").person == 9


def test_of_two_desks_where_a_first_pin_is_chosen_at_once_one_is_signed_in(desk: Desk, clock: Clock) -> None:
    two = [SignIn(one) for one in (desk, beside(desk, None))]
    confirming = Confirm(desk.for_person(9))
    for signing in two:
        signing.answer("OA")
        signing.answer("2468" if signing is two[0] else "8642")
    assert two[0].answer("2468") is not None
    with pytest.raises(Refused, match="just now"):
        two[1].answer("8642")
    assert two[1].question is PIN
    confirming.answer("7913")
    with pytest.raises(Refused, match="just now"):
        confirming.answer("7913")
    assert came(desk, "OA", "2468").person == 9


def test_a_scan_while_the_pin_is_asked_begins_anew_with_that_badge(desk: Desk) -> None:
    signing = SignIn(desk)
    signing.answer("AA")
    signing.scan("BADGE-BOB")
    found = signing.answer("0815")
    assert found is not None
    assert found.person == BOB


def test_a_long_pin_whose_keys_came_at_once_is_a_pin_and_a_card_of_digits_is_not(desk: Desk) -> None:
    desk.secrets.set_pin(ANN, "471193")
    desk.secrets.add_badge(BOB, "20415162")
    signing, confirm = SignIn(desk), Confirm(desk.for_person(ANN))
    signing.scan("BADGE-ANN")
    with pytest.raises(NotAllowed, match=MISSED):
        signing.scan("471194")
    found = signing.scan("471193")
    assert found is not None
    assert found.person == ANN
    assert confirm.scan("471193") == "Confirmed."
    signing = SignIn(desk)
    signing.answer("AA")
    assert signing.scan("20415162") is None
    found = signing.answer("0815")
    assert found is not None
    assert found.person == BOB


def test_what_is_scanned_never_becomes_a_new_pin(desk: Desk) -> None:
    signing, change = SignIn(desk), Confirm(desk.for_person(ANN), change=True)
    signing.answer("OA")
    signing.scan("30415162")
    assert signing.question is PIN
    change.answer("4711")
    with pytest.raises(Refused, match="Type the PIN"):
        change.scan("30415162")


def test_back_asks_for_the_name_again_and_then_leaves(desk: Desk) -> None:
    signing = SignIn(desk)
    signing.answer("AA")
    assert signing.back()
    assert signing.question is NAME
    assert not signing.back()


# --- a badge alone ----------------------------------------------------------------------------------------------------


def test_a_badge_alone_signs_in_where_the_office_says_so_and_the_pin_is_asked_when_it_matters(desk: Desk) -> None:
    desk.as_system().edit(desk.as_system().get("settings", 1), {"badge_only": 20})
    found = SignIn(desk).scan("BADGE-ANN")
    assert found is not None
    assert (found.person, found.confirmed, found.by_badge) == (ANN, None, True)
    assert SignIn(desk, badge_alone=False).scan("BADGE-ANN") is None
    assert SignIn(desk).scan("CARD-OF-CLEO") is None, "a code in a record is no badge"
    for nobody in ("BADGE-DAN", "BADGE-OF-NOBODY"):
        signing = SignIn(desk)
        with pytest.raises(NotAllowed, match=MISSED):
            signing.scan(nobody)
        assert signing.question is NAME
    assert misses(desk) == [("desk.miss", "")]
    asked = Confirm(found)
    assert asked.question is OWN_PIN
    with pytest.raises(NotAllowed, match=MISSED):
        asked.answer("9999")
    assert asked.answer("4711") == "Confirmed."
    assert (found.confirmed is not None, found.by_badge) == (True, False)
    with pytest.raises(Refused):
        asked.scan("BADGE-ANN")


def test_a_badge_found_on_the_floor_changes_nothing_that_is_worth_much_or_says_who_may_do_what(desk: Desk) -> None:
    desk.as_system().edit(desk.as_system().get("settings", 1), {"badge_only": 20})
    ann = desk.for_person(ANN, by_badge=True)
    with pytest.raises(PinNeeded):
        ann.edit(ann.get("people", CLEO), {"extension": "12"})
    for collection, values in (
        ("people", {"name": "Eve"}),
        ("departments", {"name": "IT, too"}),
        ("standins", {"person": ANN, "stand_in": BOB, "starts": date(2026, 11, 23), "ends": date(2026, 11, 24)}),
        ("tickets", {"subject": "A printer", "amount": Decimal(20)}),
    ):
        with pytest.raises(PinNeeded):
            ann.add(collection, values)
    ada = desk.for_person(ADA, by_badge=True)
    with pytest.raises(PinNeeded):
        ada.edit(ada.get("settings", 1), {"name": "Mine"})
    ann.add("tickets", {"subject": "Paper", "amount": Decimal("19.99"), "requester": CLEO})
    desk.for_person(BOB).do("tickets", 1, "ask_approval", {"to": ANN})
    with pytest.raises(PinNeeded):
        ann.do("tickets", 1, "approve")
    ann.do("people", ANN, "in_out", {"presence": "out"})
    ann.confirm("4711")
    ann.add("people", {"name": "Eve"})


# --- changing the PIN, last here, signed out --------------------------------------------------------------------------


def test_the_pin_is_changed_with_the_old_one_and_typed_twice(desk: Desk) -> None:
    ann = desk.for_person(ANN)
    change = Confirm(ann, change=True)
    assert change.question is OLD
    with pytest.raises(NotAllowed, match=MISSED):
        change.answer("9999")
    assert change.answer("4711") is None
    assert change.question is NEW
    for bad, why in (("4711", "the PIN you have"), ("9876", "anybody tries"), ("1", "4 to 8 digits")):
        with pytest.raises(Refused, match=why):
            change.answer(bad)
    assert change.answer("3690") is None
    assert change.question is AGAIN
    assert change.answer("3690") == "Your PIN is changed."
    assert came(desk, "AA", "3690").person == ANN
    lines = [entry.header for entry in desk.store.journal.recent("2026") if entry.header["do"] == "desk.pin"]
    assert len(lines) == 1
    assert not {"4711", "3690"} & set(map(str, lines[0].values()))


def test_whoever_just_gave_their_pin_is_not_asked_for_it_again_to_change_it(desk: Desk, clock: Clock) -> None:
    ann = came(desk, "AA", "4711")
    assert Confirm(ann, change=True).question is NEW
    clock.forward(minutes=2)
    assert Confirm(ann, change=True).question is OLD


def test_last_here_says_what_when_and_where_and_not_me_is_a_line_with_the_digest(desk: Desk, clock: Clock) -> None:
    ann = desk.for_person(ANN)
    assert last_here(ann) is None
    ticket(ann)
    beside(desk, BOB).add("tickets", {"subject": "Bob's"})
    desk.store.refresh()
    clock.forward(hours=1)
    last = last_here(ann)
    assert last is not None
    assert last.said == "Last here today 10:00: New T-1."
    desk.store.refresh()
    bob = last_here(desk.for_person(BOB))
    assert bob is not None
    assert bob.said == "Last at back today 10:00: New T-2."
    clock.now += timedelta(days=3)
    again = last_here(ann)
    assert again is not None
    assert "Mon 23 Nov 10:00" in again.said
    not_me(ann, last)
    line = next(iter(desk.store.journal.recent("2026"))).header
    assert (line["do"], line["note"], line["by"]) == ("desk.not_me", last.digest, ANN)


def test_signing_out_everywhere_and_leaving_the_office_turn_out_of_desks_that_were_open(
    desk: Desk, clock: Clock
) -> None:
    open_, other, guest = desk.for_person(ANN), desk.for_person(BOB), desk
    clock.forward(minutes=1)
    ann = beside(desk, ANN)
    with pytest.raises(Refused, match="Only they themselves or an administrator"):
        beside(desk, BOB).do("people", ANN, "sign_out")
    assert ann.do("people", ANN, "sign_out").said == "Ann Archer is signed out at every desk."
    desk.store.refresh()
    assert turned_out(open_) == "You are signed out at every desk."
    assert not turned_out(other)
    assert not turned_out(guest)
    clock.forward(seconds=1)
    assert not turned_out(desk.for_person(ANN)), "who signs in again is in"
    beside(desk, ADA).do("people", BOB, "sign_out")
    desk.store.refresh()
    assert turned_out(other)
    system = desk.as_system()
    system.edit(system.get("people", CLEO), {"active": False})
    assert "do not work here" in turned_out(desk.for_person(CLEO))


def test_what_somebody_called_in_does_is_theirs_and_says_at_whose_desk(desk: Desk) -> None:
    ticket(desk.for_person(ANN))
    helper = SignIn(desk.for_person(CLEO), badge_alone=False)
    helper.scan("BADGE-ANN")
    found = helper.answer("4711")
    assert found is not None
    found.beside = CLEO
    found.do("tickets", 1, "assign", {"to": BOB})
    event = found.history("tickets", 1)[-1]
    assert (event.by, event.beside) == (ANN, CLEO)
    from botui.actions.past import heading

    assert "Ann Archer: Assign  (at front, at the desk of Cleo Cole)" in heading(found, event)
