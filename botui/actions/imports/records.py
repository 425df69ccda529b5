"""JSON of other systems as rows of text: an array of records, an object with one such array, or a record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botui.models.base import Refused, clean


def records_of(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield where each record stands, its cells by column, and why it cannot be used (mostly nothing).

    Raises:
        Refused: this is no JSON, or holds no records.
    """
    for where, one, wrong in _items(text):
        if isinstance(one, dict):
            yield where, dict(_flat(one)), ""
        else:
            yield where, {}, wrong or "it is not a record with fields"


def _items(text: str) -> list[tuple[str, Any, str]]:
    try:
        whole = json.loads(text, parse_constant=str)
    except (ValueError, RecursionError) as error:
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if len(lines) < 2 or not lines[0][1].endswith("}") or not lines[1][1].startswith("{"):
            raise Refused(f"This is not JSON: {error}.") from None
        return [(f"line {number}", *_parsed(line)) for number, line in lines]
    return [(f"record {number}", one, "") for number, one in enumerate(_records(whole), start=1)]


def _parsed(line: str) -> tuple[Any, str]:
    try:
        return json.loads(line, parse_constant=str), ""
    except (ValueError, RecursionError):
        return None, "it is not JSON"


def _records(whole: Any) -> list[Any]:
    if isinstance(whole, dict):
        arrays = [one for one in whole.values() if isinstance(one, list) and any(isinstance(x, dict) for x in one)]
        if len(arrays) > 1:
            raise Refused("This JSON has several arrays of records; which one is meant?")
        whole = arrays[0] if arrays else [whole]
    if not isinstance(whole, list):
        raise Refused("This JSON is not an array of records.")
    return whole


def _flat(item: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        name = clean(f"{before}{key}")[:80] or "column"
        if isinstance(value, dict) and depth < 2:
            yield from _flat(value, f"{name}.", depth + 1)
        else:
            yield name, _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(not isinstance(one, (dict, list)) for one in value):
        return ", ".join(_cell(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
