"""Records: every paper, letter, bill and bank line has one place, an owner and a date on which it goes.

The area stands on equipment, tickets and supplies: a bill names the order and the fault it is for.

* Shapes: ``document``, ``retention`` (classes of the retention schedule), ``bill`` (and its lines, and payments),
  ``bank`` (accounts, statements and their lines), ``chart`` (categories of the books), ``entry`` (day-to-day
  transactions).
* Documents: ``filing`` (filed, corrected, joined, thrown away), ``scanning`` (what comes from the scanner); which words
  say what a scan is: ``filing_rule`` (the shape), ``ruling`` (made and changed), ``proposing`` (what follows). What
  ``botui check`` asks: ``document_checks``; on the card of a party: ``document_card``.
* Paper: ``custody`` (the shape of what is handed out), ``lending`` (out, back, asked back). How long it is kept:
  ``retaining`` (the dates, and nowhere else), ``scheduling`` (classes filed), ``retention_defaults`` (the usual ones),
  ``holding`` (on hold, kept on). Destroyed: ``disposal`` (the list), ``disposing`` (listed), ``destroying``,
  ``certificate``. What binds the office: ``contract`` (the shape), ``contracting``,
  ``contract_card`` (of a party). What ``botui check`` asks of all these: ``custody_checks``.
* Where money moves: ``settlement`` and nowhere else.
* Bills: ``billing`` (taken in, what may still change), ``bill_lines``, ``doubles`` (is it here already?), ``agreeing``
  (held against order and delivery), ``checking`` (checked, approved; above a limit by one of the ``approvers``),
  ``bill_steps`` (sent, disputed, void), ``dunning`` (letters about a bill), ``paying`` (payments and credit notes as
  people note them); what follows: ``on_order``, ``bill_cost`` (of an asset or fault). ``standing`` is the shape of
  recurring bills, ``recurring_bills`` files them. ``ageing``, ``party_statement``, ``their_statement``, ``sheets``
  (bill, receipt), ``bill_reports``, ``bill_waiting``, ``bill_card``, ``bill_checks``.
* Bank: ``bank_lines`` (what a file tells, and which lines are new), ``bank_taking`` and ``bank_typed`` (statements
  taken in), ``bank_accounts``, ``bank_proof`` (when a statement is proved), ``bank_open``, ``bank_signs``,
  ``bank_sums`` and ``bank_proposals`` (what a line may be), ``bank_matching``, ``bank_learning`` (rules),
  ``bank_differences`` (why the bank says another balance than we), ``bank_report``, ``bank_waiting``,
  ``bank_checks``.
* The books, derived of all that and never kept: ``posting`` (what follows from bills and the bank), ``posting_cash``
  (from payments, cash, claims), ``naming`` (the accounts), ``posted`` (legs and balances), ``books`` (all of it in
  order), ``hledger`` (as a journal), ``forecast``, ``book_reports``; ``charting`` (categories filed; the usual ones),
  ``entering`` (transactions booked and taken back), ``book_checks``. All ``reports``.
* Words of sentences: ``words`` (what they share), ``bill_sentences``.
* The post: ``letter``, ``parcel``, ``form`` (letter templates) are its shapes; ``corresponding`` (letters entered, with
  their paper), ``answering`` (answered, given to somebody, put off), ``form_fields`` (what a template is filled with),
  ``letter_paper`` (what is filed), ``letter_sheet`` (as it is printed), ``collecting`` (parcels), ``post_waiting``,
  ``post_clock``, ``post_sentences``, ``post_card``, ``post_checks``.
* Money that people laid out, cash and cheques: ``expense``, ``cashbox``, ``cheque`` are the shapes; ``expense_filing``
  (claims and their lines), ``expense_deciding``, ``expense_paying``; ``cash`` (where cash moves, and nowhere else),
  ``cash_moving`` (in, out, taken back), ``cash_counting`` (by two); ``cheque_filing``, ``cheque_clearing``,
  ``cheque_clock``, ``cheque_card``; ``payment_follows`` (what follows from their payments),
  ``expense_desk`` (what waits for whom), ``expense_sentences``, ``expense_text`` (on paper), ``expense_reports``,
  ``expense_checks``. What follows in records from any change: ``follow``.
* For the desk: ``clock``, ``waiting``, ``away`` (stand-ins), ``card`` (of a party). What ``botui check`` asks:
  ``checks``.
* The ``*_kind`` files bind shapes to lists and forms, the ``*_rules`` files rules to verbs; each is loaded when its
  collection is first used, and when something is first done with it.
"""
