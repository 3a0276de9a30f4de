# `make run` starts the product, `make test` tests it; both set themselves up (tools/setup.py).
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CUNZHAO_HOME ?= data
PORT ?= 8749
SAMPLE_PORT ?= 8750
# Tests at a time, and what else pytest is told: `make test PYTEST="-x -k search"`. Two for each of two
# cores: half of their time they wait for a page, a process or a database.
PYTEST ?= -n 4 --dist loadfile --no-loadscope-reorder
BIN = .venv/bin

.PHONY: run test test-long check lock clean
run:
	@$(PYTHON) tools/setup.py run
	@exec $(BIN)/cunzhao --home "$(CUNZHAO_HOME)" serve --sample --port $(PORT) --sample-port $(SAMPLE_PORT)

test: check
	$(BIN)/pytest -m "not long" $(PYTEST)

test-long: check
	$(BIN)/pytest $(PYTEST)

check:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

lock:
	@$(PYTHON) tools/setup.py lock

# The environment and what tools left; the data folder is never touched.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info
