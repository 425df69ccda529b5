"""Commands about the desks that are open now: botui sessions, botui sessions end."""

from __future__ import annotations

from botui.actions.sessions import HEADS, end, open_desks, texts
from botui.cli.output import write_json, write_table
from botui.cli.session import Session


def list_open(session: Session) -> None:
    """Show which desks are open: who, where, since when, and for how long nobody pressed a key."""
    desk = session.desk()
    found = open_desks(desk)
    if session.args.json:
        write_json(
            session.out,
            [
                {
                    "id": one.id,
                    "person": None if one.person is None else f"P-{one.person}",
                    "terminal": one.terminal,
                    "since": one.since,
                    "active": one.active,
                }
                for one in found
            ],
        )
    elif found:
        write_table(session.out, HEADS, [texts(desk, one) for one in found], (0, 24, 30, 0, 0))
    else:
        session.out.write("No desk is open.\n")


def end_one(session: Session) -> None:
    """End an open desk."""
    session.out.write(f"{end(session.desk(write=True), session.args.id)}\n")
