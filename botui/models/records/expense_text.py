"""Claims and vouchers as sheets of paper to print and sign: plain text of seventy-two columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui import areas
from botui.models.base import cells, fit
from botui.models.office import Context
from botui.models.records.cashbox import Box, Voucher
from botui.models.records.chart import Category
from botui.models.records.expense import Expense, Outlay, State
from botui.models.records.expense_filing import lines_of, money
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a sheet: a page of 80 with a margin."""
_TEXT: Final = 40
_NOT_YET: Final = {State.DRAFT: "NOT SUBMITTED: claim", State.REFUSED: "REFUSED: claim", State.CANCELLED: "CANCELLED:"}


def claim_text(ctx: Context, claim: Expense) -> str:
    """Return a claim as text: who gets how much back for what, which receipts belong to it, and who approved it."""
    found = [*_head(ctx, f"{_NOT_YET.get(claim.state, 'Expense claim')} {claim.ref}")]
    found += _facts(
        ("For", ctx.person(claim.person)),
        ("What for", claim.what),
        ("Submitted", str(ctx.settings.local(claim.submitted_at).date()) if claim.submitted_at else ""),
        ("Approved by", _approved(ctx, claim)),
        ("Paid on", str(claim.paid_on or "")),
    )
    found += ["", "-" * WIDTH]
    for line in lines_of(ctx, claim):
        found += _position(ctx, line)
    found += ["-" * WIDTH, _row("", "", f"Claimed, {ctx.settings.currency}", f"{claim.amount:,.2f}")]
    if claim.granted is not None and claim.granted != claim.amount:
        found.append(_row("", "", "To be paid", f"{claim.granted:,.2f}"))
    found += _signatures("Signature", "Received")
    return "\n".join(one.rstrip() for one in found) + "\n"


def _position(ctx: Context, line: Outlay) -> Iterator[str]:
    """Yield a line of a claim: on as many lines of the sheet as its words need."""
    category = ctx.data.get(Category, line.category) if line.category else None
    words = f"{line.what}{f' ({category.name})' if category else ''}"
    receipt = areas.ref("documents", line.receipt) if line.receipt else "no receipt"
    first, *more = wrapped(words, _TEXT) or [""]
    yield _row(str(line.on or ""), receipt, first, f"{line.amount:,.2f}")
    yield from (_row("", "", one, "") for one in more)
    if line.allowed is not None:
        texts = wrapped(f"approved: {line.allowed:,.2f}, {line.cut}", _TEXT)
        yield from (_row("", "", one, "") for one in texts)


def voucher_text(ctx: Context, voucher: Voucher) -> str:
    """Return a voucher of a cash box as text: how much cash came out of it or went in, for whom and what for."""
    box = ctx.data.get(Box, voucher.box)
    category = ctx.data.get(Category, voucher.category) if voucher.category else None
    out = voucher.amount < 0
    found = [*_head(ctx, f"Voucher {voucher.ref}")]
    found += _facts(
        ("Cash box", box.name if box else ""),
        ("Paid out" if out else "Put in", money(ctx, abs(voucher.amount))),
        ("On", str(voucher.on)),
        ("To" if out else "From", ctx.person(voucher.person) if voucher.person else ""),
        ("What for", voucher.what),
        ("Category", category.name if category else ""),
        ("For", voucher.about),
        ("Receipt", areas.ref("documents", voucher.receipt) if voucher.receipt else ""),
        ("Takes back", areas.ref("vouchers", voucher.reverses) if voucher.reverses else ""),
        ("Booked by", ctx.person(voucher.by) if voucher.by else ""),
    )
    found += _signatures("Paid out by" if out else "Taken in by", "Received by" if out else "Brought by")
    return "\n".join(one.rstrip() for one in found) + "\n"


def _head(ctx: Context, what: str) -> Iterator[str]:
    name = fit(ctx.settings.name, WIDTH - cells(what) - 2)
    yield "=" * WIDTH
    yield f"{name}{' ' * (WIDTH - cells(name) - cells(what))}{what}"
    yield "=" * WIDTH
    yield ""


def _facts(*facts: tuple[str, str]) -> Iterator[str]:
    for label, value in facts:
        for place, text in enumerate(wrapped(value, WIDTH - 16)):
            yield f"{label if place == 0 else '':<16}{text}"


def _row(*texts: str) -> str:
    """Return day, receipt, words and amount in their columns."""
    widths = (11, 11, _TEXT, -10)
    parts = []
    for text, width in zip(texts, widths, strict=True):
        cut = fit(text, abs(width))
        blank = " " * (abs(width) - cells(cut))
        parts.append(blank + cut if width < 0 else cut + blank)
    return "".join(parts)


def _approved(ctx: Context, claim: Expense) -> str:
    if claim.approved_by is None or claim.approved_at is None:
        return ""
    stood = f" for {ctx.person(claim.approved_for)}" if claim.approved_for else ""
    return f"{ctx.person(claim.approved_by)}{stood}, {ctx.settings.local(claim.approved_at).date()}"


def _signatures(left: str, right: str) -> Iterator[str]:
    yield from ("", "")
    yield f"{'_' * 30:<36}{'_' * 30}"
    yield f"{left:<36}{right}"
