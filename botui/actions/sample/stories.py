"""What people bring to the desk: matters of the house and its machines, each with the words that go with it.

``{place}``, ``{colleague}``, ``{party}``, ``{number}``, ``{few}`` and
``{day}`` are filled in when a ticket is made.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from botui.models.tickets import TicketKind

REQUEST: Final = TicketKind.REQUEST
INCIDENT: Final = TicketKind.INCIDENT
COMPLAINT: Final = TicketKind.COMPLAINT
TASK: Final = TicketKind.TASK


class Story(NamedTuple):
    """One matter.

    Attributes:
        note: what the desk writes down for itself.
        reply: the first answer to the one who asked.
        solution: how it ended.
        outside: a customer or supplier asks, not one of the house.
    """

    kind: TicketKind
    subject: str
    body: str
    note: str
    reply: str
    solution: str
    outside: bool = False


HOUSE: Final[dict[str, tuple[Story, ...]]] = {
    "Printers and copiers": (
        Story(
            INCIDENT,
            "Printer jams: {place}",
            "It takes every third sheet askew and then says paper jam in tray 2. Switched it off and on, no change.",
            "Rollers of tray 2 are worn. Spare set is in the cupboard of the print room.",
            "Thank you for telling us. Please use tray 1 until somebody has looked at the rollers.",
            "Rollers of tray 2 replaced, fifty test pages without a jam.",
        ),
        Story(
            REQUEST,
            "Toner for the copier, {place}",
            "The copier has been asking for black toner since {day}. About a hundred pages are left.",
            "Last black cartridge taken from the shelf, more must be ordered.",
            "We have one in stock and bring it round today.",
            "Toner changed, the old cartridge is in the return box.",
        ),
        Story(
            INCIDENT,
            "Scans do not arrive by e-mail",
            "I scanned {few} pages to myself at the copier twice. It says sent, but nothing comes.",
            "Mailbox of the copier was full of old faults. Address book has the old domain.",
            "We are looking into it. Scanning to the shared folder works in the meantime.",
            "The sender address of the copier was wrong after the update; put right and tested.",
        ),
        Story(
            INCIDENT,
            "Grey stripes on every page: {place}",
            "All prints have a grey stripe on the left, whatever program they come from.",
            "Stripe is on copies too, so it is the drum and not the driver.",
            "This sounds like the drum. Somebody comes by this afternoon with a new one.",
            "Drum unit replaced under warranty, the stripe is gone.",
        ),
    ),
    "Computers and phones": (
        Story(
            INCIDENT,
            "Laptop does not charge any more",
            "The lamp stays dark with my charger and with the one of {colleague}. Battery is at 20 percent.",
            "Charging port is loose. Warranty until next spring, serial number is on the sticker.",
            "Please bring it to the desk; you get a spare one while we look at it.",
            "Main board exchanged by the supplier. Data were not touched.",
        ),
        Story(
            REQUEST,
            "Second screen for the desk of {colleague}",
            "We go through long lists side by side all day. One screen is not enough for that.",
            "Two 24-inch screens are left over from the move.",
            "There is one in the store. Which day suits you for setting it up?",
            "Screen set up, arm mounted, cable under the desk.",
        ),
        Story(
            INCIDENT,
            "My extension rings once and then goes dead",
            "Callers say that they hear me, but I hear nothing. It began after the weekend.",
            "Works with another handset. Headset firmware is two versions behind.",
            "Could you try the handset without the headset and tell us whether it is the same?",
            "Headset updated and paired anew.",
        ),
        Story(
            INCIDENT,
            "Spreadsheet closes by itself",
            "The sheet with the yearly figures closes without a word whenever I filter the third column.",
            "Happens with this file only. A broken link to an old drive.",
            "Please do not work in the file now; we make a copy and look at it.",
            "The link to a drive that no longer exists was removed; filtering works.",
        ),
    ),
    "Accounts and access": (
        Story(
            REQUEST,
            "Access to the shared folder of Finance for {colleague}",
            "{colleague} helps us with the year-end and needs to read the folder until the end of the month.",
            "Head of Finance has said yes on the phone, mail to follow.",
            "We need the word of the head of Finance; the mail is on its way.",
            "Reading access given, it ends by itself on the last of the month.",
        ),
        Story(
            INCIDENT,
            "Locked out after three tries",
            "I changed my password on {day} and now the mail programme keeps locking me out.",
            "Old password was still kept on the phone.",
            "Unlocked for now. Please type the new password on your phone as well.",
            "Password renewed on the phone too; not locked since.",
        ),
        Story(
            REQUEST,
            "New group address for the front desk",
            "Mails to the front desk should reach all four of us, and each of us should see who has answered.",
            "Old address must go on for half a year.",
            "Good idea. Who should be in it besides the four of you?",
            "Group address made, the old one forwards to it until summer.",
        ),
        Story(
            TASK,
            "Take away the accounts of {colleague}",
            "Last day was {day}. Mail goes on to the head of the department for three months.",
            "Laptop and badge are back, phone is missing.",
            "All accounts are closed; the mail is forwarded as you wished.",
            "Accounts closed, licences free again, mail forwarded.",
        ),
    ),
    "Network and outages": (
        Story(
            INCIDENT,
            "No network: {place}",
            "Nobody here has network since half past eight, neither by cable nor by air.",
            "Switch in the floor cabinet has no power. Fuse or power supply?",
            "We know of it and are on the spot. Next word within the hour.",
            "Power supply of the floor switch exchanged. All ports are up.",
        ),
        Story(
            INCIDENT,
            "Telephones are dead: {place}",
            "All displays say no service. Mobile phones work.",
            "Line provider reports a fault in the area, number {number}.",
            "The fault is with the provider. Calls are sent to the mobiles of the front desk.",
            "Provider has mended the line; forwarding is taken back.",
        ),
        Story(
            INCIDENT,
            "Wireless is very slow: {place}",
            "Video calls freeze every few minutes, most of all before noon.",
            "Two access points on the same channel.",
            "We measure it today. A cable lies at every seat by the window in the meantime.",
            "Channels set apart, speed is as it should be.",
        ),
    ),
    "Badges and keys": (
        Story(
            INCIDENT,
            "Badge of new colleague does not open the car park",
            "{colleague} started on {day}. Front door and lift work, the barrier stays shut.",
            "Group for the car park was not ticked.",
            "The right for the car park was missing. Please try again after ten o'clock.",
            "Right for the car park added and tested at the barrier.",
        ),
        Story(
            REQUEST,
            "Key for the cupboard in {place}",
            "The only key left with {colleague}. We need two, one of them for the substitute.",
            "Lock number {number}. Key shop needs two days.",
            "Two keys are ordered; the substitute may borrow ours until then.",
            "Two keys handed out and signed for.",
        ),
        Story(
            INCIDENT,
            "Lost badge",
            "I must have lost it between the station and the office on {day} evening.",
            "Blocked at once. Old badge number {number}.",
            "The badge is blocked. Please come by for a new one and bring some proof of who you are.",
            "New badge made; the lost one stays blocked.",
        ),
        Story(
            REQUEST,
            "Visitor badges for the audit",
            "Four visitors from {day} on for three days. They may go to the second floor and the canteen.",
            "Names are in the mail. Escort needed for the archive.",
            "Prepared. They wait at the reception in your name.",
            "Badges handed out, all four came back.",
        ),
    ),
    "Repairs and heating": (
        Story(
            INCIDENT,
            "Heating stays cold: {place}",
            "It has sixteen degrees at nine o'clock. The knob turns, but nothing gets warm.",
            "Valve pin stuck, the pump runs. Ask {party} for a spare valve.",
            "The fitter comes tomorrow. An oil radiator stands in the store room for today.",
            "Valve exchanged and system bled; twenty-one degrees.",
        ),
        Story(
            INCIDENT,
            "Lamp flickers: {place}",
            "The lamp above the second row flickers and hums. It gives us headaches.",
            "Starter or tube. Ladder is needed, two people.",
            "We change the tube tomorrow before eight, when nobody sits there.",
            "Tube and starter replaced.",
        ),
        Story(
            INCIDENT,
            "Water drips from the ceiling: {place}",
            "A bucket stands below, about a litre an hour. The ceiling tile is soft.",
            "Condensate pipe of the air conditioning. {party} is informed.",
            "Please keep the desks below free. The water of that line is turned off.",
            "Pipe cleared and insulated, ceiling tile changed.",
        ),
        Story(
            REQUEST,
            "Desk of {colleague} should be set higher",
            "The doctor advises to stand part of the day. The crank of the desk is missing.",
            "Cranks are in the workshop, third drawer.",
            "We bring a crank and look at the chair at the same time.",
            "Crank fitted, desk and chair set together with the colleague.",
        ),
        Story(
            TASK,
            "Check the emergency lights: {place}",
            "Half-yearly test: press the button, read the time, write it into the book.",
            "Lamp 7 lasted twelve minutes only.",
            "Done on {day}, one lamp must be changed.",
            "All lamps tested, one battery replaced, entered in the book.",
        ),
    ),
    "Cleaning and waste": (
        Story(
            REQUEST,
            "Carpet stain: {place}",
            "A whole pot of coffee, right where visitors come in.",
            "{party} has a machine and comes on Fridays.",
            "The cleaners bring the machine on Friday.",
            "Stain is out; the carpet was dry on Monday.",
        ),
        Story(
            REQUEST,
            "Paper bins overflow: {place}",
            "We empty the files of ten years and need two more bins until the end of the week.",
            "Confidential paper must go into the locked ones.",
            "Two locked bins come this afternoon. Please put nothing beside them.",
            "Bins delivered, filled and taken away with a certificate.",
        ),
        Story(
            COMPLAINT,
            "Kitchen was not cleaned: {place}",
            "For the second time this week the dishes of the day before stand in the sink.",
            "Cleaners had a stand-in who did not know the round.",
            "We are sorry. We have talked to the cleaners and look at it every morning this week.",
            "Round explained to the stand-in; five mornings looked at, all clean.",
        ),
    ),
}
"""Stories of IT and the building, by topic."""
