"""Records: every paper, letter, bill and bank line has one place, an owner and a date on which it goes.

The area stands on equipment, tickets and supplies: a bill names the order and the fault it is for.

* Shapes: ``document``, ``retention`` (classes of the retention schedule), ``bill`` (and its lines, and payments),
  ``bank`` (accounts, statements and their lines), ``chart`` (categories of the books), ``entry`` (day-to-day
  transactions).
* Where money moves: ``settlement`` and nowhere else.
* Bank: ``bank_lines`` (what a file tells, and which of its lines are new).
* The books, derived of all that and never kept: ``posting`` (what follows from bills and the bank), ``naming`` (the
  accounts), ``posted`` (legs and balances), ``hledger`` (as a journal); ``charting`` (categories filed; the usual
  ones), ``entering`` (transactions booked and taken back).
* For the desk: ``clock``, ``waiting``. What ``botui check`` asks: ``checks``.
* The ``*_kind`` files bind shapes to lists and forms, the ``*_rules`` files rules to verbs; each is loaded when its
  collection is first used, and when something is first done with it.
"""
