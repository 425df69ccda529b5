"""The accident book on the screen: whom to call first, what happened, what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from botui.actions import incidents
from botui.data import Done
from botui.models.hr.drill import Drill
from botui.models.hr.incident import REPORT_OVER, Incident, State
from botui.models.hr.incident_book import Report
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, joined
from botui.screens.form import FormScreen
from botui.screens.hr_training import named
from botui.screens.session import Session
from botui.screens.sheet import Sheet
from botui.widgets.detail import Section

_TITLE: Final = "Accident or near miss"
_HEAD: Final = (
    *("what", "kind", "at", "place", "person", "name", "injury", "first_aid", "aider", "doctor", "witnesses"),
    *("days_lost", "measures", "state", "owner", "reporter", "caller", "reported_on", "reported_number", "log"),
)
_NEXT: Final = {State.NEW: "a says who looks into it", State.OPEN: "s closes it with what is changed"}


class IncidentForm(FormScreen):
    """What happened, of somebody who has not signed in: nothing of it is kept when nobody is there."""

    def draft(self) -> dict[str, str]:
        """Return that nothing is to be kept."""
        return {}


async def report(session: Session) -> Done | None:
    """Ask a guest what happened, and write it down; from a worker."""
    sheet = await session.in_store(Sheet, Report, session.desk)
    call = await session.in_store(incidents.first_aid, session.desk)
    save = partial(incidents.report, session.desk)
    info = (call,) if call else ()
    return await session.push_screen_wait(IncidentForm(sheet, title=_TITLE, desk=session.desk, save=save, info=info))


async def file_incident(session: Session, values: Mapping[str, Any]) -> Done | None:
    """Ask what happened, with whom to call for first aid above it; from a worker."""
    sheet = await session.in_store(Sheet, Incident, session.desk, None, values)
    call = await session.in_store(incidents.first_aid, session.desk)
    form = FormScreen(
        sheet,
        title=_TITLE,
        desk=session.desk,
        save=partial(session.desk.add, Incident.COLLECTION),
        batch=True,
        draft_key=f"new {Incident.COLLECTION}",
        repeats=session.repeats,
        info=(call,) if call else (),
    )
    return await session.push_screen_wait(form)


class IncidentDetails(EquipmentDetails):
    """What is shown of an accident or a near miss."""

    def sections(self, record: Incident) -> Sequence[Section]:
        """Return where it stands, what happened, whom it hurt, what was done, and what was noted since."""
        owner = self.title("people", record.owner)
        rows = [
            (
                "State",
                joined(record.state.label, f"{owner} looks into it" if owner else "", _NEXT.get(record.state, "")),
            ),
            ("Kind", record.kind.label),
            ("What happened", record.what),
            ("When", self.at(record.at)),
            ("Where", self.title("places", record.place)),
            ("Reported by", self.title("people", record.reporter) or record.caller),
            ("Who saw it", record.witnesses),
        ]
        found = [Section("", [(label, text) for label, text in rows if text]), Section("Hurt", self._hurt(record))]
        found += [Section("What is changed", record.measures)] if record.measures else []
        found += [Section("Notes", record.log)] if record.log else []
        return [*found, *self.rest(record, _HEAD)]

    def _hurt(self, one: Incident) -> list[tuple[str, str]]:
        aider = f"by {self.title('people', one.aider)}" if one.aider else ""
        told = joined(f"told {self.day(one.reported_on)}" if one.reported_on else "", one.reported_number)
        due = f"to be told: more than {REPORT_OVER} days lost (b)" if one.must_be_told else ""
        rows = [
            ("Who", self.title("people", one.person) or one.name or "nobody"),
            ("Injury", one.injury),
            ("First aid", joined(one.first_aid, aider)),
            ("Doctor", "was seen" if one.doctor else ""),
            ("Days lost", f"{one.days_lost:,}" if one.days_lost else ""),
            ("Authority", told or due),
        ]
        return [(label, text) for label, text in rows if text]


class IncidentRecord(EquipmentRecord):
    """One accident or near miss."""

    DETAILS = IncidentDetails
    HELP = (
        "An accident or a near miss. HR sees it, whom it hurt and who looks into it: a says who that is. o notes what "
        "is found out, b that the authority was told, s closes it with what is changed."
    )


class DrillDetails(EquipmentDetails):
    """What is shown of a drill."""

    def sections(self, record: Drill) -> Sequence[Section]:
        """Return when and where it was, how long it took, who was missing, and what was found."""
        rows = [
            ("Kind", record.kind.label),
            ("When", self.at(record.at)),
            ("Where", self.title("places", record.place)),
            ("Led by", record.led_by),
            ("Took", f"{record.minutes} minutes" if record.minutes is not None else ""),
            ("People", f"{record.present:,}" if record.present is not None else ""),
            ("Missing", named([self.title("people", one) for one in record.missing])),
            ("Next one", self.day(record.next_on)),
        ]
        found = [Section("", [(label, text) for label, text in rows if text])]
        return [*found, Section("What was found", record.note)] if record.note else found


class DrillRecord(EquipmentRecord):
    """One drill."""

    DETAILS = DrillDetails
    HELP = "An emergency that was tried out. e changes what was written down; n in the list writes down another."
