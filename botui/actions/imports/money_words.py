"""Which column of another system's list of bills or payments is which field of ours, by its heading.

The words are those of the exports of QuickBooks, Xero, Zoho Books, Invoice Ninja and ERPNext, and of the spreadsheets
that offices keep.
"""

from __future__ import annotations

from typing import Final

from botui.actions.imports.columns import Words, split

BILLS: Final[Words] = {
    "codes": split("bill id,invoice id,document id,transaction id,external id,uuid,id"),
    "number": split(
        "bill number,bill no,invoice number,invoice no,invoice,bill,document number,document no,doc no,num,number,no,"
        "nr,reference number,supplier invoice no,supplier invoice number,invoice num"
    ),
    "party": split(
        "vendor,vendor name,supplier,supplier name,customer,customer name,contact name,contact,client,client name,"
        "creditor,debtor,party,payee,company,from or to,bill from,bill to,name"
    ),
    "direction": split("who owes,type,invoice type,document type,bill type,transaction type,kind,direction"),
    "dated": split("invoice date,bill date,document date,issue date,date issued,date on it,posting date,issued,date"),
    "due": split("due date,due on,due,payment due,payment due date,pay by,expected payment date"),
    "amount": split(
        "total,amount,invoice total,bill total,grand total,total amount,gross,gross amount,invoice amount,bill amount,"
        "total incl tax,total inc tax,amount incl tax,total with tax,value"
    ),
    "net": split("net,net amount,subtotal,sub total,total excl tax,amount excl tax,total before tax,untaxed amount"),
    "tax": split("tax,tax amount,tax total,total tax,vat,vat amount,gst,sales tax,taxes,tax in it"),
    "discount": split("discount,discount amount,total discount"),
    "paid": split("amount paid,paid,paid amount,paid to date,payments,paid so far,total paid,received amount"),
    "open": split(
        "balance,amount due,balance due,open balance,outstanding,outstanding amount,open,open amount,amount outstanding"
    ),
    "paid_on": split("paid on,paid date,payment date,date paid,last payment date,fully paid on date,paid at"),
    "status": split("status,state,invoice status,bill status,payment status,document status"),
    "order": split(
        "po number,po no,purchase order,purchase order number,order number,order no,order,po,p o number,linked po"
    ),
    "category": split("category,account,account name,expense account,gl account,account code,expense category"),
    "currency": split("currency,currency code,invoice currency"),
    "note": split("note,notes,description,memo,remarks,private notes,public notes,comment,comments"),
}
"""``net``, ``paid``, ``open``, ``paid_on``, ``status`` and ``currency`` are parts from which fields are made."""

PAYMENTS: Final[Words] = {
    "codes": split("payment id,payment number,payment no,transaction id,receipt number,receipt no,external id,id"),
    "bill": split(
        "bill number,bill no,invoice number,invoice no,bill,invoice,invoices,applied to,paid invoice,document number,"
        "for bill,for invoice"
    ),
    "party": split(
        "vendor,vendor name,supplier,supplier name,customer,customer name,contact name,contact,client,client name,"
        "payee,payer,party,from or to,received from,paid to,name"
    ),
    "amount": split("amount,payment amount,amount paid,paid amount,total,value,amount received"),
    "on": split("payment date,date paid,paid on,paid at,date received,date,on,value date,transaction date"),
    "method": split("payment method,method,payment mode,mode of payment,mode,payment type,how,type,paid through"),
    "account": split("account,bank account,deposit to,paid from,bank"),
    "reference": split("reference,payment reference,reference number,transaction reference,ref,check number,cheque no"),
    "text": split("text,note,notes,description,memo,remarks,comment"),
    "currency": split("currency,currency code"),
}
"""``currency`` is a part: an amount in another one is refused."""


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: ours for ours, words in table.items() for word in words.split(",")}


DIRECTIONS: Final = _words(
    {
        "owe": "owe,we owe,bill,accpay,payable,accounts payable,ap,purchase,purchase invoice,vendor bill,supplier bill,"
        "supplier invoice,vendor invoice,expense",
        "owed": "owed,owed to us,accrec,receivable,accounts receivable,ar,sales,sales invoice,customer invoice,invoice",
        "owe credit": "accpaycredit,vendor credit,supplier credit,purchase credit note,debit note,vendor credit note",
        "owed credit": "accreccredit,credit memo,customer credit,sales credit note",
        "credit": "credit note,credit,creditnote,refund",
    }
)
"""What a document is, by the type that other systems give it."""

BILL_STATES: Final = _words(
    {
        "open": "open,unpaid,authorised,authorized,approved,awaiting payment,sent,viewed,overdue,past due,due,late,"
        "outstanding,partial,partially paid,part paid,posted,payable,not paid,to pay,partly paid",
        "paid": "paid,closed,settled,completed,complete,cleared,fully paid,applied,done",
        "new": "draft,new,received,pending,submitted,awaiting approval,pending approval,to approve,in review,entered,"
        "unapproved,on hold,to check",
        "void": "void,voided,cancelled,canceled,deleted,reversed,written off,refused,rejected",
    }
)
"""States of bills of other systems."""

METHODS: Final = _words(
    {
        "bank": "bank,bank transfer,transfer,wire,wire transfer,ach,sepa,bacs,eft,direct debit,bank remittance,wire,"
        "credit transfer,standing order,online transfer",
        "card": "card,credit card,debit card,visa,mastercard,amex,card payment,stripe,paypal",
        "cash": "cash,petty cash,bar",
        "cheque": "cheque,check,bank check,money order",
    }
)
"""How money moved, in the words of other systems."""
