"""The form: order of Enter, refusals that lose nothing, conflicts, choosing, repeating, batches, scans."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.binding import Binding
from textual.widgets import Input, Static, TextArea

from botui.data import Desk, Done
from botui.models.base import Conflict, NotAllowed, Refused, StoreFull
from botui.models.office import Person
from botui.models.shape import fields_of
from botui.screens.choices import choices
from botui.screens.dialogs import Confirm
from botui.screens.form import FORM_KEYS
from botui.widgets.fields import Field
from tests.form_app import Colour, Everything, Saves, Small, form, idle, make_desk


@pytest.fixture
def desk(folder: Path) -> Desk:
    return make_desk(folder)


async def test_enter_goes_to_what_is_needed_and_empty_and_then_saves(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves)
    async with app.start() as pilot:
        await pilot.pause()
        assert app.current == "title"
        await pilot.press("l", "a", "m", "p", "enter")
        assert app.current == "count"
        await pilot.press("3", "enter")
        await idle(app, pilot)
    assert saves.values == [{"title": "lamp", "count": 3}]
    assert app.results == [Done("It is saved.", ("T-1",), "")]


async def test_a_blank_in_the_middle_of_typing_stays(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        await pilot.press("a", "space", "b")
        assert app.text("title") == "a b"


async def test_typing_replaces_a_short_value_and_adds_to_a_long_one(desk: Desk) -> None:
    app = form(desk, Saves(), values={"title": "lamp", "count": 5})
    async with app.start() as pilot:
        await pilot.press("s", "down", "down", "7", "8", "down", "down", "y")
        assert (app.text("title"), app.text("count"), app.text("urgent")) == ("lamps", "78", "y")


async def test_enter_in_a_text_box_is_a_new_line_and_tab_leaves_it(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        await pilot.press("tab", "a", "enter", "b", "tab")
        assert app.text("text") == "a\nb"
        assert app.current == "count"


async def test_arrows_move_between_fields_and_inside_a_text_box_between_its_lines(desk: Desk) -> None:
    app = form(desk, Saves(), values={"text": "one\ntwo"})
    async with app.start() as pilot:
        visited = []
        for key in ("down", "down", "down", "up", "up", "up", "up"):
            await pilot.press(key)
            visited.append(app.current)
        assert visited == ["text", "text", "count", "text", "text", "title", "lamps"]


async def test_saving_works_from_inside_a_text_box(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves, values={"title": "lamp", "count": 2})
    async with app.start() as pilot:
        await pilot.press("tab", "x", "ctrl+s")
        await idle(app, pilot)
    assert saves.values == [{"title": "lamp", "count": 2, "text": "x"}]


async def test_what_is_needed_is_asked_for_beside_the_field_before_anything_is_saved(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves)
    async with app.start() as pilot:
        await pilot.press("f5")
        await idle(app, pilot)
        assert [one.spec.name for one in app.form.query(Field) if one.wrong] == ["title", "count"]
        assert app.field("title").words == "This is needed."
        assert app.current == "title"
        assert "Title: This is needed." in app.said
    assert saves.values == []


async def test_a_refused_save_keeps_what_was_typed_and_goes_to_the_first_bad_field(desk: Desk) -> None:
    saves = Saves(Refused("That cannot be.", {"others": "Not these.", "count": "Too many."}))
    app = form(desk, saves, values={"title": "lamp"})
    async with app.start() as pilot:
        assert app.current == "count"
        await pilot.press("9", "9", "down", "4", ".", "5", "f5")
        await idle(app, pilot)
        assert (app.field("count").words, app.field("others").words) == ("Too many.", "Not these.")
        assert app.current == "count"
        assert app.said == "Error: That cannot be."
        assert (app.text("title"), app.text("count"), app.text("price")) == ("lamp", "99", "4.5")
        await pilot.press("9", "f5")
        await idle(app, pilot)
    assert saves.values[1] == {"title": "lamp", "count": 9, "price": Decimal("4.5")}


@pytest.mark.parametrize("error", [StoreFull("The disk is full."), NotAllowed("That is not yours.")])
async def test_when_the_store_or_the_rules_say_no_the_form_stays_as_it_is(desk: Desk, error: Exception) -> None:
    app = form(desk, Saves(error), values={"title": "lamp", "count": 1})
    async with app.start() as pilot:
        await pilot.press("f5")
        await idle(app, pilot)
        assert app.said == f"Error: {error}"
        assert app.text("title") == "lamp"
        assert app.results == []


async def test_words_say_how_a_text_was_read_once_its_field_is_left(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        for name, text in (("due", "fri"), ("owner", "mary"), ("colour", "b"), ("count", "many")):
            app.form.set_focus(app.field(name).editor)
            app.field(name).text = text
        await pilot.press("tab")
        await idle(app, pilot)
        assert app.field("due").words == "= 2026-11-20"
        assert app.field("owner").words == "= Mary Lee"
        assert app.field("colour").words == "= blue"
        assert app.field("count").words == "'many' is not a whole number."


async def test_every_kind_of_field_is_saved_as_its_value(desk: Desk) -> None:
    saves = Saves()
    texts = {
        "title": "lamp", "text": "a\nb", "count": "3", "price": "12.50", "urgent": "y",
        "due": "+3d", "at": "tomorrow 9", "colour": "bl", "owner": "ann", "others": "ML, P-2",
        "tags": "New, old", "lamps": "r, blue",
    }  # fmt: skip
    app = form(desk, saves, texts=texts)
    async with app.start() as pilot:
        await pilot.press("f5")
        await idle(app, pilot)
    assert saves.values == [
        {
            "title": "lamp", "text": "a\nb", "count": 3, "price": Decimal("12.50"), "urgent": True,
            "due": date(2026, 11, 23), "at": datetime(2026, 11, 21, 9, tzinfo=UTC), "colour": Colour.BLUE,
            "owner": 3, "others": (1, 2), "tags": "New, old", "lamps": (Colour.RED, Colour.BLUE),
        }
    ]  # fmt: skip


async def test_only_what_was_typed_is_saved_of_an_edit(desk: Desk) -> None:
    person = desk.as_system().get("people", 2)
    calls: list[Any] = []

    def save(before: Any, values: Mapping[str, Any]) -> Done:
        calls.append((before, dict(values)))
        return Done("ok", (), "")

    app = form(desk, save, Person, before=person)
    async with app.start() as pilot:
        await pilot.press("end", "x", "f5")
        await idle(app, pilot)
    assert calls == [(person, {"name": "Max Roex"})]


async def test_after_a_conflict_the_others_value_is_shown_and_a_second_save_goes_over_it(desk: Desk) -> None:
    system = desk.as_system()
    app = form(system, system.edit, Person, before=system.get("people", 2))
    async with app.start() as pilot:
        desk.for_person(1).as_system().edit(system.get("people", 2), {"name": "Maxim", "job": "porter"})
        await pilot.press("end", "x", "f5")
        await idle(app, pilot)
        assert app.text("name") == "Max Roex"
        assert app.field("name").words == "Now: Maxim"
        assert "Name: changed by" in app.said
        assert "F5 once more" in app.said
        assert app.results == []
        await pilot.press("f5")
        await idle(app, pilot)
    after = system.get("people", 2)
    assert (after.name, after.job) == ("Max Roex", "porter")


async def test_a_conflict_of_a_verb_is_told_and_can_be_tried_again(desk: Desk) -> None:
    saves = Saves(Conflict("State: changed by Mary at 10:14."))
    app = form(desk, saves, Small)
    async with app.start() as pilot:
        await pilot.press("x", "enter")
        await idle(app, pilot)
        assert app.said == "Note: State: changed by Mary at 10:14."
        await pilot.press("enter")
        await idle(app, pilot)
    assert len(app.results) == 1


async def test_f4_lists_the_records_and_fills_in_what_names_one(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        app.form.set_focus(app.field("owner").editor)
        await pilot.press("f4", "r", "o", "e", "enter")
        await idle(app, pilot)
        assert app.text("owner") == "MR"
        assert app.field("owner").words == "= Max Roe"


async def test_f4_lists_those_in_use_first(desk: Desk) -> None:
    system = desk.as_system()
    system.edit(system.get("people", 3), {"active": False})
    spec = next(one for one in fields_of(Everything) if one.name == "owner")
    assert [number for _, number in choices(desk, spec)] == [1, 2, 3]


async def test_f4_adds_to_a_list(desk: Desk) -> None:
    app = form(desk, Saves(), texts={"others": "ML", "lamps": "blue"})
    async with app.start() as pilot:
        for name in ("others", "lamps"):
            app.form.set_focus(app.field(name).editor)
            await pilot.press("ctrl+o", "1")
        await idle(app, pilot)
        assert (app.text("others"), app.text("lamps")) == ("ML, AF", "blue, red")


@pytest.mark.parametrize(
    ("name", "keys", "text"), [("colour", "2", "blue"), ("urgent", "1", "yes"), ("due", "2", "2026-11-21")]
)
async def test_f4_lists_what_a_field_can_hold(desk: Desk, name: str, keys: str, text: str) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        app.form.set_focus(app.field(name).editor)
        await pilot.press("f4", *keys)
        assert app.text(name) == text


async def test_f4_says_so_where_there_is_nothing_to_choose(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        await pilot.press("f4")
        assert app.said.startswith("Note: There is nothing to choose")


async def test_f7_repeats_what_was_last_saved_in_this_field_of_this_kind(desk: Desk) -> None:
    repeats: dict[str, dict[str, str]] = {}
    app = form(desk, Saves(), repeats=repeats)
    async with app.start() as pilot:
        await pilot.press("f7")
        assert app.said == "Note: There is nothing to repeat here yet."
        await pilot.press("l", "a", "m", "p", "enter", "3", "enter")
        await idle(app, pilot)
    app = form(desk, Saves(), repeats=repeats)
    async with app.start() as pilot:
        await pilot.press("f7")
        assert app.text("title") == "lamp"
    assert "Small" not in repeats


async def test_save_and_next_keeps_the_fields_marked_for_it(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves, batch=True)
    async with app.start() as pilot:
        await pilot.press("a", "down", "down", "7", "f6")
        await idle(app, pilot)
        assert app.said == "OK: It is saved."
        assert (app.current, app.text("title"), app.text("count")) == ("title", "", "7")
        assert app.form.draft() == {}
        await pilot.press("b", "f6")
        await idle(app, pilot)
        await pilot.press("escape")
    assert saves.values == [{"title": "a", "count": 7}, {"title": "b", "count": 7}]
    assert app.results == [Done("It is saved.", ("T-1",), "")]


async def test_save_and_next_is_not_there_in_other_forms(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves, values={"title": "lamp", "count": 2})
    async with app.start() as pilot:
        await pilot.press("f6")
        await idle(app, pilot)
    assert saves.values == []


async def test_a_scan_fills_the_field_that_awaits_a_record_and_goes_on(desk: Desk) -> None:
    system = desk.as_system()
    system.edit(system.get("people", 2), {"codes": ("4006381",)})
    app = form(desk, Saves(), texts={"title": "lamp"})
    async with app.start() as pilot:
        app.form.set_focus(app.field("title").editor)
        assert not app.form.take_scan("4006381")
        assert app.text("title") == "lamp"
        assert app.said == "Note: This field is typed, not scanned."
        app.form.set_focus(app.field("owner").editor)
        assert app.form.take_scan("secret-badge")
        assert app.text("owner") == ""
        assert "secret" not in app.field("owner").words
        assert app.form.take_scan("4006381")
        await idle(app, pilot)
        assert app.text("owner") == "MR"
        assert app.current == "count"


async def test_the_count_shows_when_the_limit_is_near(desk: Desk) -> None:
    app = form(desk, Saves(), texts={"title": "x" * 17})
    async with app.start() as pilot:
        app.form.set_focus(app.field("title").editor)
        assert app.field("title").count == ""
        await pilot.press("x")
        assert "18/20" in str(app.form.query_one("#help", Static).render())


async def test_more_than_fits_may_be_typed_and_is_refused_in_words(desk: Desk) -> None:
    system = desk.as_system()
    app = form(system, lambda values: system.add("people", values), Person, texts={"name": "x" * 90})
    async with app.start() as pilot:
        await pilot.press("f5")
        await idle(app, pilot)
        assert app.field("name").words == "This has 90 characters; 80 fit."
        assert len(app.text("name")) == 90


async def test_a_form_longer_than_the_screen_scrolls_to_the_field_that_is_typed_in(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start((80, 8)) as pilot:
        await pilot.press("up")
        assert app.current == "lamps"
        region = app.field("lamps").editor.region
        assert app.form.region.contains_region(region)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (80, 24), (200, 60)])
async def test_a_form_can_be_used_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    saves = Saves()
    app = form(desk, saves)
    async with app.start(size) as pilot:
        await pilot.press("a", "enter", "x", "enter", "escape", "escape", "up", "down")
        await pilot.resize_terminal(3, 2)
        await pilot.resize_terminal(80, 24)
        app.field("count").text = "1"
        await pilot.press("f5")
        await idle(app, pilot)
    assert saves.values[-1] == {"title": "a", "count": 1}


async def test_a_verbs_form_leaves_the_rest_of_the_screen_in_view(desk: Desk) -> None:
    app = form(desk, Saves(), Small)
    async with app.start() as pilot:
        await pilot.pause()
        box = app.form.query_one(".dialog")
        assert (box.region.height, box.region.bottom) == (5, 24)
        assert app.form.styles.background.a == 0


async def test_a_form_shows_only_the_fields_asked_for_and_saves_hidden_values_with_them(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves, fields=["title"], values={"count": 5})
    async with app.start() as pilot:
        assert len(app.form.query(Field)) == 1
        await pilot.press("a", "enter")
        await idle(app, pilot)
    assert saves.values == [{"title": "a", "count": 5}]


async def test_a_save_that_ends_behind_another_screen_closes_the_form_and_not_that_screen(desk: Desk) -> None:
    may_end = threading.Event()

    def slow(values: Mapping[str, Any]) -> Done:
        may_end.wait(10)
        return Done("It is saved.", (), "")

    app = form(desk, slow, Small, texts={"note": "x"})
    async with app.start() as pilot:
        await pilot.press("f5")
        while app.said != "Note: Saving ...":
            await pilot.pause(0.01)
        await pilot.press("y", "f5", "escape")
        lock = Confirm("Locked")
        await app.push_screen(lock)
        may_end.set()
        await idle(app, pilot)
        assert app.screen is lock
        assert app.results == []
        assert app.form.draft() == {"note": "xy"}
        await pilot.press("n")
        await idle(app, pilot)
        assert app.form not in app.screen_stack
    assert app.results == [Done("It is saved.", (), "")]


async def test_keys_typed_ahead_reach_the_field_they_were_meant_for(desk: Desk) -> None:
    saves = Saves()
    app = form(desk, saves)
    async with app.start() as pilot:
        for key in ("a", "b", "enter", "1", "2", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await pilot.pause()
        await idle(app, pilot)
    assert saves.values == [{"title": "ab", "count": 12}]


async def test_every_function_key_of_a_form_has_a_twin_that_no_field_needs(desk: Desk) -> None:
    twins = {twin for key, twin, *_ in FORM_KEYS if key.startswith("f")}
    taken = {
        key
        for editor in (Input, TextArea)
        for binding in editor.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    assert "" not in twins
    assert not twins & taken
    app = form(desk, Saves())
    async with app.start() as pilot:
        await pilot.pause()
        assert twins - {"ctrl+n"} <= set(app.form.active_bindings)
        assert "F5=Save" in app.picture()
