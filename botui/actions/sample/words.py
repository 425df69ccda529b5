"""Invented names of people, firms and places; the telephone numbers are ones kept free for films and books.

Bundesnetzagentur: +49 30 23125 000-999, +49 40 66969 000-999, +49 69 90009 000-999, +49 89 99998 000-999,
+49 171 39200 00-99, +49 176 040690 00-99. Ofcom: +44 20 7946 0000-0999, +44 7700 900000-900999.
"""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Final

from botui.models.office import PartyKind, Priority

ADMINISTRATOR: Final = "Nora Lindqvist"
"""Who sees to the sample office, and works tickets as well."""
KNOWN: Final = (
    "Zoë Åkerström",
    "李雪",
    "Siobhán O'Brien",
    "Łukasz Wójcik",
    "Đặng Thị Hạnh",
    "Ngozi Okafor-Bell",
    "Jean-Luc d'Arcy",
    "山田 花子",
    "Ibrahim al-Hakim",
    "Þóra Jónsdóttir",
    "김민준",
    "Αλέξης Παππάς",
    "Ольга Соколова",
)
"""The first to be hired: names that a screen has to get right."""
_FIRST: Final = (
    "Ada Amir Anna Anton Aylin Beatriz Ben Björn Carla Chidi Clara Dario Deniz Dilara Édouard Elif Elin Emil Esra "
    "Fatima Felix Fiona Frida Gabriel Giulia Grace Hannah Henrik Ida Iman Ivan Jakob Jana João Jonas Kaja Karim "
    "Kemal Lara Leah Léa Lina Magnus Maëlle Malik María Marta Mateo Mina Moritz Nadia Niamh Nils Noor Olaf Olivia "
    "Oskar Paula Pavel Petra Priya Rafael Rania René Rosa Ruth Samir Sanne Simon Sofía Søren Svea Tamara Theo "
    "Tomáš Ulla Viktor Wanda Yara Yusuf Zofia"
)
_LAST: Final = (
    "Abara Ahlgren Almeida Anders Baumann Berg Bianchi Björklund Brandt Brennan Castro Ceylan Cohen Costa Czerny "
    "Dahl Demir Dubois Eriksen Farouk Fischer Fontaine Gärtner Gomes Grünwald Haddad Hansen Hartl Horváth Ivanov "
    "Jansen Jensen Kaya Keller Kerr Kowalski Krüger Lang Larsen Lefèvre Lindner Maier Marín Marek McAllister "
    "Mendes Moreau Müller Nakano Navarro Novák Nowak Nyström Olsen Ortiz Osei Papp Pereira Petrov Quinn Rahman "
    "Reyes Richter Rossi Sahin Santos Schäfer Schreiber Silva Škoda Sørensen Steiner Suzuki Szabó Tanaka Torres "
    "Ünal Vargas Vermeer Vogel Weiß Winter Yilmaz Zając Zeller Żak"
)
_STEMS: Final = (
    "Ångholm Brackwater Cinderlane Drosselbach Eichenried Fennimore Grauvogel Hollowmere Ilmenstrand Jorsund "
    "Kestrelby Kölpin Lindenmoor Marlowick Møllerholt Nebelhorst Oldenmoor Ostervane Pellgrove Quillmark "
    "Ravnsborg Saltmarch Strandlund Tarnfield Thornquist Überlauf Umberfield Vossbrook Wexcombe Yarrowdale "
    "Zellerich"
)
FIRST: Final = tuple(_FIRST.split())
LAST: Final = tuple(_LAST.split())
STEMS: Final = tuple(_STEMS.split())
TRADES: Final = (
    ("Paper", PartyKind.SUPPLIER),
    ("Office Supply", PartyKind.SUPPLIER),
    ("Cleaning", PartyKind.SUPPLIER),
    ("Lifts", PartyKind.SUPPLIER),
    ("Heating", PartyKind.SUPPLIER),
    ("Couriers", PartyKind.SUPPLIER),
    ("Copiers", PartyKind.SUPPLIER),
    ("Shipping", PartyKind.BOTH),
    ("Printworks", PartyKind.BOTH),
    ("Bakery", PartyKind.CUSTOMER),
    ("Instruments", PartyKind.CUSTOMER),
    ("Optics", PartyKind.CUSTOMER),
    ("Boatyard", PartyKind.CUSTOMER),
    ("Foods", PartyKind.CUSTOMER),
    ("Theatre", PartyKind.CUSTOMER),
    ("District Office", PartyKind.OTHER),
)
TRADES_OF: Final = {
    "Printers and copiers": ("Copiers",),
    "Repairs and heating": ("Heating", "Lifts"),
    "Cleaning and waste": ("Cleaning",),
    "Post and couriers": ("Couriers", "Shipping"),
    "Office supplies": ("Paper", "Office Supply"),
    "Meeting rooms and events": ("Instruments", "Optics", "Boatyard", "Foods"),
}
"""Which trades have to do with a topic."""
FORMS: Final = ("GmbH", "Ltd", "AG", "& Sons", "& Töchter", "S.A.", "AB", "KG", "")
TOWNS: Final = ("20457 Westerfähr", "10099 Neuhaven", "60001 Oldenmoor", "80099 Seekirch", "24001 Brackwater")
STREETS: Final = ("Fährstraße", "Lagerweg", "Am Alten Hafen", "Marktgasse", "Mühlendamm", "Kanalufer", "Ringstraße")

