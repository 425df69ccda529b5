"""What a file is by its first bytes, held against its name: what is kept as an attachment, and what is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..models.errors import Refused

HEAD: Final = 4096
"""First bytes of a file that say what it is."""
_SAID: Final = 80
"""Characters of a name that a refusal repeats."""
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of file.

    Attributes:
        media: its media type (RFC 6838, the registry of IANA).
        called: what people call it.
        begins: how its content begins, one of these; empty = it is plain text.
        within: what stands in its first bytes besides, for formats that are a ZIP of something.
    """

    media: str
    called: str
    begins: tuple[bytes, ...] = ()
    within: bytes = b""


_PDF: Final = Sort("application/pdf", "PDF", (b"%PDF-",))
_TEXT: Final = Sort("text/plain", "text")
_SORTS: Final = (
    _PDF,
    Sort("image/png", "PNG picture", (b"\x89PNG\r\n\x1a\n",)),
    Sort("image/jpeg", "JPEG picture", (b"\xff\xd8\xff",)),
    Sort("image/tiff", "TIFF picture", (b"II*\0", b"MM\0*")),
    Sort("image/gif", "GIF picture", (b"GIF87a", b"GIF89a")),
    Sort("application/vnd.oasis.opendocument.text", "OpenDocument text", (_ZIP,), b"opendocument.text"),
    Sort("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument sheet", (_ZIP,), b"opendocument.spreadsheet"),
    Sort("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word text", (_ZIP,), b"word/"),
    Sort("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel sheet", (_ZIP,), b"xl/"),
    Sort("application/zip", "ZIP archive", (_ZIP,)),
    Sort("application/x-executable", "program", (b"MZ", b"\x7fELF", b"#!")),
)
"""Sorts that are told by their beginning, the narrower first; OOXML and OpenDocument are ZIPs."""
_KEPT: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/plain",
    "eml": "text/plain",
}
"""What the end of a name promises, of the files that are kept."""
_OFFICE: Final = frozenset({"docx", "xlsx"})
"""Their parts may stand in any order, so that the first bytes need not tell a text from a sheet."""
_CONTROL: Final = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def media_of(name: str, head: bytes) -> str:
    """Return the media type of a file that may be kept, by its content.

    Args:
        name: what it is called.
        head: its first ``HEAD`` bytes, or all of it.

    Raises:
        Refused: it is empty, of no sort that is kept, or not what its name says.
    """
    said = name if len(name) <= _SAID else f"{name[:_SAID]}..."
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not head:
        raise Refused(f"{said} is empty.")
    if ending not in _KEPT:
        what = f"'.{ending[:10]}' files are not kept" if ending else "its name does not say what it is"
        raise Refused(f"{said}: {what}; there is: {', '.join(sorted(_KEPT))}.")
    found, promised = _sort_of(head), _KEPT[ending]
    zipped = ending in _OFFICE and found is not None and found.media == "application/zip"
    if found is not None and (found.media == promised or zipped):
        return promised
    there = f"a {found.called}" if found else "something else"
    raise Refused(f"{said} is not what its name says: inside is {there}.")


def _sort_of(head: bytes) -> Sort | None:
    for one in _SORTS:
        if head.startswith(one.begins) and one.within in head:
            return one
    return None if _CONTROL.search(head) else _TEXT
