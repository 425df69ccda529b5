"""A restore that dies half-way, or cannot move what it has to: the old store or the new, or how to go on is said."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import Refused, StoreDamaged, StoreFull
from botui.storage import Journal, verify
from botui.storage.files import Paths
from botui.storage.restore import finish, restore
from tests.backups import HEADER, NOW, THEN, backup_of, content, old_store, put, tree

from .faults import in_child


@pytest.fixture
def path(folder: Path) -> Path:
    return old_store(folder)


@pytest.fixture
def file(path: Path, tmp_path: Path) -> Path:
    """A backup of the store, which has since gone on."""
    return backup_of(path, tmp_path)


def crash_at(step: int) -> None:
    """Make this process die before its n-th change of a folder."""
    left = step

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            return real(*arguments, **options)

        return call

    for name in ("rename", "replace", "mkdir", "rmdir", "unlink", "ftruncate"):
        setattr(os, name, counted(getattr(os, name)))


def test_a_crash_at_any_step_leaves_the_old_store_or_the_new_or_says_how_to_go_on(
    path: Path, file: Path, tmp_path: Path
) -> None:
    template = tmp_path / "template"
    shutil.copytree(path.parent, template)
    old, outcomes = content(path), list[str]()
    for step in range(200):
        shutil.rmtree(path.parent)
        shutil.copytree(template, path.parent)

        def put_back(step: int = step) -> None:
            crash_at(step)
            restore(path, file, header=HEADER, clock=lambda: NOW)

        code = in_child(put_back)
        try:
            now = content(path)
            assert now in (old, THEN)
            outcomes.append("new" if now == THEN else "old")
            if path.parent.joinpath("restoring-20261123-100000").exists():
                assert finish(path) == (now == THEN)
        except StoreDamaged:
            with pytest.raises(StoreDamaged, match="botui restore"):
                put(Journal(path), 1, {})
            assert finish(path)
            assert content(path) == THEN
            outcomes.append("says")
        if content(path) == THEN:
            kept = path.parent / "replaced-20261123-100000"
            assert {**tree(kept)} == {name: data for name, data in tree(template).items() if "lock" not in name}
            assert Journal(path).next_id("tickets") == 6
        assert verify(path).problems == ()
        put(Journal(path), 7, {})
        restore(path, file, header=HEADER, clock=lambda: NOW)
        assert not [name for name in os.listdir(path.parent) if name.startswith((".", "restoring"))]
        if code == 0:
            break
    assert code == 0
    assert sorted(set(outcomes), key=outcomes.index) == ["old", "says", "new"]


def test_a_crash_while_finishing_is_finished_by_the_next(path: Path, file: Path, tmp_path: Path) -> None:
    def halfway() -> None:
        real, left = os.rename, 4

        def rename(*arguments: Any) -> None:
            nonlocal left
            left -= 1
            real(*arguments) if left else os._exit(9)

        os.rename = rename  # type: ignore[assignment]
        restore(path, file, header=HEADER, clock=lambda: NOW)

    assert in_child(halfway) == 9
    template = tmp_path / "template"
    shutil.copytree(path.parent, template)
    for step in range(100):
        shutil.rmtree(path.parent)
        shutil.copytree(template, path.parent)

        def go_on(step: int = step) -> None:
            crash_at(step)
            finish(path)

        if in_child(go_on) == 0:
            break
        if list(path.parent.glob("restoring-*")):
            finish(path)
        assert content(path) == THEN
        assert len(tree(path.parent / "replaced-20261123-100000")) == 6
    assert step > 5


@pytest.mark.parametrize("moved", range(5))
def test_what_cannot_be_moved_aside_leaves_the_store_where_it_was(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    real, before, left = os.rename, tree(path.parent), moved

    def rename(source: Path, target: Path) -> None:
        nonlocal left
        if "replaced" in str(target):
            if left == 0:
                raise OSError(errno.EBUSY, "Device or resource busy")
            left -= 1
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(StoreFull, match="nothing was changed"):
        restore(path, file, header=HEADER)
    assert tree(path.parent) == before
    assert not [name for name in os.listdir(path.parent) if name.startswith((".", "re"))]
    put(Journal(path), 7, {})


def test_what_cannot_be_moved_in_is_told_and_finished_later(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "rename", rename)
        with pytest.raises(StoreDamaged, match=r"Input/output error.*'botui restore' without a file"):
            restore(path, file, header=HEADER)
    assert finish(path)
    assert content(path) == THEN


def test_an_open_session_says_that_a_restore_was_interrupted(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Journal(path)

    def stop(paths: Paths, begun: Path, aside: Path) -> None:
        os.rename(paths.journal, path.parent / "aside")
        raise KeyboardInterrupt

    monkeypatch.setattr("botui.storage.restore._move_aside", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(path, file, header=HEADER, even_if_open=True)
    with pytest.raises(StoreDamaged, match="A backup is being put back"):
        session.refresh()
    monkeypatch.undo()
    assert finish(path)
    session.refresh()
    assert session.head == Journal(path).head


def test_while_one_is_unfinished_no_other_is_begun(path: Path, file: Path) -> None:
    path.parent.joinpath("restoring-20261123-090000").mkdir()
    with pytest.raises(StoreDamaged, match="without a file"):
        restore(path, file, header=HEADER)
    with pytest.raises(Refused, match="say which"):
        finish(path.parent / "elsewhere" / "office.json")
