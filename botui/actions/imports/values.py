"""Words and figures of other systems as ours: states, priorities, channels, kinds, times, numbers.

An unknown word is not an error: the row is taken with what its other cells say, the word is kept in the notes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from botui.actions.imports.columns import plain
from botui.models import calendar
from botui.models.base import Refused, clean

NOTHING: Final = frozenset({"", "-", "--", "n/a", "na", "null", "none", "nil", "nan", "nat", "\\n", "(empty)", "unset"})
"""What systems write where nothing is, in columns that are not free text."""
_NO_DATE: Final = re.compile(r"0000-00-00.*|0001-01-01.*|1900-01-00.*", re.ASCII)


def _words(table: Mapping[str, str]) -> dict[str, str]:
    return {word: ours for ours, words in table.items() for word in words.split(",")}


STATES: Final = _words(
    {
        "new": "new,unassigned,submitted,received,to do,todo,backlog,logged,neu",
        "open": (
            "open,opened,active,in progress,work in progress,wip,assigned,processing,processing assigned,"
            "processing planned,under investigation,investigating,reopened,re opened,replied,accepted,started,"
            "scheduled,escalated,in work,in bearbeitung,offen"
        ),
        "waiting requester": (
            "waiting,pending,pending reminder,on hold,hold,awaiting reply,awaiting user,awaiting user info,"
            "awaiting caller,awaiting customer,awaiting requester,awaiting information,waiting for user,"
            "waiting for customer,waiting for requester,waiting on customer,pending customer,pending user,"
            "pending requester,user response needed,wartend"
        ),
        "waiting vendor": (
            "waiting on vendor,waiting for vendor,pending vendor,awaiting vendor,pending supplier,waiting for supplier,"
            "waiting on third party,waiting for third party,pending third party,third party,awaiting third party,"
            "awaiting problem,awaiting change,waiting for support"
        ),
        "waiting part": "waiting for part,waiting for parts,pending part,pending parts,awaiting parts,on order",
        "resolved": "resolved,solved,fixed,done,completed,complete,pending close,pending closure,answered,erledigt",
        "closed": (
            "closed,closed complete,closed resolved,closed successful,closed incomplete,finished,archived,geschlossen"
        ),
        "rejected": (
            "rejected,cancelled,canceled,closed cancelled,closed skipped,declined,refused,invalid,withdrawn,wont fix,"
            "won t fix,wont do,won t do,spam,void,abgelehnt"
        ),
        "merged": "merged,duplicate",
    }
)
"""States of other systems; ``waiting`` with what is waited for. ``merged`` has no other ticket here: see tickets."""

PRIORITIES: Final = _words(
    {
        "P1": "p1,1,critical,urgent,highest,blocker,very high,emergency,major,sev1,sev 1,s1,kritisch,dringend",
        "P2": "p2,2,high,important,soon,sev2,sev 2,s2,hoch",
        "P3": "p3,3,medium,normal,moderate,standard,average,sev3,sev 3,s3,mittel",
        "P4": (
            "p4,4,p5,5,low,lowest,minor,very low,planning,trivial,whenever,none urgent,sev4,sev 4,s4,sev5,niedrig,"
            "gering"
        ),
    }
)

CHANNELS: Final = _words(
    {
        "phone": "phone,telephone,call,phone call,voice,voicemail,hotline,tel,telefon",
        "walk-in": "walk in,walkin,in person,counter,visit,face to face,desk,direct",
        "mail": "mail,letter,post,fax,paper",
        "e-mail": "e mail,email,mailbox,inbox",
        "kiosk": "kiosk,portal,web,website,web form,webform,form,self service,selfservice,service portal,app,agent",
    }
)

KINDS: Final = _words(
    {
        "request": "request,service request,question,inquiry,enquiry,change request,access request,sr,ritm",
        "incident": "incident,problem,fault,bug,issue,error,outage,failure,inc",
        "complaint": "complaint,claim,feedback",
        "task": "task,work order,job,change,maintenance,sctask",
    }
)

PARTY_KINDS: Final = _words(
    {
        "supplier": "supplier,vendor,creditor,suppliers,vendors,lieferant",
        "customer": "customer,client,debtor,customers,clients,kunde",
        "both": "both,customer and supplier,customer supplier,supplier and customer",
        "other": "other",
    }
)

YES: Final = frozenset(
    {"yes", "y", "true", "1", "x", "met", "within", "within sla", "in sla", "achieved", "ok", "on time"}
)
NO: Final = frozenset(
    {"no", "n", "false", "0", "missed", "breached", "breach", "not met", "violated", "overdue", "late", "failed", "out"}
)
_GONE: Final = frozenset(
    {"inactive", "terminated", "left", "disabled", "no", "n", "false", "0", "former", "retired", "resigned"}
    | {"suspended", "blocked", "closed", "archived", "deleted"}
)
_RATINGS: Final = {"good": 5, "bad": 1, "great": 5, "okay": 3, "ok": 3, "very satisfied": 5, "satisfied": 4} | {
    "neutral": 3,
    "unsatisfied": 2,
    "dissatisfied": 2,
    "very unsatisfied": 1,
    "very dissatisfied": 1,
    "excellent": 5,
    "poor": 1,
}


def filled(text: str) -> str:
    """Return the cell of a column that is not free text, or nothing where it says that there is nothing."""
    word = clean(text)
    return "" if word.casefold() in NOTHING else word


def word_of(table: Mapping[str, str], text: str) -> str:
    """Return our word for a word of theirs, or nothing.

    ``1 - Critical`` is ``critical``; of ``On Hold - Awaiting Vendor`` the last part that is known counts; else the
    first word: ``Closed by caller``.
    """
    whole = plain(text)
    words = [part for part in whole.split() if not part.isdigit()]
    pairs = [" ".join(words[place : place + size]) for size in (2, 3) for place in range(len(words) - size + 1)]
    known = [table[pair] for pair in pairs if pair in table]
    return (
        table.get(whole) or table.get(" ".join(words)) or (known[-1] if known else table.get(whole.split(" ")[0], ""))
    )


def moment(text: str, zone: str, order: calendar.Order | None) -> datetime | None:
    """Return the moment that a cell says, or None for an empty one.

    Raises:
        ValueError: it is none, in words.
    """
    word = filled(text)
    if not word or _NO_DATE.fullmatch(word):
        return None
    return calendar.parse_import_time(word, zone, order)


def figure(text: str, what: str) -> float | None:
    """Return a figure, or None for an empty cell.

    Raises:
        Refused: it is none, below nothing, or beyond any measure.
    """
    word = filled(text).replace(" ", "")
    if not word:
        return None
    try:
        value = float(word.replace(",", ".") if word.count(",") == 1 and "." not in word else word.replace(",", ""))
    except ValueError:
        raise Refused(f"{what}: '{word[:40]}' is not a number.") from None
    if not math.isfinite(value) or not 0 <= value < 1_000_000:
        raise Refused(f"{what}: '{word[:40]}' is not a number that can be.")
    return value


def yes_or_no(text: str) -> bool | None:
    """Return yes or no, or None where a cell says neither."""
    word = plain(text)
    return True if word in YES else False if word in NO else None


def works(text: str) -> bool:
    """Return whether somebody or something is still there: everything but the usual words for gone is yes."""
    return plain(text) not in _GONE


def rating(text: str) -> int | None:
    """Return satisfaction from 1 to 5, or None where a cell says none of these: ``4``, ``4.0``, ``4/5``, ``good``."""
    word = filled(text).casefold()
    if word in _RATINGS:
        return _RATINGS[word]
    found = re.fullmatch(r"([1-5])(?:[.,]0+)?(?:\s*(?:/|of|out of)\s*5)?", word, re.ASCII)
    return int(found[1]) if found else None
