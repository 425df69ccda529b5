"""What every area and every collection promises, asked of each entry of the registry: a new area is tested for free."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest

from botui import access, areas
from botui.models import base
from botui.models.base import VERB_KEYS, Arguments, Change, Kind, Record, Rules, Transition, View, clean
from botui.models.office import Context, Settings
from botui.models.shape import FieldKind, build, fields_of
from tests.offices import ANN, Clock, needed

COLLECTIONS = [pytest.param(one, id=one.name) for one in areas.COLLECTIONS]
KINDS = [pytest.param(areas.kind(one.name), id=one.name) for one in areas.COLLECTIONS]
VERBS = [
    pytest.param(areas.kind(one.name), verb, id=f"{one.name}.{verb.name}")
    for one in areas.COLLECTIONS
    for verb in areas.kind(one.name).transitions
]
VIEWS = [
    pytest.param(areas.kind(one.name), view, id=f"{one.name}.{view.name}")
    for one in areas.COLLECTIONS
    for view in areas.kind(one.name).views
]
DESK_KEYS = frozenset("nvudqH:?/.*[] 0123456789")
"""Keys that mean the same everywhere and are no verb's."""
HOSTILE = "[/x] [@click=app.quit]\x1b[31m\u202e\x00 \u6f22\ud800 'a' \"b\" \\ \x9b\U0001f468\u200d\U0001f469"
"""Markup, an escape sequence, a bidi mark, a NUL, half of a pair, wide and joined characters."""


# --- the registry -------------------------------------------------------------------------------------------------


def test_names_and_prefixes_are_given_once() -> None:
    for words in (
        [one.name for one in areas.COLLECTIONS],
        [one.prefix for one in areas.COLLECTIONS],
        [one.kind for one in areas.COLLECTIONS],
        [one.name for one in areas.AREAS],
        [one.key for one in areas.AREAS],
        [one.label for one in areas.AREAS],
    ):
        assert max(Counter(words).values()) == 1


@pytest.mark.parametrize("area", [one.name for one in areas.AREAS])
def test_an_area_says_which_of_its_files_is_about_what(area: str) -> None:
    package = import_module(f"botui.models.{area}")
    files = {one.name for one in iter_modules(package.__path__)}
    named = set(re.findall(r"``(\w+)``", package.__doc__ or ""))
    bound = {one for one in files if one.endswith(("_kind", "_rules", "_views"))}
    assert named - bound == files - bound


@pytest.mark.parametrize("one", COLLECTIONS)
def test_a_collection_is_what_its_kind_says(one: areas.Collection) -> None:
    kind = areas.kind(one.name)
    assert isinstance(kind, Kind)
    assert kind.name == kind.model.COLLECTION == one.name
    assert areas.collection(one.name) is one
    assert one.area in {area.name for area in areas.AREAS}
    assert one.name.replace("_", "").isalpha()
    assert one.name.islower()
    assert one.prefix.isalpha()
    assert one.prefix.isupper()
    assert kind.one
    assert kind.many[0].isupper()


@pytest.mark.parametrize("area", areas.AREAS, ids=lambda area: area.name)
def test_an_area_has_a_digit_a_screen_and_counts_that_there_are(area: areas.Area) -> None:
    assert area.key in tuple("123456789")
    module, colon, name = area.screen.partition(":")
    assert colon
    assert Path(__file__).parents[1].joinpath(*module.split(".")).with_suffix(".py").exists()
    assert name.isidentifier()
    for summary in area.summary:
        collection, _, view = summary.partition(":")
        assert areas.collection(collection).area == area.name
        assert areas.kind(collection).view(view)
    if area.clock:
        assert callable(areas.load(area.clock))


def test_a_collection_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        areas.collection("odd")
    with pytest.raises(KeyError):
        areas.kind("odd")


# --- shape --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_fields_have_words_limits_and_point_to_collections_that_there_are(kind: Kind[Any]) -> None:
    specs = fields_of(kind.model)
    assert specs
    assert max(Counter(spec.label for spec in specs).values()) == 1, "two fields with the same word"
    for spec in specs:
        assert spec.label[0].isupper(), spec.name
        assert spec.label == spec.label.strip()
        assert not spec.ui.ref or areas.collection(spec.ui.ref)
        assert (spec.kind in (FieldKind.REF, FieldKind.REFS)) is bool(spec.ui.ref)
        if spec.kind in (FieldKind.LINE, FieldKind.PROSE):
            assert spec.limit, f"{spec.name} takes text without end"
        for choice in spec.choices:
            assert choice.label
        if spec.kind is not FieldKind.OTHER:
            continue
        assert not spec.ui.form, f"{spec.name} cannot be typed"


