"""What every record, verb and change is made of.

A *record* is a pydantic model: its fields carry ``Ui`` metadata that feeds table columns, forms, limits, labels,
filters, CSV headings and command-line arguments. A *verb* is a ``Transition`` in its area's table. A *rule* is a pure
function that returns a ``Change`` or raises ``Refused``. A ``Kind`` binds the three for one collection.
"""

from botui.models.base.change import Change, Erases, Put
from botui.models.base.kind import (
    EVERYBODY,
    VERB_KEYS,
    Between,
    Kind,
    Rules,
    Transition,
    View,
    Where,
    approver_word,
)
from botui.models.base.record import Arguments, Choice, Record, Ui
from botui.models.base.text import (
    LINE_MAX,
    PROSE_MAX,
    Line,
    Prose,
    When,
    Words,
    and_more,
    cells,
    clean,
    fit,
    fold,
    plural,
    stamp,
)
from botui.models.base.waiting import Asked, Offer, Waiting
from botui.models.errors import (
    BotuiError,
    Conflict,
    NotAllowed,
    PinNeeded,
    Refused,
    StoreDamaged,
    StoreFull,
    StoreLocked,
)

__all__ = [
    "EVERYBODY",
    "LINE_MAX",
    "PROSE_MAX",
    "VERB_KEYS",
    "Arguments",
    "Asked",
    "Between",
    "BotuiError",
    "Change",
    "Choice",
    "Conflict",
    "Erases",
    "Kind",
    "Line",
    "NotAllowed",
    "Offer",
    "PinNeeded",
    "Prose",
    "Put",
    "Record",
    "Refused",
    "Rules",
    "StoreDamaged",
    "StoreFull",
    "StoreLocked",
    "Transition",
    "Ui",
    "View",
    "Waiting",
    "When",
    "Where",
    "Words",
    "and_more",
    "approver_word",
    "cells",
    "clean",
    "fit",
    "fold",
    "plural",
    "stamp",
]
