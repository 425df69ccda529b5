"""Words, dates and names of other systems, and the map file that says what cannot be guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Office, found
from tests.exports import one, table, write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


@pytest.mark.parametrize(
    ("word", "state", "waiting_for"),
    [
        ("new", "new", None),
        ("pending reminder", "waiting", "requester"),
        ("Open", "open", None),
        ("In Progress", "open", None),
        ("Processing (assigned)", "open", None),
        ("On Hold", "waiting", "requester"),
        ("Awaiting Vendor", "waiting", "vendor"),
        ("Pending - Vendor", "waiting", "vendor"),
        ("Waiting for parts", "waiting", "part"),
        ("Replied", "open", None),
        ("Solved", "resolved", None),
        ("pending close", "resolved", None),
        ("6 - Resolved", "resolved", None),
        ("Closed", "closed", None),
        ("Closed Complete", "closed", None),
        ("Canceled", "rejected", None),
        ("merged", "closed", None),
        ("Gone fishing", "open", None),
    ],
)
def test_states_of_other_systems_are_known(office: Office, word: str, state: str, waiting_for: str | None) -> None:
    ticket = one(office, "subject,status,last updated", f"Chair,{word},2026-11-20 15:00")
    assert (ticket["state"], ticket["waiting_for"]) == (state, waiting_for)
    if word in ("merged", "Gone fishing"):
        assert f"status: {word}" in ticket["notes"]


PRIORITIES = {
    "High": "P2",
    "1 - Critical": "P1",
    "P2": "P2",
    "3 normal": "P3",
    "4 - Low": "P4",
    "URGENT": "P1",
    "Sev1": "P1",
    "2": "P2",
    "Very high": "P1",
    "": "P3",
    "purple": "P3",
}


@pytest.mark.parametrize(("word", "priority"), PRIORITIES.items())
def test_priorities_of_other_systems_are_known(office: Office, word: str, priority: str) -> None:
    assert one(office, "subject,priority", f"Chair,{word}")["priority"] == priority


CHANNELS = {
    "Email": "e-mail",
    "Phone": "phone",
    "walk-in": "walk-in",
    "Self-service": "kiosk",
    "Web": "kiosk",
    "Letter": "mail",
    "Pigeon": "kiosk",
}


@pytest.mark.parametrize(("word", "channel"), CHANNELS.items())
def test_channels_of_other_systems_are_known(office: Office, word: str, channel: str) -> None:
    assert one(office, "subject,source", f"Chair,{word}")["channel"] == channel


@pytest.mark.parametrize(
    ("dates", "moments"),
    [
        (["01.02.2026 15:04", "02.02.2026"], ["2026-02-01T15:04:00Z", "2026-02-02T00:00:00Z"]),
        (["25/02/2026 3:04 PM", "01/02/2026 09:00"], ["2026-02-25T15:04:00Z", "2026-02-01T09:00:00Z"]),
        (["02/25/2026 3:04 PM", "01/02/2026 09:00"], ["2026-02-25T15:04:00Z", "2026-01-02T09:00:00Z"]),
        (["01/02/2026", "03/02/2026"], ["2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z"]),
        (["2026-02-01T15:04:05.123+02:00", "Feb 1, 2026"], ["2026-02-01T13:04:05Z", "2026-02-01T00:00:00Z"]),
        (["1770000000", "1770000000000"], ["2026-02-02T02:40:00Z", "2026-02-02T02:40:00Z"]),
    ],
)
def test_dates_are_read_by_the_order_that_the_whole_column_shows(
    office: Office, dates: list[str], moments: list[str]
) -> None:
    rows = [f"X-{place};{date};Chair" for place, date in enumerate(dates)]
    office.ok("import", "tickets", write(office, "\n".join(["key;created;summary", *rows])))
    assert [one["created_at"] for one in office.run("list", "tickets", "--json").json] == moments


def test_people_are_found_by_code_mail_initials_and_name_before_one_is_made(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell", "email=ann@example.org", "codes=U-7")
    called = [
        "U-7",
        "ann@example.org",
        "AB",
        "ann bell",
        '"Bell, Ann"',
        "Ann Bell <ann@example.org>",
        "ANN@example.org",
    ]
    rows = [f"X-{place},2026-11-20,Chair,{name}" for place, name in enumerate(called)]
    office.ok("import", "tickets", write(office, "\n".join(["id,created,subject,caller", *rows])))
    assert {one["requester"] for one in office.run("list", "tickets", "--json").json} == {"P-2"}


def test_a_name_that_two_people_have_is_not_guessed(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell")
    office.ok("add", "people", "name=Ann Bell")
    result = office.run(
        "import", "tickets", write(office, "id,created,subject,caller\n1,2026-11-20,x,Ann Bell\n"), "--as", "ML"
    )
    assert "P-2, P-3" in result.out


def test_a_map_file_says_what_the_guess_cannot_know(office: Office) -> None:
    map_file = write(
        office,
        """
        zone = "Europe/Berlin"
        date_order = "dmy"
        delimiter = ";"
        prefix = "OTRS-"
        ignore = ["Geheim"]
        [columns]
        codes = "Nr"
        created_at = ["Tag", "Uhrzeit"]
        subject = "Kurztext"
        priority = "Dringlichkeit"
        [values.priority]
        "sehr hoch" = "P1"
        [constants]
        department = "Technik"
        tags = "alt"
        [defaults]
        channel = "phone"
        """,
        "map.toml",
    )
    text = "Nr;Tag;Uhrzeit;Kurztext;Dringlichkeit;Geheim;Farbe\n17;01.07.2026;15:04;Stuhl;Sehr hoch;x;rot\n"
    office.ok("import", "tickets", write(office, text), "--map", map_file)
    ticket = office.ticket("OTRS-17")
    assert ticket["created_at"] == "2026-07-01T13:04:00Z"
    assert (ticket["priority"], ticket["channel"], ticket["tags"]) == ("P1", "phone", ["alt"])
    assert ticket["notes"] == "Farbe: rot"
    assert office.run("show", ticket["department"], "--json").json["name"] == "Technik"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not TOML"),
        ("colour = 'x'", "there is: encoding"),
        ("zone = 'Mars/Base'", "Mars"),
        ("date_order = 'ymdh'", "dmy"),
        ("delimiter = '::'", "one character"),
        ("header = -1", "number of a line"),
        ("header = 99", "no row 99"),
        ("encoding = 'klingon'", "klingon"),
        ("[columns]\nsubjekt = 'x'", "subject"),
        ("[columns]\nsubject = 'nowhere'", "nowhere"),
        ("[columns]\nsubject = 3", "column"),
        ("[values]\nstate = 'x'", "line for each word"),
        ("columns = 'x'", "table"),
        ("constants = {department = [1]}", "text"),
        ("ignore = ['nowhere']", "nowhere"),
    ],
)
def test_a_wrong_map_file_is_said_in_words_and_nothing_is_imported(office: Office, text: str, said: str) -> None:
    assert said in office.refused("import", "tickets", write(office, table()), "--map", write(office, text, "map.toml"))
