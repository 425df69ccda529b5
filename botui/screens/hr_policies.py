"""Policies on the screen: what they say, who has read it and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Transition
from botui.models.hr.acknowledging import given, pending
from botui.models.hr.policy import Policy, State
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, joined
from botui.screens.hr_training import named
from botui.widgets.detail import Section

_NEXT: Final = {
    State.DRAFT: "b puts it in force",
    State.IN_FORCE: "g says that you have read it",
}
"""What is to be done next."""


class PolicyDetails(EquipmentDetails):
    """What is shown of a policy."""

    def sections(self, record: Policy) -> Sequence[Section]:
        """Return what it says and whether whoever looks has read it; to HR who has and who has not."""
        mine = self._mine(record)
        since = f"version {record.version}, since {self.day(record.starts)}" if record.version else ""
        rows = [
            ("State", joined(record.state.label, since, mine or _NEXT.get(record.state, ""))),
            ("What is new", record.news),
            ("For", self.title("departments", record.department) or "everybody"),
            ("To be read by", self._due(record)),
            ("Its document", self.title("documents", record.document)),
        ]
        found = [Section("", [(label, text) for label, text in rows if text])]
        if record.text:
            found.append(Section("Text", record.text))
        if record.state is State.IN_FORCE and self.desk.reads_all("acknowledgements"):
            found.append(self._who(record))
        return found

    def _due(self, policy: Policy) -> str:
        return self.day(policy.starts + timedelta(days=policy.days)) if policy.starts else ""

    def _mine(self, policy: Policy) -> str:
        where = {"policy": (policy.id,), "version": (policy.version,), "person": (self.desk.person or 0,)}
        found = self.last("acknowledgements", where, 1)
        return f"you have read it ({self.at(found[0].at)})" if found else ""

    def _who(self, policy: Policy) -> Section:
        ctx = self.desk.context()
        left, read = pending(ctx, policy), given(ctx, policy)
        rows = [
            ("Has not read it", named([one.name for one in left]) or "nobody"),
            ("Has read it", named([self.title("people", one.person) for one in read]) or "nobody"),
        ]
        return Section(f"Read by {len(read):,}, not by {len(left):,}", rows)

    def followed(self, record: Policy) -> list[Link]:
        """Return its document, and the last that people said they had read it."""
        found = self.last("acknowledgements", {"policy": (record.id,), "version": (record.version,)})
        names = ((one, self.title("people", one.person)) for one in found)
        return self.named(
            *(self.link("Read by", "acknowledgements", one.id, name) for one, name in names), record=record
        )


class PolicyRecord(EquipmentRecord):
    """One policy."""

    DETAILS = PolicyDetails
    HELP = (
        "A rule of the house. g says that you have read it. b puts a version in force: whoever must know it is asked "
        "anew. HR says of who signed on paper that they have read it, from the numbered list."
    )

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return the text as it is, for the version that comes after it."""
        record = self.current()
        fits = isinstance(record, Policy) and transition.name == "run"
        return {"text": record.text} if fits and isinstance(record, Policy) and record.text else {}
