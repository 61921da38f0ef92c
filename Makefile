# Two commands: `make serve` runs the site, `make test` proves it.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
IN_MEMORY := $(BIN)/python tests/in_memory.py
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve test lint bench check-machine check-system

# The code from a telephone is asked for unless this machine alone reaches the site and SECOND_FACTOR doesn't say 1.
serve: export SECOND_FACTOR ?= $(if $(ALLOWED_HOSTS),1,0)
serve: .venv/runtime
	$(BIN)/python manage.py prepare --port $(PORT)
	$(BIN)/python manage.py tick --every 60 & \
	exec $(BIN)/python -m gunicorn -c deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) clinic_site.wsgi

test: .venv/dev check-system lint
	$(IN_MEMORY) $(BIN)/python -m pytest -n 2 --ignore tests/browser
	$(IN_MEMORY) $(BIN)/python tests/postgres.py $(BIN)/python -m pytest -n 2 --ignore tests/browser -m "not anywhere"
	$(IN_MEMORY) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder tests/browser

lint: .venv/dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djhtml --check templates
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
