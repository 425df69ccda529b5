"""How bad a fault is: it says how soon it is to be fixed."""

from __future__ import annotations

from botui.models.base import Choice
from botui.models.office import Priority


class Severity(Choice):
    """How bad a fault is; the office's deadline of the priority beside it counts (settings)."""

    S1 = "S1", "nobody can work"
    S2 = "S2", "some cannot work"
    S3 = "S3", "a nuisance"
    S4 = "S4", "looks bad only"

    @property
    def priority(self) -> Priority:
        """The priority of its tickets."""
        return Priority(f"P{self.value[1:]}")
