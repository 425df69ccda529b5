"""What breaks in the sample office, in the words of those who say so and who mend it; and what is tried first."""

from __future__ import annotations

from typing import Final, NamedTuple

from botui.models.equipment.severity import Severity


class Trouble(NamedTuple):
    """One way in which a thing of a category fails.

    Attributes:
        what: what is said of it; ``body``: more about it.
        found: what whoever sees to it finds out; ``outcome``: how it ends.
        minutes: worked on it in all.
        part: what of the store room it takes; empty = nothing.
        visit: what the vendor's visit costs, as text; empty = nobody comes.
        stops: it cannot be used meanwhile.
        severity: how bad, where it is not as its category says.
        tags: what stands before the number on the labels of what fails so; empty = all of its category.
    """

    what: str
    body: str
    found: str
    outcome: str
    minutes: int
    part: str = ""
    visit: str = ""
    stops: bool = True
    severity: Severity | None = None
    tags: tuple[str, ...] = ()


TROUBLES: Final[dict[str, tuple[Trouble, ...]]] = {
    "Printers": (
        Trouble("paper jam", "Tray 2, every third sheet.", "A scrap sat behind the rear flap.", "Scrap taken out.", 15),
        Trouble(
            *("grey stripe on every page", "On copies, too.", "It is the drum.", "Drum changed.", 25),
            part="Drum LP-45",
            stops=False,
        ),
        Trouble(
            *(
                "does not pull paper",
                "It clicks and stops.",
                "Rollers are worn out.",
                "Rollers changed by the vendor.",
                20,
            ),
            visit="148.00",
        ),
        Trouble(
            *("prints very pale", "Shaking helped for a day.", "Toner is at its end.", "Toner changed.", 10),
            part="Toner LP-45, black",
            stops=False,
            severity=Severity.S3,
        ),
    ),
    "Laptops": (
        Trouble(
            *(
                "does not charge",
                "The lamp stays dark.",
                "The charging port is loose.",
                "Board changed by the vendor.",
                40,
            ),
            visit="212.50",
        ),
        Trouble(
            *("very slow", "Ten minutes until it is up.", "The disk was full.", "Old profiles deleted.", 35),
            stops=False,
            severity=Severity.S3,
        ),
        Trouble("no network", "Neither by cable nor by air.", "The driver was off.", "Switched on again.", 15),
        Trouble(
            *(
                "two keys do nothing",
                "E and the space bar.",
                "Coffee below the keys.",
                "Works with another keyboard.",
                20,
            ),
            part="Keyboard",
            stops=False,
            severity=Severity.S3,
        ),
    ),
    "Monitors": (
        Trouble(
            *("no picture", "The lamp blinks amber.", "The adapter was broken.", "Adapter changed.", 15),
            part="Adapter USB-C to HDMI",
        ),
        Trouble(
            "flickers", "Worse when it is warm.", "Loose plug at the dock.", "Plugged in and fixed.", 10, stops=False
        ),
    ),
    "Docking stations": (
        Trouble(
            *("no network at the dock", "Without it all is well.", "Cable was pinched.", "Cable changed.", 15),
            part="Network cable 3 m",
        ),
    ),
    "Phones": (
        Trouble(
            "battery lasts an hour", "Since the update.", "Battery is worn.", "Battery changed.", 15, visit="79.00"
        ),
        Trouble("nobody hears me", "I hear them.", "Fluff in the microphone.", "Cleaned.", 10),
    ),
    "Door keys": (
        Trouble(
            "key jams in the lock", "It goes in and does not turn.", "The lock was dry.", "Graphite in the lock.", 10
        ),
    ),
    "Projectors and cameras": (
        Trouble("no picture", "It says no signal.", "Wrong input was chosen.", "Input set, sheet put up.", 10),
        Trouble(
            *("fan is very loud", "", "Filter was full of dust.", "Filter cleaned.", 25), stops=False, tags=("BEA",)
        ),
    ),
    "Vehicles": (
        Trouble(
            *("brake light is out", "On the left.", "Bulb and socket.", "Both changed at the garage.", 15),
            visit="64.90",
        ),
        Trouble(
            *("tyre loses air", "Front right, half a bar a week.", "A screw in it.", "Tyre mended at the garage.", 20),
            visit="38.00",
        ),
    ),
    "Network and servers": (
        Trouble(
            *("no network", "Whole floor, cable and air.", "Power supply is dead.", "Power supply changed.", 60),
            visit="185.00",
            severity=Severity.S1,
            tags=("NET",),
        ),
        Trouble(
            *("wireless drops out", "Every few minutes.", "Two on one channel.", "Channels set apart.", 30),
            stops=False,
            tags=("WAP",),
        ),
        Trouble(
            *("backup was not written", "The lamp is red.", "The drive was full.", "Old copies deleted.", 25),
            severity=Severity.S2,
            tags=("DSK",),
        ),
    ),
    "Kitchen machines": (
        Trouble(*("no coffee comes", "It hums only.", "Scale in the valve.", "Cleaned and rinsed.", 40), tags=("KIT",)),
        Trouble(
            *("water runs out below", "A puddle every morning.", "Seal is brittle.", "Seal changed by the vendor.", 15),
            visit="126.00",
        ),
    ),
    "Post and paper machines": (
        Trouble(
            *("pulls envelopes askew", "", "Rollers were dirty.", "Rollers cleaned.", 15), stops=False, tags=("FRA",)
        ),
        Trouble("stands still", "A paper clip went in.", "Clip in the knives.", "Clip taken out.", 20, tags=("SHR",)),
    ),
    "Fire safety": (
        Trouble(
            "seal is broken", "The pin is still in.", "Nobody used it.", "Checked and sealed anew.", 10, visit="22.00"
        ),
    ),
    "Tools": (
        Trouble("battery does not charge", "", "Contacts were dirty.", "Contacts cleaned.", 10, tags=("TL",)),
        Trouble("labels come out white", "", "The roll was upside down.", "Roll turned.", 5, tags=("LAB",)),
    ),
}
"""What fails of which category."""


