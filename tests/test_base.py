"""What records, changes and user text are made of."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from botui.models.base import (
    LINE_MAX,
    PROSE_MAX,
    Change,
    Choice,
    Kind,
    Line,
    Prose,
    Record,
    Refused,
    Transition,
    View,
    When,
    Words,
    clean,
    fold,
    stamp,
)
from botui.models.errors import (
    BotuiError,
    Conflict,
    NotAllowed,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
)
from botui.models.office import Codes, Person, Place, Presence, Role, Settings
from botui.models.shape import build
from botui.models.tickets import Ticket

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
"""Text of every code point there is, halves of pairs included."""
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = [
    pytest.param("[bold]x[/bold]", "[bold]x[/bold]", id="markup"),
    pytest.param("[/x]", "[/x]", id="closing markup"),
    pytest.param("[@click=app.quit]x[/]", "[@click=app.quit]x[/]", id="action markup"),
    pytest.param("a\x1b[31mb", "a[31mb", id="escape sequence"),
    pytest.param("\x1b]0;title\x07x", "]0;titlex", id="window title"),
    pytest.param("\x9b31mx", "31mx", id="C1 control"),
    pytest.param("a\u202eb", "ab", id="right to left override"),
    pytest.param("\u200e\u2066x\u2069", "x", id="bidi marks"),
    pytest.param("a\x00b\x7f", "ab", id="NUL and DEL"),
    pytest.param("a\ud800b", "ab", id="half of a pair"),
    pytest.param("\ufeffx\u200b", "x", id="not to be seen"),
    pytest.param("a\tb", "a b", id="tab"),
    pytest.param("a\r\nb\rc\nd", "a b c d", id="line ends"),
    pytest.param("a\u2028b\u2029c", "a b c", id="other line ends"),
    pytest.param("e\u0301", "\u00e9", id="accent apart"),
    pytest.param("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469", id="joined emoji"),
    pytest.param("\u6f22\u5b57", "\u6f22\u5b57", id="wide"),
    pytest.param("   ", "", id="blanks"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "kept"), HOSTILE)
def test_hostile_text_is_kept_literally_and_harmless(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(ANY, st.booleans())
@example("e\u200b\u0301", False)
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@given(ANY, st.booleans())
@example("e\u200b\u0301", False)
@example("\xa00", True)
def test_no_control_and_nothing_that_turns_text_survives(text: str, lines: bool) -> None:
    kept = clean(text, lines=lines)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and not (lines and c == "\n")]
    assert not set(kept) & set(BIDI)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    kept.encode()


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=40))
def test_what_can_be_seen_stays(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(ANY)
def test_joiners_stay(text: str) -> None:
    assert clean(text + "a\u200db\u200c").endswith("a\u200db\u200c")


@given(ANY)
def test_one_line_stays_one_line(text: str) -> None:
    assert "\n" not in clean(text)


def test_a_text_of_lines_keeps_them_without_blanks_at_their_ends() -> None:
    assert clean("\n a \r\n\n b\u2028c \n", lines=True) == "a\n\n b\nc"


@given(ANY)
def test_folding_twice_is_folding_once_and_folding_small_letters_is_folding(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(text.casefold())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u00c5kerstr\u00f6m", "AKERSTROM"),
        ("STRASSE", "stra\u00dfe"),
        ("\U0001d400", "a"),
        ("\ufb03", "FFI"),
        ("e\u0301", "E"),
    ],
)
def test_search_does_not_care_for_letters_and_accents(one: str, other: str) -> None:
    assert fold(one) == fold(other)


# --- types of fields ----------------------------------------------------------------------------------------------


class Colour(Choice):
    """A choice for these tests."""

    RED = "red", "warm red"
    BLUE = "blue"


class Thing(BaseModel):
    """A model for these tests."""

    line: Line = ""
    prose: Prose = ""
    words: Words = ()
    codes: Codes = ()
    when: When | None = None
    colour: Colour = Colour.RED
    short: Annotated[Line, Field(max_length=5)] = ""
    needed: Annotated[Line, Field(min_length=1)] = "x"


def test_a_choice_is_its_value_with_a_word() -> None:
    assert Colour("red") is Colour.RED
    assert f"{Colour.RED}" == "red"
    assert (Colour.RED.label, Colour.BLUE.label) == ("warm red", "blue")
    assert Thing.model_validate({"colour": "blue"}).colour is Colour.BLUE
    assert Thing().model_dump(mode="json")["colour"] == "red"


@pytest.mark.parametrize(("name", "limit"), [("line", LINE_MAX), ("prose", PROSE_MAX), ("short", 5)])
def test_limits_count_the_cleaned_text(name: str, limit: int) -> None:
    padded = "  " + "\x00x" * limit + "\u202e  "
    assert len(getattr(build(Thing, {name: padded}), name)) == limit
    with pytest.raises(Refused) as refused:
        build(Thing, {name: " " + "\x00x" * (limit + 1)})
    assert refused.value.fields == {name: f"This has {limit + 1:,} characters; {limit:,} fit."}


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u202e\u200b"])
def test_a_needed_text_of_nothing_to_be_seen_is_missing(text: str) -> None:
    with pytest.raises(Refused) as refused:
        build(Thing, {"needed": text})
    assert refused.value.fields == {"needed": "This is needed."}


@pytest.mark.parametrize("name", ["line", "prose", "words", "codes"])
@pytest.mark.parametrize("value", [1, 2.5, {"a": 1}, b"\xff", object()])
def test_a_text_that_is_none_is_refused(name: str, value: object) -> None:
    with pytest.raises(Refused):
        build(Thing, {name: value})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vip, VIP ,late", ("vip", "late")),
        (["VIP", "\x1b", "", "late\u202e"], ("vip", "late")),
        ("", ()),
        (" , ,", ()),
    ],
)
def test_words_are_small_and_none_is_there_twice(typed: object, kept: tuple[str, ...]) -> None:
    assert build(Thing, {"words": typed}).words == kept


def test_bytes_are_cleaned_as_text_is() -> None:
    assert build(Thing, {"line": b"\x1b[1mx"}).line == "[1mx"


def test_words_have_a_limit_each_and_together() -> None:
    with pytest.raises(Refused, match="30 fit"):
        build(Thing, {"words": [f"w{number}" for number in range(31)]})
    with pytest.raises(Refused):
        build(Thing, {"words": ["x" * 41]})
    with pytest.raises(Refused):
        build(Thing, {"words": ["ok", 5]})


def test_codes_keep_their_letters() -> None:
    assert build(Thing, {"codes": "Ab-1, ab-1,Ab-1\x00"}).codes == ("Ab-1", "ab-1")
    assert build(Thing, {"codes": ["A", "A", " "]}).codes == ("A",)


def test_a_moment_is_kept_in_utc_and_whole_seconds() -> None:
    berlin = datetime(2026, 11, 21, 10, 12, 5, 999999, tzinfo=timezone(timedelta(hours=1)))
    thing = build(Thing, {"when": berlin})
    assert thing.when == datetime(2026, 11, 21, 9, 12, 5, tzinfo=UTC)
    assert thing.when.tzinfo is UTC
    assert thing.model_dump(mode="json")["when"] == stamp(berlin) == "2026-11-21T09:12:05Z"


def test_a_moment_without_zone_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        build(Thing, {"when": datetime(2026, 11, 21, 10, 12)})
    assert refused.value.fields == {"when": "This time needs its zone."}


MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.timezones())


@given(MOMENTS, MOMENTS)
def test_moments_as_text_are_in_the_order_of_time(one: datetime, other: datetime) -> None:
    one, other = (build(Thing, {"when": moment}).when or one for moment in (one, other))
    assert (stamp(one) < stamp(other)) is (one < other)


@given(st.datetimes(timezones=st.timezones()))
def test_any_moment_is_kept_so_that_it_can_be_read_again_or_refused(moment: datetime) -> None:
    words = ""
    try:
        kept = build(Thing, {"when": moment})
    except Refused as refused:
        words = refused.fields["when"]
    assert "is not between 1900 and 2199" in words or Thing.model_validate(kept.model_dump(mode="json")) == kept


# --- records ------------------------------------------------------------------------------------------------------

PEOPLE = st.builds(
    Person,
    id=st.integers(1, 10**6),
    name=st.text(min_size=1, max_size=30).map(clean).filter(bool),
    initials=st.text("ABC", max_size=3),
    department=st.none() | st.integers(1, 99),
    roles=st.lists(st.sampled_from(Role), unique=True).map(tuple),
    presence=st.sampled_from(Presence),
    back_at=st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    codes=st.lists(st.text("ab1-", min_size=1, max_size=5), unique=True, max_size=4).map(tuple),
    active=st.booleans(),
)


@given(PEOPLE)
def test_a_record_comes_back_from_its_document(person: Person) -> None:
    doc = person.doc()
    assert Person.load(person.id, doc) == person.model_copy(update={"roles": person.roles or (Role.STAFF,)})
    assert not {"id"} & doc.keys()
    assert all(value not in (None, "", []) for value in doc.values())


def test_a_record_says_its_reference_and_stays_as_it_is() -> None:
    person: Any = Person(id=7, name="Ann")
    assert person.ref == "P-7"
    with pytest.raises(ValidationError):
        person.name = "Bob"


# --- changes ------------------------------------------------------------------------------------------------------

HOUSE = Place(id=1, name="House", codes=("H",))


def _put(change: Change, number: int = 1) -> Any:
    return change.puts["places", number]


def test_a_change_carries_only_what_changes_with_the_value_it_had() -> None:
    put = _put(Change("places.edit").set(HOUSE, name="Home", codes=("H",), within=2))
    assert put.fields == {"name": "Home", "within": 2}
    assert put.was == {"name": "House", "within": None}


def test_a_change_to_the_same_values_is_none() -> None:
    assert Change("places.edit").set(HOUSE, name="House", within=None).puts == {}


def test_a_field_that_is_emptied_goes() -> None:
    assert _put(Change("places.edit").set(HOUSE, codes=())).fields == {"codes": None}


def test_later_values_of_one_change_count_and_the_first_old_ones_stay() -> None:
    change = Change("places.edit").set(HOUSE, name="Home").set(HOUSE, name="Manor", within=3)
    assert _put(change).fields == {"name": "Manor", "within": 3}
    assert _put(change).was == {"name": "House", "within": None}


def test_a_value_that_is_set_back_in_one_change_is_as_before() -> None:
    change = Change("places.edit").set(HOUSE, name="Home").set(HOUSE, name="House")
    assert _put(change).fields == _put(change).was == {"name": "House"}


def test_a_new_record_may_be_changed_in_its_own_change() -> None:
    change = Change("places.add").add(HOUSE).set(HOUSE, name="Home")
    assert _put(change).was is None
    assert _put(change).fields == {"name": "Home", "codes": ["H"], "active": True}


def test_a_record_that_is_removed_is_kept_in_the_change() -> None:
    put = _put(Change("places.remove").remove(HOUSE))
    assert put.gone
    assert put.was == HOUSE.doc()


def test_changes_of_different_records_are_joined_and_of_the_same_are_not() -> None:
    other = Place(id=2, name="Hut")
    joined = Change("places.edit").set(HOUSE, name="Home").join(Change("places.edit").set(other, name="Shed"))
    assert set(joined.puts) == {("places", 1), ("places", 2)}
    with pytest.raises(ValueError, match="the same record"):
        joined.join(Change("places.edit").set(other, name="Barn"))


# --- kinds --------------------------------------------------------------------------------------------------------


def _rule(*_: object) -> Change:
    return Change("x.y")


def test_a_verb_has_the_letter_of_the_one_table() -> None:
    assert Transition(name="take", label="Take", rule=_rule).key == "t"


def test_what_a_kind_does_not_have_is_refused_with_what_it_has() -> None:
    view = View(name="all", label="All", where=lambda _: {})
    kind = Kind(model=Place, one="place", many="Places", views=(view,))
    assert kind.view("all") is view
    assert kind.name == "places"
    with pytest.raises(Refused, match="Places have no 'fly'; there is: none"):
        kind.transition("fly")
    with pytest.raises(Refused, match="Places have no view 'odd'; there is: all"):
        kind.view("odd")


@pytest.mark.parametrize(
    ("record", "title"), [(HOUSE, "House"), (Settings(name="X"), "X"), (Ticket(id=4, subject="Ink"), "T-4")]
)
def test_a_kind_without_a_title_of_its_own_takes_the_name(record: Record, title: str) -> None:
    kind: Kind[Any] = Kind(model=type(record), one="x", many="X")
    assert kind.title(record) == title


@pytest.mark.parametrize(
    ("error", "code"),
    [(Refused, 1), (Conflict, 1), (NotAllowed, 1), (StoreLocked, 3), (StoreDamaged, 3), (StoreFull, 3)],
)
def test_every_error_is_of_one_family_with_a_sentence_and_an_exit_code(error: type[BotuiError], code: int) -> None:
    assert str(error("In words.")) == "In words."
    assert error("x").exit_code == code
    assert issubclass(error, StoreError) is (code == 3)


def test_a_class_of_records_names_its_collection() -> None:
    class Odd(Record):
        COLLECTION: ClassVar[str] = "places"

    assert Odd(id=3).ref == "PL-3"
