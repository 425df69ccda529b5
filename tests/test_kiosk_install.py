"""The files that make a machine a kiosk: read back as systemd, sh and the keymap's loader read them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from botui.actions.kiosk_files import Plan, SystemFile, files, next_steps
from botui.cli import kiosk_install
from botui.cli.parser import parse
from botui.models.errors import Refused
from tests.command_line import Office, Result
from tests.test_cli_docs import blocks

PYTHON = "/opt/botui/bin/python"
TTYS = ["tty1", "tty12", "tty63", "ttyS0", "ttyUSB3", "ttyACM0", "hvc0"]
SECTIONS = {
    "Unit": "Description After Conflicts BindsTo StartLimitIntervalSec",
    "Service": "User ExecStartPre ExecStart Restart RestartSec KillMode TimeoutStopSec MemoryMax OOMPolicy Environment "
    "UMask StandardInput StandardOutput StandardError TTYPath TTYReset TTYVHangup TTYVTDisallocate NoNewPrivileges "
    "CapabilityBoundingSet ProtectSystem ReadWritePaths ProtectHome PrivateTmp ProtectKernelTunables "
    "ProtectKernelModules ProtectControlGroups RestrictSUIDSGID RestrictAddressFamilies SystemCallArchitectures",
    "Install": "WantedBy",
    "Login": "NAutoVTs ReserveVT",
    "Manager": "CtrlAltDelBurstAction",
}
"""What systemd.unit(5), systemd.service(5), systemd.exec(5), logind.conf(5) and systemd-system.conf(5) know."""


def plan(tty: str = "tty1", *, account: str = "botui", data: str = "/var/lib/botui", speed: int = 115200) -> Plan:
    return Plan(tty, account, data, PYTHON, speed)


def by_path(wanted: list[SystemFile]) -> dict[str, SystemFile]:
    return {one.path: one for one in wanted}


def settings(text: str) -> dict[str, list[str]]:
    """Read a file of systemd; fails at what systemd would complain of."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
            assert section in SECTIONS
        else:
            key, equals, value = line.partition("=")
            assert equals
            assert key in SECTIONS[section].split(), key
            found.setdefault(key, []).append(value)
    return found


def words(line: str) -> list[str]:
    """Read words as systemd does: quotes, backslashes, %%."""
    return [word.replace("%%", "%") for word in shlex.split(line)]


def command(line: str) -> list[str]:
    """Read a command as systemd does: there $ is a variable, unless it stands twice."""
    assert not re.search(r"(?<!\$)(\$\$)*\$(?!\$)", line)
    return [word.replace("$$", "$") for word in words(line)]


# --- systemd --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tty", TTYS)
def test_the_unit_opens_a_kiosk_on_its_terminal_and_gives_no_rights(tty: str) -> None:
    unit = settings(by_path(files(plan(tty), getty=False))[f"/etc/systemd/system/botui-kiosk-{tty}.service"].text)
    python, isolated, module, name, *rest = command(unit["ExecStart"][0])
    assert (python, isolated, module, name) == (PYTHON, "-I", "-m", "botui")
    opened = parse(rest)
    assert (opened.kiosk, opened.data, opened.person) == (True, "/var/lib/botui", None)
    before = unit["ExecStartPre"][0]
    assert before.startswith("-+/")
    assert tty in before
    assert unit["TTYPath"] == [f"/dev/{tty}"]
    assert {unit[f"Standard{one}"][0] for one in ("Output", "Error")} == {"tty"}
    assert unit["StandardInput"] == ["tty-force"]
    assert unit["User"] == ["botui"]
    assert unit["ReadWritePaths"] == ["/var/lib/botui"]
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert (unit["NoNewPrivileges"], unit["CapabilityBoundingSet"]) == (["yes"], [""])
    getty = f"getty@{tty}.service" if re.fullmatch(r"tty\d+", tty) else f"serial-getty@{tty}.service"
    assert unit["Conflicts"] == [getty]


@pytest.mark.parametrize("data", ["/srv/our office", "/srv/50%", "/srv/$HOME", '/srv/a"b', "/srv/a\\b", "/srv/büro"])
def test_a_folder_of_any_name_reaches_the_desk_as_it_is(data: str) -> None:
    unit, *_ = files(plan(data=data), getty=False)
    assert parse(command(settings(unit.text)["ExecStart"][0])[4:]).data == data
    assert words(settings(unit.text)["ReadWritePaths"][0]) == [data]
    login, *_ = files(plan(data=data), getty=True)
    run = shlex.split(login.text.replace("\\\n", " ").splitlines()[-1])
    assert parse(run[run.index("-m") + 2 :]).data == data


