"""What can tick a step by itself: the words that stand in brackets at the end of a line of a checklist."""

from __future__ import annotations

from botui.models.base import Choice


class Want(Choice):
    """What has to happen elsewhere, with the person whom the task is about."""

    ASSET = "asset", "an asset is handed out to them"
    KEY = "key", "a key is handed out to them"
    SEAT = "seat", "they have a seat of a licence"
    ACCESS = "access", "access is given to them"
    BADGE = "badge", "they have a badge"
    PIN = "pin", "they have a PIN"
    PAPER = "paper", "the paper of a document is handed out to them"
    LETTER = "letter", "a letter or a paper is filed for them"
    POLICY = "policy", "they have acknowledged what they must"
    TRAINING = "training", "they have attended a training"
    RETURNED = "returned", "they hold nothing of the office any more"
    CLOSED = "closed", "no access and no seat of a licence is theirs any more"
