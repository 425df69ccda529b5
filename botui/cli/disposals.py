"""A disposal list as text, and the certificate that it becomes: botui certificate."""

from __future__ import annotations

from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import Refused
from botui.models.records.certificate import certificate_text


def print_certificate(session: Session) -> None:
    """Print a disposal list, or the certificate of it, as text of 72 columns."""
    desk = session.desk()
    collection, number = find_record(desk, session.args.ref)
    if collection != "disposals":
        raise Refused(f"{session.args.ref} is no disposal list: try botui list disposals.")
    session.out.write(certificate_text(desk.context(), desk.get(collection, number)))
