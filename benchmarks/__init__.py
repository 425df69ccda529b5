"""Measurements, each beside named references in the same run: the budgets of DESIGN section 7, and the store.

``python -m benchmarks`` (``make bench``) prints a table of each; ``docs/performance.md`` keeps those of one run and
says what misses its bound and why. Absolute figures say little about another machine: the bounds are ratios, but for
bytes.
"""
