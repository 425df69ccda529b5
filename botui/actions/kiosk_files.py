"""The files that make a Linux machine a kiosk: who runs the desk on which terminal, and what its console lets through.

Pure: from a description to texts. What each line is for stands in the files themselves, for whoever reads them later on
the machine; ``docs/kiosk.md`` tells the whole.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from botui.models.errors import Refused

_CONSOLE: Final = re.compile(r"tty([1-9]|[1-5][0-9]|6[0-3])")
_SERIAL: Final = re.compile(r"tty(S|USB|ACM|AMA)[0-9]{1,2}|hvc[0-9]")
_ACCOUNT: Final = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_SPEEDS: Final = (9600, 19200, 38400, 57600, 115200)
"""Bits a second that terminals on a serial line are set to."""
_HOMES: Final = ("/home", "/root", "/run/user")


@dataclass(frozen=True, slots=True)
class Plan:
    """One kiosk.

    Attributes:
        tty: the terminal: ``tty1`` to ``tty63`` on the machine itself, or a serial line such as ``ttyS0``.
        account: who runs the desk; owns the store and nothing else.
        data: the folder of the store.
        python: the Python that botui is installed in.
        speed: bits a second of a serial line.

    Raises:
        Refused: one of them cannot be, in words.
    """

    tty: str
    account: str
    data: str
    python: str
    speed: int = 115200

    def __post_init__(self) -> None:
        if not (_CONSOLE.fullmatch(self.tty) or _SERIAL.fullmatch(self.tty)):
            raise Refused(f"'{self.tty}' is no terminal of a kiosk: tty1 to tty63, or a line such as ttyS0 or ttyUSB0.")
        if not _ACCOUNT.fullmatch(self.account) or self.account == "root":
            raise Refused(f"'{self.account}' cannot run a kiosk: name an account of its own, such as botui, not root.")
        for name, path in (("folder of the store", self.data), ("Python", self.python)):
            if not path.startswith("/") or not path.isprintable() or ".." in PurePosixPath(path).parts or path == "/":
                raise Refused(f"'{path}' cannot be the {name} of a kiosk: it must be a whole path, from / on.")
        if self.speed not in _SPEEDS:
            raise Refused(f"A serial line has one of these speeds: {', '.join(map(str, _SPEEDS))}.")

    @property
    def serial(self) -> bool:
        """Whether it is a serial line, which has no font, no keymap and no other screens to switch to."""
        return not _CONSOLE.fullmatch(self.tty)


@dataclass(frozen=True, slots=True)
class SystemFile:
    """One file of the system.

    Attributes:
        path: where it stands, from the root on.
        text: what it holds; of a link, where it leads.
        mode: its permissions; 0 = it is a symbolic link.
    """

    path: str
    text: str
    mode: int = 0o644


def files(plan: Plan, *, getty: bool) -> list[SystemFile]:
    """Return what must stand on the machine.

    Args:
        plan: the kiosk.
        getty: for a machine without systemd: agetty runs the desk, started from ``/etc/inittab``.
    """
    found = [_login(plan) if getty else _unit(plan)]
    if not plan.serial:
        found.append(SystemFile(_SETUP, _SETUP_TEXT, 0o755))
    found.append(SystemFile("/etc/sysctl.d/60-botui-kiosk.conf", _SYSCTL))
    if not (plan.serial or getty):
        found.append(SystemFile("/etc/systemd/logind.conf.d/60-botui-kiosk.conf", _LOGIND))
        found.append(SystemFile("/etc/systemd/system.conf.d/60-botui-kiosk.conf", _MANAGER))
        found.append(SystemFile("/etc/systemd/system/ctrl-alt-del.target", "/dev/null", 0))
    return found


def next_steps(plan: Plan, *, getty: bool) -> list[str]:
    """Return the commands that root gives once the files stand."""
    account, data, home = plan.account, shlex.quote(plan.data), shlex.quote(str(PurePosixPath(plan.data).parent))
    botui = f"{shlex.quote(plan.python)} -I -m botui --data {data}"
    steps = [
        f"useradd --system --user-group --home-dir {home} --shell /usr/sbin/nologin {account}",
        f"install -d -m 700 -o {account} -g {account} {data}",
        f"runuser -u {account} -- {botui}",
    ]
    if getty:
        steps += [f"put into /etc/inittab, in place of what stands there for {plan.tty}:", _inittab(plan)]
    else:
        steps += [
            "systemctl daemon-reload",
            f"systemctl disable {_getty(plan)}",
            f"systemctl enable botui-kiosk-{plan.tty}.service",
        ]
    return [*steps, "reboot"]


def _getty(plan: Plan) -> str:
    return f"{'serial-' if plan.serial else ''}getty@{plan.tty}.service"


def _unit(plan: Plan) -> SystemFile:
    device = f"BindsTo=dev-{plan.tty}.device\nAfter=dev-{plan.tty}.device\n" if plan.serial else ""
    first = f"-+/usr/bin/stty -F /dev/{plan.tty} {plan.speed} sane" if plan.serial else f"-+{_SETUP} {plan.tty}"
    homes = any(path.startswith(f"{home}/") for path in (plan.data, plan.python) for home in _HOMES)
    text = _UNIT.format(
        tty=plan.tty,
        getty=_getty(plan),
        device=device,
        account=plan.account,
        first=first,
        command=" ".join(_systemd_word(word).replace("$", "$$") for word in _command(plan)),
        data=_systemd_word(plan.data),
        term="vt220" if plan.serial else "linux",
        homes="read-only" if homes else "yes",
    )
    return SystemFile(f"/etc/systemd/system/botui-kiosk-{plan.tty}.service", text)


def _command(plan: Plan) -> list[str]:
    """Return what runs the desk: -I keeps modules out that lie in the working folder or that the environment names."""
    return [plan.python, "-I", "-m", "botui", "--data", plan.data, "--kiosk"]


def _systemd_word(word: str) -> str:
    """Return a word as a unit file takes it: % is a specifier there (in a command, $ a variable), a blank an end."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return word if re.fullmatch(r"[\w/.,:=@+-]+", word, re.ASCII) else f'"{word}"'


