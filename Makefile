# `make demo` and `make test` make .venv; `make system` installs system packages. Another Python: make PYTHON=python3.12 test
.NOTPARALLEL:
.PHONY: help demo test test-long test-browser red-team feedback lint format types trees audit pytest times bench build wheel setup system clean
BIN := .venv/bin
# A test that hangs fails, and shows where. The longest, which waits for all attacks, took 385 seconds on a slow day.
# Not in pyproject.toml: teachers, who lack pytest-timeout, would be warned of an unknown option.
PYTEST := $(BIN)/pytest --timeout=900
# Three workers for two processors, for half of the time is waiting: for a limit, for a kernel's end. Eight at most: each holds
# kernels with TensorFlow.
PARALLEL := -n $(shell expr $$(nproc) \* 3 / 2) --maxprocesses 8 --dist loadfile
# A shell started with an empty environment has no PATH to pass on.
ifeq ($(PATH),)
export PATH := /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
endif

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' Makefile

demo: setup ## grade an invented class of thirteen students and print the results; another week: make demo WEEK=week2
	@$(BIN)/autograder demo $(WEEK)

test: lint types trees audit pytest ## everything that must pass before a commit

lint: setup ## style, layout and imports: ruff, import-linter
	@echo "== ruff: style and likely mistakes"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --check; echo "Run: make format"; exit 1; }
	@echo "== import-linter: imports point one way"
	@$(BIN)/lint-imports --no-logo

format: setup ## format the code with ruff
	@$(BIN)/ruff format

types: setup ## types: mypy --strict
	@echo "== mypy: types"
	@$(BIN)/mypy --strict autograder

trees: setup ## are source/, release/, assignments/ and autograder/course/ up to date with solutions/?
	@echo "== autograder build --check: generated folders are up to date"
	@$(BIN)/autograder build --check

audit: setup ## is the grader right? audits what has changed; everything in full: make audit FORCE=yes
	@echo "== autograder audit: right answers earn full marks, wrong ones are named"
	@$(BIN)/autograder audit $(if $(FORCE),--force)

pytest: setup ## only the tests; some of them: make pytest ARGS="tests/wire -x"
	@echo "== pytest: the engine and the course"
	@$(PYTEST) $(PARALLEL) -m "not long" $(ARGS)

times: setup ## `make pytest`, and which wings, modules and tests take the time
	@$(PYTEST) $(PARALLEL) -m "not long" --durations=25 $(ARGS)

test-long: setup ## the tests that build, audit or grade a course many times
	@echo "== pytest: courses built, audited and graded many times"
	@$(PYTEST) $(PARALLEL) -m long

test-browser: setup ## the panel in a student's JupyterLab, in a real Chromium (skipped if there is none)
	@echo "== pytest: JupyterLab in a browser"
	@$(PYTEST) tests/browser

red-team: setup ## every attack, on the kit in every sandbox, as root and not, and on stock nbgrader; writes docs/generated/red-team.md
	@$(BIN)/python -m tests.red_team

feedback: setup ## try beginners' slips; writes docs/feedback/. One lesson's: make feedback ARGS=welcome
	@$(BIN)/python -m tests.feedback $(ARGS)

bench: setup ## how fast kernels start and classes are graded; run nothing else meanwhile
	@$(BIN)/python -m benchmarks

build: setup ## generate the folders again from solutions/
	@$(BIN)/autograder build

wheel: setup ## build what students install, in dist/
	@rm -rf build && $(BIN)/python -m build --quiet --wheel && ls dist/*.whl

setup: ## make .venv ready (the others do this themselves)
	@bash .ci/setup

system: ## install bubblewrap and Python's venv module by apt-get and sudo; with BROWSER=yes, Chromium as well
	@BROWSER=$(BROWSER) bash .ci/system

clean: ## remove caches and packages built here; .venv and classroom/ stay
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -path ./classroom -prune -o -name __pycache__ -prune -exec rm -rf {} +
