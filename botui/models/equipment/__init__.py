"""Equipment: what the office owns and who has it, what is broken, what is due, what runs out, who may get in where.

The area stands on tickets and supplies: a fault has tickets that are kept in step with it, and takes parts from stock.

* Shapes: ``asset`` (and its categories), ``loan`` (and bookings), ``fault`` (its log of work, and first-line guides),
  ``plan`` (maintenance), ``licence`` (and seats), ``access`` (the register of who may do what where), ``audit``.
* Where the status of an asset follows: ``register`` and nowhere else.
* The ``*_kind`` files bind rules to verbs, lists and forms; each is loaded when its collection is first used.
"""
