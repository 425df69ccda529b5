"""What stands on a label."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One label or card.

    Attributes:
        code: what a scan of it gives: printable ASCII.
        title: the words over the bars; cut where they are too long.
        small: a line of smaller words under the title.
        shown: the code also stands in clear under the bars.
    """

    code: str
    title: str
    small: str = ""
    shown: bool = True
