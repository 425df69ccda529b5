"""What must hold of paper that is handed out, of how long documents are kept, and of disposal lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from botui.models.equipment.licence import State as Runs
from botui.models.office import Settings
from botui.models.records.contract import Contract
from botui.models.records.custody import Custody
from botui.models.records.disposal import PENDING, Disposal
from botui.models.records.disposal import State as ListState
from botui.models.records.document import GONE, Document, State
from botui.models.records.retaining import keep_until
from botui.models.records.retention import RetentionClass, Trigger
from botui.models.soundness import Records


def check_custody(records: Records) -> Iterator[str]:
    """Say what does not hold: who has a paper is its open hand-out, what is on a list is there, two have said yes."""
    out: defaultdict[int, list[Custody]] = defaultdict(list)
    for one in records.all(Custody):
        if one.back_at is None:
            out[one.document].append(one)
        elif one.back_at < one.at:
            yield f"{one.ref}: Came back: this is before it was handed out."
    on_list: Counter[int] = Counter()
    settings = records.get(Settings, 1) or Settings()
    for document in records.all(Document):
        yield from (f"{document.ref}: {words}" for words in _held_by(document, out[document.id]))
        yield from (f"{document.ref}: {words}" for words in _listed(records, document))
        yield from _kept(records, settings, document)
        on_list[document.disposal or 0] += 1
    for disposal in records.all(Disposal):
        yield from (f"{disposal.ref}: {words}" for words in _approved(disposal, on_list[disposal.id]))
    for contract in records.all(Contract):
        if (contract.state is Runs.CANCELLED) != (contract.cancelled_at is not None):
            yield f"{contract.ref}: Cancelled: it is {contract.state.label}."


def _held_by(document: Document, custodies: Iterable[Custody]) -> Iterator[str]:
    """Say what a document tells of who has its paper that is not what it was handed out by."""
    found = [*custodies]
    if len(found) > 1:
        yield f"it is handed out twice: {', '.join(one.ref for one in found)}."
    first = found[0] if found else None
    if (document.state is State.OUT) != (first is not None):
        yield f"State: it is {document.state.label}, and {first.ref if first else 'no hand-out'} is open."
    says, comes = (document.holder, document.due), (first.person, first.due) if first else (None, None)
    if says != comes:
        yield f"Who has it: it is not what {first.ref if first else 'no open hand-out'} says."


def _kept(records: Records, settings: Settings, document: Document) -> Iterator[str]:
    """Say where until when a document is kept is not what its class and its dates say; those of contracts move."""
    rule = records.get(RetentionClass, document.schedule) if document.schedule else None
    came = settings.local(document.created_at).date() if document.created_at else None
    dated = document.dated or came
    if document.state in GONE or dated is None or (rule is not None and rule.trigger is Trigger.CONTRACT_END):
        return
    until = keep_until(rule, dated, document.ends_on, settings.fiscal_year_end) if rule is not None else None
    longest = max(until, document.longer) if until is not None and document.longer is not None else until
    if document.keep_until != longest:
        yield f"{document.ref}: Keep until: {document.keep_until}, and by its class it is {longest}."


def _listed(records: Records, document: Document) -> Iterator[str]:
    """Say where a document and its disposal list do not say the same."""
    disposal = records.get(Disposal, document.disposal) if document.disposal else None
    destroyed = document.state is State.DESTROYED
    if destroyed and document.held:
        yield "On hold: it is destroyed."
    if destroyed and (disposal is None or disposal.state is not ListState.DESTROYED):
        yield "it is destroyed, and no certificate says so."
    if disposal is not None and not destroyed:
        if disposal.state not in PENDING:
            yield f"Disposal list: {disposal.ref} is {disposal.state.label}."
        approved = disposal.state is ListState.APPROVED
        if document.state is not (State.APPROVED if approved else State.REVIEW):
            yield f"State: it is {document.state.label}, and on {disposal.ref}, which is {disposal.state.label}."
        if document.held:
            yield f"On hold: it is on {disposal.ref}, to be destroyed."


def _approved(disposal: Disposal, count: int) -> Iterator[str]:
    here = count if disposal.state in PENDING else len(disposal.gone)
    if disposal.state in PENDING | {ListState.DESTROYED} and disposal.count != here:
        yield f"Documents: {disposal.count:,}, and there are {here:,}."
    if disposal.state in (ListState.APPROVED, ListState.DESTROYED):
        if disposal.approved_by is None or disposal.approved_at is None:
            yield f"it is {disposal.state.label}, and nobody approved it."
        elif disposal.approved_by == disposal.created_by:
            yield "Approved by: nobody approves their own list."
    if disposal.state is ListState.DESTROYED and disposal.destroyed_at is None:
        yield "Destroyed: nobody says when."
