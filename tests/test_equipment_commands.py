"""Equipment on the command line: filed, handed out, broken, mended, licensed, looked at; what is not typed says how."""

from __future__ import annotations

import pytest

from tests.command_line import Office, found

STEPS = (
    "add people|name=Ann Archer|initials=AA|roles=staff, manager",
    "add places|name=Hall",
    "add parties|name=Print Ltd|kind=supplier",
    "add categories|name=Printer|bookable=y|life_months=48",
    "add assets|name=Beamer|tag=B-1|category=Printer|home=Hall|price=1234.50|bought_on=2025-01-01|supplier=Print Ltd",
    "do B-1|hand_out|to=AA|due=+3d",
    "do LO-1|extend|due=+5d",
    "do B-1|give_back|condition=major|note=glass broken",
    "do F-1|take",
    "do F-1|cost|amount=100|minutes=5",
    "do F-1|resolve|outcome=new glass",
    "add plans|name=Clean|rule=every 2 weeks on fri|asset=B-1",
    "do PM-1|resolve",
    "add licences|name=Office|seats=2|cost=12.50|renews_on=2026-12-31|vendor=Print Ltd",
    "do LI-1|hand_out|person=AA",
    "do LI-1|renew",
    "add access|system=ERP|approver=AA|person=ML",
    "add bookings|asset=B-1|start=tomorrow 9|end=tomorrow 11",
    "add guides|name=Dark|steps=Plug it in",
    "add audits|name=Hall",
)
COLLECTIONS = (
    *("assets", "categories", "loans", "bookings", "faults", "worklog", "guides", "plans", "licences", "seats"),
    *("access", "audits", "findings"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = found(tmp_path_factory.mktemp("commands") / "office")
    for step in STEPS:
        command, *values = step.split("|")
        office.ok(*command.split(" "), *values)
    return office


def test_what_was_done_by_commands_is_sound(office: Office) -> None:
    assert "all in order" in office.run("check").out


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_collection_is_listed_and_shown_as_text_and_csv(office: Office, collection: str) -> None:
    first = office.run("list", collection, "--json").json[0]
    assert first["ref"] in office.run("list", collection).out
    assert len(office.run("list", collection, "--csv").out.splitlines()) > 1
    said = office.run("show", first["ref"])
    assert (said.code, said.out.startswith(first["ref"])) == (0, True)
    assert office.run("history", first["ref"]).code == 0


@pytest.mark.parametrize(
    ("ref", "value", "verbs"),
    [
        ("B-1", "status=ready", "hand_out, give_back, report, pause, lose, find, retire"),
        ("B-1", "holder=AA", "hand_out, give_back"),
        ("B-1", "cost=5", "cost"),
        ("F-1", "owner=AA", "take, assign"),
        ("LI-1", "used=5", "hand_out, give_back"),
        ("PM-1", "next_on=+3d", "resolve, skip"),
    ],
)
def test_what_follows_from_verbs_is_not_typed_and_the_verbs_are_named(
    office: Office, ref: str, value: str, verbs: str
) -> None:
    said = office.refused("set", ref, value)
    assert "is not typed: use botui do " in said
    assert said.endswith(f"with one of: {verbs}.")


def test_the_supplier_and_the_reports_are_one_command_away(office: Office) -> None:
    assert "Bought there" in office.run("show", "PA-1").out
    for name in ("downtime", "renewals", "replace"):
        assert "All" in office.run("report", name, "until=2028-01-01").out
