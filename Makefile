# The commands a person needs. `make demo` and `make test` work from a bare checkout.
PYTHON ?= python3
VENV := .venv
CLIENT := .venv-client
BIN := $(VENV)/bin
SOURCES := bot core conversations notifications storage tests docs benchmarks

.PHONY: help venv dev demo test accuracy api-check api-client chaos bench check format lock messages screenshots clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(VENV)/.runtime: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=python3.12 make …)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	touch $@

venv: $(VENV)/.runtime   ## set up .venv, nothing else

dev: $(VENV)/.dev        ## set up .venv with what checking and testing need

demo: $(VENV)/.runtime   ## a local Telegram with made-up data, in the browser
	$(BIN)/roundsman demo

test: $(VENV)/.dev       ## all tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist loadfile

accuracy: $(VENV)/.dev   ## how well lines are understood and customers found, by field and kind
	$(BIN)/python -m tests.language.score
	$(BIN)/python -m tests.search.score

api-check: $(VENV)/.dev   ## hold every answer of a running API against its description
	$(BIN)/python -m tests.api

$(CLIENT)/.ready: requirements-client.txt
	$(PYTHON) -m venv $(CLIENT)
	$(CLIENT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-client.txt
	touch $@

api-client: $(VENV)/.dev $(CLIENT)/.ready   ## list customers by a client generated from the description
	$(BIN)/python -m tests.api.generated_client $(CLIENT)/bin

chaos: $(VENV)/.dev       ## kill processes while people work, on both engines; prints the counts
	$(BIN)/python -m tests.crash

bench: $(VENV)/.dev      ## how fast it is; writes benchmarks/results.md
	$(BIN)/python -m benchmarks

check: $(VENV)/.dev      ## format, lint, types, architecture, spelling, translations
	$(BIN)/python -m pip check
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell bot core conversations notifications storage tests docs README.md CHANGELOG.md
	$(BIN)/python docs/check_messages.py

format: $(VENV)/.dev     ## format and mend what can be mended
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

messages: $(VENV)/.dev   ## collect new texts into the catalogues
	$(BIN)/python docs/check_messages.py --update

screenshots: $(VENV)/.dev  ## take the pictures of README and docs anew
	$(BIN)/python docs/make_screenshots.py

lock: $(VENV)/.dev       ## pin the dependencies anew, with hashes and without hosts
	for name in requirements requirements-dev requirements-client; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header $$name.in -o $$name.txt || exit 1; done

clean:                   ## take away what was set up
	rm -rf $(VENV) $(CLIENT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