DEPARTMENTS: Final = (
    ("Front office", ("Front desk", "Secretary", "Office assistant")),
    ("IT", ("Support", "System administration", "Applications")),
    ("Facilities", ("House technician", "Caretaker", "Facility planning")),
    ("Finance", ("Accounts payable", "Accounts receivable", "Controller")),
    ("Human resources", ("Personnel", "Training")),
    ("Purchasing", ("Buyer", "Stores")),
    ("Sales", ("Inside sales", "Key accounts", "Field sales")),
    ("Legal and records", ("Contracts", "Records")),
)
"""Departments and the jobs in them."""
PLACES: Final = (
    ("Main building", ""),
    ("Annex", ""),
    ("Warehouse", ""),
    ("Ground floor", "Main building"),
    ("1st floor", "Main building"),
    ("2nd floor", "Main building"),
    ("Reception", "Ground floor"),
    ("Post room", "Ground floor"),
    ("Canteen", "Ground floor"),
    ("Meeting room Elbe", "1st floor"),
    ("Meeting room Rhône", "1st floor"),
    ("Print room", "2nd floor"),
    ("Open office east", "2nd floor"),
    ("Open office west", "2nd floor"),
    ("Server room", "Main building"),
    ("Archive", "Annex"),
    ("Workshop", "Annex"),
    ("Training room", "Annex"),
    ("Loading dock", "Warehouse"),
    ("Car park", ""),
)
"""Places and what they are part of; a whole comes before its parts."""
UNSEATED: Final = ("Server room", "Loading dock", "Car park")
"""Places where nobody has a desk."""
TOPICS: Final = (
    ("Printers and copiers", "IT", Priority.P3, "", "", ""),
    ("Computers and phones", "IT", Priority.P3, "", "", ""),
    ("Accounts and access", "IT", Priority.P2, "", "", ""),
    ("Network and outages", "IT", Priority.P1, "", "", ""),
    ("Badges and keys", "Facilities", Priority.P3, "", "16h", "Made or ordered\nHanded out and signed for"),
    ("Repairs and heating", "Facilities", Priority.P3, "", "", ""),
    ("Cleaning and waste", "Facilities", Priority.P4, "", "", ""),
    ("Meeting rooms and events", "Front office", Priority.P3, "4h", "", ""),
    ("Post and couriers", "Front office", Priority.P2, "", "", ""),
    ("Office supplies", "Purchasing", Priority.P4, "", "", ""),
    ("Invoices and payments", "Finance", Priority.P3, "", "", ""),
    ("Travel and expenses", "Finance", Priority.P4, "", "", ""),
    ("New colleagues", "Human resources", Priority.P3, "", "45h", "Desk\nComputer\nBadge\nAccounts\nWelcome folder"),
    ("Contracts and records", "Legal and records", Priority.P4, "", "", ""),
    ("Customer complaints", "Sales", Priority.P2, "", "9h", ""),
)
"""Topic, department, how soon, answer in, done in, checklist."""
REPLIES: Final = (
    ("We are looking into it", "Thank you for telling us. We are looking into it and come back to you today.", ""),
    ("Please try again", "This should work again. Could you try once more and tell us whether it does?", ""),
    ("We need more", "To help you we need a little more: what exactly did you do, and what did the screen say?", ""),
    ("Ordered", "This is ordered. We tell you as soon as it arrives.", "Office supplies"),
    ("Technician comes", "A technician comes by. Please see that somebody is there to open.", "Repairs and heating"),
    ("Restart first", "Please switch it off, wait ten seconds, and switch it on again.", "Computers and phones"),
    (
        "Badge is ready",
        "Your badge is ready at the reception. Please bring some proof of who you are.",
        "Badges and keys",
    ),
    (
        "Invoice is checked",
        "Your invoice has arrived and is being checked. We come back to you.",
        "Invoices and payments",
    ),
    ("We are sorry", "We are sorry about the trouble. This is what we do about it:", "Customer complaints"),
    ("Closing", "We take it that all is well and close this. Answer within two weeks if it is not.", ""),
)
"""Title, text, topic."""
DUTIES: Final = (
    ("Water the plants on all floors", "weekly on mon,thu", "Facilities", ""),
    ("Change the backup tapes", "daily", "IT", "Tape out\nTape in\nBook signed"),
    ("Frank and send the monthly statements", "monthly on 1", "Front office", ""),
    ("Check the first-aid boxes", "monthly on first mon", "Facilities", "Reception\nWorkshop\nCanteen\nWarehouse"),
    ("Payment run", "weekly on tue", "Finance", "List checked\nReleased by two\nSent"),
    ("Order stationery", "monthly on 15", "Purchasing", ""),
    ("Test the fire alarm", "monthly on last fri", "Facilities", "Front office told\nTested\nBook signed"),
    ("Close the month in the time records", "monthly on last day", "Human resources", ""),
)
"""Subject, when, department, checklist."""
TAGS: Final = ("warranty", "repeat", "needs visit", "insurance", "year-end", "landlord", "budget", "quick")

