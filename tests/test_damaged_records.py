"""What another program wrote into the store and no rule would have let in: said in words, and it ends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import Between, Where
from botui.models.errors import StoreDamaged
from botui.storage import open_db
from tests.kiosk import Kiosk
from tests.offices import ANN, office, ticket


@pytest.fixture
def desk(folder: Path) -> Desk:
    desk = office(folder, ANN)
    ticket(desk, "A good one")
    ticket(desk, "One that is tampered with")
    return desk


def tamper(desk: Desk, **values: object) -> None:
    open_db(desk.store.journal.path).table("tickets").update(values, doc_ids=[2])
    desk.store.refresh()


@pytest.mark.parametrize(
    "values",
    [{"state": "nonsense"}, {"subject": None}, {"created_at": "yesterday"}, {"owner": "ML"}, {"checklist": "none"}],
)
def test_a_record_that_is_none_is_refused_by_its_reference_and_the_others_are_not(
    desk: Desk, values: dict[str, object]
) -> None:
    tamper(desk, **values)
    with pytest.raises(StoreDamaged, match=f"T-2 was changed by another program .*{next(iter(values))}.* botui check"):
        desk.get("tickets", 2)
    assert desk.title("tickets", 2) == "T-2"
    assert desk.get("tickets", 1).subject == "A good one"


@pytest.mark.parametrize("values", [{"resolution_due": 17}, {"state": ["new"]}, {"priority": {"is": 1}}])
@pytest.mark.parametrize("known", [False, True], ids=["read at once", "while it is open"])
def test_a_value_that_cannot_be_compared_is_said_by_every_list(
    desk: Desk, values: dict[str, object], known: bool
) -> None:
    from botui.models.tickets.kinds import TICKETS

    if known:
        desk.count("tickets", TICKETS.view("late"))
    tamper(desk, **values)
    where: Where = {"priority": ("P1",), "state": ("new",), "next_due": Between(high="9")}
    with pytest.raises(StoreDamaged, match="Tickets: another program changed one of them; run botui check"):
        desk.store.index("tickets").find(where)
    assert desk.numbers("people")


@pytest.mark.parametrize("width", [80, 140])
async def test_the_screens_say_it_where_the_record_would_be(desk: Desk, folder: Path, width: int) -> None:
    tamper(desk, state="nonsense")
    async with Kiosk.open(folder, as_="AA", size=(width, 24)) as kiosk:
        kiosk.app.open_list("tickets", "all")
        await kiosk.settle()
        kiosk.sees("A good one", "T-2 was changed by")
        await kiosk.press("t", "e", "enter")
        kiosk.says("T-2 was changed by another program and cannot be read (state): run botui check.")
        await kiosk.press("down", "enter")
        kiosk.sees("A good one")


async def test_a_record_that_is_tampered_with_while_it_is_open_says_so(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_record("tickets", 2)
        await kiosk.settle()
        kiosk.sees("One that is tampered with")
        tamper(desk, state="nonsense")
        await kiosk.until(lambda: "run botui check" in kiosk.glass())


async def test_a_search_that_the_store_refuses_says_why_and_goes_on(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Desk, code: str) -> None:
        raise StoreDamaged("A file of the store is gone.")

    async with Kiosk.open(folder, as_="AA") as kiosk:
        with monkeypatch.context() as patched:
            patched.setattr(Desk, "by_code", refuse)
            await kiosk.press("f2")
            await kiosk.type("good")
            kiosk.sees("A file of the store is gone.")
        await kiosk.type(" one")
        kiosk.sees("A good one")
