# RollScape. `make run` plays, `make test` tests; `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# The tests' databases stand in memory where it has 4 GiB to spare and TMPDIR names no other place: a tenth of their
# time is waiting for a disk.
IN_MEMORY = $(if $(TMPDIR),,$(shell df -Pk /dev/shm 2> /dev/null | awk 'NR == 2 && $$4 > 4194304 { print "TMPDIR=/dev/shm" }'))
PIP := $(BIN)/python -m pip install --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: setup run test check admin vendor lock generate screenshots bench help

setup: .venv/run.stamp ## Creates .venv, installs packages, prepares the database and the secret key
	@$(if $(wildcard data/rollscape.sqlite3),,echo "Preparing the database …";) $(MANAGE) migrate --verbosity 0

run: setup ## Starts RollScape on HOST (127.0.0.1) and PORT (8000), until you stop it
	@$(MANAGE) serve

test: setup .venv/dev.stamp ## Runs the tests; ARGS="-k dice" chooses
	@$(IN_MEMORY) $(BIN)/python -m pytest -n 3 --dist loadfile $(ARGS)

check: setup .venv/dev.stamp $(if $(shell command -v npm),node_modules/.stamp) ## Checks style, types, imports, generated files, migrations; ARGS="types imports" chooses
	@$(BIN)/python -m tools.check $(ARGS)

admin: setup ## Creates a superuser for /admin/
	@$(MANAGE) createsuperuser

vendor: node_modules/.stamp ## Updates static/vendor from the packages pinned in package.json
	npm run --silent vendor

lock: setup .venv/dev.stamp ## Writes requirements.lock from requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		requirements.txt -o requirements.lock

generate: setup node_modules/.stamp ## Writes what follows from the sources: docs/protocol.md, protocol.d.ts, the bundles
	@$(MANAGE) generate
	@npm run --silent bundle

screenshots: setup .venv/dev.stamp ## Retakes the pictures in docs/images, with Debian's chromium
	@$(BIN)/python -m tools.screenshots

bench: setup .venv/bench.stamp $(if $(shell command -v npm),bench/node_modules/.stamp) ## Measures side by side with others; ARGS=--quick takes two minutes
	@$(BIN)/python -m bench.compare $(ARGS)

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@echo "Making .venv, an environment for RollScape's packages alone …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

# Nothing to look up or to compile ahead: which files, and that they are those, stands in the lock.
.venv/run.stamp: requirements.lock | .venv/bin/python
	@echo "Installing RollScape's packages: $$(grep -c == requirements.lock) packages, some 70 MB. This once it takes a minute or two."
	@$(PIP) --no-deps --no-compile --require-hashes -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements.txt requirements-dev.txt | .venv/run.stamp
	@echo "Installing the packages for the tests …"
	@$(PIP) --quiet -r requirements-dev.txt
	@touch $@

.venv/bench.stamp: bench/requirements.txt | .venv/dev.stamp
	@$(PIP) --quiet -r bench/requirements.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

bench/node_modules/.stamp: bench/package.json bench/package-lock.json
	@cd bench && npm ci --no-audit --no-fund
	@touch $@