def _login(plan: Plan) -> SystemFile:
    setup = f"stty {plan.speed} sane" if plan.serial else f"{_SETUP} {plan.tty}"
    text = _LOGIN.format(
        tty=plan.tty,
        setup=setup,
        account=plan.account,
        data=shlex.quote(plan.data),
        command=shlex.join(_command(plan)),
        term="vt220" if plan.serial else "linux",
    )
    return SystemFile(_login_path(plan), text, 0o755)


def _login_path(plan: Plan) -> str:
    return f"/usr/local/sbin/botui-kiosk-{plan.tty}"


def _inittab(plan: Plan) -> str:
    speed, term = (f"{plan.speed} ", "vt220") if plan.serial else ("", "linux")
    agetty = "/sbin/agetty --noclear --skip-login --nonewline --noissue --login-program"
    return f"{plan.tty.removeprefix('tty')[-4:]}:2345:respawn:{agetty} {_login_path(plan)} {speed}{plan.tty} {term}"


_SETUP: Final = "/usr/local/sbin/botui-kiosk-console"
_SETUP_TEXT: Final = """\
#!/bin/sh
# Makes a console fit for botui --kiosk; run by root before the desk, with the terminal's name.
tty=/dev/${1:?which terminal, such as tty1}

# A font with the lines and corners that the desk draws.
setfont -C "$tty" Lat15-Terminus16

# The screen stays on: a desk that is dark looks broken.
setterm --term linux --blank 0 --powerdown 0 <"$tty" >"$tty"

# Keys that switch to another screen, restart the machine, or hold the output do nothing. It is the keymap of the whole
# machine: to work at its own keyboard again, load the usual one over SSH (setupcon -k --force).
dumpkeys -C "$tty" |
    sed -E -e 's/Console_[0-9]+|(Last|Decr|Incr|Spawn)_Console|KeyboardSignal/VoidSymbol/g' \\
        -e 's/Boot|SAK|Scroll_Lock|Show_(Memory|Registers|State)/VoidSymbol/g' |
    loadkeys -C "$tty" -
"""
_SYSCTL: Final = """\
# The magic SysRq key ends every process of a terminal, or restarts the machine.
kernel.sysrq = 0
# Ctrl-Alt-Del is handed to init, which does nothing with it, instead of restarting at once.
kernel.ctrl-alt-del = 0
# Messages of the kernel go to its log and not over the desk.
kernel.printk = 1 4 1 3
"""
_LOGIND: Final = """\
# No login appears on another screen when somebody switches there.
[Login]
NAutoVTs=0
ReserveVT=0
"""
_MANAGER: Final = """\
# Ctrl-Alt-Del seven times within two seconds would restart the machine at once, whatever ctrl-alt-del.target says.
[Manager]
CtrlAltDelBurstAction=none
"""
_LOGIN: Final = """\
#!/bin/sh
# Run by agetty on {tty} in place of login: opens the desk as its own account, with no way to become another.
{setup}
cd / || exit 1
exec setpriv --reuid {account} --regid "$(id -g {account})" --init-groups \\
    --no-new-privs --inh-caps=-all --bounding-set=-all \\
    env -i TERM={term} LANG=C.UTF-8 PATH=/usr/bin:/bin HOME={data} \\
    {command}
"""
_UNIT: Final = """\
# The desk of the office on {tty}. Written by: botui kiosk install
[Unit]
Description=botui, the desk of the office, on {tty}
After=systemd-user-sessions.service plymouth-quit-wait.service {getty}
Conflicts={getty}
{device}# However often it ends: a kiosk is never given up.
StartLimitIntervalSec=0

[Service]
User={account}
# "+" has the rights of root, "-" goes on where it fails: a desk in an odd font is better than none.
ExecStartPre={first}
ExecStart={command}
Restart=always
RestartSec=1
# The desk is told to end, and keeps what was typed; what is left after ten seconds is killed.
KillMode=mixed
TimeoutStopSec=10
# A desk that takes too much memory is killed, and the small process over it starts it anew.
MemoryMax=256M
OOMPolicy=continue

Environment=TERM={term} LANG=C.UTF-8
UMask=0077
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/{tty}
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes

# It may write its store and nothing else, gain no rights, and reach no network.
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ReadWritePaths={data}
ProtectHome={homes}
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
"""