def test_a_store_among_peoples_homes_stays_reachable() -> None:
    for data, kept in (("/var/lib/botui", "yes"), ("/home/ann/office", "read-only"), ("/homes/x", "yes")):
        assert settings(files(plan(data=data), getty=False)[0].text)["ProtectHome"] == [kept]


def test_nothing_of_a_console_is_touched_for_a_serial_line() -> None:
    assert [one.path for one in files(plan("ttyS0", speed=9600), getty=False)] == [
        "/etc/systemd/system/botui-kiosk-ttyS0.service",
        "/etc/sysctl.d/60-botui-kiosk.conf",
    ]
    unit = settings(files(plan("ttyS0", speed=9600), getty=False)[0].text)
    assert unit["ExecStartPre"] == ["-+/usr/bin/stty -F /dev/ttyS0 9600 sane"]
    assert unit["BindsTo"] == ["dev-ttyS0.device"]


def test_the_console_lets_nobody_out() -> None:
    found = by_path(files(plan(), getty=False))
    assert settings(found["/etc/systemd/logind.conf.d/60-botui-kiosk.conf"].text) == {
        "NAutoVTs": ["0"],
        "ReserveVT": ["0"],
    }
    manager = found["/etc/systemd/system.conf.d/60-botui-kiosk.conf"]
    assert settings(manager.text) == {"CtrlAltDelBurstAction": ["none"]}
    masked = found["/etc/systemd/system/ctrl-alt-del.target"]
    assert (masked.text, masked.mode) == ("/dev/null", 0)
    assert "kernel.sysrq = 0\n" in found["/etc/sysctl.d/60-botui-kiosk.conf"].text


KEYMAP = """\
keymaps 0-2,4-6,8,12
keycode  16 = +q               +Q               +at
keycode  59 = F1               F11              Console_13
\talt\tkeycode  59 = Console_1
\tcontrol\talt\tkeycode  59 = Console_1
keycode  70 = Scroll_Lock      Show_Memory      Show_Registers
\tcontrol\tkeycode  70 = Show_State
\taltgr\tcontrol\tkeycode  83 = Boot
keycode  84 = Last_Console
\talt\tkeycode 103 = KeyboardSignal
\talt\tkeycode 105 = Decr_Console
\talt\tkeycode 106 = Incr_Console
\tcontrol\tkeycode 101 = SAK
keycode 104 = Prior            Scroll_Backward
string F1 = "\\033[[A"
"""


def test_no_key_of_the_console_switches_restarts_or_holds_it(tmp_path: Path) -> None:
    """Run the script with tools of our own in place of the console's, which need one."""
    script = next(one for one in files(plan(), getty=False) if one.path.endswith("kiosk-console"))
    tools = {
        "dumpkeys": f"cat {tmp_path}/usual",
        "loadkeys": f"cat >{tmp_path}/loaded",
        "setfont": f'echo "$@" >{tmp_path}/font',
        "setterm": ":",
    }
    for name, does in tools.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "usual").write_text(KEYMAP)
    (tmp_path / "script").write_text(script.text.replace("/dev/", f"{tmp_path}/"))
    (tmp_path / "tty1").touch()
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["/bin/sh", str(tmp_path / "script"), "tty1"], env=environ, check=True, timeout=60)
    loaded = (tmp_path / "loaded").read_text()
    assert not re.search("Console|Boot|SAK|Signal|Lock|Show", loaded)
    assert "F1               F11              VoidSymbol" in loaded
    assert "keycode  16 = +q               +Q               +at" in loaded
    assert 'string F1 = "\\033[[A"' in loaded
    assert (tmp_path / "font").read_text() == f"-C {tmp_path}/tty1 Lat15-Terminus16\n"


