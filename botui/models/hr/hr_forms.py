"""The letter templates of HR that an office begins with: offer, refusal, certificate of employment, warning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.base import Change, Record
from botui.models.hr.case import Case
from botui.models.hr.opening import Opening
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context
from botui.models.records.form import Form, Sort

_HEAD: Final = "{office.name}, {letter.date}\nOur number: {letter.number}\n\n"
_ENDS: Final = "\n\nYours sincerely\n{person.name}\n{person.job}"
_USED_BY: Final[tuple[type[Record], ...]] = (Opening, PersonFile, Case)
"""What tells that HR works here; before that nobody needs its templates."""

USUAL: Final = (
    Form(
        name="Offer of employment",
        sort=Sort.OFFER,
        subject="Our offer: {job.title}",
        body="{candidate.name}\n{candidate.address}\n\n" + _HEAD + "Dear {candidate.name},\n\n"
        "we are glad to offer you work as {job.title} from {job.starts} on.\n\n"
        "Pay: {job.pay}\nDepartment: {job.department}\nYour manager: {job.manager}\n\n"
        "Please tell us whether you come.\nWe wait for your answer until {job.answer_by}." + _ENDS,
    ),
    Form(
        name="Refusal of an application",
        sort=Sort.REFUSAL,
        subject="Your application: {job.title}",
        body="{candidate.name}\n{candidate.address}\n\n" + _HEAD + "Dear {candidate.name},\n\n"
        "thank you for your application as {job.title}. We have decided for somebody else. We delete your papers when "
        "the time is over for which we have to keep them, and wish you all the best." + _ENDS,
    ),
    Form(
        name="Certificate of employment",
        sort=Sort.EMPLOYMENT,
        subject="Certificate of employment: {employee.name}",
        body=_HEAD + "To whom it may concern\n\nWe certify that {employee.name} works for us.\n\n"
        "As: {employee.job}\nDepartment: {employee.department}\nSince: {employee.since}\nUntil: {employee.until}"
        + _ENDS,
    ),
    Form(
        name="Warning",
        sort=Sort.WARNING,
        subject="{case.measure} {case.number}",
        body="{employee.name}\n{employee.address}\n\n" + _HEAD + "Dear {employee.name},\n\n"
        "{case.text}\n\nIt is about {case.happened}.\nThis counts until {case.until}." + _ENDS,
    ),
)
"""One template of each sort of HR's; what does not fit is changed like any other."""


def usual(ctx: Context) -> Iterator[Change]:
    """Yield the usual templates once HR works here and none of its sorts is there."""
    if any(ctx.data.numbers(Form, 1, sort=one.sort.value) for one in USUAL):
        return
    if not any(ctx.data.numbers(kind, 1) for kind in _USED_BY):
        return
    change = Change("forms.begin", f"{len(USUAL)} usual letter templates of HR are there: change what does not fit.")
    for one in USUAL:
        change.add(one.model_copy(update={"id": ctx.data.new_id(Form), "created_at": ctx.now}))
    yield change