@pytest.mark.parametrize("kind", KINDS)
def test_columns_index_text_and_codes_name_fields_that_there_are(kind: Kind[Any]) -> None:
    fields = set(kind.model.model_fields)
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    assert set(kind.index) <= fields
    assert not set(kind.derived) & fields
    assert set(kind.text) <= fields
    assert set(kind.aliases) <= fields
    assert {specs[name].kind for name in kind.aliases} <= {FieldKind.LINE, FieldKind.WORDS}
    assert not kind.parent or specs[kind.parent].ui.ref
    assert not kind.parent or kind.parent in kind.index
    assert kind.columns or any(spec.ui.column for spec in specs.values())
    for name in kind.columns:
        assert name in kind.derived or specs[name].ui.column, f"{name} has no width"
    for name in kind.index:
        one = specs.get(name)
        several = (FieldKind.WORDS, FieldKind.REFS, FieldKind.CHOICES, FieldKind.OTHER)
        assert one is None or name in kind.several or one.kind not in several


@pytest.mark.parametrize("kind", KINDS)
def test_columns_fit_on_eighty_cells(kind: Kind[Any]) -> None:
    specs = [spec for spec in fields_of(kind.model) if spec.ui.column and not spec.ui.wide]
    shown = [spec for spec in specs if not kind.columns or spec.name in kind.columns]
    reference = len(areas.ref(kind.name, 99_999)) + 1
    # the widest text takes the room that is left; 12 cells of it are a name
    texts = (spec.ui.column for spec in shown if spec.kind in (FieldKind.LINE, FieldKind.PROSE))
    flexible = max(texts, default=12)
    assert reference + sum(spec.ui.column + 1 for spec in shown) - flexible + 12 <= 80


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_defaults_comes_back_from_its_document(kind: Kind[Any]) -> None:
    record = kind.model.model_validate({**needed(kind.model), "id": 3})
    assert kind.model.load(3, record.doc()) == record
    assert kind.model.load(3, json.loads(json.dumps(record.doc()))) == record
    assert record.ref == f"{areas.collection(kind.name).prefix}-3"
    assert clean(kind.title(record)) == kind.title(record) != ""


@pytest.mark.parametrize("kind", KINDS)
def test_states_have_words(kind: Kind[Any]) -> None:
    if "state" in kind.model.model_fields:
        spec = next(spec for spec in fields_of(kind.model) if spec.name == "state")
        assert set(kind.states) == {member.value for member in spec.choices}
        assert all(kind.states.values())
        assert not spec.ui.form, "a state is moved by verbs"
    else:
        assert not kind.states


@pytest.mark.parametrize("kind", KINDS)
def test_a_style_of_a_row_is_one_of_few_also_for_a_document_of_nothing(kind: Kind[Any]) -> None:
    if kind.row_style is not None:
        docs: list[dict[str, Any]] = [{}, kind.model.model_validate(needed(kind.model)).doc()]
        for doc in docs:
            assert kind.row_style(doc, "2026-11-23T09:00:00Z") in ("late", "soon", "done", "")


# --- verbs --------------------------------------------------------------------------------------------------------


