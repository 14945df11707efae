# Two commands matter: `make book` and `make test`. What they do: start.py, which runs without make.
PYTHON ?= $(or $(shell command -v python3 || command -v python),$(error no Python was found; install Python 3.11 or newer))

.DEFAULT_GOAL = help
.PHONY: help book watch site lab notebooks test test-all check chapter where names class teach release bench lock clean

help book watch site lab notebooks test test-all check chapter where names class teach release bench lock clean:
	@"$(PYTHON)" start.py $@
