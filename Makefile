# Two targets do all the set-up on a machine that has Python 3.11+ and make:
#   make play   starts the trainer
#   make test   runs the whole suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps

.PHONY: play test check format docs bench screenshots clean

play: $(STAMPS)/play
	@$(BIN)/roleplay

test: $(STAMPS)/test
	$(BIN)/python -m pytest

check: $(STAMPS)/check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/roleplay check scenarios
	$(BIN)/roleplay test scenarios
	$(BIN)/python -m pytest

format: $(STAMPS)/check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Pages that are made from the code; the suite fails when one is stale.
docs: $(STAMPS)/test
	$(BIN)/python -m roleplay.scenarios.problems > docs/problems.md
	$(BIN)/python -m roleplay.cli.reference > docs/cli.md
	$(BIN)/python -m roleplay.scoring.codebook_page > docs/codebook.md

screenshots: $(STAMPS)/test
	$(BIN)/python docs/screenshots.py

bench: $(STAMPS)/bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Each stamp stands for one set of installed packages; it is made again when pyproject.toml changes.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer. Name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/play: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/play

$(STAMPS)/check: $(STAMPS)/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@

$(STAMPS)/bench: $(STAMPS)/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $@
