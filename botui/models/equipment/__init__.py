"""Equipment: what the office owns and who has it, what is broken, what is due, what runs out, who may get in where.

The area stands on tickets and supplies: a fault has tickets that are kept in step with it, and takes parts from stock.

* Shapes: ``asset`` (and its categories), ``loan`` (and bookings), ``fault`` (its log of work, and first-line guides;
  ``severity``: how bad it is), ``plan`` (maintenance), ``licence`` (and seats), ``access``, ``audit`` (and findings).
* Where the status of an asset follows: ``register`` and nowhere else.
* Assets: ``filing`` (fields and codes), ``keeping`` (moved, lost, out of service, retired, seen), ``handing`` (out and
  back, one or many), ``whom`` (to whom), ``slip``, ``booking``, ``clashes`` (who has it when), ``overdue``,
  ``replacing`` (repair or replace).
* Faults, reported: ``reporting`` (the fault with its ticket), ``guests`` (by who did not sign in), ``guiding`` and
  ``instead`` (what to try, what to use meanwhile), ``joining`` (two that are the same), ``filing_faults`` (corrected).
* Faults, mended: ``repairing`` (the verbs; ``fault_forms``: what they ask), ``parts`` (from stock; vendors, quotes,
  costs), ``repair`` (one step of all these), ``moves`` (what becomes of the fault by it), ``in_step`` (its tickets),
  ``downtime``, ``worklog``.
* Maintenance: ``planning`` (filed, where it stands), ``maintaining`` (due, done, left out).
* Licences: ``licensing`` (filed, renewed, cancelled, told in time), ``seating``, ``spending``; and as contracts
  have them, too, ``agreements`` (renewed, cancelled, told) and ``terms`` (from when until when).
* Access: ``asking``, ``granting`` (approved, given, looked at, taken away), ``leaving`` (what is still with people who
  left). Audits: ``auditing`` (walked), ``audit_end`` (finished).
* For the desk: ``waiting``, ``away`` (stand-ins), ``sentences``, ``clock``, ``undoing``, ``reports``, ``vendors`` (on
  their card), ``worth`` (what needs the PIN).
* What ``botui check`` asks: ``checks``, ``fault_checks``, ``access_checks``, ``audit_checks``.
* The ``*_kind`` files bind shapes to lists and forms, the ``*_rules`` files rules to verbs; each is loaded when its
  collection is first used, and when something is first done with it.
"""
