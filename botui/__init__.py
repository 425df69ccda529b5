"""The desk of the back office in a terminal."""

__version__ = "0.1.0"
