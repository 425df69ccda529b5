"""Where a label goes: a file, a printer's device, or a port of the network."""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import time
from typing import Final
from urllib.parse import urlsplit

from botui.models.errors import Refused

PATIENCE: Final = 10.0
"""Seconds that a printer may take nothing before we give up."""
RAW_PORT: Final = 9100
"""The port on which network printers take what they are to print as it is."""


def send(data: bytes, to: str, *, patience: float = PATIENCE) -> None:
    """Send what is to be printed.

    Args:
        data: text in UTF-8 or ZPL.
        to: ``tcp://HOST`` or ``tcp://HOST:PORT``, a device such as ``/dev/usb/lp0``, or a file that is not there yet.
        patience: seconds that the printer may take nothing.

    Raises:
        Refused: it is not there, takes nothing, or would be overwritten; in words.
    """
    try:
        if "://" in to:
            _to_network(data, to, patience)
        else:
            _to_file(data, to, patience)
    except TimeoutError:
        raise Refused(f"{to} takes nothing: is the printer on, and has it paper?") from None
    except OSError as error:
        raise Refused(f"{to} cannot be written to: {error.strerror or error}.") from None


def address(to: str) -> tuple[str, int]:
    """Return host and port of ``tcp://HOST`` or ``tcp://HOST:PORT``; an IPv6 address stands in brackets.

    Raises:
        Refused: it is something else.
    """
    try:
        parts = urlsplit(to)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    named = f"[{host}]" if ":" in host else host
    if not host or to.casefold() not in (f"tcp://{named}", f"tcp://{named}:{port}"):
        raise Refused(f"'{to}' is no printer's address: write tcp://HOST or tcp://HOST:{RAW_PORT}.")
    return host, port or RAW_PORT


def _to_network(data: bytes, to: str, patience: float) -> None:
    with socket.create_connection(address(to), timeout=patience) as line:
        line.sendall(data)


def _to_file(data: bytes, to: str, patience: float) -> None:
    path = os.path.expanduser(to)
    new = not os.path.lexists(path)
    if not new and stat.S_ISREG(os.stat(path).st_mode):
        raise Refused(f"{to} is there already; give another name.")
    # Not blocking: a printer that is switched off would hold the command for ever.
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | (os.O_CREAT | os.O_EXCL if new else 0)
    try:
        number = os.open(path, flags, 0o600)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise TimeoutError from None
        raise
    try:
        _write(number, data, patience)
    finally:
        os.close(number)


def _write(number: int, data: bytes, patience: float) -> None:
    until = time.monotonic() + patience
    while data:
        if not select.select([], [number], [], max(0.0, until - time.monotonic()))[1]:
            raise TimeoutError
        try:
            taken = os.write(number, data)
        except BlockingIOError:
            continue
        data, until = data[taken:], time.monotonic() + patience