def troubles_of(category: str, tag: str) -> list[Trouble]:
    """Return in which ways a thing can fail, by its category and the number on its label."""
    return [one for one in TROUBLES.get(category, ()) if not one.tags or tag.startswith(one.tags)]


AT_THE_DOOR: Final = Trouble(
    *("Door sticks at the bottom", "One has to lift it.", "Hinge is loose.", "Hinge fastened.", 20),
    stops=False,
    severity=Severity.S4,
)
"""What is broken in a place, and no asset."""


class FirstSteps(NamedTuple):
    """A first-line guide."""

    name: str
    category: str
    words: tuple[str, ...]
    steps: str


GUIDES: Final = (
    FirstSteps(
        *("Paper jam", "Printers", ("jam", "jams", "pull paper")),
        "Open the flap named on the display\nPull the paper out in the direction in which it runs\n"
        "Look for scraps behind the rear flap\nTake the tray out and put it in again\nPrint one page",
    ),
    FirstSteps(
        *("No network", "", ("network", "wireless")),
        "Cable in? Lamp at the plug green?\nAnother cable or another plug\nSwitch the machine off and on\n"
        "Ask the next desk whether it is the same there",
    ),
    FirstSteps(
        *("No picture", "", ("picture", "screen", "signal")),
        "Lamp at the machine on?\nRight input chosen?\nCable out and in at both ends\nAnother cable or adapter",
    ),
    FirstSteps(
        *("Slow machine", "Laptops", ("slow", "hangs")),
        "Save and switch it off, wait ten seconds, on again\nDisk more than nine tenths full?\n"
        "Updates waiting? Let them finish\nTry without the dock",
    ),
    FirstSteps(
        *("Key jams", "Door keys", ("key jams", "turn", "lock")),
        "Do not use force\nTry the other key of this door\nGraphite in the lock, never oil\n"
        "Door pushed or pulled a little?",
    ),
    FirstSteps(
        *("No coffee", "Kitchen machines", ("coffee",)),
        "Water and beans in?\nTray empty and pushed in?\nOff and on at the back\nRinse as the display says",
    ),
)
"""Name, category (empty = of any), the words that find it, and what is tried first."""
