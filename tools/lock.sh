#!/bin/sh
# Pin requirements*.in for every platform and Python from 3.11, with hashes; existing pins stay
# unless the .in file or UV_UPGRADE=1 asks otherwise.
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-test; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header ${UV_UPGRADE:+--upgrade} --output-file "$name.txt" "$name.in"
done
