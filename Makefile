# `make run` starts the product, `make test` tests it; both set themselves up (tools/setup.py).
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CUNZHAO_HOME ?= data
PORT ?= 8749
SAMPLE_PORT ?= 8750
# Tests at a time, and what else pytest is told: `make test PYTEST="-x -k search"`. Two for each of two
# cores: half of their time they wait for a page, a process or a database.
PYTEST ?= -n 4 --dist loadfile --no-loadscope-reorder
BIN = .venv/bin
# What is imported is compiled once, though the environment may ask otherwise: the tests start many programs.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test test-long check set-up types short lock clean
run:
	@$(PYTHON) tools/setup.py run
	@exec $(BIN)/cunzhao --home "$(CUNZHAO_HOME)" serve --sample --port $(PORT) --sample-port $(SAMPLE_PORT)

# mypy, which one core works on, goes beside the tests.
test: set-up
	@$(MAKE) --no-print-directory -j 2 types short

test-long: check
	$(BIN)/pytest $(PYTEST)

check: set-up types

set-up:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types:
	$(BIN)/mypy

short:
	$(BIN)/pytest -m "not long" $(PYTEST)

lock:
	@$(PYTHON) tools/setup.py lock

# The environment and what tools left; the data folder is never touched.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info
