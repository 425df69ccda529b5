"""The text in a file, read by a process of its own: what such a file does to its reader, it does to nobody else.

Run as a program it reads a PDF on standard input and writes its text on standard output. It knows nothing of botui,
so that it starts quickly and can reach nothing.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

PDF: Final = "application/pdf"
"""What a PDF is, by its content."""
TEXT_MAX: Final = 200_000
"""Characters that are written at most."""
SECONDS: Final = 20
"""Seconds of work that a file is given; one page of a plain PDF takes a twentieth of a second."""
MEMORY: Final = 768 << 20
"""Bytes of memory that a file may take: a small machine has a few times as much."""


def reads_pdf() -> bool:
    """Return whether what reads PDFs is installed here (the extra ``pdf``)."""
    return find_spec("pypdf") is not None


def text_of(path: str, media: str) -> str:
    """Return the text of a kept file, as far as it can be read; nothing where it cannot.

    Args:
        path: where the content is.
        media: what it is, by its content.
    """
    if media == "text/plain":
        try:
            with open(path, "rb") as file:
                data = file.read(4 * TEXT_MAX)
        except OSError:  # the last document that had it went just now, and took it along
            return ""
        try:
            return data.decode("utf-8-sig")[:TEXT_MAX]
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")[:TEXT_MAX]
    return _by_child(path) if media == PDF else ""


def _by_child(path: str) -> str:
    import subprocess

    command = [sys.executable, "-I", __file__]
    try:
        with open(path, "rb") as file:
            done = subprocess.run(
                command,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=2 * SECONDS,
                check=False,
                env={},
                cwd="/",
            )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout[: 4 * TEXT_MAX].decode("utf-8", "replace")[:TEXT_MAX]


def _limit() -> None:
    """Let this process have no more than it needs: the file may have been made to take all there is."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 8 * TEXT_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Write the text of the PDF on standard input; what was read before it goes wrong is written, too."""
    try:
        from pypdf import PdfReader
    except ImportError:
        return 2
    _limit()
    left = TEXT_MAX
    try:
        for page in PdfReader(sys.stdin.buffer).pages:
            text = page.extract_text()[:left]
            sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
            left -= len(text)
            if left <= 0:
                break
    except Exception:  # a PDF can break its reader in as many ways as there are
        return 1
    finally:
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