def test_letters_of_verbs_are_letters_that_the_desk_does_not_use() -> None:
    assert all(len(key) == 1 and key.isascii() and key.isalpha() for key in VERB_KEYS.values())
    assert not DESK_KEYS & set(VERB_KEYS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_the_rules_of_a_kind_are_there_when_they_are_needed(kind: Kind[Any]) -> None:
    assert isinstance(kind.loaded, Rules)
    assert kind.loaded is kind.loaded


@pytest.mark.parametrize("kind", KINDS)
def test_verbs_of_a_kind_have_names_letters_and_words_of_their_own(kind: Kind[Any]) -> None:
    verbs = kind.transitions
    for words in ([one.name for one in verbs], [one.key for one in verbs], [one.label for one in verbs]):
        assert len(set(words)) == len(words)
    assert len({one.key.lower() for one in verbs}) == len(verbs), "two that only Shift tells apart"


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_a_verb_is_whole(kind: Kind[Any], verb: Transition) -> None:
    assert verb.name in VERB_KEYS
    assert verb.key == VERB_KEYS[verb.name]
    assert verb.label[0].isupper()
    assert kind.transition(verb.name) is verb
    assert verb.sources <= set(kind.states)
    assert verb.target is None or verb.target in kind.states
    known = {what for row in access.ROLES.values() for may in row.values() for what in may}
    assert verb.who in known
    positional = [
        one for one in inspect.signature(verb.rule).parameters.values() if one.default is inspect.Parameter.empty
    ]
    assert len(positional) == 3, "a rule takes context, record and arguments"
    hints = get_type_hints(verb.rule)
    assert issubclass(hints["return"], Change)
    if verb.guard is not None:
        assert len(inspect.signature(verb.guard).parameters) == 2


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_what_a_verb_asks_for_can_be_typed(kind: Kind[Any], verb: Transition) -> None:
    if verb.needs is None:
        return
    assert issubclass(verb.needs, Arguments)
    specs = fields_of(verb.needs)
    assert {spec.name for spec in specs} == set(verb.needs.model_fields), "every argument has a word"
    for spec in specs:
        assert spec.kind is not FieldKind.OTHER
        assert spec.limit or spec.kind not in (FieldKind.LINE, FieldKind.PROSE)
        assert not spec.ui.ref or areas.collection(spec.ui.ref)
    assert build(verb.needs, needed(verb.needs))
    if not verb.ask:
        assert not any(spec.required for spec in specs), "its key does it with nothing filled in"


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_a_verb_is_one_that_somebody_may_do(kind: Kind[Any], verb: Transition) -> None:
    assert any(verb.who in access.capabilities((role,), kind.name) for role in access.ROLES)


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_lists_have_names_of_their_own_and_there_is_one_of_all(kind: Kind[Any]) -> None:
    names = [view.name for view in kind.views]
    assert len(set(names)) == len(names) > 0
    assert kind.view("all").where(_context()) == {}


@pytest.mark.parametrize(("kind", "view"), VIEWS)
def test_a_list_sorts_and_selects_by_what_is_kept_at_hand(kind: Kind[Any], view: View) -> None:
    at_hand = {*kind.index, *kind.derived}
    assert view.sort in at_hand | {"id"}
    for by in (None, ANN):
        where = view.where(_context(by))
        assert {one for name in where for one in name.split("|")} <= at_hand
        for wanted in where.values():
            assert isinstance(wanted, base.Between) or not isinstance(wanted, str), "a text is no set of values"
            json.dumps([wanted.low, wanted.high] if isinstance(wanted, base.Between) else list(wanted))
    assert view.label[0].isupper()
    assert view.empty.endswith((".", "n"))
    assert view.name.isidentifier()


@pytest.mark.parametrize(("kind", "view"), VIEWS)
def test_a_list_of_what_time_changes_says_so(kind: Kind[Any], view: View) -> None:
    early, late = (view.where(_context(now_hours=hours)) for hours in (0, 8 * 24))
    assert (early != late) is view.timed


def _context(by: int | None = None, now_hours: int = 0) -> Context:
    clock = Clock()
    clock.forward(hours=now_hours)
    return Context(clock.now, by, Settings(), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("collection", "view", "words"),
    [
        ("tickets", "open", "Tickets > Open"),
        ("items", "low", "Items > Order now"),
        ("orders", "late", "Orders late"),
        ("stocktakes", "open", "Stocktakes"),
        ("parties", "active", "Customers and suppliers"),
    ],
)
def test_a_list_is_headed_by_what_is_in_it_and_says_no_word_twice(collection: str, view: str, words: str) -> None:
    kind: Kind[Any] = areas.kind(collection)
    assert kind.heading(kind.view(view)) == words


def test_every_choice_has_a_word_and_values_of_one_word() -> None:
    for one in areas.COLLECTIONS:
        for spec in fields_of(areas.kind(one.name).model):
            labels = [member.label for member in spec.choices]
            assert len(set(labels)) == len(labels)
            assert all(labels)
            assert all(member.value and " " not in member.value for member in spec.choices)


def test_a_model_is_one_collection_s_alone() -> None:
    models: list[type[Record]] = [areas.kind(one.name).model for one in areas.COLLECTIONS]
    assert len(set(models)) == len(models)
