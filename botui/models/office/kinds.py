"""The office lists bound together: shape, verbs, views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, Rules, Transition, View, fold
from botui.models.office.choices import PartyKind
from botui.models.office.context import Context
from botui.models.office.records import Department, Party, Person, Place, Reminder, Reply, Topic
from botui.models.office.rules import (
    REMIND,
    Checked,
    InOut,
    checked,
    create_person,
    in_out,
    no_supplier,
    not_to_sign_out,
    revise_person,
    revise_place,
    revise_reminder,
    seen,
    sign_out,
)
from botui.models.office.settings import Settings
from botui.models.office.standins import (
    ComeBack,
    StandIn,
    acknowledge,
    cannot_end,
    come_back,
    create_standin,
    not_told,
    revise_standin,
)


def _active(_: Context) -> Mapping[str, Any]:
    return {"active": (True,)}


def _everything(_: Context) -> Mapping[str, Any]:
    return {}


def _called(doc: Mapping[str, Any]) -> str:
    """Return the name as it is compared with what is typed."""
    return fold(str(doc.get("name") or ""))


def _lists(many: str, sort: str = "name") -> tuple[View, ...]:
    return (
        View(name="active", label=many, where=_active, sort=sort, empty="Nothing here yet: press n."),
        View(name="all", label=f"{many}, old ones too", where=_everything, sort=sort, menu=False),
    )


_OUT_VIEW: Final = View(
    name="out", label="Out or away", where=lambda _: {"presence": ("out", "away"), "active": (True,)}, sort="name"
)

_SUPPLIERS: Final = (PartyKind.SUPPLIER.value, PartyKind.BOTH.value)

PEOPLE: Final = Kind(
    model=Person,
    one="person",
    many="People",
    rules=Rules(
        transitions=(
            Transition(name="in_out", label="In or out", rule=in_out, needs=InOut, who="presence"),
            Transition(
                name="sign_out",
                label="Sign out everywhere",
                rule=sign_out,
                who="own",
                guard=not_to_sign_out,
                many=False,
                final="the desks are left already.",
            ),
            REMIND,
        ),
        create=create_person,
        revise=revise_person,
    ),
    views=(*_lists("People"), _OUT_VIEW),
    index=("name", "initials", "department", "active", "presence", "os_user", "roles"),
    several=("roles",),
    derived={"called": _called},
    aliases=("initials", "codes"),
    text=("name", "initials", "job", "extension", "mobile", "email", "codes"),
)
PARTIES: Final = Kind(
    model=Party,
    one="party",
    many="Customers and suppliers",
    rules=Rules(
        transitions=(
            Transition(name="acknowledge", label="Checked", rule=checked, needs=Checked, guard=no_supplier),
            REMIND,
        )
    ),
    views=(
        *_lists("Customers and suppliers"),
        View(
            name="suppliers",
            label="Suppliers",
            where=lambda _: {"kind": _SUPPLIERS, "active": (True,)},
            sort="name",
            empty="No suppliers yet: n files one.",
            menu=False,
        ),
        View(
            name="check_due",
            label="Suppliers to check",
            where=lambda ctx: {
                "check_on": Between(high=(ctx.today + timedelta(days=1)).isoformat()),
                "active": (True,),
            },
            sort="check_on",
            timed=True,
            empty="No supplier has to be checked yet.",
            menu=False,
        ),
    ),
    index=("name", "kind", "active", "phone", "check_on"),
    derived={"called": _called},
    aliases=("account_no", "codes"),
    text=("name", "contacts", "phone", "email", "address", "account_no", "iban", "notes", "codes"),
)
PLACES: Final = Kind(
    model=Place,
    one="place",
    many="Places",
    rules=Rules(transitions=(REMIND,), revise=revise_place),
    views=_lists("Places"),
    index=("name", "within", "active"),
    derived={"called": _called},
    aliases=("codes",),
    text=("name", "codes"),
)
DEPARTMENTS: Final = Kind(
    model=Department,
    one="department",
    many="Departments",
    rules=Rules(transitions=(REMIND,)),
    views=_lists("Departments"),
    index=("name", "manager", "active"),
    aliases=("codes",),
    text=("name", "codes"),
)
TOPICS: Final = Kind(
    model=Topic,
    one="topic",
    many="Topics",
    rules=Rules(transitions=(REMIND,)),
    views=_lists("Topics"),
    index=("name", "department", "active", "priority"),
    text=("name",),
)
REPLIES: Final = Kind(
    model=Reply,
    one="canned reply",
    many="Canned replies",
    rules=Rules(transitions=(REMIND,)),
    views=(View(name="all", label="Canned replies", where=_everything, sort="title", empty="None yet: press n."),),
    index=("title", "topic"),
    text=("title", "text"),
)
REMINDERS: Final = Kind(
    model=Reminder,
    one="reminder",
    many="Reminders",
    title=lambda record: f"{record.about} {record.note}".strip(),
    rules=Rules(
        transitions=(Transition(name="acknowledge", label="Done", rule=seen, who="own"),), revise=revise_reminder
    ),
    views=(
        View(
            name="mine",
            label="My reminders",
            where=lambda ctx: {"person": (ctx.by or 0,), "done_at": (None,)},
            sort="on",
            empty="No reminders: press z on any record.",
        ),
        View(
            name="due",
            label="Reminders due",
            where=lambda ctx: {
                "person": (ctx.by or 0,),
                "done_at": (None,),
                "on": Between(high=(ctx.today + timedelta(days=1)).isoformat()),
            },
            sort="on",
            timed=True,
            empty="Nothing to be reminded of today.",
        ),
        View(name="all", label="Reminders of all", where=_everything, sort="on", menu=False),
    ),
    index=("person", "on", "about", "done_at"),
    text=("about", "note"),
)
STANDINS: Final = Kind(
    model=StandIn,
    one="stand-in",
    many="Stand-ins",
    title=lambda record: f"{record.starts:%d.%m.}-{record.ends:%d.%m.%Y} {record.note}".strip(),
    rules=Rules(
        transitions=(
            Transition(name="acknowledge", label="Seen", rule=acknowledge, who="own", guard=not_told),
            Transition(
                name="cancel",
                label="Back again",
                rule=come_back,
                needs=ComeBack,
                ask=False,
                who="own",
                guard=cannot_end,
            ),
            REMIND,
        ),
        create=create_standin,
        revise=revise_standin,
    ),
    views=(
        View(
            name="now",
            label="Who stands in now",
            where=lambda ctx: {
                "ended_at": (None,),
                "starts": Between(high=(ctx.today + timedelta(days=1)).isoformat()),
                "ends": Between(low=ctx.today.isoformat()),
            },
            sort="ends",
            timed=True,
            empty="Nobody is away with a stand-in: n says who stands in for whom.",
        ),
        View(
            name="mine",
            label="My stand-ins",
            where=lambda ctx: {"person|stand_in": (ctx.by or 0,), "ended_at": (None,)},
            sort="starts",
            empty="Nobody stands in for you, and you for nobody: n says who does.",
            menu=False,
        ),
        View(name="all", label="Stand-ins, old ones too", where=_everything, sort="starts", down=True, menu=False),
    ),
    columns=("person", "starts", "ends", "stand_in", "note"),
    index=("person", "stand_in", "starts", "ends", "begun_at", "ended_at", "acknowledged_at"),
    text=("note",),
)
SETTINGS: Final = Kind(
    model=Settings,
    one="office",
    many="Settings",
    views=(View(name="all", label="Settings", where=_everything),),
    index=("name",),
)
