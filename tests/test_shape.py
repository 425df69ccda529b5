"""Models as data: what is typed becomes values, what is wrong is said in words, values become what is shown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from botui.models.base import Choice, Line, Prose, Refused, Ui, When, Words
from botui.models.shape import FieldKind, Typing, build, choose, coerce, explain, fields_of, refusal, show

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)


class Size(Choice):
    """A choice for these tests."""

    SMALL = "s", "small"
    LARGE = "l", "large"
    LASTING = "x", "lasting"


class Form(BaseModel):
    """One field of every sort."""

    model_config = ConfigDict(extra="forbid")

    line: Annotated[Line, Field(min_length=1, max_length=10), Ui(label="Line")]
    prose: Annotated[Prose, Ui(label="Prose")] = ""
    words: Annotated[Words, Ui(label="Words")] = ()
    number: Annotated[int, Field(ge=1, le=9), Ui(label="Number")] = 3
    maybe: Annotated[int | None, Ui(label="Maybe")] = None
    money: Annotated[Decimal, Field(gt=0), Ui(label="Money")] = Decimal(1)
    price: Annotated[Decimal | None, Field(decimal_places=4), Ui(label="Price")] = None
    yes: Annotated[bool, Ui(label="Yes")] = False
    day: Annotated[date | None, Ui(label="Day")] = None
    moment: Annotated[When | None, Ui(label="Moment")] = None
    size: Annotated[Size, Ui(label="Size")] = Size.SMALL
    sizes: Annotated[tuple[Size, ...], Ui(label="Sizes")] = ()
    who: Annotated[int | None, Ui(label="Who", ref="people")] = None
    many: Annotated[tuple[int, ...], Ui(label="Many", ref="people")] = ()
    other: Annotated[dict[str, int], Ui(label="Other")] = {}
    pairs: Annotated[tuple[tuple[int, int], ...], Ui(label="Pairs")] = ()
    note: Annotated[str, Ui(label="Note")] = ""
    hidden: int = 0


SPECS = {spec.name: spec for spec in fields_of(Form)}


def find(collection: str, text: str) -> int:
    """Know people by numbers written as words."""
    numbers = {"one": 1, "two": 2}
    if text.strip() not in numbers:
        raise Refused(f"There is no '{text.strip()}' among {collection}.")
    return numbers[text.strip()]


TYPING = Typing(NOW, "dmy", find)


def test_every_field_with_a_label_is_known_by_how_it_is_typed() -> None:
    assert {name: spec.kind.value for name, spec in SPECS.items()} == {
        "line": "line",
        "prose": "prose",
        "words": "words",
        "number": "number",
        "maybe": "number",
        "money": "money",
        "price": "money",
        "yes": "yesno",
        "day": "date",
        "moment": "when",
        "size": "choice",
        "sizes": "choices",
        "who": "ref",
        "many": "refs",
        "other": "other",
        "pairs": "other",
        "note": "line",
    }


def test_what_is_needed_how_much_fits_and_what_may_be_chosen() -> None:
    assert [name for name, spec in SPECS.items() if spec.required] == ["line"]
    assert (SPECS["line"].limit, SPECS["prose"].limit, SPECS["number"].limit) == (10, 20_000, 0)
    assert SPECS["size"].choices == SPECS["sizes"].choices == tuple(Size)
    assert (SPECS["size"].label, SPECS["line"].choices) == ("Size", ())
    assert fields_of(Form) is fields_of(Form), "looked at once"


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("line", " ab ", " ab "),
        ("line", "", ""),
        ("prose", "", ""),
        ("prose", "a\nb", "a\nb"),
        ("words", "a, b", "a, b"),
        ("number", "7", 7),
        ("number", " -1 200 ", -1200),
        ("number", "", 3),
        ("maybe", "  ", None),
        ("money", "1 234.50", Decimal("1234.50")),
        ("money", "-1'000", Decimal(-1000)),
        ("money", "12,50", Decimal("12.50")),
        ("money", ",5", Decimal("0.5")),
        ("money", "0,125", Decimal("0.125")),
        ("money", "1.234,50", Decimal("1234.50")),
        ("money", "1,234.50", Decimal("1234.50")),
        ("money", "1.234.567", Decimal(1234567)),
        ("price", "1.234", Decimal("1.234")),
        ("yes", "Yes", True),
        ("yes", "x", True),
        ("yes", "n", False),
        ("yes", "-", False),
        ("yes", "", False),
        ("day", "fri", date(2026, 11, 27)),
        ("day", "3.12.", date(2026, 12, 3)),
        ("moment", "tomorrow 14:30", datetime(2026, 11, 24, 14, 30, tzinfo=BERLIN)),
        ("size", "LARGE", Size.LARGE),
        ("size", "x", Size.LASTING),
        ("size", "sm", Size.SMALL),
        ("sizes", "small, lar,", (Size.SMALL, Size.LARGE)),
        ("who", " one ", 1),
        ("who", "", None),
        ("many", "two, one,", (2, 1)),
        ("many", "", ()),
        ("note", "x", "x"),
    ],
)
def test_what_is_typed_becomes_a_value(field: str, typed: str, value: object) -> None:
    assert coerce(Form, {field: typed}, TYPING) == {field: value}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("number", "seven", "'seven' is not a whole number."),
        ("number", "1.5", "'1.5' is not a whole number."),
        ("number", "1_000", "'1_000' is not a whole number."),
        ("number", "9" * 13, "is too large."),
        ("number", "9" * 5000, "is not a whole number."),
        ("money", "much", "'much' is not an amount; write it like 1234.50."),
        ("money", "nan", "'nan' is not an amount; write it like 1234.50."),
        ("money", "Infinity", "'Infinity' is not an amount; write it like 1234.50."),
        ("money", "1e12", "'1e12' is not an amount; write it like 1234.50."),
        ("money", "1000000000000", "'1000000000000' is not an amount that can be kept."),
        ("money", "1,234", "'1,234' could be 1234.00 or 1.234; write it like 1234.50."),
        ("money", "-1.234", "'-1.234' could be -1234.00 or -1.234; write it like 1234.50."),
        ("money", "1,23.4", "'1,23.4' is not an amount; write it like 1234.50."),
        ("price", "1,234", "'1,234' could be 1234.00 or 1.234; write it like 1234.50."),
        ("yes", "perhaps", "'perhaps' is neither yes nor no."),
        ("day", "31.2.", "31"),
        ("day", "[/x]", "'[/x]'"),
        ("moment", "at some time", "A time is written"),
        ("size", "la", "'la' is not one of: small, large, lasting."),
        ("size", "huge", "'huge' is not one of: small, large, lasting."),
        ("sizes", "small, huge", "'huge' is not one of"),
        ("who", "three", "There is no 'three' among people."),
        ("many", "one, three", "There is no 'three' among people."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_at_its_field(field: str, typed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        coerce(Form, {field: typed}, TYPING)
    assert list(refused.value.fields) == [field]
    assert words in refused.value.fields[field]
    assert str(refused.value) == f"{SPECS[field].label}: {refused.value.fields[field]}"


AMOUNTS = st.decimals(Decimal("-9999999.99"), Decimal("9999999.99"), places=2)


@given(AMOUNTS, st.sampled_from([",.", ".,", "' ", " ,", "'.", " .", "',"]), st.booleans())
def test_an_amount_is_the_same_with_whatever_marks_and_never_misread(value: Decimal, marks: str, cents: bool) -> None:
    parts = f"{value if cents else int(value):,}".replace(",", "\0").replace(".", "\1")
    typed = parts.replace("\0", marks[0]).replace("\1", marks[1] if marks[1] != " " else ".")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", typed):
        with pytest.raises(Refused, match="could be"):
            coerce(Form, {"money": typed}, TYPING)
    else:
        assert coerce(Form, {"money": typed}, TYPING)["money"] == (value if cents else int(value))


@given(st.text("0123456789.,' +-", max_size=12))
def test_of_any_marks_an_amount_keeps_its_digits_or_is_refused(typed: str) -> None:
    try:
        read = coerce(Form, {"money": typed}, TYPING)["money"]
    except Refused:
        return
    digits = "".join(one for one in typed if one.isdigit())
    assert typed.strip() == "" or int(digits) == abs(int(read.scaleb(-read.as_tuple().exponent)))


@given(st.decimals(0, Decimal("999999.9999"), places=4))
def test_a_price_is_read_as_it_is_shown(value: Decimal) -> None:
    for shown in (str(value), f"{value.normalize():f}"):
        assert coerce(Form, {"price": shown}, TYPING)["price"] == value


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused, match=r"Number: .* Yes: ") as refused:
        coerce(Form, {"number": "x", "line": "ok", "yes": "perhaps"}, TYPING)
    assert set(refused.value.fields) == {"number", "yes"}


@pytest.mark.parametrize("name", ["hidden", "odd", "id"])
def test_a_field_that_is_not_there_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(Refused, match=f"There is no field '{name}'; there is: line, prose, words"):
        coerce(Form, {name: "1"}, TYPING)


@given(st.sampled_from(sorted(SPECS)), st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_becomes_a_value_or_is_refused(field: str, typed: str) -> None:
    wrong: dict[str, str] = {field: "It has a value."}
    try:
        values = coerce(Form, {"line": "x", field: typed}, TYPING)
        build(Form, {name: value for name, value in values.items() if value is not None})
    except Refused as refused:
        wrong = refused.fields
    assert set(wrong) == {field}
    assert wrong[field].endswith(".")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, {"line": "This is needed."}),
        ({"line": ""}, {"line": "This is needed."}),
        ({"line": "x" * 11}, {"line": "This has 11 characters; 10 fit."}),
        ({"line": "x", "words": ["w"] * 5 + [f"w{n}" for n in range(40)]}, {"words": "These are too many; 30 fit."}),
        ({"line": "x", "words": ["w" * 41]}, {"words": "This has 41 characters; 40 fit."}),
        ({"line": "x", "number": 0}, {"number": "This must be 1 or more."}),
        ({"line": "x", "number": 10}, {"number": "This must be 9 or less."}),
        ({"line": "x", "money": 0}, {"money": "This must be more than 0."}),
        ({"line": "x", "moment": datetime(2026, 1, 1)}, {"moment": "This time needs its zone."}),
        ({"line": "x", "odd": 1}, {"odd": "There is no such field."}),
        ({"line": "x", "number": "many"}, {"number": "This is not a whole number."}),
        ({"line": "x", "number": 1.5}, {"number": "This is not a whole number."}),
        ({"line": "x", "size": "huge"}, {"size": "This is not one of: 's', 'l' or 'x'."}),
        ({"line": 5}, {"line": "This is not a text."}),
        ({"line": "x", "yes": "perhaps"}, {"yes": "This is neither yes nor no."}),
        ({"line": "x", "day": "31.2."}, {"day": "This is not a date such as 2026-12-31."}),
        ({"line": "x", "moment": "soon"}, {"moment": "This is not a time such as 2026-12-31T09:30:00Z."}),
        ({"line": "x", "money": "much"}, {"money": "This is not an amount."}),
        ({"line": "x", "price": "0.00004"}, {"price": "This has more than 4 digits behind the point."}),
    ],
)
def test_a_model_that_is_not_valid_says_why_for_each_field(values: dict[str, Any], words: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        build(Form, values)
    assert refused.value.fields == words


def test_the_first_thing_wrong_with_a_field_is_said() -> None:
    with pytest.raises(ValidationError) as error:
        Form.model_validate({"line": "x", "many": ["a", "b"]})
    assert explain(error.value) == {"many": "This is not a whole number."}


def test_something_wrong_with_the_whole_is_said_without_a_field() -> None:
    with pytest.raises(ValidationError) as error:
        Form.model_validate(5)
    assert set(explain(error.value)) == {""}
    assert str(refusal(Form, {"": "Odd.", "line": "Short.", "unknown": "What?"})) == (
        "This: Odd. Line: Short. unknown: What?"
    )


def test_a_valid_model_is_built() -> None:
    assert build(Form, {"line": "x", "size": "l"}).size is Size.LARGE


def test_a_choice_is_named_by_value_word_or_only_beginning() -> None:
    spec = SPECS["size"]
    assert [choose(spec, text) for text in ("s", "Large", "las")] == [Size.SMALL, Size.LARGE, Size.LASTING]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("line", "", ""),
        ("who", None, ""),
        ("many", (), ""),
        ("line", "[b]x", "[b]x"),
        ("number", 0, "0"),
        ("money", Decimal("1.50"), "1.50"),
        ("yes", True, "yes"),
        ("yes", False, "no"),
        ("day", date(2026, 12, 3), "2026-12-03"),
        ("moment", datetime(2026, 11, 23, 9, 5, tzinfo=UTC), "2026-11-23 10:05"),
        ("size", Size.LARGE, "large"),
        ("sizes", (Size.LARGE, Size.SMALL), "large, small"),
        ("words", ("a", "b"), "a, b"),
        ("who", 7, "people 7"),
        ("many", (7, 8), "people 7, people 8"),
    ],
)
def test_a_value_is_shown_in_the_office_s_words(field: str, value: object, text: str) -> None:
    shown = show(SPECS[field], value, lambda name, number: f"{name} {number}", lambda moment: moment.astimezone(BERLIN))
    assert shown == text


@given(st.builds(Form, line=st.just("x"), number=st.integers(1, 9), yes=st.booleans(), size=st.sampled_from(Size)))
def test_what_is_shown_can_be_typed_again(form: Form) -> None:
    for name in ("line", "number", "yes", "size", "money", "words"):
        value = getattr(form, name)
        text = show(SPECS[name], value, lambda _, number: str(number), lambda moment: moment)
        typed = coerce(Form, {"line": "x", name: text}, TYPING)
        assert getattr(build(Form, typed), name) == value


def test_kinds_of_fields_are_words() -> None:
    assert all(kind.value.isalpha() for kind in FieldKind)
