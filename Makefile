# The two that matter: `make demo` and `make test`. `make help` lists the rest.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first Python that is new enough. Another one: make PYTHON=python3.13 test
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Packages that have arrived; lint, types and coverage look at all of them.
SOURCES := $(wildcard pos receipts sync ui)
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup

.PHONY: help demo test check lint types imports tested cover soak pictures translations bench lock clean system-run system-test

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 20

demo: system-run $(BIN)/.installed-till ## open a training till with a festival's catalogue (without a display: play a day into demo-out/)
	$(BIN)/echoppe demo $(ARGS)

test: system-test $(BIN)/.installed-dev ## run every test
	$(PYTEST) $(ARGS)

check: system-test $(BIN)/.installed-dev lint types imports tested ## what has to be green before a commit: format, lint, types, imports, tests, every branch of the complete files

lint: $(BIN)/.installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(BIN)/.installed-dev
	$(BIN)/mypy $(SOURCES) tests $(wildcard scripts bench)

imports: $(BIN)/.installed-dev
	$(BIN)/lint-imports --no-logo

# Every branch of what is listed as complete. Following the other files too would take a third more time.
tested: $(BIN)/.installed-dev
	@mkdir -p build
	@$(BIN)/python scripts/coverage_bars.py --config > build/complete.coveragerc
	$(PYTEST) --cov --cov-config=build/complete.coveragerc --cov-report= --cov-report=json:build/coverage.json $(ARGS)
	@$(BIN)/python scripts/coverage_bars.py build/coverage.json

cover: $(BIN)/.installed-dev ## every test once more, and how much of all other files it reaches
	@mkdir -p build
	$(PYTEST) --cov --cov-report= --cov-report=json:build/coverage.json $(ARGS)
	@$(BIN)/python scripts/coverage_bars.py build/coverage.json

soak: system-test $(BIN)/.installed-dev ## run the long random tests (crashes, full disks, thousands of baskets)
	$(PYTEST) -m soak --hypothesis-profile=soak $(ARGS)

pictures: system-run $(BIN)/.installed-dev ## make a picture of every screen, both themes, both languages, in pictures-out/
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m scripts.pictures $(ARGS)

translations: $(BIN)/.installed-dev ## take the screens' new texts into ui/translations, say what is left to translate, compile
	$(BIN)/python scripts/translations.py $(ARGS)

bench: system-run $(BIN)/.installed-dev ## measure what has a limit, and compare with the limit
	$(BIN)/python -m bench $(ARGS)

lock: ## choose the newest versions that pyproject.toml allows, and pin them with their hashes
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet uv
	UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal \
		--python-version 3.11 --annotation-style line pyproject.toml --extra till --extra hub -o requirements/till.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal \
		--python-version 3.11 --annotation-style line pyproject.toml --extra hub \
		-c requirements/till.txt -o requirements/hub.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal \
		--python-version 3.11 --annotation-style line pyproject.toml --extra till --extra hub --extra dev \
		-c requirements/till.txt -o requirements/dev.txt

clean: ## remove everything that was made here (not the data of a till: that lives elsewhere)
	rm -rf $(VENV) build demo-out pictures-out .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find $(SOURCES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

system-run:
	@scripts/system-packages run

system-test:
	@scripts/system-packages run test

$(BIN)/python: | system-run
	@test -n "$(PYTHON)" || { echo "Échoppe needs Python 3.11 or newer." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# --no-build-isolation: the pinned setuptools builds it, and nothing is fetched that has no hash.
# A new package (or version, which stands in pos/__init__.py) wants the second call again.
$(BIN)/.installed-till: requirements/till.txt pyproject.toml $(SOURCES:%=%/__init__.py) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/till.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.installed-dev: requirements/dev.txt pyproject.toml $(SOURCES:%=%/__init__.py) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(BIN)/.installed-till
