"""Recruitment on the screen: who is wanted, who applied and how far they are, and what the panel thinks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from botui import areas
from botui.models.base import plural
from botui.models.hr.candidate import ENDED, RUNNING, Candidate
from botui.models.hr.candidate import State as CandidateState
from botui.models.hr.interview import Interview, Score, State
from botui.models.hr.interview_scoring import mean
from botui.models.hr.opening import LOOKED_FOR, Opening
from botui.models.meetings.times import span_words
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_OPENING_HEAD: Final = ("title", "headcount", "hired", "starts", "closes", "manager", "text", "state", "reason")
_CANDIDATE_HEAD: Final = (
    *(
        "name",
        "opening",
        "email",
        "phone",
        "applied_on",
        "source",
        "cv",
        "note",
        "state",
        "pay",
        "per",
        "starts",
        "answer_by",
    ),
    *("reason", "ended_on", "keep_until", "person"),
)
_INTERVIEW_HEAD: Final = (
    *("candidate", "start", "until", "end", "place", "attendees", "note", "who", "job", "state", "scored", "decided"),
    "meeting",
)
"""Fields that stand in the lines above all sections, or have a section of their own."""
_CANDIDATES: Final = (
    Column("id", "No.", 7),
    Column("name", "Name", 20, flex=True),
    Column("state", "State", 12),
    Column("on", "Applied", 11),
)
_INTERVIEWS: Final = (
    Column("id", "No.", 7),
    Column("when", "When", 24),
    Column("panel", "Panel", 14, flex=True),
    Column("state", "State", 10),
    Column("points", "Points", 6, right=True),
)
_SCORES: Final = (
    Column("author", "By", 18),
    Column("points", "Points", 6, right=True),
    Column("advice", "Take on", 8),
    Column("text", "Why", 20, flex=True),
)


class OpeningList(ListScreen):
    """A list of openings."""

    HELP = "Who is wanted. n says who; Enter opens one with its candidates; h puts it on hold, c closes it."


class CandidateList(ListScreen):
    """A list of candidates."""

    HELP = (
        "Who applied. n files a candidate, s puts them on the short list, W books an interview, A or F says if they "
        "passed, E makes an offer, T takes them on, x refuses."
    )


class InterviewList(ListScreen):
    """A list of interviews."""

    HELP = "Interviews. f says what you think of a candidate; HR books them at the candidate (W), C calls one off."


class RecruitingDetails(EquipmentDetails):
    """What records of recruitment say alike."""

    def interviews(self, candidate: int) -> list[Interview]:
        """Return the interviews with a candidate, as far as this person sees them, by their beginning."""
        found: list[Interview] = self.all("interviews", {"candidate": (candidate,)})
        return sorted(found, key=lambda one: (one.start, one.id))

    def scored(self, where: str, number: int) -> list[Section]:
        """Return the scores of an interview or a candidate, as far as this person may read them."""
        scores: list[Score] = self.all("scores", {where: (number,)})
        if not scores:
            return []
        rows = [(self.title("people", one.author), str(one.points), one.advice.label, one.text) for one in scores]
        heading = f"Scores ({len(scores)}), {mean(scores)} of 5" if len(scores) > 1 else "Scores (1)"
        return [Section(heading, Grid(_SCORES, rows))]

    def papers(self, candidate: int) -> list[Link]:
        """Return the CV and what else is filed of a candidate, as far as this person sees it."""
        about = (areas.ref(Candidate.COLLECTION, candidate),)
        return [self.link("Paper", "documents", one.id) for one in self.all("documents", {"about": about})]


class OpeningDetails(RecruitingDetails):
    """What is shown of an opening."""

    def sections(self, record: Opening) -> Sequence[Section]:
        """Return how it stands and who applied, then what is asked, and all the rest."""
        found = [Section("", self._head(record))]
        candidates: list[Candidate] = self.all("candidates", {"opening": (record.id,)})
        if candidates:
            running = sum(one.state in RUNNING for one in candidates)
            order = sorted(candidates, key=lambda one: (one.state not in RUNNING, one.id))
            rows = [(one.ref, one.name, one.state.label, self.day(one.applied_on)) for one in order]
            found.append(Section(f"Candidates ({running} to decide of {len(candidates)})", Grid(_CANDIDATES, rows)))
        if record.text:
            found.append(Section("What is asked", record.text))
        return [*found, *self.rest(record, _OPENING_HEAD)]

    def _head(self, one: Opening) -> list[tuple[str, str]]:
        wanted = f"{one.hired} of {one.headcount} hired" if one.hired else plural(one.headcount, "person")
        starts = due_words(one.starts, self.today) if one.state in LOOKED_FOR else self.day(one.starts)
        rows = [
            ("State", joined(one.state.label, one.reason)),
            ("Wanted", joined(one.title, wanted)),
            ("First day", starts),
            ("Apply until", self.day(one.closes)),
            ("Manager", self.title("people", one.manager)),
        ]
        return [(label, text) for label, text in rows if text]

    def followed(self, record: Opening) -> list[Link]:
        """Return its candidates, then what it names."""
        candidates = self.all("candidates", {"opening": (record.id,)})
        links = [self.link("Candidate", "candidates", one.id, f"{one.name}; {one.state.label}") for one in candidates]
        return self.named(*links, record=record)


class OpeningRecord(EquipmentRecord):
    """One opening with its candidates."""

    DETAILS = OpeningDetails
    HELP = "One opening. n files a candidate for it, v opens one; h puts it on hold, c closes it, p opens it again."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_candidate", "New candidate", tooltip="File who applies for this."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, with the one that files a candidate."""
        first, *rest = super().keys()
        may = self.desk.may("candidates", "add") is None
        return [first, *([("n", "New candidate", True)] if may else []), *rest]

    def action_new_candidate(self) -> None:
        """File who applies for this."""
        self.session.new_record("candidates", {"opening": self.number})


