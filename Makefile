# make demo   set up, read the sample articles, show what came of it
# make test   set up, then every check of the project
# make fuzz   set up, then a minute of bytes made to break the reader (SECONDS=600: ten)
# make screenshots  set up, then the pictures of the README anew, from the sample (needs Chromium)
# make bench  set up, then measure how fast it is: a quarter of an hour on a quiet machine (QUICK=1: three minutes)
# PYTHON=...  the Python to set up with (3.11 or newer)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.installed

.PHONY: demo test fuzz bench score floors dictionary screenshots lock
.DEFAULT_GOAL := demo

demo: $(SETUP)
	$(BIN)/ofsted-records ingest corpus/sample --db records.db
	@printf '%s\n' '' 'Try next:' \
		'  $(BIN)/ofsted-records show dev-029.txt            an article with its evidence marked, and its records' \
		'  $(BIN)/ofsted-records show Sandwell               the history of one council' \
		'  $(BIN)/ofsted-records export tables --format csv  tables for a spreadsheet' \
		'  $(BIN)/ofsted-records browse --open               the records in a browser, to look at and review' \
		'  $(BIN)/ofsted-records report --html report.html   everything on one page' \
		'  make score                                       how right the records are'

test: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

SECONDS ?= 60

fuzz: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3.0.0'
	$(BIN)/python tests/fuzz.py -max_total_time=$(SECONDS) -max_len=4096 -rss_limit_mb=2000 -timeout=20

score: $(SETUP)
	$(BIN)/python -m pipeline.floors

floors: $(SETUP)
	$(BIN)/python -m pipeline.floors --update

bench: $(SETUP)
	$(BIN)/python -m benchmarks.speed $(if $(QUICK),--quick,--write)

dictionary: $(SETUP)
	$(BIN)/python -m pipeline.dictionary README.md

screenshots: $(SETUP)
	$(BIN)/python tests/screenshots.py .github/screenshots

lock:
	uv pip compile --generate-hashes --no-emit-index-url --universal --python-version 3.11 --extra dev \
		pyproject.toml -o requirements.lock

# Done again only when what is to be installed changed. Every package is pinned and checked against its hash.
$(SETUP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found: install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) -V 2>&1), but 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) lacks the venv module: install it (on Debian: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
