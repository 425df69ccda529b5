"""The terminal driver: sends only the cells that changed, and no byte from the keyboard can hurt it."""

from botui.driver.terminal import DeskDriver, driver_class, redraw

__all__ = ["DeskDriver", "driver_class", "redraw"]
