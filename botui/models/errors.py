"""The one family of errors: each carries a sentence for people and an exit code for the command line.

DESIGN section 8 names the codes: 1 = the office says no, 3 = the store cannot.
"""

from __future__ import annotations

from typing import ClassVar


class BotuiError(Exception):
    """Anything botui says no with; ``str()`` is a plain sentence that may be shown as it is."""

    exit_code: ClassVar[int] = 1
    """What the command line ends with."""


class Refused(BotuiError):
    """A rule says no.

    Attributes:
        fields: for a form, what is wrong with which field, in words.
    """

    def __init__(self, reason: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.fields = fields or {}


class Conflict(BotuiError):
    """Somebody else changed the same field meanwhile.

    Attributes:
        fields: the fields that have meanwhile another value, with that value.
    """

    def __init__(self, reason: str, fields: dict[str, object] | None = None) -> None:
        super().__init__(reason)
        self.fields = fields or {}


class NotAllowed(BotuiError):
    """The person's roles do not allow this."""


class PinNeeded(NotAllowed):
    """It needs the person's PIN first, given now."""


class StoreError(BotuiError):
    """The store itself cannot do what was asked; nothing was changed."""

    exit_code: ClassVar[int] = 3


class StoreLocked(StoreError):
    """Another process held the store longer than this one was ready to wait."""


class StoreDamaged(StoreError):
    """A file of the store is not what botui wrote; the sentence says which and what to do."""


class StoreFull(StoreError):
    """The disk is full, read-only or failing; the write was taken back."""
