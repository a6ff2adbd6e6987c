# Two commands for everyone (`make demo`, `make test`); the rest is for who builds Waystation.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: demo test test-long check lock messages docs clean

demo: $(VENV)/.runtime $(VENV)/.catalogues  ## a demo node with invented people, served on this machine; ROAD=yes: four
	$(BIN)/waystation demo --port $(PORT) $(if $(filter yes,$(ROAD)),--road)

test: $(VENV)/.dev $(VENV)/.catalogues  ## the whole suite, on SQLite and on a real PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long and not browser" -p tests.on_postgresql

test-long: $(VENV)/.dev $(VENV)/.catalogues  ## what takes longer: fuzzing, fault runs, large benches
	$(BIN)/python -m pytest -m long

check: $(VENV)/.dev $(VENV)/.catalogues  ## lint, types, layers, dependencies, templates, catalogues, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry src
	$(BIN)/djlint src --lint --quiet
	$(BIN)/waystation check
	$(BIN)/waystation docs --check

lock: $(VENV)/.dev  ## resolve again and write the hashed locks
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet runtime.in -o runtime.txt
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet dev.in -o dev.txt

messages: $(VENV)/.dev  ## collect texts to translate
	$(BIN)/python -m waystation.web.catalogues collect

docs: $(VENV)/.runtime $(VENV)/.catalogues  ## write the reference pages that are made from code
	$(BIN)/waystation docs

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Waystation needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) -r requirements/dev.txt
	@touch $@

$(VENV)/.catalogues: $(wildcard src/waystation/web/locale/*/LC_MESSAGES/*.po) | $(VENV)/.runtime
	$(BIN)/python -m waystation.web.catalogues compile
	@touch $@

clean:
	rm -rf $(VENV)
