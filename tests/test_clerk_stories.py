"""A clerk's day at the real screens, by keys alone: calls, verbs, marks, families of tickets, lists and their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import sleep

import pytest
from textual import events

from botui.data import Desk
from botui.models.base import Refused
from botui.models.tickets.shape import State, Ticket
from botui.screens.area import AreaMenu
from botui.screens.lists import ListScreen
from tests.kiosk import Clock, Kiosk


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    system = Desk.open(folder, None, "setup", clock).as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    system.add("people", {"name": "Zoë Åkerström", "extension": "417"})
    mary = system.for_person(1)
    mary.add("departments", {"name": "Facilities"})
    mary.add("parties", {"name": "Nordic Paper", "kind": "supplier", "phone": "+46 8 123 456 78"})
    mary.add("replies", {"title": "On our way", "text": "We are on our way."})
    return mary


def ticket(office: Desk, number: int) -> Ticket:
    """Return a ticket as it is on disk now."""
    office.store.refresh()
    found: Ticket = office.get("tickets", number)
    return found


# --- calls ----------------------------------------------------------------------------------------------------------


async def test_a_call_becomes_a_ticket_that_somebody_has(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter")
        await kiosk.type("BK\tInvoice is missing\tticket")
        await kiosk.press("f5")
        kiosk.says("T-1 is filed for Nordic Paper; Bob Kay has it.")
        filed = kiosk.desk.get("tickets", 1)
        assert (filed.subject, filed.owner, filed.party) == ("Invoice is missing", 2, 1)


async def test_a_call_is_noted_on_the_only_open_matter_of_the_caller(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Late delivery", "party": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter", "tab")
        await kiosk.type("It comes on Friday\tnote")
        await kiosk.press("f5")
        kiosk.says("The call of Nordic Paper is noted on T-1.")


async def test_of_two_open_matters_the_one_called_about_is_asked(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Late delivery", "party": 1})
    office.add("tickets", {"subject": "Wrong paper", "party": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter", "tab")
        await kiosk.type("It comes on Friday\tnote")
        await kiosk.press("f5")
        kiosk.sees("Which open ticket is it about?")
        await kiosk.type("T-1")
        await kiosk.press("f5")
        kiosk.says("noted on T-1.")


async def test_a_call_is_a_line_in_the_log(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("0170 555 1234")
        await kiosk.press("enter", "tab")
        await kiosk.type("Wrong number\tlog")
        await kiosk.press("f5")
        kiosk.says("The call of 0170 555 1234 is in the log.")
        assert kiosk.desk.get("calls", 1).became == ""


# --- verbs ----------------------------------------------------------------------------------------------------------


async def test_a_canned_reply_is_found_by_its_beginning_and_shown_by_its_title(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Chair is broken", "requester": 3})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "r", "tab", "f4", "1")
        kiosk.sees("On our way").does_not_see("CR-1")
        await kiosk.press("f5")
        kiosk.says("Your reply to T-1 is kept.").sees("We are on our way.")
        await kiosk.press("r", "tab")
        await kiosk.type("on o")
        await kiosk.press("f5")
        assert len(kiosk.desk.find("comments", {"ticket": (1,)})) == 2


async def test_the_list_of_verbs_takes_letters_too_and_enter_shows_only_what_can_be_done(
    office: Desk, folder: Path
) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "enter")
        kiosk.sees("What to do with T-1  Lamp", "t  Take").does_not_see("not now", "Open again")
        await kiosk.press("t")
        kiosk.says("T-1 is yours.")
        await kiosk.press("full_stop")
        kiosk.sees("Take  - not now: You have it already.", "Open again  - not now: It is open.")
        await kiosk.press("s")
        kiosk.sees("Resolve T-1  Lamp", "Solution")
        await kiosk.type("New bulb")
        await kiosk.press("f5")
        assert kiosk.desk.get("tickets", 1).resolution == "New bulb"


async def test_a_wait_until_a_day_names_the_day_and_none_of_its_hours(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "w")
        await kiosk.type("vendor\t+2d")
        await kiosk.press("f5")
        kiosk.says("T-1 waits for the supplier until").does_not_see("00:00")
        await kiosk.press("w")
        await kiosk.type("vendor\tfri 14:00")
        await kiosk.press("f5")
        kiosk.says("14:00.")


async def test_reopen_and_reject_keep_the_reason(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "s", "c")
        kiosk.says("T-1 is closed.")
        await kiosk.press("p")
        await kiosk.type("It is dark again")
        await kiosk.press("f5")
        kiosk.says("T-1 is open again.").sees("It is dark again")
        await kiosk.press("x", "f5")
        kiosk.sees("This is needed.")
        await kiosk.type("It is daylight")
        await kiosk.press("f5")
        kiosk.says("T-1 is rejected.").sees("It is daylight", "State    rejected")


async def test_a_reminder_comes_back_on_its_day(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("1", "2", "z")
        await kiosk.type("+3d\tAsk the caretaker")
        await kiosk.press("enter")
        kiosk.says("You are reminded of T-1")
        await kiosk.press("f3")
        kiosk.sees("0 reminders due")
        clock.forward(days=3)
        await kiosk.press("9", "9")
        kiosk.sees("Ask the caretaker")


async def test_hand_over_and_assign_by_initials(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "a")
        await kiosk.type("bk")
        await kiosk.press("enter")
        kiosk.says("Bob Kay has T-1.")
        await kiosk.press("h")
        await kiosk.type("fac")
        await kiosk.press("enter")
        kiosk.says("Facilities has T-1; nobody in particular yet.")


async def test_a_marked_ticket_that_refuses_does_not_stop_the_others_and_is_named(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Move", "kind": "project"})
    office.add("tickets", {"subject": "Boxes", "parent": 1})
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "home", "space", "space", "space")
        kiosk.sees("3 marked")
        await kiosk.press("t", "s")
        kiosk.says("2 done. Not T-1: Not done yet: T-2.")
    states = [ticket(office, number).state for number in (1, 2, 3)]
    assert states == [State.OPEN, State.RESOLVED, State.RESOLVED]


async def test_a_key_on_all_of_a_long_list_asks_first_and_on_what_is_seen_at_once_it_does_not(
    office: Desk, folder: Path
) -> None:
    for number in range(21):
        office.add("tickets", {"subject": f"Lamp {number}"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "asterisk")
        kiosk.sees("21 marked")
        await kiosk.press("t")
        kiosk.sees("Take 21 tickets?")
        await kiosk.press("enter")
        assert ticket(office, 21).owner is None
        await kiosk.press("end", "space", "t")
        kiosk.says("Take: 20 done.")
        assert [ticket(office, number).owner for number in (20, 21)] == [1, None]
        await kiosk.press("escape", "asterisk", "t", "y")
        assert all(ticket(office, number).owner == 1 for number in range(1, 22))


# --- families of tickets --------------------------------------------------------------------------------------------


async def test_merge_ends_one_and_goes_on_with_the_other(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp is dark"})
    office.add("tickets", {"subject": "No light in the hall"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "home", "m")
        await kiosk.type("T-2")
        await kiosk.press("enter")
        kiosk.says("T-1 is merged into T-2.").does_not_see("Lamp is dark")
        await kiosk.press("enter")
        kiosk.sees("T-1 was merged into this: Lamp is dark")


async def test_split_and_link_name_each_other_and_v_goes_there(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Chair and lamp"})
    office.add("tickets", {"subject": "Door"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "home", "enter", "y")
        await kiosk.type("Lamp alone")
        await kiosk.press("f5")
        kiosk.says("T-3 is split off T-1.").sees("Lamp alone")
        await kiosk.press("l")
        await kiosk.type("T-2")
        await kiosk.press("f5")
        kiosk.says("T-1 is linked to T-2.").sees("Door")
        await kiosk.press("v")
        await kiosk.type("door")
        await kiosk.press("enter")
        kiosk.sees("T-2  Door", "Chair and lamp")


async def test_a_project_shows_its_parts_and_is_not_resolved_before_them(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Move", "kind": "project"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "9", "enter", "n")
        await kiosk.type("Boxes")
        await kiosk.press("f5")
        kiosk.says("T-2 is filed").sees("Parts: 0 of 1 done", "new: Boxes")
        await kiosk.press("s")
        kiosk.says("Resolve: Not done yet: T-2.")
        await kiosk.press("f2")
        await kiosk.type("T-2")
        await kiosk.press("enter", "s", "escape")
        kiosk.sees("Parts: 1 of 1 done")
        await kiosk.press("s")
        kiosk.says("T-1 is resolved.")


async def test_what_comes_back_is_said_as_people_say_it_and_made_once(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "end", "n")
        await kiosk.type("Water the plants\tfirst monday")
        await kiosk.press("enter")
        kiosk.says("R-1 is filed: monthly on first mon, first Mon")
        await kiosk.press("enter")
        kiosk.sees("Goes to", "Next on")
        await kiosk.press("b")
        kiosk.says("T-1 is filed: Water the plants.")
        await kiosk.press("i")
        kiosk.says("R-1 stands still.").sees("] shows what was stopped")
        await kiosk.press("right_square_bracket")
        kiosk.sees("Water the plants")


# --- lists ----------------------------------------------------------------------------------------------------------


async def test_a_list_is_sorted_by_its_columns_and_the_other_way_round(office: Desk, folder: Path) -> None:
    for subject in ("Lamp", "Chair", "Door"):
        office.add("tickets", {"subject": subject})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "greater_than_sign")
        kiosk.sees("No. ^")
        await kiosk.press("greater_than_sign", "greater_than_sign")
        kiosk.sees("Subject ^")
        assert kiosk.table.visible_ids() == [2, 3, 1]
        await kiosk.press("minus")
        kiosk.sees("Subject v")
        assert kiosk.table.visible_ids() == [1, 3, 2]


async def test_views_are_chosen_with_their_counts_or_stepped_through(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    office.add("tickets", {"subject": "Door"})
    office.do("tickets", 2, "take", {})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "1", "v")
        kiosk.sees("Mine (1)", "Nobody has (1)", "Open (2)")
        await kiosk.press("2")
        kiosk.sees("Tickets > Nobody has", "Lamp").does_not_see("Door")
        await kiosk.press("left_square_bracket")
        kiosk.sees("Tickets > Mine", "Door").does_not_see("Lamp")


async def test_the_rows_of_a_menu_are_neither_marked_nor_sorted(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("space", "greater_than_sign")
        assert not kiosk.table.marked
        await kiosk.press("1", "space")
        assert not kiosk.table.marked
        await kiosk.press("f1")
        kiosk.sees("Press a number").does_not_see("Mark", "Sort by")


async def test_the_menu_of_tickets_names_calls_and_reports(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1")
        kiosk.sees("d=Call", "q=Reports")
        await kiosk.press("q", "1", "1")
        kiosk.sees("Tickets by topic", "Came in")


async def test_the_one_office_opens_from_the_menu_at_once(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("9", "end", "enter")
        kiosk.sees("S-1  Harbour & Lane", "Office hours")
        await kiosk.press("e")
        kiosk.sees("Edit S-1")


async def test_of_a_late_row_only_the_words_that_say_so_stand_out(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("tickets", {"subject": "Lamp", "priority": "P1"})
    clock.forward(hours=5)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("1", "5")
        row = kiosk.table.render_line(1)
        assert "Lamp" in row.text
        assert "".join(one.text for one in row if one.style and one.style.bold).strip().endswith("late")
        assert "Lamp" not in "".join(one.text for one in row if one.style and one.style.bold)


async def test_what_all_rows_of_a_list_have_in_common_takes_no_column(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    office.do("tickets", 1, "take", {})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "1")
        kiosk.sees("Subject", "State", "Lamp").does_not_see("Who has it")
        await kiosk.press("right_square_bracket", "right_square_bracket")
        kiosk.sees("Tickets > Open", "Who has it", "State")
        await kiosk.press("right_square_bracket")
        kiosk.sees("Tickets > Waiting", "Who has it").does_not_see("State")


async def test_what_was_said_is_not_said_again_on_the_way_back(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Door")
        await kiosk.press("f5")
        kiosk.says("T-2 is filed")
        await kiosk.press("f1", "escape")
        kiosk.says("T-2 is filed")
        await kiosk.press("1", "escape")
        kiosk.sees("Tickets").does_not_see("T-2 is filed")


# --- right after filing, and while the desk locks --------------------------------------------------------------------


async def test_the_cursor_goes_to_a_ticket_just_filed(office: Desk, folder: Path) -> None:
    for number in range(5):
        office.add("tickets", {"subject": f"Lamp {number}"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "n")
        await kiosk.type("Door")
        await kiosk.press("enter")
        kiosk.says("T-6 is filed")
        assert kiosk.under_cursor == 6
        await kiosk.press("t")
        kiosk.says("T-6 is yours.")


async def test_the_lock_is_announced_in_a_form_too(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.left_alone(281)
        kiosk.sees("The desk locks in 20 seconds", "New ticket")


async def test_a_call_puts_no_note_of_staff_on_somebody_elses_ticket(office: Desk) -> None:
    office.add("tickets", {"subject": "Not Zoë's"})
    with pytest.raises(Refused, match=r"^There is no T-1\.$"):
        office.for_person(3).add("calls", {"caller": "A", "becomes": "note", "about": 1, "text": "x"})


# --- typed ahead ----------------------------------------------------------------------------------------------------


async def test_keys_typed_before_a_list_has_its_rows_are_for_the_record_they_were_meant_for(
    office: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lamp in ("Lamp 1", "Lamp 2", "Lamp 3"):
        office.add("tickets", {"subject": lamp})
    brought = ListScreen._find

    def slowly(self: ListScreen, text: str, stale: frozenset[int] | None) -> Sequence[int]:
        sleep(0.2)
        return brought(self, text, stale)

    monkeypatch.setattr(ListScreen, "_find", slowly)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1")
        for key, character in (("3", "3"), ("down", None), ("t", "t"), ("s", "s")):
            kiosk.app.post_message(events.Key(key, character))
        await kiosk.until(lambda: ticket(office, 2).state is State.RESOLVED)
        assert [ticket(office, number).owner for number in (1, 2, 3)] == [None, 1, None]


async def test_a_number_typed_before_a_menu_has_counted_opens_what_stands_there_for_whoever_looks(
    office: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.add("people", {"name": "Sam Staff", "initials": "SS", "roles": ("staff",)})
    monkeypatch.setattr(AreaMenu, "_draw", lambda _: None)
    async with Kiosk.open(folder, as_="SS") as kiosk:
        await kiosk.press("4")
        second = next(row for row in kiosk.glass().splitlines() if row.strip().startswith("2 "))
        kiosk.does_not_see("Bank lines", "Filing rules")
        await kiosk.press("2")
        kiosk.sees(second.split(maxsplit=1)[1].strip())
