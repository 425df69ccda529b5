"""Which column of a bank's file is what, by its heading: the words of banks in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from botui.actions.imports.bank_amounts import IN, OUT
from botui.actions.imports.columns import Words, plain, split
from botui.actions.imports.mapping import Reading
from botui.actions.imports.sheet import Row
from botui.actions.imports.values import filled

DATED: Final = ("on", "value_on")
"""Fields in which dates stand; ``FIGURES``: those with amounts."""
FIGURES: Final = ("amount", "debit", "credit", "balance")
TEXTS: Final = ("name", "text", "reference", "iban")
_WORDS: Final[Words] = {
    "on": split(
        "booking date,buchungstag,buchungsdatum,transaction date,posting date,posted date,date posted,posted,post date,"
        "entry date,date of booking,booked,booked on,trans date,tran date,txn date,completed date,date,datum,day,on"
    ),
    "value_on": split("value date,valuta,valutadatum,wertstellung,wertstellungstag,wert,effective date,value on"),
    "amount": split(
        "amount,betrag,umsatz,transaction amount,amount in account currency,local amount,net amount,sum,net,value"
    ),
    "debit": split(
        "debit,debits,debit amount,amount debit,soll,withdrawal,withdrawals,withdrawal amount,withdrawal amt,paid out,"
        "money out,payments,belastung,ausgang,ausgaben,lastschrift,spent,out"
    ),
    "credit": split(
        "credit,credits,credit amount,amount credit,haben,deposit,deposits,deposit amount,deposit amt,paid in,money in,"
        "receipts,gutschrift,eingang,einnahmen,received,in"
    ),
    "side": split(
        "debit credit,credit debit,dr cr,cr dr,d c,c d,dc,cd,drcr,crdr,soll haben,s h,sh,debit credit indicator,"
        "credit debit indicator,dc indicator,sign,vorzeichen,direction,details,transaction type,type"
    ),
    "balance": split(
        "balance,running balance,saldo,kontostand,closing balance,balance after,balance after transaction,"
        "account balance,ledger balance,book balance,saldo nach buchung,new balance"
    ),
    "name": split(
        "name,payee,payee name,counterparty,counterparty name,counter party,partner name,beneficiary,beneficiary name,"
        "beneficiary or payer,auftraggeber empfänger,begünstigter zahlungspflichtiger,name zahlungsbeteiligter,"
        "zahlungsbeteiligter,zahlungsempfänger,empfänger,auftraggeber,auftraggeber begünstigter,zahlungspflichtige r,"
        "beguenstigter zahlungspflichtiger,empfaenger,merchant,merchant name,"
        "from or to,from to,payer,other party,recipient,sender,paid to"
    ),
    "text": split(
        "text,description,memo,narrative,purpose,verwendungszweck,vwz,transaction description,particulars,"
        "remittance information,transaction details,details,payment details,information,communication,"
        "buchungstext,booking text,what,notes,note,comment,type,transaction type"
    ),
    "reference": split(
        "reference,ref,reference number,reference no,payment reference,customer reference,kundenreferenz,referenz,"
        "end to end reference,end to end id,check number,cheque number,check no,cheque no,check or slip,check,"
        "ref no cheque no,chq ref no,mandatsreferenz,serial number"
    ),
    "iban": split(
        "counterparty iban,counterparty account,counterparty account number,partner iban,their account,"
        "kontonummer iban,iban zahlungsbeteiligter,account number counterparty,to account,iban"
    ),
    "own": split(
        "auftragskonto,iban auftragskonto,own account,account,account number,account no,account iban,konto,"
        "kontonummer,account name"
    ),
    "currency": split("currency,währung,waehrung,ccy,currency code"),
}
"""What makes a line of the bank, and the headings that mean it, the surest first."""


def words_of(currency: str) -> dict[str, tuple[str, ...]]:
    """Return the headings that mean each field; amounts also with the currency behind: ``Amount (EUR)``."""
    code = currency.lower()
    more = {
        name: tuple(f"{word}{between}{code}" for word in _WORDS[name] for between in (" ", " in ")) for name in FIGURES
    }
    return {name: (*words, *more.get(name, ())) for name, words in _WORDS.items()}


def refined(reading: Reading, rows: Sequence[Row]) -> Reading:
    """Return which columns make which field, after a look at what stands in them.

    A column of words (``Details``, ``Type``) says on which side a line stands only where all its words do; else it is
    text. Further columns with headings of texts (``Purpose 2``, ``Notes``) are put behind the text; where none has
    one, all that have words are it. Where no amount has a sign, a column of nothing but ``D`` and ``C`` is the side,
    whatever it is called.
    """
    columns = dict(reading.columns)
    left = list(reading.left)
    if "side" in columns and not _sides(_cells(rows, columns["side"])):
        left += columns.pop("side")
    sides = [one for one in left if _sides(_cells(rows, (one,)))]
    if len(sides) == 1 and "side" not in columns and _unsigned(_cells(rows, columns.get("amount", ()))):
        columns["side"] = (sides[0],)
        left.remove(sides[0])
    if "text" not in columns and "name" not in columns:
        words = [one for one in left if any(any(c.isalpha() for c in cell) for cell in _cells(rows, (one,)))]
        if words:
            columns["text"] = tuple(words)
            left = [one for one in left if one not in words]
    elif "text" in columns:
        known = {plain(one) for one in _WORDS["text"]} | {plain(one) for one in _WORDS["side"]}
        more = [one for one in left if re.sub(r" \d+$", "", plain(one)) in known]
        columns["text"] = (*columns["text"], *more)
        left = [one for one in left if one not in more]
    return replace(reading, columns=columns, left=tuple(left))


def _cells(rows: Iterable[Row], columns: Iterable[str]) -> list[str]:
    return [text for row in rows for one in columns if (text := filled(row.cells.get(one, "")))]


def _sides(cells: Sequence[str]) -> bool:
    return bool(cells) and all(side_of(one) for one in cells)


def _unsigned(cells: Sequence[str]) -> bool:
    return bool(cells) and not any(set(one) & set("-+(\u2212\u2013") for one in cells)


def side_of(text: str) -> int:
    """Return 1 where a cell says that money came in, -1 where it went out, 0 where it says neither."""
    word = text.strip().casefold()
    return 1 if word in IN else -1 if word in OUT else 0


def missing(columns: Mapping[str, object]) -> str:
    """Return in words what a file lacks to be a bank's; nothing if it has a date and an amount."""
    if "on" not in columns:
        return "the date"
    return "" if any(one in columns for one in ("amount", "debit", "credit")) else "the amount"
