"""Assets are filed with codes that are theirs alone, and with what their category says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment.asset import Asset, Category, Status
from botui.models.equipment.filing import fixed
from botui.models.office import Place
from tests.rules import Office

HOSTILE = "[/x] [@click=app.quit]\x1b[31m\u202e\x00 \u6f22 'a' \"b\" \\ \U0001f468\u200d\U0001f469"


@pytest.fixture
def office() -> Office:
    """An office with a store room, and a category that sets all there is to set."""
    made = Office()
    made.put(Place(id=1, name="Store room", codes=("STORE",)))
    made.put(Category(id=1, name="Projector", bookable=True, loan_days=7, audit_months=12, life_months=60))
    return made


def laptop(office: Office, **values: Any) -> Asset:
    return office.add(Asset, **{"name": "Laptop", **values})


# --- filing -----------------------------------------------------------------------------------------------------------


def test_a_new_asset_is_ready_where_it_belongs_and_its_tag_is_its_number(office: Office) -> None:
    found = laptop(office, home=1)
    assert (found.tag, found.place, found.status, found.created_at) == (found.ref, 1, Status.READY, office.now)


def test_what_happens_to_an_asset_is_not_typed_when_it_is_filed(office: Office) -> None:
    found = laptop(office, fate="retired", holder=2, cost="99", faults=7, stopped=2, status="lost")
    assert (found.fate, found.holder, found.cost, found.faults, found.stopped) == (None, None, Decimal(0), 0, 0)
    assert office.problems() == []


def test_end_of_life_and_the_next_look_come_from_the_category(office: Office) -> None:
    found = laptop(office, category=1, bought_on="2026-01-31")
    assert (found.life_until, found.next_audit) == (date(2031, 1, 31), date(2027, 11, 23))
    assert laptop(office, category=1, bought_on="2026-01-31", life_until="2028-01-01").life_until == date(2028, 1, 1)
    assert laptop(office).next_audit is None


def test_end_of_life_follows_the_purchase_unless_somebody_said_another_day(office: Office) -> None:
    found = office.edit(laptop(office, category=1, bought_on="2026-01-31"), bought_on="2026-02-28")
    assert found.life_until == date(2031, 2, 28)
    said = office.edit(found, life_until="2030-01-01")
    assert office.edit(said, bought_on="2026-03-01").life_until == date(2030, 1, 1)
    assert office.edit(said, category=None).next_audit is None


def test_a_purchase_at_the_end_of_the_calendar_has_no_end_of_life(office: Office) -> None:
    assert laptop(office, category=1, bought_on="9999-01-01").life_until is None


@pytest.mark.parametrize("field", ["warranty_until", "life_until", "support_until"])
def test_nothing_ends_before_it_was_bought(office: Office, field: str) -> None:
    with pytest.raises(Refused, match="before it was bought, 2026-05-01") as refused:
        laptop(office, bought_on="2026-05-01", **{field: "2026-04-30"})
    assert set(refused.value.fields) == {field}
    found = laptop(office, **{field: "2026-04-30"})
    with pytest.raises(Refused, match="before it was bought"):
        office.edit(found, bought_on="2026-05-01")
    assert laptop(office, bought_on="2026-05-01", **{field: "2026-05-01"}).bought_on == date(2026, 5, 1)


@pytest.mark.parametrize("mine", ["tag", "serial", "codes"])
@pytest.mark.parametrize("theirs", ["tag", "serial", "codes"])
def test_a_tag_serial_number_or_barcode_belongs_to_one_asset(office: Office, mine: str, theirs: str) -> None:
    first = laptop(office, name="Beamer", **{theirs: "X-77-b"})
    with pytest.raises(Refused, match="x-77-B belongs to A-1 Beamer") as refused:
        laptop(office, **{mine: "x-77-B"})
    assert set(refused.value.fields) == {mine}
    other = laptop(office)
    with pytest.raises(Refused, match="belongs to A-1 Beamer"):
        office.edit(other, **{mine: "X-77-b"})
    assert office.edit(first, name="Projector").name == "Projector", "its own code is not in its way"


def test_the_codes_of_what_is_retired_are_free_again_until_it_comes_back(office: Office) -> None:
    old = laptop(office, serial="SN1")
    office.do(old, "retire", note="sold")
    new = laptop(office, serial="SN1")
    with pytest.raises(Refused, match=f"SN1 belongs to {new.ref}"):
        office.do(old, "pause")
    office.edit(new, serial="SN2")
    assert office.do(old, "pause").status is Status.READY
    assert office.problems() == []


def test_a_code_is_never_the_number_of_another_asset_but_may_look_like_one(office: Office) -> None:
    with pytest.raises(Refused, match="A-900 is the number of another asset"):
        laptop(office, tag="A-900")
    assert laptop(office, tag="A0012").tag == "A0012", "a label of another system"
    third = laptop(office)
    assert office.edit(third, serial=third.ref).serial == third.ref


def test_an_empty_tag_is_its_number_again(office: Office) -> None:
    found = laptop(office, tag="OLD")
    assert office.edit(found, tag="").tag == found.ref


@pytest.mark.parametrize("field", ["tag", "name", "serial", "maker", "note"])
def test_any_text_is_kept_clean_and_does_no_harm(office: Office, field: str) -> None:
    found = laptop(office, **{field: HOSTILE[:40]})
    kept = getattr(found, field)
    assert not {*kept} & {*"\x1b\u202e\x00"}
    assert "[@click" in kept
    assert office.problems() == []


def test_nothing_is_used_instead_of_itself(office: Office) -> None:
    found = laptop(office)
    with pytest.raises(Refused, match="instead of itself"):
        office.edit(found, instead=found.id)


# --- taking an edit back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"serial": "SN1"}, "SN1 belongs to A-1"),
        ({"warranty_until": "2020-01-01", "bought_on": "2021-01-01"}, "before it was bought"),
        ({"inside": 3, "loan": 1}, "would be part of itself"),
    ],
)
def test_an_undo_brings_back_nothing_that_cannot_be_by_now(office: Office, values: dict[str, Any], said: str) -> None:
    laptop(office, serial="SN1")
    rack, disk = laptop(office, name="Rack"), laptop(office, name="Disk")
    office.do(disk, "hand_out", to=rack.tag)
    with pytest.raises(Refused, match=said):
        fixed(office.ctx(), rack, values)
    fixed(office.ctx(), rack, {"name": "Shelf"})


# --- barcodes ---------------------------------------------------------------------------------------------------------


def test_a_barcode_is_learnt_and_taken_off(office: Office) -> None:
    found = office.do(laptop(office), "barcode", code="4711")
    assert found.codes == ("4711",)
    for code, words in (("4711", "already"), ("1,2", "no commas")):
        with pytest.raises(Refused, match=words):
            office.do(found, "barcode", code=code)
    with pytest.raises(Refused, match="4711 belongs to A-1 Laptop"):
        office.do(laptop(office), "barcode", code="4711")
    assert office.do(found, "barcode", code="4711", remove=True).codes == ()
    with pytest.raises(Refused, match="no barcode of"):
        office.do(found, "barcode", code="4711", remove=True)


# --- categories -------------------------------------------------------------------------------------------------------


def test_two_categories_in_use_have_neither_name_nor_code_in_common(office: Office) -> None:
    first = office.add(Category, name="Key", codes=["K1"])
    for values in ({"name": "KEY"}, {"name": "Lock", "codes": ["k1"]}):
        with pytest.raises(Refused, match=first.ref):
            office.add(Category, **values)
    office.edit(first, active=False)
    assert office.add(Category, name="Key").active
    with pytest.raises(Refused, match="has this name already"):
        office.edit(first, active=True)
