"""Rows of another archive's list of documents: the paper that is there already, with the numbers it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from botui.actions.imports.columns import Words, split
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells
from botui.models.base import Change, Record, Refused
from botui.models.office import Context, Role
from botui.models.records.document import Document, Privacy
from botui.models.shape import FieldSpec

DOCUMENTS: Final[Words] = {
    "codes": split(
        "archive serial number,asn,archive number,document id,document number,document no,record number,record no,"
        "file number,barcode,reference,id,no"
    ),
    "title": split("title,document title,name,document name,subject,description"),
    "party": split("correspondent,from or to,party,sender,author,company,supplier,customer,client"),
    "schedule": split("document type,type,class,category,record class,retention class,record series,series,kind"),
    "dated": split("created,document date,date on it,date,dated,created date,issue date,issued on"),
    "tags": split("tags,labels,keywords,tag"),
    "privacy": split("who sees it,privacy,confidentiality,confidential,security,classification"),
    "person": split("about whom,employee,employee name,person"),
    "owner": split("whose it is,owner,responsible,custodian"),
    "place": split("stands in,location,place,storage location,cabinet,room,site"),
    "shelf": split("box or shelf,box,box number,box no,shelf,folder,binder,storage path"),
    "ends_on": split("ends on,expires,expiry,expiry date,expiration date,valid until,end date"),
    "note": split("note,notes,remarks,comment,comments"),
}
"""Headings of the exports of Paperless-ngx, and of the registers that offices keep of their binders."""


@dataclass(frozen=True, slots=True)
class DocumentTaker(ListTaker):
    """Takes rows as documents.

    Attributes:
        report: where unknown words of the present chunk go.
    """

    report: Callable[[], Report]

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the document of a row; None = there is nothing to change.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be a document, in words; one of HR is HR's to import, for
                nobody else would see a second time that it is here.
        """
        # not by super(): a dataclass with slots is another class than the one that is written here
        found = ListTaker.take(self, ctx, cells, number, key, old)
        put = found.puts.get((Document.COLLECTION, number)) if found else None
        if put and put.fields.get("privacy") == Privacy.HR and Role.HR not in self.desk.roles():
            raise Refused("documents of HR are imported by somebody of HR")
        return found

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names; a class or party that is not here is told, and left out.

        How long something is kept is nothing that a file of another system decides.
        """
        try:
            return self.directory.named(spec.ui.ref, word)
        except Refused:
            if spec.name not in ("schedule", "party"):
                raise
            self.report().unknown[f"{spec.label.lower()} '{word[:40]}'"] += 1
            return None
