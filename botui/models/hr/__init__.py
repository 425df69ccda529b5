"""HR: people in, people out, and everything due in between; what is private stays private on a shared terminal.

The area stands on records, equipment, meetings, supplies and tickets: who leaves gives back what these say they have.

* Shapes: ``person_file`` (what HR keeps of somebody), ``task`` (HR tasks, their steps, checklists), ``leave`` (types,
  what is asked for, the ledger, who is away).
* Who is away, and who is in: ``absence_follows`` (leave becomes an absence, and a stand-in), ``absence_clock``, ``away``.
  Attendance: ``punch`` (its shape), ``punching``, ``pairing`` (which going out ends which coming in), ``attendance``
  (hours), ``attendance_reports``, ``punch_waiting``, ``punch_checks``; ``evacuation`` (who is in the house).
* For the desk: ``clock``, ``waiting``, ``asked``, ``follow``; what ``botui check`` asks: ``checks``; all ``reports``.
* The ``*_kind`` files bind shapes to lists and forms, the ``*_rules`` files rules to verbs; each is loaded when its
  collection is first used, and when something is first done with it.
"""
