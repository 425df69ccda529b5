"""The small questions: safe answers first, keys only, any size, any text."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from botui.screens.dialogs import Choose, Confirm, Tell
from tests.form_app import ShowApp
from tests.test_form_fields import HOSTILE

MANY = [(f"Entry {number}", number) for number in range(5000)]


async def answers(dialog: Any, *keys: str) -> list[Any]:
    app = ShowApp(dialog)
    async with app.start() as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    return app.results


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["n"], False),
        (["enter"], False),
        (["escape"], False),
        (["f12"], False),
        (["tab", "enter"], True),
        (["left", "right", "enter"], False),
        (["x", "1", "y"], True),
    ],
)
async def test_a_question_is_answered_by_its_letter_and_enter_does_no_harm(keys: list[str], answer: bool) -> None:
    assert await answers(Confirm("Undo: Resolve T-12?"), *keys) == [answer]


async def test_the_safe_answer_may_be_yes() -> None:
    assert await answers(Confirm("Keep it?", safe=True), "enter") == [True]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], 0),
        (["3"], 2),
        (["down", "down", "up", "enter"], 1),
        (["pagedown", "enter"], 8),
        (["4", "2"], 3),
        (["y", "space", "4", "2", "enter"], 42),
        (["Y", "space", "E", "down", "enter"], 1),
        (["f12"], None),
        (["escape"], None),
    ],
)
async def test_one_of_many_is_taken_by_digit_cursor_or_filter(keys: list[str], answer: int | None) -> None:
    assert await answers(Choose("Which", MANY), *keys) == [answer]


async def test_a_filter_that_nothing_fits_takes_nothing() -> None:
    app = ShowApp(Choose("Which", MANY))
    async with app.start() as pilot:
        await pilot.press("q", "enter")
        assert app.results == []
        assert "Nothing fits" in app.picture()
        await pilot.press("backspace", "7")
        await pilot.pause()
    assert app.results == [6]


async def test_a_digit_beyond_the_last_entry_takes_nothing() -> None:
    assert await answers(Choose("Which", [("one", 1)]), "2", "0", "backspace", "1") == [1]


async def test_what_is_chosen_may_be_anything() -> None:
    assert await answers(Choose("Which", [("nothing", None), ("no", False)]), "2") == [False]


async def test_an_empty_list_says_so_and_is_left() -> None:
    app = ShowApp(Choose("Which", [], empty="None yet."))
    async with app.start() as pilot:
        await pilot.pause()
        assert "None yet." in app.picture()
        await pilot.press("enter", "1")
        assert app.results == []
        await pilot.press("escape")
        await pilot.pause()
    assert app.results == [None]


async def test_keys_typed_ahead_filter_before_enter_takes() -> None:
    app = ShowApp(Choose("Which", MANY))
    async with app.start() as pilot:
        await pilot.pause()
        for key in ("y", "space", "1", "2", "3", "4", "enter"):
            character = {"space": " ", "enter": "\r"}.get(key, key)
            app.post_message(events.Key(key, character))
        await pilot.pause()
        await pilot.pause()
    assert app.results == [1234]


async def test_a_long_text_is_read_with_the_arrow_keys() -> None:
    app = ShowApp(Tell("History", "\n".join(f"line {number}." for number in range(100))))
    async with app.start() as pilot:
        await pilot.pause()
        assert "line 0." in app.picture()
        assert "History" in app.picture()
        await pilot.press("end")
        await pilot.pause(0.3)
        assert "line 99." in app.picture()
        await pilot.press("escape")
        await pilot.pause()
    assert app.results == [None]


def dialogs(text: str) -> list[Any]:
    return [Confirm(text, yes=text, no=text), Choose(text, [(text, 1), (text, 2)]), Tell(text, text)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_stays_text(text: str) -> None:
    first, *others = dialogs(text)
    app = ShowApp(first)
    async with app.start() as pilot:
        for dialog in [None, *others]:
            if dialog is not None:
                app.push_screen(dialog, app.results.append)
            await pilot.pause()
            picture = app.picture()
            assert all(letter.isprintable() or letter == "\n" for letter in picture if letter < "\xa0")
            assert not any(letter in picture for letter in "\u202e\u2066\x85\x9b")
            await pilot.press("escape")
    assert len(app.results) == 1 + len(others)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (200, 60)])
async def test_dialogs_work_at_any_size(size: tuple[int, int]) -> None:
    for dialog in dialogs("Is this what you want to do, all of it, now?"):
        app = ShowApp(dialog)
        async with app.start(size) as pilot:
            await pilot.resize_terminal(80, 24)
            assert dialog.query_one(".dialog").region.bottom == 24
            await pilot.press("escape")
        assert len(app.results) == 1