# --- agetty ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tty", TTYS)
def test_without_systemd_agetty_runs_a_script_that_becomes_the_account(tty: str) -> None:
    login, *rest = files(plan(tty), getty=True)
    assert login.mode == 0o755
    subprocess.run(["/bin/sh", "-n"], input=login.text.encode(), check=True, timeout=60)
    assert "setpriv --reuid botui" in login.text
    assert "--no-new-privs" in login.text
    assert "env -i " in login.text
    assert not [one for one in rest if "systemd" in one.path]
    line = next(step for step in next_steps(plan(tty), getty=True) if ":respawn:" in step)
    name, levels, action, run = line.split(":")
    assert (levels, action) == ("2345", "respawn")
    assert 1 <= len(name) <= 4
    assert login.path in run.split()
    assert tty in run.split()


# --- what is refused, and what is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("tty", ["", "tty", "tty0", "tty64", "tty01", "pts/0", "../tty1", "tty1;id", "tty1\n", "ttyX0"])
def test_what_is_no_terminal_of_a_kiosk_is_refused(tty: str) -> None:
    with pytest.raises(Refused, match="no terminal of a kiosk"):
        plan(tty)


@pytest.mark.parametrize("account", ["", "root", "Ann", "a b", "-x", "a;id", "a\n", "x" * 33, "0day"])
def test_what_cannot_run_a_kiosk_is_refused(account: str) -> None:
    with pytest.raises(Refused, match="cannot run a kiosk"):
        plan(account=account)


@pytest.mark.parametrize("data", ["", "/", "office", "~/office", "/srv/../etc", "/srv/a\nUser=root", "/srv/\x1b[2J"])
def test_what_cannot_be_the_folder_of_a_kiosk_is_refused(data: str) -> None:
    with pytest.raises(Refused, match="cannot be the folder"):
        plan(data=data)


def install(tmp_path: Path, *more: str) -> Result:
    return Office(tmp_path / "unused").run(
        "kiosk", "install", "--tty", "tty1", "--prefix", str(tmp_path / "root"), *more
    )


def test_without_write_the_files_are_shown_and_nothing_is_written(tmp_path: Path) -> None:
    shown = install(tmp_path)
    assert (shown.code, list(tmp_path.iterdir())) == (0, [])
    for one in files(Plan("tty1", "botui", "/var/lib/botui/office", sys.executable), getty=False):
        assert one.path in shown.out
        assert one.text in shown.out
    assert "systemctl enable botui-kiosk-tty1.service" in shown.out


def test_what_is_written_is_what_was_shown_and_is_not_written_twice(tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert install(tmp_path, "--write").code == 0
    for one in files(Plan("tty1", "botui", "/var/lib/botui/office", sys.executable), getty=False):
        path = root / one.path[1:]
        if one.mode:
            assert (path.read_text(), path.stat().st_mode & 0o7777) == (one.text, one.mode)
        else:
            assert os.readlink(path) == one.text
    again = install(tmp_path, "--write")
    assert again.out.count("is as it should be.") == 6
    assert not list(root.rglob(".*"))


def test_a_file_that_differs_is_not_written_over_unless_forced_and_then_nothing_else_is_either(tmp_path: Path) -> None:
    changed = tmp_path / "root/etc/sysctl.d/60-botui-kiosk.conf"
    changed.parent.mkdir(parents=True)
    changed.write_text("kernel.sysrq = 1\n")
    said = install(tmp_path, "--write")
    assert said.code == 1
    assert "/etc/sysctl.d/60-botui-kiosk.conf" in said.err
    assert [one for one in (tmp_path / "root").rglob("*") if one.is_file()] == [changed]
    assert install(tmp_path, "--write", "--force").code == 0
    assert "sysrq = 0" in changed.read_text()


def test_only_root_writes_to_the_machine_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(kiosk_install, "_put", lambda *_: pytest.fail("written"))
    said = Office(tmp_path / "unused").run("kiosk", "install", "--tty", "tty1", "--write")
    assert (said.code, "Only root" in said.err) == (1, True)


@pytest.mark.parametrize("more", [[], ["--tty"], ["--tty", "ttyS0", "--speed", "fast"]])
def test_an_installation_that_is_not_understood_ends_with_2(tmp_path: Path, more: list[str]) -> None:
    assert Office(tmp_path / "unused").run("kiosk", "install", *more).code == 2


@pytest.mark.parametrize("line", [line for block in blocks("kiosk.md") for line in block.splitlines()])
def test_every_example_of_the_page_is_a_command(line: str) -> None:
    name, *rest = shlex.split(line)
    assert name == "botui"
    assert parse(rest).run
