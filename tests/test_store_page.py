"""The page about looking after the store is true: its commands, its messages, its files, its links."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from botui.cli.parser import parse
from botui.storage.archive import belongs

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "store.md").read_text("utf-8")
BLOCKS = re.findall(r"^ *```\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = {line.strip() for block in BLOCKS for line in block.splitlines() if line.startswith("botui")}
COMMANDS |= {text for text in re.findall(r"`(botui [^`]+ [^`]+)`", PAGE) if not text.endswith("--head")}
MESSAGES = re.findall(r"^\| `([^`]+)` \|", PAGE.partition("## What the messages mean")[2], re.MULTILINE)


def said() -> str:
    """All sentences of the store, the parts that are filled in left out."""
    texts = []
    for file in (ROOT / "botui" / "storage").glob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        texts += [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    return "\n".join(texts)


@pytest.mark.parametrize("line", sorted(COMMANDS))
def test_every_command_on_the_page_is_one(line: str) -> None:
    assert parse(shlex.split(line)[1:]).run


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_on_the_page_is_one_of_the_store(message: str) -> None:
    assert message in said()


def test_what_the_page_says_of_a_backup_is_what_one_holds() -> None:
    rows = re.findall(r"^\| (`.+?) \| .+ \| (yes|no) \|$", PAGE, re.MULTILINE)
    assert len(rows) >= 12
    for names, part in rows:
        for name in re.findall(r"`([^`]+)`", names):
            file = name.replace("*", "x") + ("x" if name.endswith("/") else "")
            assert belongs(file, "office.json") == (part == "yes"), name


def test_every_recipe_that_a_message_names_is_there() -> None:
    headings = set(re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE))
    named = set(re.findall(r"\*((?:The|A|Another) [^*]+)\*", PAGE.partition("## When")[0].partition("## The files")[2]))
    assert len(named) >= 5
    assert named <= headings
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).is_file()
