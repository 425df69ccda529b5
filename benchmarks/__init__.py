"""Measurements of the budgets in DESIGN section 7, each beside a named reference in the same run.

``python -m benchmarks`` (``make bench``) prints one table; ``docs/performance.md`` keeps the table of one run and says
what misses its bound and why. Absolute figures say little about another machine: the bounds are ratios, but for bytes.
"""
