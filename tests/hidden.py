"""Records of HR's with a secret in every text, for tests of privacy and of erasing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from botui.models.base import Kind, Record, Refused
from botui.models.shape import FieldKind, build, fields_of
from tests.offices import HANNA, needed

SECRET = "Geheimnis"
"""Stands in every text of every record that HR alone sees."""


def plain(kind: Kind[Any]) -> Record:
    """Return a record with nothing in it but what must be."""
    found: Record = build(kind.model, {**needed(kind.model), "id": 1})
    return found


def about(kind: Kind[Any], person: int, secret: str = SECRET) -> Record:
    """Return a record about somebody that HR made, with the secret in every text that takes it."""
    values: dict[str, Any] = needed(kind.model)
    specs = fields_of(kind.model)
    for spec in specs:
        if spec.ui.ref == "people":
            who = person if spec.name == "person" or spec.required else HANNA
            values[spec.name] = (who,) if spec.kind is FieldKind.REFS else who
    for spec in specs:
        if spec.kind in (FieldKind.LINE, FieldKind.PROSE, FieldKind.WORDS) and not spec.ui.names:
            text = f"{secret} {spec.name}"
            tried = {**values, spec.name: (secret,) if spec.kind is FieldKind.WORDS else text}
            with suppress(Refused):
                build(kind.model, {**tried, "id": 1})
                values = tried
    found: Record = build(kind.model, {**values, "id": 1})
    return found
