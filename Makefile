# make demo   verify the real matrices shipped in docs/examples
# make test   every gate: format, lint, types, import contracts, tests with doctests
# make bench  measure, and write docs/benchmarks.md
# make accept the long form of every law, kept in docs/acceptance.md
# make docs   write the generated pages anew

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test format lint types contracts pytest bench accept docs clean

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/python docs/examples/demo.py

test: format lint types contracts pytest

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

pytest: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 -m "not accept"

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

accept: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.acceptance

docs: $(READY)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/dimension_table.py
	$(BIN)/python docs/theorem_table.py
	$(BIN)/python docs/counterexample_pictures.py
	$(BIN)/python docs/console.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
