"""``python -m botui`` is ``botui``."""

import sys

from botui.cli import main

if __name__ == "__main__":
    sys.exit(main())
