"""TinyDB's own tests, run over our storage and table: ``python -m tests.tinydb_suite FOLDER`` (``make tinydb-suite``).

They come from TinyDB's source distribution, of the version that ``constraints.txt`` names, and are kept in FOLDER. They
know nothing of many processes: what they show is that a program written for TinyDB finds here what it knows.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

import pytest
import tinydb

from botui.storage import JournalStorage, JournalTable

LEFT_OUT: Final = {
    "test_storages.py::test_json": "writes what is no table to the storage: ours keeps tables of documents only",
    "test_storages.py::test_json_kwargs": "asks for indented text in the file: the snapshot has one look only",
    "test_storages.py::test_encoding": "wants other encodings than UTF-8, which a journal never has",
    "test_middlewares.py::test_caching_json_write": "looks at the file handle inside TinyDB's own storage",
    "test_tables.py::test_table_repr[memory]": "wants the class of the table to be called Table",
    "test_tables.py::test_table_repr[json]": "wants the classes to be called Table and JSONStorage",
}
"""Tests about TinyDB's own storage and class names, by name and why: each is run, and must fail."""

ENOUGH: Final = 210
"""Passed tests below which something was not run: version 4.9.0 has 213 that pass."""

_TESTS: Final = "tinydb_tests"
"""Their folder is called so here: ``tests`` is ours."""


class Suite:
    """The plugin for pytest: knows what is left out, and that nothing else was.

    Attributes:
        passed: how many tests have passed.
        skipped: the names of those that said they cannot run here.
    """

    def __init__(self) -> None:
        self.passed = 0
        self.skipped: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Mark what must fail.

        Raises:
            pytest.UsageError: a test that is left out is not there.
        """
        found = {item.nodeid.rpartition("/")[2]: item for item in items}
        if strange := LEFT_OUT.keys() - found.keys():
            raise pytest.UsageError(f"left out, but not in the suite: {', '.join(sorted(strange))}")
        for name, reason in LEFT_OUT.items():
            found[name].add_marker(pytest.mark.xfail(reason=reason, strict=True))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count."""
        self.passed += report.when == "call" and report.passed
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail where tests were skipped, or too few were found."""
        if self.skipped or self.passed < ENOUGH:
            print(f"\npassed: {self.passed}, of {ENOUGH} at least; skipped: {', '.join(self.skipped) or 'none'}")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def wanted() -> str:
    """Return the version of TinyDB that constraints.txt names.

    Raises:
        SystemExit: another one is installed.
    """
    lines = Path("constraints.txt").read_text().splitlines()
    version = next(line.partition("==")[2] for line in lines if line.startswith("tinydb=="))
    if (installed := importlib.metadata.version("tinydb")) != version:
        raise SystemExit(f"constraints.txt asks for TinyDB {version}, but {installed} is installed.")
    return version


def fetch(folder: Path, version: str) -> Path:
    """Return the folder of TinyDB's tests, taken once from its source distribution."""
    tests = folder / version / _TESTS
    if not tests.is_dir():
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
        subprocess.run((*pip, "--no-binary", "tinydb", "--dest", folder, f"tinydb=={version}"), check=True)
        tests.mkdir(parents=True)
        with tarfile.open(folder / f"tinydb-{version}.tar.gz") as archive:
            for member in archive:
                where, _, name = member.name.rpartition("/")
                if where == f"tinydb-{version}/tests" and (content := archive.extractfile(member)) is not None:
                    (tests / name).write_bytes(content.read())
    return tests


def main(folder: Path) -> int:
    """Run the suite; return the exit status."""
    tests = fetch(folder, wanted())
    # before the tests import the names
    tinydb.JSONStorage = tinydb.storages.JSONStorage = JournalStorage  # type: ignore[misc,assignment]
    tinydb.TinyDB.default_storage_class = JournalStorage  # type: ignore[assignment]
    tinydb.TinyDB.table_class = JournalTable
    # our own settings stay out, and so does the one plugin that warns when it has none
    alone = ("-c", "/dev/null", f"--rootdir={tests.parent}", "-p", "no:cacheprovider", "-p", "no:asyncio")
    return pytest.main([*alone, "-q", "-rx", str(tests)], plugins=[Suite()])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
