# Everything a person or CI runs. A machine needs Python 3.11 (with venv), make and a package index: nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# one more than there are cores: a test waits for the disk and for other processes about a third of its time
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

.PHONY: help demo test soak tinydb-suite check style format types imports bench clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	$(BIN)/python -m compileall -q botui
	@touch $@

$(VENV)/.checks: $(VENV)/.ready
	$(PIP) --editable '.[check]'
	@touch $@

demo: $(VENV)/.ready ## open the sample office
	@$(BIN)/botui demo

test: $(VENV)/.checks ## run every test
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-fail-under=95 --cov-report=term:skip-covered

soak: $(VENV)/.checks ## the longer forms of the tests of faults: about a quarter of an hour
	$(BIN)/python -m pytest -m soak --durations=0

tinydb-suite: $(VENV)/.checks ## run TinyDB's own tests over the store
	$(BIN)/python -m tests.tinydb_suite $(VENV)/tinydb-suite

check: style types imports test tinydb-suite ## all that CI runs

style: $(VENV)/.checks
	$(BIN)/ruff format --check botui tests benchmarks
	$(BIN)/ruff check botui tests benchmarks

format: $(VENV)/.checks ## put the code into shape
	$(BIN)/ruff format botui tests benchmarks
	$(BIN)/ruff check --fix botui tests benchmarks

types: $(VENV)/.checks
	$(BIN)/mypy

imports: $(VENV)/.checks
	$(BIN)/lint-imports

bench: $(VENV)/.checks ## measure against the references (docs/performance.md)
	$(BIN)/python -m benchmarks

clean: ## forget the virtual environment and caches
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
