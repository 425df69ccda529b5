"""Equipment: what the office owns and who has it, what is broken, what is due, what runs out, who may get in where.

The area stands on tickets and supplies: a fault has tickets that are kept in step with it, and takes parts from stock.

* Shapes: ``asset`` (and its categories), ``loan`` (and bookings), ``fault`` (its log of work, and first-line guides),
  ``plan`` (maintenance), ``licence`` (and seats), ``access`` (the register of who may do what where), ``audit``.
* Where the status of an asset follows: ``register`` and nowhere else.
* Assets: ``filing`` (fields and codes), ``handing`` (out and back, one or many), ``whom`` (to whom), ``booking`` and
  ``clashes`` (who has it when), ``keeping`` (moved, lost, retired, seen), ``overdue``, ``slip``, ``replacing``.
* Faults: ``reporting``, ``guests``, ``joining``, ``guiding`` and ``instead`` (what to try, what to use), ``repairing``
  (the verbs, by ``repair`` and ``moves``), ``parts``, ``downtime``, ``in_step`` (with tickets).
* Maintenance: ``planning``, ``maintaining``. Licences: ``licensing``, ``terms``, ``seating``, ``spending``. Access:
  ``asking``, ``granting``, ``leaving`` (what is still with people who left). Audits: ``auditing``, ``audit_end``.
* For the desk: ``waiting``, ``away`` (stand-ins), ``sentences``, ``clock``, ``undoing``, ``reports``, ``vendors`` (on
  their card), ``checks`` (what ``botui check`` asks).
* The ``*_kind`` files bind rules to verbs, lists and forms; each is loaded when its collection is first used.
"""
