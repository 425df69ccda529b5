"""Leaving a form: nothing typed is lost unless that is chosen, and what is kept is that person's alone."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from botui.data import Desk
from botui.screens import drafts
from botui.screens.dialogs import Choose
from botui.screens.form import FormScreen
from tests.form_app import FormApp, Saves, Small, form, idle, make_desk


@pytest.fixture
def desk(folder: Path) -> Desk:
    return make_desk(folder)


def small(desk: Desk, key: str = "resolve T-1") -> FormApp:
    return form(desk, Saves(), Small, draft_key=key)


async def leave(app: FormApp, *keys: str) -> None:
    async with app.start() as pilot:
        await pilot.press("a", "b", "escape", *keys)
        await pilot.pause()


async def test_a_form_with_nothing_typed_is_left_at_once(desk: Desk) -> None:
    app = small(desk)
    async with app.start() as pilot:
        await pilot.press("f12")
        await pilot.pause()
    assert app.results == [None]


async def test_leaving_goes_on_with_typing_unless_something_else_is_chosen(desk: Desk) -> None:
    app = small(desk)
    async with app.start() as pilot:
        await pilot.press("a", "b", "escape", "enter")
        assert isinstance(app.screen, FormScreen)
        await pilot.press("f12", "escape", "c")
        assert app.text("note") == "abc"
        assert app.results == []


async def test_a_draft_is_offered_when_the_form_is_opened_again(desk: Desk) -> None:
    await leave(small(desk), "2")
    app = small(desk)
    async with app.start() as pilot:
        await pilot.pause()
        assert "You left this unfinished today 09:00" in app.picture()
        await pilot.press("1")
        assert app.text("note") == "ab"
        await pilot.press("enter")
        await idle(app, pilot)
    assert drafts.find(desk, "resolve T-1") is None


async def test_a_draft_that_is_set_aside_is_offered_again_and_one_thrown_away_is_not(desk: Desk) -> None:
    await leave(small(desk), "2")
    for answer, left in (("escape", True), ("2", False)):
        app = small(desk)
        async with app.start() as pilot:
            await pilot.pause()
            await pilot.press(answer, "escape")
            await pilot.pause()
            assert app.results == [None]
        assert (drafts.find(desk, "resolve T-1") is not None) == left


async def test_what_is_thrown_away_is_gone(desk: Desk) -> None:
    app = small(desk)
    await leave(app, "3")
    assert app.results == [None]
    assert drafts.find(desk, "resolve T-1") is None


async def test_a_draft_says_what_others_wrote_since(desk: Desk) -> None:
    drafts.keep(desk, "resolve T-1", {"note": "mine"}, {"note": "old"})
    app = form(desk, Saves(), Small, draft_key="resolve T-1", values={"note": "theirs"})
    async with app.start() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        assert app.text("note") == "mine"
        assert app.field("note").words == "Now: theirs"


async def test_nobody_else_and_no_other_form_sees_a_draft(desk: Desk) -> None:
    await leave(small(desk), "2")
    assert drafts.find(desk, "resolve T-1") is not None
    assert drafts.find(desk.for_person(2), "resolve T-1") is None
    assert drafts.find(desk, "resolve T-2") is None


async def test_a_draft_is_its_persons_at_whatever_terminal_they_come_back(desk: Desk) -> None:
    await leave(small(desk), "2")
    elsewhere = Desk(desk.store, 1, "ssh 192.0.2.7", desk.clock)
    assert drafts.find(elsewhere, "resolve T-1") == drafts.find(desk, "resolve T-1") is not None
    assert drafts.kept(elsewhere) == drafts.kept(desk) != []
    drafts.drop(elsewhere, "resolve T-1")
    assert drafts.find(desk, "resolve T-1") is None


async def test_who_is_not_signed_in_leaves_no_draft_behind(desk: Desk) -> None:
    app = small(desk.for_person(None))
    async with app.start() as pilot:
        await pilot.press("a", "escape")
        await pilot.pause()
        assert "draft" not in app.picture()
        app.form.keep_draft()
    assert drafts.find(desk.for_person(None), "resolve T-1") is None


async def test_a_locked_form_gives_its_texts_and_takes_them_back(desk: Desk) -> None:
    app = form(desk, Saves(), values={"count": 3})
    async with app.start() as pilot:
        await pilot.press("l", "a", "down", "b", "enter", "c")
        texts = app.form.draft()
    assert texts == {"title": "la", "text": "b\nc"}
    app = form(desk, Saves(), values={"count": 3}, texts=texts)
    async with app.start() as pilot:
        await pilot.pause()
        assert app.form.draft() == texts


def test_a_draft_is_for_this_account_only_and_one_that_cannot_be_read_is_none(desk: Desk, folder: Path) -> None:
    drafts.keep(desk, "form", {"note": "[/x]"}, {"note": ""})
    (file,) = (folder / "drafts").iterdir()
    assert os.stat(file).st_mode & 0o777 == 0o600
    assert os.stat(file.parent).st_mode & 0o777 == 0o700
    assert drafts.find(desk, "form") == drafts.Draft(datetime(2026, 11, 20, 9), {"note": "[/x]"}, {"note": ""})
    for damaged in (b"", b"[]", b'{"at": 1, "texts": [], "was": {}}', b"\xff"):
        file.write_bytes(damaged)
        assert drafts.find(desk, "form") is None


async def test_a_draft_that_cannot_be_written_keeps_the_form_open(desk: Desk, folder: Path) -> None:
    app = small(desk)
    async with app.start() as pilot:
        await pilot.press("a")
        (folder / "drafts").write_text("a file where the folder should be")
        await pilot.press("escape", "2")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert not isinstance(app.screen, Choose)
        assert app.said.startswith("Error: ")
        assert app.text("note") == "a"
