"""The desk with Textual's own driver, to show what ours saves; otherwise as ``python -m botui``."""

from __future__ import annotations

import sys
from unittest.mock import patch

from textual.drivers.linux_driver import LinuxDriver

from botui.cli import main


def _textuals(*, ascii_only: bool) -> type[LinuxDriver]:
    return LinuxDriver


if __name__ == "__main__":
    with patch("botui.app.driver_class", _textuals):
        sys.exit(main())
