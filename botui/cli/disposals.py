"""A disposal list or an erasure as text, and the certificate that it becomes: botui certificate."""

from __future__ import annotations

from botui.cli.filters import find_record
from botui.cli.session import Session
from botui.models.base import Refused
from botui.models.records.certificate import certificate_text


def print_certificate(session: Session) -> None:
    """Print a disposal list or an erasure, or the certificate of it, as text of 72 columns."""
    desk = session.desk()
    collection, number = find_record(desk, session.args.ref)
    if collection == "erasures":
        from botui.models.hr.erasing_certificate import certificate_text as of_erasure

        session.out.write(of_erasure(desk.context(), desk.get(collection, number)))
        return
    if collection != "disposals":
        raise Refused(f"{session.args.ref} is no disposal list and no erasure: try botui list disposals.")
    session.out.write(certificate_text(desk.context(), desk.get(collection, number)))
