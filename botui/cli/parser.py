"""The words of the command line, and where each command is: dotted names, so that none pays for another."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from botui import __version__, areas


class UsageError(Exception):
    """The command is not understood; ``str()`` says why in one sentence."""


class Leave(Exception):
    """There is nothing to do but to show a text (help, version)."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


_NO_COMMAND: Final = re.compile(r"argument COMMAND: invalid choice: (.*) \\(choose from (.*)\\)", re.DOTALL)
"""What argparse says of a command that there is not."""


class _Parser(argparse.ArgumentParser):
    """An argparse that neither prints nor ends the process."""

    def error(self, message: str) -> NoReturn:
        if found := _NO_COMMAND.match(message):
            raise UsageError(f"There is no command {found[1]}; there is: {found[2].replace(chr(39), '')}.")
        raise UsageError(f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).")

    def print_help(self, file: Any = None) -> NoReturn:
        raise Leave(self.format_help())


class _Version(argparse.Action):
    def __call__(self, *_: Any) -> NoReturn:
        raise Leave(f"botui {__version__}\n")


_FIELDS: Final = "field=value"
_DESK: Final = "botui.cli.start:desk"


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the command: its arguments, and in ``run`` the dotted name of what does it.

    Raises:
        UsageError: it is not understood.
        Leave: it asks for help or the version.
    """
    parser = _parser()
    args, rest = parser.parse_known_args(_days_joined(argv), argparse.Namespace(data=None, person=None))
    if rest:
        # field=value may stand anywhere, also after an option, where argparse leaves it over
        odd = [word for word in rest if word.startswith("-") or "=" not in word]
        if odd or not hasattr(args, "fields"):
            raise UsageError(f"'{(odd or rest)[0]}' is not understood here (see botui --help).")
        args.fields = [*args.fields, *rest]
    if hasattr(args, "fields"):
        args.fields = _pairs(args.fields)
    if args.kiosk:
        _no_more_than_the_desk(args)
    return args


def _no_more_than_the_desk(args: argparse.Namespace) -> None:
    if args.run != _DESK:
        raise UsageError("--kiosk opens the desk and does nothing else: leave out the command, or --kiosk.")
    if args.person is not None:
        raise UsageError("A kiosk starts with nobody signed in: leave out --as, or --kiosk.")
    args.run = "botui.cli.kiosk:desk"


def _days_joined(argv: Sequence[str]) -> list[str]:
    """Return the words with a day joined to its option: ``-1w`` alone would be taken for an option itself."""
    words: list[str] = []
    for word in argv:
        if words and words[-1] in ("--since", "--until"):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _pairs(words: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"'{word}' is not {_FIELDS}, such as priority=P2.")
        if name.strip() in pairs:
            raise UsageError(f"'{name.strip()}' is given twice.")
        pairs[name.strip()] = value
    return pairs


def _parser() -> _Parser:
    everywhere = _Parser(add_help=False, allow_abbrev=False)
    everywhere.add_argument(
        "--data",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the folder of the store; else that of BOTUI_DATA, of botui.toml, or the platform's",
    )
    everywhere.add_argument(
        "--as", dest="person", metavar="PERSON", default=argparse.SUPPRESS, help="who acts: initials or P-number"
    )
    parser = _Parser(
        prog="botui",
        parents=[everywhere],
        allow_abbrev=False,
        description="The desk of the back office. Without a command it opens the desk on this terminal.",
        epilog=f"Collections: {', '.join(one.name for one in areas.COLLECTIONS)}. "
        "References are such as T-1042 or P-3. docs/commands.md has examples.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version")
    parser.add_argument(
        "--kiosk", action="store_true", help="for a terminal in the hall: nobody signed in, no way out, restarts itself"
    )
    parser.set_defaults(run=_DESK)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: str, words: str, under: Any = commands) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = under.add_parser(
            name, parents=[everywhere], allow_abbrev=False, help=words, description=words
        )
        one.set_defaults(run=f"botui.cli.{run}")
        return one

    _reading(command)
    _exporting(command)
    _changing(command)
    _keeping(command)
    _printing(command)
    _installing(command)
    _knowing(command)
    _reaching(command)
    return parser


def _reading(command: Any) -> None:
    one = command("list", "read:list_records", "list the records of a collection")
    one.add_argument("collection", metavar="COLLECTION")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[], help="only those: state=open,waiting owner=ML")
    one.add_argument("--view", metavar="NAME", help="only what a named list of the screens has, in its order")
    one.add_argument("--sort", metavar="FIELD", help="sort by a field; --sort=-FIELD: largest first")
    one.add_argument("--limit", metavar="N", type=_whole, help="only the first N")
    _shape(one)
    one = command("show", "read:show", "show one record")
    one.add_argument("ref", metavar="REF")
    one.add_argument("--json", action="store_true", help="as one JSON document")
    _shape(command("desk", "desk:desk", "print my desk: what waits for whoever acts, and what they asked for"))
    one = command("history", "past:history", "show what happened to a record, or what was done: by whom, where, when")
    one.add_argument("ref", metavar="REF", nargs="?", help="without it, what was done to all records")
    one.add_argument("--by", metavar="PERSON", help="only what this person did; me, or system for what time did")
    one.add_argument("--since", metavar="DATE", help="from this day on: today, mon, -1w; without REF a week back")
    one.add_argument("--until", metavar="DATE", help="this day and those before")
    one.add_argument("--limit", metavar="N", type=_whole, help="only the last N")
    _shape(one)
    one = command("report", "read:report", "print a report")
    one.add_argument("name", metavar="NAME")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[], help="since=DATE until=DATE")
    _shape(one)


def _exporting(command: Any) -> None:
    export = _group(command("export", "export:books", "write the books for other tools, or the bundle for the auditor"))
    one = command("books", "export:books", "write the books in the plain-text form of hledger", export)
    one.add_argument("file", metavar="FILE", nargs="?", help="a new file; else they are printed")
    one.add_argument("--until", metavar="DATE", help="the last day; else today")
    one = command("bundle", "export:bundle", "write books, reports, lists, changes and papers into one file", export)
    one.add_argument("file", metavar="FILE", help="a new file, such as audit.zip")
    one.add_argument("--since", metavar="DATE", help="the first day; else that of the fiscal year")
    one.add_argument("--until", metavar="DATE", help="the last day; else today")


def _shape(one: argparse.ArgumentParser) -> None:
    shape = one.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="as one JSON document")
    shape.add_argument("--csv", action="store_true", help="as CSV")


def _changing(command: Any) -> None:
    one = command("add", "change:add", "file a new record")
    one.add_argument("collection", metavar="COLLECTION")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[])
    one = command("set", "change:set_fields", "change fields of a record")
    one.add_argument("ref", metavar="REF")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[])
    one = command("do", "change:do", "do a verb on a record: do T-12 resolve resolution='New toner'")
    one.add_argument("ref", metavar="REF")
    one.add_argument("verb", metavar="VERB")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[])
    command("undo", "past:undo", "take back the last thing you did at this terminal, up to 15 minutes ago")
    one = command("import", "importing:run", "take in a file of another system")
    one.add_argument("collection", metavar="COLLECTION", help="what its rows are: a collection, stock, balances ...")
    one.add_argument("file", metavar="FILE")
    one.add_argument("--map", metavar="FILE", help="a TOML file that says what the columns and values mean")
    one.add_argument("--key", metavar="FIELD", help="the column or field that tells records apart")
    one.add_argument("--dry-run", action="store_true", help="report the same and change nothing")
    one.add_argument("--account", metavar="REF", help="of a bank's file: the account, such as BA-1")
    one.add_argument("--dates", metavar="ORDER", help="of a bank's file: dmy or mdy, where nothing in it shows it")
    one.add_argument("--opening", metavar="AMOUNT", help="of a bank's file: the balance before its lines")
    one.add_argument("--closing", metavar="AMOUNT", help="of a bank's file: the balance after them")
    one = command("bank", "bank:bank", "list the unmatched lines of a bank account, and what each may be")
    one.add_argument("ref", metavar="REF", help="the account, such as BA-1")
    one.add_argument("--accept", action="store_true", help="accept all that is sure, as one change")
    one = command("inbox", "inbox:inbox", "take in what the scanner wrote into the inbox folder of this machine")
    one.add_argument("--dry-run", action="store_true", help="say what lies there and change nothing")
    one.add_argument("--read-again", action="store_true", help="read PDFs that came before botui[pdf] was installed")
    one = command("file", "inbox:write_file", "list the files of a document, or write one of them somewhere")
    one.add_argument("ref", metavar="REF", help="the document, such as D-12")
    one.add_argument("--to", metavar="FILE", help="where to; a folder keeps the name it has")
    one.add_argument("--name", metavar="NAME", help="which of its files; else the only one")
    command("tick", "keep:tick", "do what is due by now (for cron)")


def _keeping(command: Any) -> None:
    one = command("check", "keep:check", "check every record and the chain of all changes")
    one.add_argument("--head", metavar="DIGEST", type=_digest, help="say whether a head noted earlier is in the chain")
    command("adopt", "keep:adopt", "take over what another program changed in the store")
    one = command("repair", "keep:repair", "save what can be read of a damaged store, and list what cannot")
    one.add_argument("--dry-run", action="store_true", help="list it and change nothing")
    command("compact", "keep:compact", "fold the journal into the snapshot")
    one = command("backup", "backups:backup", "write the whole store into one file and check it")
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("file", metavar="FILE", nargs="?", help="what the backup is to be called")
    what.add_argument("--daily", action="store_true", help="today's, into the folder backups, if there is none yet")
    one = command("restore", "backups:restore", "put a backup back; what was there is kept")
    one.add_argument("file", metavar="FILE", nargs="?", help="the backup; none = finish what was interrupted")
    one.add_argument("--dry-run", action="store_true", help="check the backup and change nothing")
    one.add_argument("--even-if-open", action="store_true", help="also while others have the store open")
    one = command("demo", "start:demo", "open a sample office in a folder of its own")
    one.add_argument("--keep", metavar="DIR", help="make it in this folder and keep it")
    one = command("fill", "start:fill", "fill a store with plausible records, to try it at size")
    one.add_argument("--records", metavar="N", type=_whole, required=True, help="how many, over all collections")
    one.add_argument("--seed", metavar="S", type=_whole, default=1, help="the same seed makes the same records")


def _printing(command: Any) -> None:
    labels = _group(command("labels", "labels:print_labels", "print labels for things, and badge cards"))
    one = command("print", "labels:print_labels", "print a label for each record: its name over a bar code", labels)
    one.add_argument("refs", metavar="REF", nargs="+", help="references or codes; the label carries what is given")
    one.add_argument("--width", metavar="MM", type=_millimetres, help="of the paper: else 200 for text, 50 for ZPL")
    _printer(one)
    one = command("badge", "labels:badge", "print a badge card; its code is kept nowhere", labels)
    one.add_argument("who", metavar="PERSON", help="initials or P-number")
    one.add_argument("--code", metavar="CODE", help="what the badge says; else it is read from standard input")
    _printer(one)
    one = command("order", "orders:print_order", "print an order as it goes to the supplier")
    one.add_argument("ref", metavar="REF", help="the order, such as PO-3")
    one = command("bill", "bills:print_bill", "print a bill as it goes to whoever owes it")
    one.add_argument("ref", metavar="REF", help="the bill, such as B-3")
    one = command("receipt", "bills:print_receipt", "print the receipt of a payment")
    one.add_argument("ref", metavar="REF", help="the payment, such as PY-3")
    one = command("statement", "bills:print_statement", "print what was billed and paid with a customer or supplier")
    one.add_argument("ref", metavar="REF", help="who, such as PA-3")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[], help="since=DATE until=DATE; else 90 days")
    one.add_argument("--theirs", metavar="FILE", help="their own statement: list what is different")
    one.add_argument("--tick", action="store_true", help="with --theirs: tick the bills that agree")
    one = command("letter", "letters:print_letter", "print a letter, to be signed and sent")
    one.add_argument("ref", metavar="REF", help="the letter, such as LE-7")
    told = "print a disposal list or an erasure, or the certificate of it"
    one = command("certificate", "disposals:print_certificate", told)
    one.add_argument("ref", metavar="REF", help="the list, such as DS-2")
    one = command("slip", "slips:print_slip", "print the slip of what was handed out or came back, to be signed")
    one.add_argument("refs", metavar="REF", nargs="+", help="hand-outs such as LO-3, or assets: what they went by last")


def _knowing(command: Any) -> None:
    people = command("people", "people:list_people", "list who works here; say who may come in, and how")
    people.add_argument("--all", action="store_true", help="also who left")
    people.add_argument("--json", action="store_true", help="as one JSON document")
    group = _group(people, required=False)
    who = "initials, P-number or name"
    one = command("add", "people:add", "file somebody new", group)
    one.add_argument("name", metavar="NAME")
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[])
    one.add_argument("--roles", metavar="ROLES", help="what they work as, with commas: clerk,finance; else staff")
    one = command("list", "people:list_people", "list who works here", group)
    one.add_argument("--all", action="store_true", help="also who left")
    one.add_argument("--json", action="store_true", help="as one JSON document")
    one = command("set", "people:set_fields", "change what is kept of somebody; active=no for who left", group)
    one.add_argument("who", metavar="PERSON", help=who)
    one.add_argument("fields", metavar=_FIELDS, nargs="*", default=[])
    one = command("role", "people:role", "say as what somebody works; for administrators", group)
    one.add_argument("who", metavar="PERSON", help=who)
    one.add_argument("roles", metavar="ROLE", nargs="+", help="all of them, such as: staff clerk")
    one = command("pin", "people:pin", "change your own PIN, or take somebody's away so that they choose one", group)
    one.add_argument("who", metavar="PERSON", help=who)
    what = one.add_mutually_exclusive_group()
    what.add_argument("--start", action="store_true", help="ask for a PIN that they begin with")
    what.add_argument("--forget", action="store_true", help="take it away, also your own")
    one = command("badge", "people:badge", "give somebody a badge; without a code it is scanned", group)
    one.add_argument("who", metavar="PERSON", help=who)
    what = one.add_mutually_exclusive_group()
    what.add_argument("code", metavar="CODE", nargs="?", help="what a scan of it gives")
    what.add_argument("--new", action="store_true", help="make a code up, and say it once")
    what.add_argument("--none", action="store_true", help="take all of theirs away")
    one.add_argument("--card", choices=("text", "zpl"), help="write the card instead of the code")


def _reaching(command: Any) -> None:
    ssh = _group(command("ssh", "ssh:list_keys", "say whose keys open the desk over SSH (docs/ssh.md)"))
    one = command("add", "ssh:add", "let a public key open the desk of a person", ssh)
    one.add_argument("who", metavar="PERSON", help="initials or P-number")
    one.add_argument("key", metavar="KEYFILE", help="the public key, as ssh-keygen or PuTTYgen saves it")
    _key_file(one)
    one = command("list", "ssh:list_keys", "show whose keys open the desk", ssh)
    _key_file(one)
    one = command("remove", "ssh:remove", "take a person's keys away, or one of them", ssh)
    one.add_argument("who", metavar="PERSON", help="initials or P-number; the number also of somebody who left")
    one.add_argument("fingerprint", metavar="FINGERPRINT", nargs="?", help="only this key; its beginning will do")
    _key_file(one)
    one = command("print", "ssh:print_lines", "write the lines out, for a file that only root may write", ssh)
    one.add_argument("who", metavar="PERSON", nargs="?", help="write only the line of a new key, and keep it nowhere")
    one.add_argument("key", metavar="KEYFILE", nargs="?", help="that key")
    _key_file(one)
    one = command("desk", "ssh:desk", "open a person's desk at the end of a connection: what the lines run", ssh)
    one.add_argument("ref", metavar="P-NUMBER", help="the person")
    sessions = command("sessions", "sessions:list_open", "show which desks are open: who, where, since, idle")
    sessions.add_argument("--json", action="store_true", help="as one JSON document")
    one = command("end", "sessions:end_one", "end a desk that was left open", _group(sessions, required=False))
    one.add_argument("id", metavar="DESK", help="as botui sessions calls it")


def _key_file(one: argparse.ArgumentParser) -> None:
    one.add_argument("--file", metavar="FILE", help="the key lines; else ~/.ssh/authorized_keys of this account")


def _group(one: argparse.ArgumentParser, *, required: bool = True) -> Any:
    """Return what the commands of a command are added to."""
    return one.add_subparsers(title="what", metavar="WHAT", required=required, parser_class=_Parser)


def _installing(command: Any) -> None:
    kiosk = _group(command("kiosk", "kiosk_install:install", "make this machine a kiosk (docs/kiosk.md)"))
    one = command("install", "kiosk_install:install", "show or write the files that make this machine a kiosk", kiosk)
    one.add_argument("--tty", metavar="NAME", required=True, help="its terminal: tty1, or a line such as ttyS0")
    one.add_argument("--user", metavar="ACCOUNT", default="botui", help="who runs the desk: else botui")
    one.add_argument("--speed", metavar="BITS", type=_whole, default=115200, help="of a serial line: else 115200")
    one.add_argument("--getty", action="store_true", help="for a machine without systemd")
    one.add_argument("--write", action="store_true", help="write them; a file that differs is never written over")
    one.add_argument("--force", action="store_true", help="with --write: write over files that differ")
    one.add_argument("--prefix", metavar="DIR", default="/", help="with --write: a folder that stands for /")


def _printer(one: argparse.ArgumentParser) -> None:
    one.add_argument("--zpl", action="store_true", help="in ZPL, for a label printer; else text for lp")
    one.add_argument(
        "--to", metavar="WHERE", default="-", help="a new file, a device such as /dev/usb/lp0, or tcp://HOST:9100"
    )


def _millimetres(text: str) -> int:
    if not 10 <= (width := _whole(text)) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of millimetres between 10 and 1000")
    return width


def _digest(text: str) -> str:
    digest = text.strip().lower()
    if not re.fullmatch("[0-9a-f]{32}", digest):
        raise argparse.ArgumentTypeError(f"'{text}' is not the head of a chain (32 digits 0-9 and a-f)")
    return digest


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number")
    return int(text)
