"""Labels for things and badge cards for people: botui labels print, botui labels badge."""

from __future__ import annotations

from botui import areas
from botui.actions.labels import Label, as_text, as_zpl, badge_card
from botui.actions.labels.lines import BLOCKS
from botui.actions.labels.port import send
from botui.cli.filters import find_record
from botui.cli.session import Session, find_person
from botui.data import Desk
from botui.models.errors import Refused


def print_labels(session: Session) -> None:
    """Print a label for each of some records."""
    desk, args = session.desk(), session.args
    labels = [_label(desk, code) for code in args.refs]
    sized = {} if args.width is None else {"width": args.width}
    drawn = [as_zpl(one, **sized) if args.zpl else as_text(one, **sized) for one in labels]
    _send(session, ("" if args.zpl else "\n").join(drawn))


def _label(desk: Desk, code: str) -> Label:
    """Return the label of a record: it carries the code the record was asked for by, else its reference."""
    collection, number = find_record(desk, code)
    reference = areas.ref(collection, number)
    known = number in desk.aliases(collection, code)
    what = areas.kind(collection).one
    return Label(code.strip() if known else reference, desk.title(collection, number), f"{what} {reference}")


def badge(session: Session) -> None:
    """Print a badge card for a person; the code is read from the command or from standard input and kept nowhere."""
    desk, args = session.desk(), session.args
    number = find_person(desk, args.who)
    if number is None:
        raise Refused(f"There is nobody with the initials or number '{args.who}': try botui list people.")
    code = args.code if args.code is not None else session.stdin.readline()
    if not code.strip():
        raise Refused("A badge card needs the code that stands on it: on standard input, or with --code.")
    _send(session, badge_card(desk.get("people", number).name, desk.settings.name, code.strip(), zpl=args.zpl))


def _send(session: Session, text: str) -> None:
    """Send labels to where the command says."""
    if session.args.to != "-":
        send(text.encode(), session.args.to)
        return
    try:
        "".join(BLOCKS.values()).encode(getattr(session.out, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        if not session.args.zpl:
            raise Refused(
                "This output has no block characters to draw bars with: take --to FILE, or --zpl for a label printer."
            ) from None
    session.out.write(text)
