"""What must hold among people's files, pay, enrolments and changes of files, whoever wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from botui.models.base import fold
from botui.models.hr.amendment import Amendment, State
from botui.models.hr.benefit import Benefit
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import PersonFile, Status
from botui.models.soundness import Records, circle_words, twice


def check_people(records: Records) -> Iterator[str]:
    """Say what does not hold: two files of one person, an employee number twice, managers in a circle, pay twice."""
    files = list(records.all(PersonFile))
    yield from twice(
        ((one.ref, str(one.person)) for one in files),
        lambda ref, other, _: f"{ref}: Person: {other} is a file of them, too.",
    )
    yield from twice(
        ((one.ref, one.number) for one in files),
        lambda ref, other, value: f"{ref}: Number: {other} has {value}, too.",
    )
    file_of = {one.person: one for one in files}
    above = {one.id: file_of[one.manager].id for one in files if one.manager in file_of}
    yield from circle_words(PersonFile.COLLECTION, "Manager", above)
    for one in files:
        if (one.status is Status.LEFT) is not (one.left_at is not None):
            yield f"{one.ref}: Status: it says {one.status.label}, which does not go with when they left."
    yield from _pay(records)
    yield from _benefits(records)
    for change in records.all(Amendment):
        if (change.state is State.DONE) is not (change.done_at is not None):
            yield f"{change.ref}: State: it says {change.state.label}, which does not go with when it was made."


def _pay(records: Records) -> Iterator[str]:
    pays: defaultdict[int, list[Pay]] = defaultdict(list)
    for one in records.all(Pay):
        if one.cancelled_at is None:
            pays[one.person].append(one)
    for of_one in pays.values():
        of_one.sort(key=lambda one: one.starts)
        for one, after in pairwise(of_one):
            if one.ends is None or one.ends >= after.starts:
                yield f"{one.ref}: Until: {after.ref} begins before it ends."
        if of_one[-1].ends is not None:
            yield f"{of_one[-1].ref}: Until: nothing follows it."


def _benefits(records: Records) -> Iterator[str]:
    found: defaultdict[tuple[int, str], list[Benefit]] = defaultdict(list)
    for one in records.all(Benefit):
        found[one.person, fold(one.plan)].append(one)
        if one.ends is not None and one.ends < one.starts:
            yield f"{one.ref}: Until: it ends before it begins."
    for of_one in found.values():
        of_one.sort(key=lambda one: one.starts)
        for one, after in pairwise(of_one):
            if one.ends is None or one.ends >= after.starts:
                yield f"{one.ref}: Until: {after.ref} is the same plan then."
