"""What somebody may do with the records of a collection, in words: the cells of the table of roles."""

from __future__ import annotations

from typing import Final

READ: Final = frozenset({"read"})
"""Look at all records of a collection."""
SEE: Final = frozenset({"see"})
"""Look at those that are one's own, and at what is said to one in them."""
OWN: Final = frozenset({"own", "remind", "approve"})
"""Act on what is one's own, and say yes or no where one is asked."""
ASK: Final = SEE | OWN | {"add"}
"""What everybody on the staff may do: file, look at and act on what is theirs."""
WORK: Final = READ | OWN | {"add", "edit", "work", "presence"}
"""What a back-office executive does all day."""
TAKE: Final = frozenset({"take"})
"""Take supplies, and bring back what was not used."""
ORDER: Final = frozenset({"order"})
"""Put items on draft orders."""
BILL: Final = frozenset({"bill"})
"""Say what a supplier has billed."""
USE: Final = frozenset({"use"})
"""Report that an asset is broken, and book one that is shared."""
AUDIT: Final = frozenset({"audit"})
"""On the settings: read in the history what touched no record, such as refusals and misses at the door."""

NONE: Final[frozenset[str]] = frozenset()
"""Nothing."""
FILES: Final = ASK | {"edit", "work"}
"""Work on documents: on the open ones, and on what is private as far as it is one's own or one is named in it."""
COMES: Final = READ | OWN | {"add", "work"}
"""Work on what is filed once and never edited."""
