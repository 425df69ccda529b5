"""The shape of bank accounts, their statements and lines, what each line is matched with, and what lines mean."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Codes, Money, Name, Numbers
from botui.models.records.bill import Signed


class Account(Record):
    """A bank account of the office.

    Attributes:
        number: its IBAN or number, as the bank writes it.
        opening: its balance at the end of ``opened_on``, before the first line that is kept here.
        shape: how the bank's files are read, as it was last agreed: the order of day and month in their dates.
    """

    COLLECTION: ClassVar[str] = "accounts"

    name: Annotated[Name, Ui(label="Account", column=24)]
    number: Annotated[Line, Field(max_length=40), Ui(label="IBAN or number", column=26)] = ""
    opening: Annotated[Signed, Ui(label="Opening balance", column=15)] = Decimal(0)
    opened_on: Annotated[date | None, Ui(label="As of", column=10, help="The day before the first line here.")] = None
    codes: Annotated[Codes, Ui(label="Other numbers", help="What other systems call it; commas between.")] = ()
    active: Annotated[bool, Ui(label="In use")] = True
    shape: Annotated[Line, Ui(label="Order of its dates", form=False)] = ""


class Proof(Choice):
    """How far a statement is."""

    OPEN = "open", "open"
    PROVED = "proved", "proved"


class Statement(Record):
    """A statement of an account: from the closing balance before to its own.

    Attributes:
        opening, closing: the balances it says; its lines must come to the difference.
        lines: how many it has; ``open``: how many of them nothing explains yet.
        digest: SHA-256 of the file, so that it is noticed when it comes again; ``document``: where it is kept.
    """

    COLLECTION: ClassVar[str] = "statements"

    account: Annotated[int, Ui(label="Account", column=14, ref="accounts")]
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", column=8)] = ""
    since: Annotated[date | None, Ui(label="From", column=10, form=False)] = None
    until: Annotated[date, Ui(label="To", column=10)]
    opening: Annotated[Signed, Ui(label="Begins with", column=12)] = Decimal(0)
    closing: Annotated[Signed, Ui(label="Ends with", column=12)] = Decimal(0)
    state: Annotated[Proof, Ui(label="State", column=8, form=False)] = Proof.OPEN
    lines: Annotated[int, Field(ge=0), Ui(label="Lines", column=6, form=False)] = 0
    open: Annotated[int, Field(ge=0), Ui(label="To match", column=8, form=False)] = 0
    digest: Annotated[str, Field(max_length=64), Ui(label="File", form=False)] = ""
    document: Annotated[int | None, Ui(label="Document", ref="documents", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Taken in", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken in by", ref="people", form=False)] = None
    proved_at: Annotated[When | None, Ui(label="Proved", form=False)] = None
    proved_by: Annotated[int | None, Ui(label="Proved by", ref="people", form=False)] = None


class Stand(Choice):
    """What is known of a line of the bank."""

    UNMATCHED = "unmatched", "unmatched"
    MATCHED = "matched", "matched"
    POSTED = "posted", "posted"
    SKIPPED = "skipped", "left out"


class BankLine(Record):
    """A line of a statement: never edited, never twice.

    Attributes:
        amount: above zero it came in, below zero it went out; in the account's currency, which is the office's.
        on: the day it was booked; ``value_on``: from when on it counts.
        fingerprint: what makes it this very line: account, day, amount, texts, and which of equal ones that day.
        match: the match it is in, where payments explain it; ``category``: what it was posted to, where nothing else
            does (fees, interest).
    """

    COLLECTION: ClassVar[str] = "bank"

    statement: Annotated[int | None, Ui(label="Statement", ref="statements")] = None
    account: Annotated[int, Ui(label="Account", column=12, wide=True, ref="accounts")]
    on: Annotated[date, Ui(label="On", column=10)]
    value_on: Annotated[date | None, Ui(label="Value date")] = None
    amount: Annotated[Signed, Ui(label="Amount", column=11)]
    name: Annotated[Line, Ui(label="From or to", column=20)] = ""
    text: Annotated[Prose, Field(max_length=1000), Ui(label="Text", column=22)] = ""
    reference: Annotated[Line, Field(max_length=80), Ui(label="Reference", column=14, wide=True)] = ""
    iban: Annotated[Line, Field(max_length=40), Ui(label="Their account")] = ""
    state: Annotated[Stand, Ui(label="State", column=10, form=False)] = Stand.UNMATCHED
    match: Annotated[int | None, Ui(label="Match", ref="matches", form=False)] = None
    category: Annotated[int | None, Ui(label="Category", ref="chart", form=False)] = None
    note: Annotated[Line, Ui(label="Note", form=False)] = ""
    fingerprint: Annotated[str, Field(max_length=64), Ui(label="Fingerprint", form=False)] = ""


class Match(Record):
    """Lines of the bank and payments that are the same money: both come to the same sum.

    Lines that come to nothing without any payment are the same money, too: it went from one account of the office to
    another, or came back.

    Attributes:
        lines: numbers of lines of the bank; ``payments``: of payments.
        made: those of the payments that were made of it: it is the first that told of them.
        how: why they were taken to be the same, in words.
        undone_at: when it was taken apart again; then it explains nothing any more.
    """

    COLLECTION: ClassVar[str] = "matches"

    lines: Annotated[Numbers, Ui(label="Bank lines", column=16, ref="bank")]
    payments: Annotated[Numbers, Ui(label="Payments", column=16, ref="payments")] = ()
    made: Annotated[Numbers, Ui(label="Payments it made", ref="payments")] = ()
    amount: Annotated[Signed, Ui(label="Amount", column=11)] = Decimal(0)
    how: Annotated[Line, Ui(label="How", column=20)] = ""
    at: Annotated[When | None, Ui(label="Matched", form=False)] = None
    by: Annotated[int | None, Ui(label="Matched by", ref="people", form=False)] = None
    undone_at: Annotated[When | None, Ui(label="Taken apart", form=False)] = None


class Side(Choice):
    """Which way the money of a line goes."""

    BOTH = "both", "in or out"
    IN = "in", "in"
    OUT = "out", "out"


class BankRule(Record):
    """What lines of the bank mean that have some words: a category they are posted to, or whose they are.

    Attributes:
        words: all of them stand in the line, in any order.
        category: what such a line is posted to; ``party``: from or to whom it is. One of the two.
        up_to: a larger line is no such line.
        times: how often it was confirmed since it was last contradicted; ``learned``: nobody typed it.
    """

    COLLECTION: ClassVar[str] = "bankrules"

    words: Annotated[Line, Field(min_length=2, max_length=80), Ui(label="Words", column=26, help="All of them.")]
    side: Annotated[Side, Ui(label="Money", column=9)] = Side.BOTH
    category: Annotated[int | None, Ui(label="Category", column=18, ref="chart")] = None
    party: Annotated[int | None, Ui(label="From or to", column=18, ref="parties")] = None
    up_to: Annotated[Money | None, Ui(label="Up to", help="A larger line is asked about; empty = any.")] = None
    active: Annotated[bool, Ui(label="In use")] = True
    times: Annotated[int, Field(ge=0), Ui(label="Confirmed", column=9, form=False)] = 0
    learned: Annotated[bool, Ui(label="Learned", form=False)] = False
    last_on: Annotated[date | None, Ui(label="Last used", form=False)] = None
