"""THE registry: the areas of the desk and the collections in them, as dotted names.

Nothing is imported until it is used: start-up pays only for what is opened. Any layer may import this module;
it imports none of them.

Adding an area is one line in ``COLLECTIONS`` for each collection and one in ``AREAS``; the conformance tests then test
it for free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection of records.

    Attributes:
        name: its bare, unique word: table in the store, command line, CSV file.
        prefix: what stands before the number in a reference (``T`` in ``T-1042``).
        area: the area it is shown in.
        kind: dotted name of its ``Kind`` (shape, verbs and views).
    """

    name: str
    prefix: str
    area: str
    kind: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the desk.

    Attributes:
        name: the bare word.
        key: the digit that opens it from anywhere.
        label: what the screen calls it.
        screen: dotted name of its screen.
        clock: dotted name of the rule of what time does in it, ``clock(context) -> changes``; empty = nothing.
        check: dotted name of the rule of what must hold among its records, ``check(records) -> sentences``.
        summary: ``collection:view`` of the counts that the front page shows.
        waiting: dotted name of what waits for a person, ``waiting(context) -> what waits for context.by``.
        asked: dotted name of what a person asked for, ``asked(context) -> what context.by asked for``.
        offers: dotted name of what people can ask for here, a tuple of ``botui.models.base.Offer``.
        hand_over: dotted name of the rule that gives what somebody has to whoever stands in,
            ``hand_over(context, person, to, note) -> change``.
        take_back: dotted name of the rule that gives it back, as far as nobody else has it by now and it is still to
            be done, ``take_back(context, references, person, stand_in) -> change``.
        follow: dotted name of the rule that lets a change, of whatever area, have its consequences here,
            ``follow(context, change) -> None``: it adds to the change, under the lock, whoever makes it.
        heeds: the collections of which a change makes ``follow`` be asked.
        card: dotted name of what it says of a customer or supplier on its card, ``card(context, party) -> labels and
            texts``; the context finds no more than the one who reads may see.
        reports: dotted name of its reports by their words, a mapping of ``botui.models.office.reports.ReportKind``.
        led: dotted names of the short sentences that begin with a word of their own (``call``, ``bill``), asked before
            all others: ``sentence(words, look) -> (collection, values of its form) or None``.
        sentences: the same of those that do not, the most specific first; of the last area first, since tickets take
            whatever is wrong.
    """

    name: str
    key: str
    label: str
    screen: str
    clock: str = ""
    check: str = ""
    summary: tuple[str, ...] = ()
    waiting: str = ""
    asked: str = ""
    offers: str = ""
    hand_over: str = ""
    take_back: str = ""
    follow: str = ""
    heeds: tuple[str, ...] = ()
    card: str = ""
    reports: str = ""
    led: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


COLLECTIONS: Final = (
    Collection("tickets", "T", "tickets", "botui.models.tickets.kinds:TICKETS"),
    Collection("comments", "C", "tickets", "botui.models.tickets.kinds:COMMENTS"),
    Collection("calls", "CL", "tickets", "botui.models.tickets.calls_kind:CALLS"),
    Collection("recurring", "R", "tickets", "botui.models.tickets.calls_kind:RECURRING"),
    Collection("items", "I", "supplies", "botui.models.supplies.items_kind:ITEMS"),
    Collection("movements", "MV", "supplies", "botui.models.supplies.items_kind:MOVEMENTS"),
    Collection("orders", "PO", "supplies", "botui.models.supplies.orders_kind:ORDERS"),
    Collection("lines", "OL", "supplies", "botui.models.supplies.orders_kind:LINES"),
    Collection("shipments", "SH", "supplies", "botui.models.supplies.orders_kind:SHIPMENTS"),
    Collection("requests", "RQ", "supplies", "botui.models.supplies.requests_kind:REQUESTS"),
    Collection("stocktakes", "ST", "supplies", "botui.models.supplies.counts_kind:STOCKTAKES"),
    Collection("counts", "CN", "supplies", "botui.models.supplies.counts_kind:COUNTS"),
    Collection("faults", "F", "equipment", "botui.models.equipment.faults_kind:FAULTS"),
    Collection("assets", "A", "equipment", "botui.models.equipment.assets_kind:ASSETS"),
    Collection("loans", "LO", "equipment", "botui.models.equipment.assets_kind:LOANS"),
    Collection("bookings", "BO", "equipment", "botui.models.equipment.assets_kind:BOOKINGS"),
    Collection("plans", "PM", "equipment", "botui.models.equipment.plans_kind:PLANS"),
    Collection("licences", "LI", "equipment", "botui.models.equipment.licences_kind:LICENCES"),
    Collection("seats", "SE", "equipment", "botui.models.equipment.licences_kind:SEATS"),
    Collection("access", "AC", "equipment", "botui.models.equipment.access_kind:ACCESS"),
    Collection("audits", "AU", "equipment", "botui.models.equipment.audits_kind:AUDITS"),
    Collection("findings", "FI", "equipment", "botui.models.equipment.audits_kind:FINDINGS"),
    Collection("worklog", "WL", "equipment", "botui.models.equipment.faults_kind:WORKLOG"),
    Collection("categories", "CA", "equipment", "botui.models.equipment.assets_kind:CATEGORIES"),
    Collection("guides", "GU", "equipment", "botui.models.equipment.faults_kind:GUIDES"),
    Collection("documents", "D", "records", "botui.models.records.documents_kind:DOCUMENTS"),
    Collection("filing", "FR", "records", "botui.models.records.filing_kind:FILING"),
    Collection("bills", "B", "records", "botui.models.records.bills_kind:BILLS"),
    Collection("payments", "PY", "records", "botui.models.records.bills_kind:PAYMENTS"),
    Collection("charges", "BL", "records", "botui.models.records.bills_kind:CHARGES"),
    Collection("standing", "SB", "records", "botui.models.records.standing_kind:STANDING"),
    Collection("expenses", "E", "records", "botui.models.records.expenses_kind:EXPENSES"),
    Collection("outlays", "EL", "records", "botui.models.records.expenses_kind:OUTLAYS"),
    Collection("boxes", "CB", "records", "botui.models.records.cash_kind:BOXES"),
    Collection("vouchers", "VO", "records", "botui.models.records.cash_kind:VOUCHERS"),
    Collection("cheques", "CQ", "records", "botui.models.records.cheques_kind:CHEQUES"),
    Collection("bank", "BK", "records", "botui.models.records.bank_kind:BANK"),
    Collection("statements", "BS", "records", "botui.models.records.bank_kind:STATEMENTS"),
    Collection("accounts", "BA", "records", "botui.models.records.bank_kind:ACCOUNTS"),
    Collection("matches", "MT", "records", "botui.models.records.bank_kind:MATCHES"),
    Collection("bankrules", "BR", "records", "botui.models.records.bank_kind:BANKRULES"),
    Collection("chart", "CH", "records", "botui.models.records.chart_kind:CHART"),
    Collection("entries", "TX", "records", "botui.models.records.entries_kind:ENTRIES"),
    Collection("retention", "RS", "records", "botui.models.records.retention_kind:RETENTION"),
    Collection("custody", "CY", "records", "botui.models.records.custody_kind:CUSTODY"),
    Collection("disposals", "DS", "records", "botui.models.records.disposals_kind:DISPOSALS"),
    Collection("contracts", "CT", "records", "botui.models.records.contracts_kind:CONTRACTS"),
    Collection("letters", "LE", "records", "botui.models.records.letters_kind:LETTERS"),
    Collection("parcels", "PC", "records", "botui.models.records.parcels_kind:PARCELS"),
    Collection("forms", "FO", "records", "botui.models.records.forms_kind:FORMS"),
    Collection("person_files", "PF", "hr", "botui.models.hr.person_files_kind:PERSON_FILES"),
    Collection("pay", "PG", "hr", "botui.models.hr.pay_kind:PAY"),
    Collection("benefits", "BN", "hr", "botui.models.hr.benefits_kind:BENEFITS"),
    Collection("amendments", "AM", "hr", "botui.models.hr.amendments_kind:AMENDMENTS"),
    Collection("positions", "PN", "hr", "botui.models.hr.positions_kind:POSITIONS"),
    Collection("checklists", "CK", "hr", "botui.models.hr.tasks_kind:CHECKLISTS"),
    Collection("tasks", "HR", "hr", "botui.models.hr.tasks_kind:TASKS"),
    Collection("steps", "HS", "hr", "botui.models.hr.tasks_kind:STEPS"),
    Collection("leave", "LV", "hr", "botui.models.hr.leave_kind:LEAVE"),
    Collection("leavetypes", "LT", "hr", "botui.models.hr.leave_kind:LEAVETYPES"),
    Collection("leavebook", "LG", "hr", "botui.models.hr.leave_kind:LEAVEBOOK"),
    Collection("absences", "AB", "hr", "botui.models.hr.absences_kind:ABSENCES"),
    Collection("punches", "AT", "hr", "botui.models.hr.punches_kind:PUNCHES"),
    Collection("courses", "CO", "hr", "botui.models.hr.courses_kind:COURSES"),
    Collection("trainings", "TR", "hr", "botui.models.hr.trainings_kind:TRAININGS"),
    Collection("certificates", "CE", "hr", "botui.models.hr.certificates_kind:CERTIFICATES"),
    Collection("cycles", "RC", "hr", "botui.models.hr.cycles_kind:CYCLES"),
    Collection("reviews", "RV", "hr", "botui.models.hr.reviews_kind:REVIEWS"),
    Collection("policies", "PP", "hr", "botui.models.hr.policies_kind:POLICIES"),
    Collection("acknowledgements", "AK", "hr", "botui.models.hr.policies_kind:ACKNOWLEDGEMENTS"),
    Collection("incidents", "IN", "hr", "botui.models.hr.incidents_kind:INCIDENTS"),
    Collection("drills", "DR", "hr", "botui.models.hr.drills_kind:DRILLS"),
    Collection("openings", "OP", "hr", "botui.models.hr.openings_kind:OPENINGS"),
    Collection("candidates", "CD", "hr", "botui.models.hr.candidates_kind:CANDIDATES"),
    Collection("interviews", "IV", "hr", "botui.models.hr.interviews_kind:INTERVIEWS"),
    Collection("scores", "SC", "hr", "botui.models.hr.interviews_kind:SCORES"),
    Collection("cases", "CS", "hr", "botui.models.hr.cases_kind:CASES"),
    Collection("proceedings", "CP", "hr", "botui.models.hr.cases_kind:PROCEEDINGS"),
    Collection("erasures", "EX", "hr", "botui.models.hr.erasures_kind:ERASURES"),
    Collection("meetings", "ME", "meetings", "botui.models.meetings.kinds:MEETINGS"),
    Collection("templates", "ET", "meetings", "botui.models.meetings.kinds:TEMPLATES"),
    Collection("people", "P", "office", "botui.models.office:PEOPLE"),
    Collection("parties", "PA", "office", "botui.models.office:PARTIES"),
    Collection("places", "PL", "office", "botui.models.office:PLACES"),
    Collection("departments", "DP", "office", "botui.models.office:DEPARTMENTS"),
    Collection("topics", "TO", "office", "botui.models.office:TOPICS"),
    Collection("replies", "CR", "office", "botui.models.office:REPLIES"),
    Collection("standins", "SI", "office", "botui.models.office:STANDINS"),
    Collection("reminders", "RM", "office", "botui.models.office:REMINDERS"),
    Collection("settings", "S", "office", "botui.models.office:SETTINGS"),
)

AREAS: Final = (
    Area(
        "tickets",
        "1",
        "Tickets",
        "botui.screens.tickets:TicketsScreen",
        clock="botui.models.tickets.timed:clock",
        check="botui.models.tickets.checks:check",
        summary=("tickets:mine", "tickets:unassigned", "tickets:late", "tickets:messages"),
        waiting="botui.models.tickets.waiting:waiting",
        asked="botui.models.tickets.waiting:asked",
        offers="botui.models.tickets.waiting:OFFERS",
        hand_over="botui.models.tickets.away:hand_over",
        take_back="botui.models.tickets.away:take_back",
        card="botui.models.tickets.card:card",
        reports="botui.models.tickets.reports:REPORTS",
        led=("botui.models.tickets.sentences:call",),
        sentences=("botui.models.tickets.sentences:trouble",),
    ),
    Area(
        "supplies",
        "2",
        "Supplies",
        "botui.screens.supplies:SuppliesScreen",
        clock="botui.models.supplies.reorder:clock",
        check="botui.models.supplies.checks:check",
        reports="botui.models.supplies.reports:REPORTS",
        summary=("items:low", "orders:late", "requests:hand_out"),
        waiting="botui.models.supplies.waiting:waiting",
        asked="botui.models.supplies.waiting:asked",
        offers="botui.models.supplies.waiting:OFFERS",
        sentences=("botui.models.supplies.sentences:wanted",),
        card="botui.models.supplies.suppliers:card",
    ),
    Area(
        "equipment",
        "3",
        "Equipment",
        "botui.screens.equipment:EquipmentScreen",
        check="botui.models.equipment.checks:check",
        clock="botui.models.equipment.clock:clock",
        summary=("faults:open", "loans:overdue", "plans:due"),
        sentences=("botui.models.equipment.sentences:broken",),
        waiting="botui.models.equipment.waiting:waiting",
        asked="botui.models.equipment.granting:asked",
        offers="botui.models.equipment.waiting:OFFERS",
        hand_over="botui.models.equipment.away:hand_over",
        take_back="botui.models.equipment.away:take_back",
        follow="botui.models.equipment.in_step:follow",
        heeds=("tickets",),
        card="botui.models.equipment.vendors:card",
        reports="botui.models.equipment.reports:REPORTS",
    ),
    Area(
        "records",
        "4",
        "Records",
        "botui.screens.records:RecordsScreen",
        clock="botui.models.records.clock:clock",
        check="botui.models.records.checks:check",
        summary=("documents:inbox", "letters:due", "bills:late"),
        waiting="botui.models.records.waiting:waiting",
        hand_over="botui.models.records.away:hand_over",
        take_back="botui.models.records.away:take_back",
        card="botui.models.records.card:card",
        asked="botui.models.records.expense_desk:asked",
        offers="botui.models.records.expense_desk:OFFERS",
        follow="botui.models.records.follow:follow",
        reports="botui.models.records.reports:REPORTS",
        heeds=("payments", "documents", "retention", "contracts", "people", "settings"),
        led=(
            "botui.models.records.expense_sentences:spent",
            "botui.models.records.bill_sentences:billed",
            "botui.models.records.post_sentences:letter",
            "botui.models.records.post_sentences:parcel",
        ),
    ),
    Area(
        "hr",
        "5",
        "HR tasks",
        "botui.screens.hr:HrScreen",
        summary=("steps:mine", "leave:approve", "tasks:late"),
        clock="botui.models.hr.clock:clock",
        check="botui.models.hr.checks:check",
        waiting="botui.models.hr.waiting:waiting",
        asked="botui.models.hr.asked:asked",
        offers="botui.models.hr.asked:OFFERS",
        follow="botui.models.hr.follow:follow",
        heeds=(
            *("person_files", "absences", "steps", "tasks", "people", "meetings", "openings", "retention", "settings"),
            *("leave", "loans", "custody", "seats", "access", "documents", "letters"),
            *("trainings", "certificates", "acknowledgements"),
        ),
        reports="botui.models.hr.reports:REPORTS",
        led=("botui.models.hr.absence_sentences:leave",),
    ),
    Area(
        "meetings",
        "8",
        "Meetings",
        "botui.screens.meetings:MeetingsScreen",
        check="botui.models.meetings.checks:check",
        summary=("meetings:mine", "meetings:unseen", "meetings:now"),
        waiting="botui.models.meetings.desk:waiting",
        offers="botui.models.meetings.desk:OFFERS",
    ),
    Area(
        "office",
        "9",
        "Office lists",
        "botui.screens.office:OfficeScreen",
        clock="botui.models.office.standins:clock",
        check="botui.models.office.checks:check",
        summary=("people:out", "reminders:due"),
        waiting="botui.models.office.waiting:waiting",
    ),
)

_REF: Final = re.compile(r"([A-Za-z]+)-?([0-9]{1,9})")
_BY_NAME: Final = {one.name: one for one in COLLECTIONS}
_BY_PREFIX: Final = {one.prefix: one for one in COLLECTIONS}


def collection(name: str) -> Collection:
    """Return the collection of this name.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def ref(name: str, number: int) -> str:
    """Return the reference of record ``number`` of collection ``name``, such as ``T-1042``."""
    return f"{_BY_NAME[name].prefix}-{number}"


def parse_ref(text: str) -> tuple[str, int] | None:
    """Return collection and number of a typed or scanned reference, or None if it is none.

    Letters may be small and the hyphen may be missing: ``t1042`` is ``T-1042``.
    """
    match = _REF.fullmatch(text.strip())
    found = _BY_PREFIX.get(match[1].upper()) if match else None
    return (found.name, int(match[2])) if match and found else None


@cache
def load(dotted: str) -> Any:
    """Return the object of a dotted name ``module:name``, importing its module on first use."""
    module, _, name = dotted.partition(":")
    return getattr(import_module(module), name)


def kind(name: str) -> Any:
    """Return the ``Kind`` of a collection (see ``botui.models.base.Kind``)."""
    return load(_BY_NAME[name].kind)
