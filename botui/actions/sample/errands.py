"""What people bring to the desk: errands of the office, its money, its people and its customers; and projects."""

from __future__ import annotations

from typing import Final, NamedTuple

from botui.actions.sample.stories import COMPLAINT, INCIDENT, REQUEST, TASK, Story

ERRANDS: Final[dict[str, tuple[Story, ...]]] = {
    "Meeting rooms and events": (
        Story(
            REQUEST,
            "Coffee and water for twelve: {place}",
            "Visitors from {party} on {day} from ten to three, two of them eat no meat.",
            "Canteen needs to know by noon of the day before.",
            "Ordered with the canteen: drinks at ten, lunch at half past twelve.",
            "All was there in time; bill goes to the cost centre of Sales.",
        ),
        Story(
            INCIDENT,
            "Projector shows no picture: {place}",
            "It says no signal with three different laptops. The meeting on {day} needs it.",
            "Cable in the floor box is broken.",
            "We put a long cable across for now; please mind your step.",
            "Cable in the floor box replaced.",
        ),
        Story(
            REQUEST,
            "Room for a job interview on {day}",
            "One hour in the afternoon, quiet, with a seat for four.",
            "Small room on the first floor is free from two.",
            "The small room is yours from two to half past three.",
            "Room booked, sign on the door, water on the table.",
        ),
    ),
    "Post and couriers": (
        Story(
            REQUEST,
            "Courier to {party} before noon",
            "Signed contract, must be there today. Envelope lies at the front desk.",
            "Cost centre {number}.",
            "The courier comes at half past ten.",
            "Delivered at 11:40, signed for at the gate.",
        ),
        Story(
            INCIDENT,
            "Parcel for us has not arrived",
            "{party} says it was handed over on {day}, consignment {number}. Nobody here has it.",
            "Driver left it with the neighbours, card was in the wrong box.",
            "We have asked the carrier and the neighbours and come back to you.",
            "Found with the neighbours and brought round.",
        ),
        Story(
            TASK,
            "Registered letters of {day}",
            "Take them to the post office before five, keep the receipts by date.",
            "Seven letters, one to be insured.",
            "All are on their way; receipts are in the folder.",
            "Posted, receipts filed.",
        ),
        Story(
            INCIDENT,
            "Franking machine takes no money",
            "It says credit used up, but we loaded it on {day}.",
            "Dials in at night only, the line was unplugged.",
            "Please put the letters into the tray; we frank them by hand today.",
            "Line plugged in again, credit is shown.",
        ),
    ),
    "Office supplies": (
        Story(
            REQUEST,
            "Folders and dividers for the new year",
            "Forty wide folders in grey, twelve sets of dividers January to December.",
            "{party} has them in the frame contract.",
            "Ordered today, delivery within the week.",
            "Delivered to the department, one set was missing and came later.",
        ),
        Story(
            REQUEST,
            "Headsets for {few} people",
            "The old ones crackle. With a cable, please: the batteries never last the day.",
            "Ask for a quote of ten, they get cheaper from ten on.",
            "We have asked for prices and come back to you with two to choose from.",
            "Headsets ordered, received and handed out.",
        ),
        Story(
            INCIDENT,
            "Wrong paper delivered by {party}",
            "We ordered A4 white and got cream. Five boxes stand in the corridor.",
            "Delivery note {number} says white, boxes say ivory.",
            "Please leave the boxes closed; they are exchanged.",
            "Exchanged free of charge.",
        ),
        Story(
            TASK,
            "Count the stationery cupboard: {place}",
            "Every item once, note what is below five.",
            "Staples and blue pens are low.",
            "Counted; the list is attached to the shelf.",
            "Counted, what was low is ordered.",
        ),
    ),
    "Invoices and payments": (
        Story(
            REQUEST,
            "Invoice {number} is not paid yet",
            "Our invoice was due three weeks ago. Could you tell us when we may expect the money?",
            "Invoice lies with the buyer: delivery was short by one box.",
            "Thank you for your patience. The invoice is being checked, we come back to you by {day}.",
            "Paid less the missing box; remittance sent.",
            outside=True,
        ),
        Story(
            INCIDENT,
            "Paid twice: invoice {number} of {party}",
            "It went out on two days in a row. Please have one of them sent back.",
            "One came by mail and one by e-mail, different spelling of the number.",
            "We have asked them to pay it back and note it on the account.",
            "Money is back on the account.",
        ),
        Story(
            REQUEST,
            "New bank account of {party}",
            "They say that from next month we pay to another account. Letter is attached.",
            "Called back on the number we know, not the one in the letter.",
            "We check this with them by phone before anything is changed.",
            "Confirmed by phone by two people, account changed.",
        ),
        Story(
            TASK,
            "Reminders to customers, round of {day}",
            "All that is more than thirty days late, except those with a dispute.",
            "Fourteen letters, two to be phoned instead.",
            "The letters are out.",
            "Sent; two customers paid at once.",
        ),
    ),
    "Travel and expenses": (
        Story(
            REQUEST,
            "Train and hotel for the trade fair",
            "{colleague} and I, two nights, near the fair. Back on the evening of the third day.",
            "Hotels near the fair are full, next one is four stops away.",
            "Two rooms are held until {day}. Is four stops by tram all right?",
            "Booked; tickets and confirmation sent.",
        ),
        Story(
            REQUEST,
            "Expenses of last month are still open",
            "I handed the receipts in six weeks ago.",
            "Hotel bill was made out to the person, not to us.",
            "One bill needs our address on it. Could you ask the hotel for a new one?",
            "Paid with this month's wages.",
        ),
        Story(
            REQUEST,
            "Visa letter for {colleague}",
            "Needs a letter of invitation from {party} and one from us, both signed.",
            "Two weeks at the embassy, so by {day}.",
            "Ours is written. We have asked the host for theirs.",
            "Both letters sent by courier.",
        ),
    ),
    "New colleagues": (
        Story(
            REQUEST,
            "{colleague} starts on {day}",
            "Desk by the window is free. Computer like all of us, phone, badge, access to the shared folders.",
            "Ordered the laptop; the chair comes from the second floor.",
            "Welcome is prepared; we tell you when all is ready.",
            "All is ready: desk, computer, badge, accounts, welcome folder.",
        ),
        Story(
            REQUEST,
            "{colleague} moves to another department",
            "From {day} on. Place, phone number and folders change, the laptop stays.",
            "Extension can go along.",
            "We move the things the evening before.",
            "Moved; folders of the old department are closed to them.",
        ),
        Story(
            REQUEST,
            "Trainee for six weeks: place and access",
            "From {day}, sits with {colleague}. Reading is enough.",
            "Spare laptop 4.",
            "The spare laptop is set up; badge waits at the reception.",
            "Place, laptop and badge handed over.",
        ),
    ),
    "Contracts and records": (
        Story(
            REQUEST,
            "Contract with {party} from the archive",
            "We need the original with all annexes, not the scan.",
            "Box {number}, shelf by the door.",
            "Found; it is with us at the desk, please sign for it.",
            "Handed out against signature, back by the end of the month.",
        ),
        Story(
            REQUEST,
            "Notice period of the cleaning contract",
            "When do we have to give notice, if we want to change at the end of next year?",
            "Clause 11: six months to the end of the year.",
            "By the end of June. We put a reminder on it.",
            "Answered, reminder set.",
        ),
        Story(
            TASK,
            "Files to be destroyed: {place}",
            "Years up to the limit of ten, list has been signed by the head of the department.",
            "Two boxes are under a hold and stay.",
            "The list is checked; {party} comes on {day}.",
            "Destroyed, certificate filed.",
        ),
    ),
    "Customer complaints": (
        Story(
            COMPLAINT,
            "Nobody rang back",
            "I was promised a call on {day} about order {number}. I have waited for two days now.",
            "Call was noted for somebody on leave.",
            "We are sorry about that. Who should ring you, and when does it suit you best?",
            "Rang back and apologised; the order leaves today.",
            outside=True,
        ),
        Story(
            COMPLAINT,
            "Delivery {number} came damaged",
            "Two of the six boxes were crushed. Photos are attached.",
            "Carrier has accepted the damage on the slip.",
            "We send two new boxes today. Please keep the damaged ones for the carrier.",
            "Two boxes sent again free of charge; damage claimed from the carrier.",
            outside=True,
        ),
        Story(
            COMPLAINT,
            "Invoice does not match the offer",
            "The offer said delivery free of charge, invoice {number} says otherwise.",
            "Offer is right, the price list was older.",
            "You are right. A corrected invoice is on its way.",
            "Invoice corrected and sent.",
            outside=True,
        ),
        Story(
            REQUEST,
            "Certificate of origin for order {number}",
            "Our customs need it by {day}, or the goods stay at the port.",
            "Form is at the chamber, signature by Sales.",
            "It is with the chamber of commerce; you get it as soon as it is stamped.",
            "Stamped certificate sent by courier.",
            outside=True,
        ),
    ),
}
"""Stories of the office, by topic."""


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
