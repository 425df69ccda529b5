"""What a start imports, and what it must not: start-up time on a small machine is mostly imports."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import botui
from botui import areas
from tests.offices import office

PACKAGE = Path(botui.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
_REPORT = "\nimport json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"

FRONT_PAGE = {
    "botui.screens": {"follow", "frame", "front", "idle", "person", "rows", "scans", "theme", "threads"},
    "botui.widgets": {"ahead", "columns", "record_table", "scan", "status"},
    "botui.models": {"errors"},
}
"""All that the App needs of these packages before somebody presses a key."""


def imported(code: str) -> set[str]:
    """Run a program of its own; the names of all modules it has imported in the end."""
    done = subprocess.run([sys.executable, "-c", code + _REPORT], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("arguments", [["list", "tickets"], ["show", "P-1"], ["add", "tickets", "subject=Lamp"]])
def test_a_command_pays_for_no_screen(folder: Path, arguments: list[str]) -> None:
    office(folder)
    line = ["--data", str(folder), "--as", "P-1", *arguments]
    modules = imported(f"from botui.cli import main\nassert main({line!r}) == 0")
    assert not packages(modules) & {"textual", "rich", "pygments", "asyncio"}
    assert not [name for name in modules if name.startswith(("botui.app", "botui.screens", "botui.widgets"))]


def test_asking_for_help_or_the_version_opens_no_store() -> None:
    code = "from botui.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass"
    modules = imported(code)
    assert not packages(modules) & {"textual", "rich", "pydantic", "tinydb"}
    assert "botui.storage" not in modules
    assert not packages(modules) & {"tomllib", "statistics"}


def test_the_store_knows_no_model_and_pays_for_no_pydantic() -> None:
    modules = imported("import botui.storage")
    assert not packages(modules) & {"pydantic", "textual", "rich"}
    assert {name for name in modules if name.startswith("botui.models.")} <= {"botui.models.errors"}


def test_the_app_imports_what_the_front_page_needs_and_no_area() -> None:
    modules = imported("import botui.app")
    for package, wanted in FRONT_PAGE.items():
        found = {name.split(".")[2] for name in modules if name.startswith(f"{package}.")}
        assert found <= wanted
    assert not [name for name in modules if name.startswith(("botui.actions", "botui.commands", "botui.cli"))]


def test_the_board_of_the_front_page_imports_no_form() -> None:
    modules = imported("import botui.app, botui.screens.board")
    assert "botui.widgets.fields" not in modules


@pytest.mark.parametrize("unneeded", ["textual.widgets._text_area", "textual.widgets._input", "textual.command"])
def test_the_app_imports_no_widget_that_only_forms_need(unneeded: str) -> None:
    assert unneeded not in imported("import botui.app") - imported("import textual.app")


def test_the_registry_imports_nothing_until_it_is_used() -> None:
    modules = imported("import botui.areas")
    assert {name for name in modules if name.startswith("botui")} - {"botui", "botui.areas"} == set()


def test_the_counts_of_the_front_page_load_shapes_and_lists_but_no_verb(folder: Path) -> None:
    office(folder)
    modules = imported(
        f"""
from datetime import UTC, datetime
from pathlib import Path
from botui import areas
from botui.data import Desk
desk = Desk.open(Path({str(folder)!r}), 1, "here", lambda: datetime.now(UTC))
for area in areas.AREAS:
    for collection, _, view in (dotted.partition(":") for dotted in area.summary):
        desk.count(collection, areas.kind(collection).view(view))
"""
    )
    dotted = [areas.kind(one.name).rules for one in areas.COLLECTIONS]
    rules = {name.partition(":")[0] for name in dotted if isinstance(name, str)}
    assert len(rules) > 10
    assert not rules & modules
    assert not {"email", "zipfile"} & packages(modules), "of what reads the metadata of all that is installed"


def test_an_office_without_hr_loads_nothing_of_it(folder: Path) -> None:
    office(folder)
    modules = imported(
        f"""
from datetime import UTC, datetime
from pathlib import Path
from botui.actions.desk import my_desk
from botui.data import Desk
desk = Desk.open(Path({str(folder)!r}), 1, "here", lambda: datetime.now(UTC))
desk.tick()
desk.add("meetings", {{"subject": "Budget", "start": desk.clock()}})
list(my_desk(desk))
"""
    )
    found = {name.removeprefix("botui.models.hr.") for name in modules if name.startswith("botui.models.hr.")}
    assert found == {"clock", "follow", "waiting"}


def test_parts_of_hr_look_at_collections_that_there_are() -> None:
    from botui.models.hr import asked, clock, follow, waiting

    there = {one.name for one in areas.COLLECTIONS}
    looked_at = [*asked.PARTS, *clock.PARTS, *waiting.PARTS, *((rule, about) for rule, about, _ in follow.PARTS)]
    assert all(about and set(about) <= there for _, about in looked_at)
    assert {one for _, _, heeds in follow.PARTS for one in heeds} <= there


# --- nothing of one session lives in a module -----------------------------------------------------------------------

_CHANGERS = {"append", "add", "update", "pop", "clear", "extend", "setdefault", "insert", "remove", "discard"}
_OF_THE_PROCESS = {("storage/journal.py", "_OPEN"), ("storage/lock.py", "_LEFT")}
"""What belongs to the process and not to a session: the journals to be opened anew in a forked child."""


def _module_names(tree: ast.Module) -> set[str]:
    """The names that a module gives a value to."""
    names: set[str] = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {one.id for one in targets if isinstance(one, ast.Name)}
    return names


def _changed(tree: ast.Module) -> Iterator[str]:
    """What code changes in place, or gives another value, on a module's names and on classes."""
    own = _module_names(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Global(names=names):
                yield from names
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=does)) if does in _CHANGERS and name in own:
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()) if name in own:
                yield name
            case ast.Attribute(value=ast.Name(id="cls"), attr=name, ctx=ast.Store() | ast.Del()):
                yield f"cls.{name}"


@pytest.mark.parametrize("module", [path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_no_module_and_no_class_holds_what_changes_while_a_session_runs(module: str) -> None:
    changed = set(_changed(ast.parse((PACKAGE / module).read_text())))
    assert {(module, name) for name in changed} <= _OF_THE_PROCESS
