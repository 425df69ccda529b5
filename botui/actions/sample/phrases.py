"""Projects with their milestones, and what is said at a desk whatever the matter is."""

from __future__ import annotations

from typing import Final, NamedTuple


class Plan(NamedTuple):
    """A project and its milestones, in the order in which they are to be done."""

    subject: str
    body: str
    parts: tuple[str, ...]


PROJECTS: Final = (
    Plan(
        "Archive moves to the annex",
        "Four hundred metres of files. The old room becomes a meeting room in spring.",
        ("Shelves ordered and up", "Boxes numbered and listed", "Move in two weekends", "Old room handed over"),
    ),
    Plan(
        "New telephone system",
        "The old one is no longer mended after this year. Numbers stay.",
        (
            "Numbers and groups listed",
            "Offer chosen",
            "Trial with the front office",
            "Changeover",
            "Old system taken out",
        ),
    ),
    Plan(
        "Audit of the quality handbook",
        "The auditors come for three days. All departments have to look through their chapters.",
        ("Chapters given out", "Chapters read and corrected", "Internal audit", "Findings closed"),
    ),
    Plan(
        "Second floor is painted",
        "One corridor a week; those who sit there work in the annex meanwhile.",
        ("Painter chosen", "Places in the annex ready", "East corridor", "West corridor", "Furniture back"),
    ),
    Plan(
        "Paperless invoices",
        "All incoming invoices are scanned on the day they arrive and found in one place.",
        ("Suppliers told", "Scanner and room ready", "Trial with ten suppliers", "All suppliers", "Old folders closed"),
    ),
    Plan(
        "Summer party for staff and neighbours",
        "About a hundred and twenty guests in the yard, rain or shine.",
        ("Date and budget", "Tent and tables", "Food and music", "Invitations out"),
    ),
)

REJECTIONS: Final = (
    "There is no budget for this before next year.",
    "This is for the landlord to do; we have passed it on to him and close it here.",
    "Asked for by mistake, as you told us on the phone.",
    "The rule of the house does not allow this; we are sorry.",
    "We cannot find the order this is about. Please ask again with its number.",
)
ASKED_BACK: Final = (
    ("Which day suits you best for this?", "{day} suits me."),
    ("Could you send us the number that is on it?", "It is {number}."),
    ("Who in your department should we ask about this?", "Please ask {colleague}."),
    ("Is this still needed, and by when?", "Yes, please, by {day}."),
)
"""What the desk asks before it goes on, and the answer."""
REOPENINGS: Final = (
    "Unfortunately it has happened again this morning.",
    "It worked for a day, now it is as before.",
    "This was only one half of it.",
)
THANKS: Final = (
    "Thank you, that was quick!",
    "Perfect, works again.",
    "Thanks. Could somebody still take the old one away?",
    "Many thanks, also from the colleagues.",
)
MESSAGES: Final = (
    ("about the delivery of {day}", "Two pallets instead of one. Should they send both?"),
    ("about offer {number}", "Would like to talk about the price before signing."),
    ("about the appointment on {day}", "Must move it by a week. Which day suits?"),
    ("about an invoice", "Asks for a copy of {number}; the original did not arrive."),
    ("about the lift inspection", "Can come on {day} from eight, needs somebody with a key."),
    ("about a job", "Has applied and asks whether the papers arrived."),
    ("about the meeting", "Is half an hour late, please start without."),
    ("about a lost umbrella", "Left in the waiting room on {day}, dark green."),
)
QUESTIONS: Final = (
    "How far is it?",
    "It has become worse since this morning.",
    "Can be reached until four today.",
    "Will not be here tomorrow; please ask the colleagues.",
)
LOGGED: Final = (
    "Wrong number.",
    "Asked for our opening hours.",
    "Asked for the fax number of Finance.",
    "Wanted to sell us water coolers; no, thank you.",
    "Asked for the way from the station.",
)
