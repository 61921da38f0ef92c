# Two commands: `make serve` runs the site, `make test` proves it; `make check` is its quick form, `make test-full` its whole.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Three workers on two cores: while one waits for a process or a browser, the others go on.
IN_MEMORY := $(BIN)/python tests/in_memory.py
PYTEST := $(BIN)/python -m pytest -n 3 --dist worksteal --durations 30
ON_POSTGRES := $(IN_MEMORY) $(BIN)/python tests/postgres.py
IN_CHROMIUM := $(IN_MEMORY) $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations 30 tests/browser
LINT := lint-types lint-code lint-site
check test test-full lint: SHELL := /bin/bash
export TIMEFORMAT := took %0R s on the clock, %0U s of work
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve check test test-full lint bench check-machine check-system

# The code from a telephone is asked for unless this machine alone reaches the site and SECOND_FACTOR doesn't say 1.
serve: export SECOND_FACTOR ?= $(if $(ALLOWED_HOSTS),1,0)
serve: .venv/runtime
	$(BIN)/python manage.py prepare --port $(PORT)
	$(BIN)/python manage.py tick --every 60 & \
	exec $(BIN)/python -m gunicorn -c deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) clinic_site.wsgi

# Lint and the tests that take moments, for while you work.
check: .venv/dev lint
	time $(IN_MEMORY) $(PYTEST) --ignore tests/browser -m "not slow and not full"

# Every rule on SQLite, what depends on a database on PostgreSQL too, each public page and role's journey in Chromium.
test: .venv/dev check-system lint
	time $(IN_MEMORY) $(PYTEST) --ignore tests/browser -m "not full"
	time $(ON_POSTGRES) $(PYTEST) --ignore tests/browser -m "database and not full"
	time $(IN_CHROMIUM) -m "not full"

# All of it, with larger samples: crawls, state machines, kills, bombs and storms.
test-full: export TIER := full
test-full: .venv/dev check-system lint
	time $(IN_MEMORY) $(PYTEST) --ignore tests/browser
	time $(ON_POSTGRES) $(PYTEST) --ignore tests/browser -m "database or database_full"
	time $(IN_CHROMIUM)

lint: .venv/dev
	time $(MAKE) --no-print-directory --jobs 2 --output-sync=target $(LINT)

.PHONY: $(LINT)
lint-types:
	$(BIN)/mypy

lint-code:
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djhtml --check templates

lint-site:
	$(BIN)/python manage.py makemigrations --check --dry-run
	ALLOWED_HOSTS=clinic.example SITE_DOMAIN=clinic.example SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/dev
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.served

check-machine:
	@$(PYTHON) -m clinic_site.requires

check-system: .venv/dev
	@$(BIN)/python tests/system.py

.venv/runtime: requirements.txt | check-machine
	@echo "Installing what the site needs …"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

.venv/dev: .venv/runtime pyproject.toml
	@echo "Installing what the tests need …"
	$(BIN)/python -m pip install --quiet "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
