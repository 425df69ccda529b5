"""The pages about commands and imports say what there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from botui import areas, config
from botui.actions.imports.mapping import read_mapping
from botui.actions.imports.subjects import subject_of
from botui.cli.parser import parse
from botui.cli.session import Session
from botui.data import Desk
from botui.terminal import Terminal
from tests.command_line import Office, found

DOCS = Path(__file__).parent.parent / "docs"
BLOCKS = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str, language: str = "") -> list[str]:
    return [text for kind, text in BLOCKS.findall((DOCS / page).read_text("utf-8")) if kind == language]


EXAMPLES = [
    line
    for page in ("commands.md", "import.md", "ssh.md")
    for block in blocks(page)
    for line in block.splitlines()
    if line.startswith("botui")
]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_is_a_command(line: str) -> None:
    assert parse(shlex.split(line)[1:]).run


def test_the_example_of_a_map_file_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(blocks("import.md", "toml")[0], "utf-8")
    mapping = read_mapping(path, tuple(subject_of("tickets").words))
    assert mapping.columns["created_at"] == ("Day", "Time")
    assert mapping.form.header == 3


def test_every_command_setting_and_collection_is_on_the_page() -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    words = "list show add set do history undo import check compact tick report people ssh sessions"
    for name in words.split():
        assert f"botui {name}" in page
    for field in config.Config.__dataclass_fields__:
        assert f"`{field}`" in page
    for collection in areas.COLLECTIONS:
        assert f"`{collection.name}`" in page


def test_every_test_that_the_page_on_security_names_is_there() -> None:
    page = (DOCS / "security.md").read_text("utf-8")
    here = "\n".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", page)
    assert len(named) > 20
    assert [name for name in named if f"def {name}(" not in here] == []
    assert all((DOCS.parent / name).exists() for name in re.findall(r"`(tests/\w+\.py)`", page))


def test_the_sample_office_is_made_and_its_administrator_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from botui.cli import start

    opened: list[Path] = []

    def opening(session: Session, open_desk: Callable[[], Desk], terminal: Terminal, greeting: str) -> int:
        desk = open_desk()
        opened.append(desk.store.journal.path.parent)
        desk.store.close()
        return 0

    monkeypatch.setattr(start, "SAMPLE", 40)
    monkeypatch.setattr(start, "_prepare", lambda _: Terminal(False, 256))
    monkeypatch.setattr(start, "_open", opening)
    office = Office(tmp_path / "office")
    said = office.run("fill", "--records", "40", "--seed", "3")
    assert said.code == 0
    assert "P-1" in said.out
    assert len(office.run("list", "tickets", "--json").json) > 10
    assert office.run("check").code == 0
    assert office.run("demo", "--keep", str(tmp_path / "kept")).code == 0
    assert office.run("demo").code == 0
    assert opened[0] == tmp_path / "kept"
    assert opened[0].exists()
    assert not opened[1].exists()
    assert office.refused("fill", "--records", "0")


def test_a_demo_in_the_office_itself_does_not_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from botui.cli import start

    monkeypatch.setattr(start, "_prepare", lambda _: Terminal(False, 256))
    monkeypatch.setattr(start, "_open", lambda *_: 0)
    office = found(tmp_path / "office")
    before = office.bytes()
    assert office.run("demo", "--keep", str(office.folder)).code == 0
    assert office.bytes() == before
