# What people and CI type. A machine needs Python 3.11 with venv, and make; nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= 2
UV := uv==0.13.9
# Every start, of a test too, would compile all of the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run install dev translations test oracle quick browser check format bench torture lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' Makefile

run: install  ## serve on http://127.0.0.1:8000 (PORT, DATABASE_URL, CASEWORK_DATA); first start loads demo data
	@umask 077; exec $(BIN)/casework start

# Two may install at once, as the gate's check beside its tests: the command is written aside and renamed.
install: $(BIN)/python
	@cmp -s requirements.lock .venv/installed.lock || { \
	  echo "Installing the locked libraries..."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock \
	  && cp requirements.lock .venv/installed.lock; }
	@path="$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/casework.pth"; \
	  pwd | cmp -s - "$$path" || pwd > "$$path"
	@new=$(BIN)/casework.$$$$; \
	  printf '#!/bin/sh\nexec "%s/$(BIN)/python" -P -m casework.cli "$$@"\n' "$$(pwd)" > $$new \
	  && chmod 755 $$new && mv $$new $(BIN)/casework
	@$(MAKE) --no-print-directory translations

# The project itself is not built: a path file and a two-line script do what an editable install would.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Casework needs Python 3.11. On Debian: apt-get install python3.11-venv" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Casework needs Python 3.11 or newer; $(PYTHON) is older. Say which: make run PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python has no venv. On Debian: apt-get install python3.11-venv" >&2; exit 2; }
	@rm -rf .venv
	@echo "Making .venv..."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 2; }

dev: install
	@cmp -s requirements-dev.lock .venv/installed-dev.lock || { \
	  echo "Installing the locked tools..."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock \
	  && cp requirements-dev.lock .venv/installed-dev.lock; }

translations:
	@for po in casework/translations/*/LC_MESSAGES/*.po; do \
	  [ "$${po%.po}.mo" -nt "$$po" ] || { $(BIN)/pybabel --quiet compile --directory casework/translations; break; }; done

test: dev  ## all tests on SQLite and on a real PostgreSQL (from the wheel, or TEST_DATABASE_URL)
	$(BIN)/python -m pytest -n$(WORKERS) --dist worksteal --ignore=tests/browser -ra $(ARGS)

oracle: dev  ## what each user gets, against a second statement of the law: 2,000 random steps on each engine
	$(BIN)/python -m pytest tests/oracle -ra $(ARGS)

quick: dev  ## on SQLite only and without the slowest, while working
	$(BIN)/python -m pytest -n$(WORKERS) --ignore=tests/browser --ignore=tests/oracle --ignore=tests/torture --engine sqlite -q $(ARGS)

browser: dev  ## the journeys in Chromium (needs Debian's chromium)
	$(BIN)/python -m pytest tests/browser -n$(WORKERS) --dist loadfile -ra $(ARGS)

check: dev  ## ruff, mypy --strict, djlint, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djlint templates --check --quiet
	$(BIN)/lint-imports --no-cache

format: dev  ## lay out code and templates as `make check` wants them
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	-$(BIN)/djlint templates --reformat --quiet

bench: dev  ## cost per request at 100,000 cases, as ratios to a bare page (ARGS="--cases 5000" for a small one)
	$(BIN)/python -m bench $(ARGS)

torture: dev  ## double submits, two writers, kill -9 while saving (ARGS="--small" as in CI)
	$(BIN)/python -m bench.torture $(ARGS)

lock:  ## for maintainers: write the lock files anew (docs/maintaining.md); ARGS=--upgrade moves versions
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	.venv/lock/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-emit-index-url \
	  --custom-compile-command "make lock" $(ARGS) requirements.in -o requirements.lock
	.venv/lock/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-emit-index-url \
	  --custom-compile-command "make lock" $(ARGS) requirements-dev.in -o requirements-dev.lock

clean:  ## remove the virtual environment and caches; never the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
