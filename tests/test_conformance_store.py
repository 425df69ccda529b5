"""What every collection and every verb of the registry does in a real store, with hostile text in every field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.data import Desk
from botui.models.base import Kind, NotAllowed, Refused, Transition, clean
from botui.models.office import Role
from botui.models.shape import FieldKind, FieldSpec, coerce, fields_of, show
from tests.offices import ADA, ANN, Clock, is_added, lines, named, needed, office, one_of
from tests.test_conformance import HOSTILE, KINDS, VERBS

ADDED = [one for one in KINDS if is_added(one.values[0].name)]  # type: ignore[union-attr]


@pytest.fixture
def desk(folder: Path) -> Desk:
    """An office with two tickets and a comment, at the desk of one who may do everything."""
    clock = Clock()
    desk = office(folder, ANN, clock)
    every = [role for role in Role if role is not Role.AUDITOR]
    desk.for_person(ADA).edit(desk.get("people", ANN), {"roles": every})
    desk.add("tickets", {"subject": "First"})
    desk.add("tickets", {"subject": "Second"})
    desk.do("tickets", 1, "note", {"text": "Looked at it."})
    return desk


def _texts(kind: Kind[Any]) -> list[FieldSpec]:
    """Return the fields in which a person types free text of any form."""
    strict = {"settings": {"zone", "hours", "holidays", "currency", "fiscal_year_end", "p1", "p2", "p3", "p4"}}
    strict |= {"recurring": {"rule"}, "person_files": {"week_days"}, "amendments": {"week_days"}}
    strict |= {"topics": {"first_response", "resolution"}, "meetings": {"until"}, "templates": {"length"}}
    strict |= {"stocktakes": {"categories"}, "plans": {"rule"}}
    strict |= {"bills": {"about"}, "standing": {"about", "rule"}, "checklists": {"every"}}
    strict |= {"leavetypes": {"carry_until"}, "interviews": {"until"}}
    free = (FieldKind.LINE, FieldKind.PROSE, FieldKind.WORDS)
    return [
        spec
        for spec in fields_of(kind.model)
        if spec.kind in free and spec.ui.form and spec.name not in strict.get(kind.name, set())
    ]


@pytest.mark.parametrize("kind", ADDED)
def test_hostile_text_in_every_field_is_kept_cleaned_and_comes_back_literally(kind: Kind[Any], desk: Desk) -> None:
    texts = {spec.name: HOSTILE[: spec.limit or 40] for spec in _texts(kind)}
    values = coerce(kind.model, texts, desk.typing())
    named(desk, kind)
    done = desk.add(kind.name, {**needed(kind.model), **values})
    number = max(desk.numbers(kind.name))
    assert areas.ref(kind.name, number) in done.refs
    doc = desk.doc(kind.name, number) or {}
    for name in texts:
        kept = doc[name] if isinstance(doc[name], list) else [doc[name]]
        for one in kept:
            assert clean(one, lines=True) == one
            assert one.lower().startswith("[/x] [@click=app"[: len(one)])
    assert not set("\x1b\u202e\x00\x9b\ud800") & set(json.dumps(doc, ensure_ascii=False))
    record = desk.get(kind.name, number)
    assert clean(kind.title(record), lines=True) == kind.title(record)
    assert clean(done.said) == done.said
    for spec in fields_of(kind.model):
        text = show(spec, getattr(record, spec.name), desk.name, desk.settings.local)
        assert spec.kind is FieldKind.OTHER or clean(text, lines=True) == text


@pytest.mark.parametrize("kind", ADDED)
def test_text_longer_than_fits_is_refused_at_its_field_and_leaves_the_store_as_it_was(
    kind: Kind[Any], desk: Desk
) -> None:
    named(desk, kind)
    before = lines(desk)
    for spec in _texts(kind):
        if spec.limit:
            with pytest.raises(Refused) as refused:
                desk.as_system().add(kind.name, {**needed(kind.model), spec.name: "x" * (spec.limit + 9_000)})
            assert spec.name in refused.value.fields
            assert "fit" in refused.value.fields[spec.name]
    assert lines(desk) == before


@pytest.mark.parametrize("kind", ADDED)
def test_a_record_that_points_to_nothing_is_refused(kind: Kind[Any], desk: Desk) -> None:
    named(desk, kind)
    before = lines(desk)
    for spec in fields_of(kind.model):
        if spec.ui.ref and spec.ui.form:
            with pytest.raises(Refused) as refused:
                desk.as_system().add(kind.name, {**needed(kind.model), spec.name: 987_654})
            assert str(refused.value)
    assert lines(desk) == before


@pytest.mark.parametrize("kind", ADDED)
def test_a_new_record_is_in_the_list_of_all_and_in_its_own_history(kind: Kind[Any], desk: Desk) -> None:
    named(desk, kind)
    view = kind.view("all")
    before = desk.count(kind.name, view)
    desk.add(kind.name, needed(kind.model))
    number = max(desk.numbers(kind.name))
    assert desk.count(kind.name, view) == before + 1
    assert number in desk.listing(kind.name, view).ids()
    assert desk.history(kind.name, number)[0].changes
    assert desk.text(kind.name, number)
    assert desk.look_up(kind.name, areas.ref(kind.name, number)) == number


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_a_verb_does_something_in_words_or_says_in_words_why_not(kind: Kind[Any], verb: Transition, desk: Desk) -> None:
    number, before = _number(desk, kind), lines(desk)
    record = desk.get(kind.name, number)
    arguments = needed(verb.needs) if verb.needs else {}
    if reason := desk.why_not(verb, record):
        assert reason[0].isupper()
        assert reason.endswith((".", "?"))
        with pytest.raises((Refused, NotAllowed)) as refused:
            desk.do(kind.name, number, verb.name, arguments)
        assert str(refused.value) == reason
        assert lines(desk) == before
        return
    done = desk.do(kind.name, number, verb.name, arguments)
    assert done.said.endswith((".", "?")) or ": " in done.said
    if verb.target is not None:
        assert desk.get(kind.name, number).state == verb.target
    events = [one for ref in done.refs for one in desk.history(*(areas.parse_ref(ref) or ("", 0)))]
    assert any(one.action == f"{kind.name}.{verb.name}" for one in events), "the journal names the verb"


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_a_verb_is_taken_back_whole_or_says_why_not(kind: Kind[Any], verb: Transition, desk: Desk) -> None:
    number, before = _number(desk, kind), _all(desk)
    if desk.why_not(verb, desk.get(kind.name, number)) is None:
        done = desk.do(kind.name, number, verb.name, needed(verb.needs) if verb.needs else {})
        if verb.final:
            count = lines(desk)
            with pytest.raises(Refused, match=re.escape(f" stays: {verb.final}")):
                desk.undo(done.digest)
            assert lines(desk) == count
            return
        desk.undo(done.digest)
    after = _all(desk)
    for name, docs in before.items():
        if areas.kind(name).counter is not None:
            assert after[name].items() >= docs.items(), "nothing leaves a ledger"
        else:
            assert after[name] == docs


def _number(desk: Desk, kind: Kind[Any]) -> int:
    """Return the number of a record of a kind; of what an office begins with, the first."""
    one_of(desk, kind.name)
    return min(desk.numbers(kind.name))


def _all(desk: Desk) -> dict[str, dict[int, Any]]:
    names = [one.name for one in areas.COLLECTIONS]
    return {name: {number: desk.doc(name, number) for number in desk.numbers(name)} for name in names}
