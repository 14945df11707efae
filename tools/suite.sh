#!/bin/sh
# What `make test` and `make test-all` run: set up, then every stage of the suite; setup is timed
# as one of the stages.
started=$(date +%s)
cd "$(dirname "$0")/.." && sh tools/setup.sh test || exit 1
exec .venv/bin/python tools/suite.py --setup-seconds $(($(date +%s) - started)) "$@"