_NO_ACCENT: Final = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "þ": "th", "æ": "ae", "ß": "ss"})
EVENTS: Final = (
    (
        "Open day for customers",
        "1d",
        "Canteen",
        "-21d Choose the day and tell the house\n-14d Write the invitations\n-7d Order food and drinks\n"
        "-2d Print name badges\n-1d Put up signs and chairs\n0d Open the doors at nine\n+2d Thank those who came",
    ),
    (
        "First day of somebody new",
        "2h",
        "Reception",
        "-7d Order a desk, a telephone and a badge\n-1d Tell the department\n+7d Ask how the first week was",
    ),
    ("Board meeting", "3h", "Meeting room Elbe", "-10d Send the agenda\n-1d Print the papers\n+2d Send the minutes"),
)
"""Name, length, room and steps of the event templates."""


def person_name(rng: Random, taken: set[str], known: tuple[str, ...] = KNOWN) -> str:
    """Return a name that nobody has: the known ones first, then drawn ones, with a middle letter where need be."""
    for name in known:
        if name not in taken:
            return name
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    while name in taken:
        first, last = name.split()[0], name.split()[-1]
        name = f"{first} {rng.choice('ABCDEFGHIJKLMNOPRSTUVW')}. {rng.choice(LAST) if rng.random() < 0.5 else last}"
    return name


def firm_name(rng: Random, taken: set[str], trade: str = "") -> tuple[str, PartyKind]:
    """Return the name of a firm that is not there yet, and what it is to the office; one of a trade supplies it."""
    only = ((trade, PartyKind.SUPPLIER),) if trade else TRADES
    while True:
        trade, kind = rng.choice(only)
        stem, form = rng.choice(STEMS), rng.choice(FORMS)
        name = f"{stem} {trade} {form}".strip()
        if name in taken:
            name = f"{stem} & {rng.choice(LAST)} {trade} {form}".strip()
        if name not in taken:
            return name, kind


def mail_name(text: str) -> str:
    """Return a name as it stands in a mail address: small plain letters and points; may be empty."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_NO_ACCENT))
    words = "".join(c for c in plain if c.isascii() and (c.isalnum() or c in " -")).split()
    return ".".join(words)


def landline(rng: Random) -> str:
    """Return a telephone number of a firm."""
    start = rng.choice(("+49 30 23125 ", "+49 40 66969 ", "+49 69 90009 ", "+49 89 99998 ", "+44 20 7946 0"))
    return f"{start}{rng.randrange(1000):03}"


def mobile(rng: Random) -> str:
    """Return a mobile number."""
    start = rng.choice(("+49 171 39200", "+49 176 040690", "+44 7700 9000", "+44 7700 9004", "+44 7700 9007"))
    return f"{start}{rng.randrange(100):02}"