class CandidateDetails(RecruitingDetails):
    """What is shown of a candidate, to HR alone."""

    def sections(self, record: Candidate) -> Sequence[Section]:
        """Return how far they are, then interviews and scores, notes, and all the rest."""
        found = [Section("", self._head(record))]
        interviews = self.interviews(record.id)
        if interviews:
            rows = [self._interview(one) for one in interviews]
            found.append(Section(f"Interviews ({len(rows)})", Grid(_INTERVIEWS, rows)))
        found += self.scored("candidate", record.id)
        if record.note:
            found.append(Section("Notes", record.note))
        return [*found, *self.rest(record, _CANDIDATE_HEAD)]

    def _head(self, one: Candidate) -> list[tuple[str, str]]:
        kept = ""
        if one.state in ENDED:
            kept = f"file kept until {self.day(one.keep_until)}" if one.keep_until else "file kept for ever"
        cv = self.desk.headline("documents", one.cv) if one.cv else "none: e names it"
        rows = [
            ("State", joined(one.state.label, one.reason, kept)),
            ("For", self.desk.headline("openings", one.opening)),
            ("Applied", joined(self.day(one.applied_on), one.source)),
            ("E-mail, phone", joined(one.email, one.phone)),
            ("CV", cv),
            ("Offered", self._offered(one)),
            ("In the directory", self.title("people", one.person)),
        ]
        return [(label, text) for label, text in rows if text]

    def _offered(self, one: Candidate) -> str:
        if one.answer_by is None:
            return ""
        pay = f"{self.money(one.pay)} {one.per.label}" if one.pay is not None else ""
        open_ = one.state is CandidateState.OFFERED
        return joined(
            pay,
            f"from {self.day(one.starts)}" if one.starts else "",
            f"to answer by {self.day(one.answer_by)}" if open_ else "",
        )

    def _interview(self, one: Interview) -> tuple[str, ...]:
        people = [self.desk.peek("people", person) for person in one.attendees]
        panel = ", ".join(person.initials or person.name for person in people if person is not None)
        scores = self.all("scores", {"interview": (one.id,)})
        points = mean(scores)
        when = span_words(self.desk.context(), one.start, one.ends)
        return (one.ref, when, panel, one.state.label, "" if points is None else str(points))

    def followed(self, record: Candidate) -> list[Link]:
        """Return CV, interviews and letters, then all that it names."""
        interviews = [self.link("Interview", "interviews", one.id) for one in self.interviews(record.id)]
        letters = [self.link("Letter", "letters", one.id) for one in self.all("letters", {"about": (record.ref,)})]
        return self.named(*self.papers(record.id), *interviews, *letters, record=record)


class CandidateRecord(EquipmentRecord):
    """One candidate."""

    DETAILS = CandidateDetails
    HELP = (
        "One candidate; HR alone sees it. s puts them on the short list, W books an interview, A or F says if they "
        "passed, E makes an offer, T takes them on, x refuses, r writes a letter; v opens CV, interviews and letters."
    )


class InterviewDetails(RecruitingDetails):
    """What is shown of an interview: the panel's view of a candidate."""

    def sections(self, record: Interview) -> Sequence[Section]:
        """Return who comes when, who has scored, what the panel is told, and the scores that one may read."""
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("For the panel", record.note))
        return [*found, *self.scored("interview", record.id), *self.rest(record, _INTERVIEW_HEAD)]

    def _head(self, one: Interview) -> list[tuple[str, str]]:
        papers = self.papers(one.candidate)
        rows = [
            ("State", joined(one.state.label, self._missing(one))),
            ("Who comes", joined(one.who, one.job)),
            ("When", span_words(self.desk.context(), one.start, one.ends)),
            ("Room", self.title("places", one.place)),
            ("Panel", ", ".join(self.title("people", person) for person in one.attendees)),
            ("CV", "v opens it" if papers else "none to see"),
        ]
        return [(label, text) for label, text in rows if text]

    def _missing(self, one: Interview) -> str:
        if one.state is State.CANCELLED or one.start > self.desk.clock():
            return ""
        if one.decided:
            return "decided"
        if self.desk.person in one.missing:
            return "f says what you think: then you see what the others do"
        left = ", ".join(self.title("people", person) for person in one.missing)
        return f"{left} still to score" if left else "all have scored"

    def followed(self, record: Interview) -> list[Link]:
        """Return the CV first, then all that it names and this person sees."""
        return self.named(*self.papers(record.candidate), record=record)


class InterviewRecord(EquipmentRecord):
    """One interview."""

    DETAILS = InterviewDetails
    HELP = (
        "One interview. v opens the CV; f says what you think of the candidate. What the others of the panel think you "
        "read once you have said it. HR moves it (e) and calls it off (C)."
    )
