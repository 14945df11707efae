# Two commands matter: `make book` and `make test`. Each sets up what it needs in .venv.
PY = .venv/bin/python

.DEFAULT_GOAL = help
.PHONY: help book lab test test-all check bench lock clean setup setup-test

help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

book: setup ## build the book into _build/html, warnings as errors
	@$(PY) tools/build.py

lab: setup-test ## open the chapters as notebooks in JupyterLab
	@cd book && ../$(PY) -m jupyterlab --LabApp.app_settings_dir=../tools/lab

test: ## checks, build, tests; in a browser, changed pages in full and a share of the others
	@sh tools/suite.sh

test-all: ## the same, with every page in full
	@sh tools/suite.sh --all

check: setup-test ## lint, types, import directions, spelling, models: under a minute
	@$(PY) tools/check.py

bench: setup-test book ## print build times, page weights, slider latency, model speed
	@PYTHONPATH=book:tools $(PY) tools/bench/run.py $(ONLY:%=--only %)

lock: setup-test ## pin requirements*.in again, with hashes
	@sh tools/lock.sh

clean: ## remove everything that is built; the environment in .venv stays
	@rm -rf _build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

setup:
	@sh tools/setup.sh

setup-test:
	@sh tools/setup.sh test
