"""Widgets of the office's screens: they know Textual and `botui.text`, nothing of areas or the store."""
