"""Fields: a value and its text are the same, pasting, and text that wants to be more than text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import Field as Limit
from textual import events

from botui.data import Desk
from botui.models.base import Line, Prose, Record, Ui, When, Words, clean
from botui.models.office import Role
from botui.models.shape import build, coerce, fields_of
from botui.widgets.fields import Field, as_text, ref_text, typed
from tests.form_app import Colour, Saves, form, idle, make_desk

HOSTILE = (
    "[/x][b]",
    "[@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[2J",
    "a\u202eb\u2066c",
    "x" * 10_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u4f60\u597d \ufe0f",
    "a\nb\r\nc\u2028d\x85e",
    "\ud800\x9b31m\x00",
    "$accent {brackets} %s \\",
    "e" + "\u0301" * 500,
)


class Values(Record):
    """A field of every kind whose value has a text of its own."""

    COLLECTION = "values"

    line: Annotated[Line, Ui(label="Line")] = ""
    prose: Annotated[Prose, Ui(label="Prose")] = ""
    number: Annotated[int | None, Ui(label="Number")] = None
    money: Annotated[Decimal | None, Limit(decimal_places=2), Ui(label="Money")] = None
    weight: Annotated[Decimal | None, Limit(decimal_places=3), Ui(label="Weight")] = None
    yesno: Annotated[bool, Ui(label="Yes or no")] = False
    day: Annotated[date | None, Ui(label="Day")] = None
    when: Annotated[When | None, Ui(label="When")] = None
    choice: Annotated[Colour | None, Ui(label="Choice")] = None
    person: Annotated[int | None, Ui(label="Person", ref="people")] = None
    persons: Annotated[tuple[int, ...], Ui(label="Persons", ref="people")] = ()
    words: Annotated[Words, Ui(label="Words")] = ()
    roles: Annotated[tuple[Role, ...], Ui(label="Roles")] = ()


SPECS = {spec.name: spec for spec in fields_of(Values)}
NAMES = ("Mary Lee", "Mary Lee", "Roe, Max", "P-2", "3", "ML", "mary lee", "Ann [Fox]")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An office in Berlin with people whose names are like those of others."""
    desk = make_desk(tmp_path_factory.mktemp("fields") / "office")
    system = desk.as_system()
    system.add("settings", {"zone": "Europe/Berlin"})
    for name in NAMES:
        system.add("people", {"name": name})
    return desk


@pytest.fixture
def desk(folder: Path) -> Desk:
    return make_desk(folder)


people = st.integers(1, 3 + len(NAMES))
words = st.text(max_size=20).map(lambda text: clean(clean(text.replace(",", "")).lower())).filter(bool)
values = st.one_of(
    st.tuples(st.just("line"), st.text(max_size=200).map(clean).filter(bool)),
    st.tuples(st.just("prose"), st.text(max_size=300).map(lambda text: clean(text, lines=True)).filter(bool)),
    st.tuples(st.just("number"), st.integers(-(10**12), 10**12)),
    st.tuples(st.just("money"), st.decimals(-(10**9), 10**9, places=2)),
    st.tuples(st.just("yesno"), st.booleans()),
    st.tuples(st.just("day"), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    st.tuples(st.just("when"), st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))),
    st.tuples(st.just("choice"), st.sampled_from(Colour)),
    st.tuples(st.just("person"), people),
    st.tuples(st.just("words"), st.lists(words, min_size=1, max_size=5, unique=True).map(tuple)),
    st.tuples(st.just("roles"), st.lists(st.sampled_from(Role), min_size=1, unique=True).map(tuple)),
    st.tuples(st.just("persons"), st.lists(people, min_size=1, max_size=4, unique=True).map(tuple)),
)


@given(values)
def test_the_text_of_a_value_is_read_back_as_that_value(office: Desk, named: tuple[str, Any]) -> None:
    name, value = named
    if isinstance(value, datetime):
        value = value.replace(second=0, microsecond=0)
        local = office.settings.local(value)
        # The hour that the clock shows twice cannot be told apart by its text.
        assume(local.fold == 0 and office.settings.local(value + timedelta(hours=1)).fold == 0)
    text = as_text(SPECS[name], value, office)
    read = build(Values, coerce(Values, {name: text}, office.typing()))
    assert getattr(read, name) == value


@pytest.mark.parametrize(
    ("name", "amount", "text"),
    [
        ("money", "1E+2", "100.00"),
        ("money", "-2.5", "-2.50"),
        ("money", "0", "0.00"),
        ("money", "1E-999999", "1E-999999"),
        ("weight", "1E+2", "100"),
        ("weight", "2.5", "2.5"),
    ],
)
def test_an_amount_is_written_out_unless_that_would_take_a_book_and_money_with_its_cents(
    office: Desk, name: str, amount: str, text: str
) -> None:
    assert as_text(SPECS[name], Decimal(amount), office) == text


def test_a_person_is_called_by_initials_and_never_by_a_name_that_others_have(office: Desk) -> None:
    assert ref_text(office, "people", 1) == "ML"
    assert ref_text(office, "people", 999) == "P-999"


@given(st.text(max_size=60))
def test_text_in_a_field_keeps_its_blanks_and_loses_what_terminals_obey(text: str) -> None:
    shown = typed(text)
    assert clean(shown) == clean(text)
    assert all(letter.isprintable() or letter.isspace() for letter in typed(text) if letter < "\xa0")
    assert typed(f" {shown} ") == f" {shown} "


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_stays_text_in_every_kind_of_field(desk: Desk, text: str) -> None:
    saves = Saves()
    app = form(desk, saves, title=text, info=[text])
    async with app.start() as pilot:
        for field in app.form.query(Field):
            app.form.set_focus(field.editor)
            field.editor.post_message(events.Paste(text))
        await pilot.press("f5")
        await idle(app, pilot)
        picture = app.picture()
        assert all(letter.isprintable() or letter == "\n" for letter in picture if letter < "\xa0")
        assert not any(letter in picture for letter in "\u202e\u2066\x85\x9b")
        assert app.field("count").wrong
        assert clean(app.text("title")) == clean(text)
        assert clean(app.text("text"), lines=True) == clean(text, lines=True)
    assert saves.values == []


async def test_pasted_lines_are_joined_in_a_line_and_kept_in_a_text_box(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        for name in ("title", "text"):
            app.form.set_focus(app.field(name).editor)
            app.field(name).editor.post_message(events.Paste("one\r\ntwo\n"))
            await pilot.pause()
        assert app.text("title") == "one two"
        assert app.text("text") == "one\ntwo\n"


async def test_a_paste_replaces_what_is_selected(desk: Desk) -> None:
    app = form(desk, Saves(), texts={"title": "old"})
    async with app.start() as pilot:
        app.form.set_focus(app.field("title").editor)
        await pilot.press("end", "shift+home")
        app.field("title").editor.post_message(events.Paste("new"))
        await pilot.pause()
        assert app.text("title") == "new"


async def test_words_too_long_for_the_line_go_under_the_field(desk: Desk) -> None:
    app = form(desk, Saves())
    async with app.start() as pilot:
        field = app.field("colour")
        field.say("Short.", wrong=True)
        await pilot.pause()
        assert field.region.height == 1
        assert "! Short." in app.picture()
        field.say("This takes more than the line has, and is read under the field.", wrong=True)
        await pilot.pause()
        assert field.region.height > 1
        assert "read under" in app.picture()
