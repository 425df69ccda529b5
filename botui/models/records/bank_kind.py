"""Bank accounts, statements, their lines and matches, bound together for the screens and the command line."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.bank import Account, BankLine, BankRule, Match, Proof, Stand, Statement

ACCOUNTS: Final = Kind(
    model=Account,
    one="bank account",
    many="Bank accounts",
    rules="botui.models.records.bank_rules:ACCOUNTS",
    views=(
        View(
            name="active",
            label="Bank accounts",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No bank account yet: n files one.",
        ),
        View(name="all", label="Bank accounts, closed ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "number", "opening"),
    index=("name", "number", "active", "opened_on"),
    aliases=("codes",),
    text=("name", "number"),
)
STATEMENTS: Final = Kind(
    model=Statement,
    one="bank statement",
    many="Bank statements",
    title=lambda statement: f"Statement {statement.number or statement.ref} until {statement.until}",
    about="account",
    rules="botui.models.records.bank_rules:STATEMENTS",
    views=(
        View(
            name="open",
            label="Bank statements to prove",
            where=lambda _: {"state": (Proof.OPEN.value,)},
            sort="until",
            empty="Every statement is proved.",
        ),
        View(name="all", label="Bank statements", where=lambda _: {}, sort="until", down=True, menu=False),
    ),
    columns=("number", "account", "until", "closing", "open", "state"),
    index=("account", "since", "until", "state", "digest"),
    text=("number",),
    states={state.value: state.label for state in Proof},
    row_style=lambda doc, _: "done" if doc.get("state") == Proof.PROVED.value else "",
)
BANK: Final = Kind(
    model=BankLine,
    one="line of the bank",
    many="Bank",
    title=lambda line: f"{line.on} {line.amount:,.2f} {line.name or line.text}".strip(),
    rules="botui.models.records.bank_rules:BANK",
    views=(
        View(
            name="unmatched",
            label="Bank lines unmatched",
            where=lambda _: {"state": (Stand.UNMATCHED.value,)},
            sort="on",
            empty="Every line of the bank is explained.",
        ),
        View(name="all", label="Bank lines", where=lambda _: {}, sort="on", down=True, menu=False),
    ),
    columns=("on", "amount", "name", "text", "state"),
    index=("statement", "account", "on", "amount", "state", "match", "category", "fingerprint"),
    text=("name", "text", "reference"),
    states={state.value: state.label for state in Stand},
    row_style=lambda doc, _: "" if doc.get("state", "unmatched") == Stand.UNMATCHED.value else "done",
)
MATCHES: Final = Kind(
    model=Match,
    one="match",
    many="Matches",
    title=lambda match: f"Match {match.ref}",
    rules="botui.models.records.bank_rules:MATCHES",
    views=(View(name="all", label="Matches of the bank", where=lambda _: {}, sort="id", down=True, menu=False),),
    columns=("lines", "payments", "amount", "how"),
    index=("amount", "undone_at"),
    row_style=lambda doc, _: "done" if doc.get("undone_at") else "",
)
BANKRULES: Final = Kind(
    model=BankRule,
    one="bank rule",
    many="Bank rules",
    title=lambda rule: rule.words,
    rules="botui.models.records.bank_rules:BANKRULES",
    views=(
        View(
            name="active",
            label="Bank rules",
            where=lambda _: {"active": (True,)},
            sort="words",
            empty="No rule yet: what is posted teaches them, n files one.",
        ),
        View(name="all", label="Bank rules, those not in use too", where=lambda _: {}, sort="words", menu=False),
    ),
    columns=("words", "side", "category", "party", "times"),
    index=("words", "side", "category", "party", "active", "learned"),
    text=("words",),
)
