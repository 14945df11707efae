#!/bin/sh
# What `make test` runs: set up, then every stage of the suite; setup is one of the stages timed.
started=$(date +%s)
cd "$(dirname "$0")/.." && sh tools/setup.sh test || exit 1
exec .venv/bin/python tools/suite.py --setup-seconds $(($(date +%s) - started))
