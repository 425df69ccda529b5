"""HR: people in, people out, and everything due in between; what is private stays private on a shared terminal.

The area stands on records, equipment, meetings, supplies and tickets: who leaves gives back what these say they have.

* Shapes: ``person_file`` (what HR keeps of somebody), ``task`` (HR tasks, their steps, checklists), ``leave`` (types,
  what is asked for, the ledger, who is away).
* People's files: ``person_filing`` (filed, corrected), ``person_status`` (how somebody stands, and nowhere else),
  ``reporting_lines`` (who manages whom), ``employing`` (somebody is taken on). Besides: ``pay`` and ``pay_filing``,
  ``benefit`` and ``benefit_filing``, ``position`` and ``position_filing``; ``amendment`` (the shape of a change of a
  file), ``amending`` (asked for, planned, made on its day). ``person_waiting`` (and papers that end),
  ``person_checks``.
* HR tasks: ``stepping`` (whose a step is, and how far a task is by them), ``task_follows`` (that it is so after every
  change), ``step_doing`` and ``task_doing`` (the verbs), ``task_waiting``, ``task_checks``. Checklists:
  ``checklist_text`` (their lines), ``wants`` (what can tick a step by itself), ``checklist_filing``, ``running`` (they
  become tasks, by hand or on their day), ``checklist_usual``. The month: ``payroll`` (its sheet), ``payroll_report``.
* Who begins and who leaves: ``onboarding``, ``offboarding``, ``holdings`` (what somebody still has of the office),
  ``handing_over``, ``self_ticking`` (what happens elsewhere ticks a step), ``closing_access``, ``leaving_checks``.
* Leave: ``leave_account`` (what is granted, lapses and goes over a year's end: pure reckoning), ``leave_ledger`` (the
  one place that books), ``leave_days`` (whose working days it takes), ``leave_fit`` (what it cannot be),
  ``leave_asking``, ``leave_deciding``, ``leave_booking`` (by hand), ``leave_typing`` (types), ``leave_usual``,
  ``leave_clock``, ``leave_waiting``, ``leave_checks``, ``leave_reports``.
* Who is away, and who is in: ``absence_follows`` (leave becomes an absence, and a stand-in), ``absence_days``
  (as people write them), ``absence_sentences``, ``absence_calendar``, ``absence_reports``, ``absence_waiting``,
  ``absence_checks``, ``absence_clock``, ``away``.
  Attendance: ``punch`` (its shape), ``punching``, ``pairing`` (which going out ends which coming in), ``attendance``
  (hours), ``attendance_reports``, ``punch_waiting``, ``punch_checks``; ``evacuation`` (who is in the house).
* Training: ``course``, ``training``, ``qualification`` (certificates) and their rules ``teaching``, ``certifying``;
  ``needing`` (what people must hold and do not), ``first_aid`` (who helps), ``gap_reports``. Reviews: ``cycle``,
  ``cycling``, ``review``, ``reviewing``. Policies: ``policy``, ``acknowledging``. Safety: ``incident``,
  ``incident_book``, ``drill``. Of all these: ``growth_waiting``, ``growth_follows``, ``growth_checks``.
* Recruitment: ``opening``, ``candidate``, ``interview`` (with its scores) are the shapes; ``opening_filing``,
  ``candidate_filing``, ``candidate_steps``, ``candidate_keeping`` (until when files are kept), ``interview_booking``,
  ``interview_scoring``, ``interview_follows`` (its meeting is moved), ``hiring``; ``candidate_waiting``,
  ``candidate_checks``. Discipline and grievance: ``case``, ``case_filing``, ``case_steps``, ``case_waiting``,
  ``case_checks``. Letters of all these: ``hr_letter``, ``hr_forms`` (the usual templates).
* Erasing for good: ``erasure`` (the shape, and the certificate), ``erasing`` (proposed, approved, gone),
  ``erasing_scope`` (what goes with whom), ``erasing_keeping`` (until when it must be kept), ``erasing_waiting``,
  ``erasing_certificate`` (the sheet).
* For the desk: ``clock``, ``waiting``, ``asked``, ``follow``; what ``botui check`` asks: ``checks``; all ``reports``.
* The ``*_kind`` files bind shapes to lists and forms, the ``*_rules`` files rules to verbs; each is loaded when its
  collection is first used, and when something is first done with it.
"""
