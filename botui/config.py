"""What belongs to this machine alone: where the store is, what this terminal is called, how a kiosk behaves.

Settings come, the later winning, from the defaults, a TOML file, the environment (``BOTUI_`` and the name of the
setting) and the command line. What belongs to the office is in the store instead (``botui.models.office.Settings``).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

_ON: Final = frozenset({"1", "yes", "true", "on"})
_OFF: Final = frozenset({"0", "no", "false", "off", ""})


class ConfigError(ValueError):
    """A setting of this machine cannot be used; ``str()`` is a sentence that names it and where it stands."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of this machine.

    Attributes:
        data: the folder of the store.
        terminal: what this terminal is called in the history.
        kiosk: a terminal in the hall: no way out of the desk, scans are also known by their speed.
        scan_prefix: the character that this terminal's scanner sends before a code; empty = none.
        idle: seconds without a key until the desk locks.
        ascii_only: draw with ASCII characters only.
        inbox: the folder into which the office's scanner writes; None = no scans are taken in here.
    """

    data: Path
    terminal: str
    kiosk: bool = False
    scan_prefix: str = "~"
    idle: int = 300
    ascii_only: bool = False
    inbox: Path | None = None


def load(environ: Mapping[str, str], data: str | None = None) -> Config:
    """Return the settings of this machine.

    Args:
        environ: the environment; ``BOTUI_CONFIG`` names the file (empty = none, missing = the platform's place).
        data: the folder of the store as the command line says; None = it does not say.

    Raises:
        ConfigError: a file or value that cannot be used, in words.
    """
    from platformdirs import PlatformDirs

    places = PlatformDirs("botui", appauthor=False)
    config = Config(data=places.user_data_path, terminal=socket.gethostname() or "desk")
    config = _with(config, *_from_file(environ.get("BOTUI_CONFIG"), places.user_config_path / "botui.toml"))
    names = [field.name for field in fields(Config)]
    found = {name: environ[key] for name in names if (key := f"BOTUI_{name.upper()}") in environ}
    config = _with(config, found, "the environment", prefix="BOTUI_")
    if data is not None:
        config = _with(config, {"data": data}, "the command line", prefix="--")
    return config


def _from_file(named: str | None, usual: Path) -> tuple[dict[str, Any], str]:
    path = usual if named is None else Path(named)
    if named == "" or (named is None and not path.is_file()):
        return {}, ""
    import tomllib  # only where there is such a file: every command and every start would pay for it

    try:
        return tomllib.loads(path.read_text("utf-8")), str(path)
    except OSError as error:
        raise ConfigError(f"The settings file {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The settings file {path} is not TOML: {error}.") from None


def _with(config: Config, values: Mapping[str, Any], source: str, prefix: str = "") -> Config:
    known = {field.name: field.type for field in fields(Config)}
    checked: dict[str, Any] = {}
    for name, value in values.items():
        shown = f"{prefix}{name.upper() if prefix == 'BOTUI_' else name}"
        if name not in known:
            raise ConfigError(f"There is no setting '{shown}' ({source}); there is: {', '.join(known)}.")
        try:
            checked[name] = _READ[str(known[name])](value)
        except ValueError as error:
            raise ConfigError(f"The setting '{shown}' ({source}) {error}.") from None
    if not str(checked.get("terminal", config.terminal)).isprintable():
        raise ConfigError(f"The setting 'terminal' ({source}) has characters that cannot be shown.")
    return replace(config, **checked)


def _folder(value: object) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError("is not the name of a folder")
    return Path(value).expanduser()


def _folder_or_none(value: object) -> Path | None:
    return None if value == "" else _folder(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 60:
        raise ValueError("is not a text of up to 60 characters")
    return value


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else None
    if word not in _ON | _OFF:
        raise ValueError("is neither yes nor no")
    return word in _ON


def _seconds(value: object) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or not 5 <= int(text[:9]) <= 86_400:
        raise ValueError("is not a number of seconds between 5 and 86400")
    return int(text)


_READ: Final = {"Path": _folder, "Path | None": _folder_or_none, "str": _text, "bool": _switch, "int": _seconds}


def machine_zone(environ: Mapping[str, str], link: Path = Path("/etc/localtime")) -> str:
    """Return the IANA name of this machine's time zone, or ``UTC``: what a new office begins with."""
    from zoneinfo import ZoneInfo

    names = [environ.get("TZ", "").lstrip(":")]
    if link.is_symlink():
        names.append(os.readlink(link).partition("zoneinfo/")[2])
    for name in filter(None, names):
        with suppress(ValueError, OSError, LookupError):
            return ZoneInfo(name).key
    return "UTC"
