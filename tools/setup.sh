#!/bin/sh
# Make .venv hold exactly what the lock files name. Usage: sh tools/setup.sh [test]
# Every failure ends in one plain sentence; what pip said is kept in $log.
set -u
cd "$(dirname "$0")/.." || exit 1

log=_build/setup.log
needed_megabytes=1500

fail() {
    echo "setup: $1" >&2
    exit 1
}

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_recent "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    for candidate in ${PYTHON:-} python3 python; do
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) &&
            fail "Python 3.11 or newer is needed, and $candidate is $version; install a newer one or name it: make PYTHON=/path/to/python."
    done
    fail "Python 3.11 or newer is needed, and no Python was found; install it from your system's packages."
}

check_disk() {
    free=$(df -Pk . 2>/dev/null | awk 'NR == 2 {print int($4 / 1024)}')
    [ "${free:-$needed_megabytes}" -ge "$needed_megabytes" ] ||
        fail "the disk is too full: $needed_megabytes MB are needed here and $free MB are free."
}

explain() { # turn pip's log into one sentence
    if grep -qi 'no space left' "$log"; then
        fail "the disk ran full while packages were installed; free some space and run it again."
    elif grep -Eqi 'connection (broken|refused)|connectionerror|newconnection|max retries|timed out|name resolution|could not fetch url|proxyerror' "$log"; then
        fail "the packages in $1 could not be downloaded; check the network and run it again ($log has the details)."
    fi
    fail "the packages in $1 could not be installed; $log has the details."
}

is_current() {
    [ -x .venv/bin/python ] && is_recent .venv/bin/python && [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$(cksum "$1")" ]
}

install() {
    is_current "$1" && return
    check_disk
    echo "setup: installing $1 into .venv"
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --retries 2 \
        --require-hashes --requirement "$1" >>"$log" 2>&1 || explain "$1"
    cksum "$1" >".venv/$1.stamp" || fail "the disk is too full to write .venv."
}

make_environment() {
    is_recent .venv/bin/python && return
    python=$(find_python) || exit 1
    check_disk
    "$python" -m venv --clear .venv >>"$log" 2>&1 && return
    grep -qi 'no space left' "$log" && explain .venv
    fail "Python's venv module does not work here; install it (on Debian: python3-venv). $log has the details."
}

{ mkdir -p _build && true >"$log"; } 2>/dev/null || fail "the folder _build cannot be written; is the disk full?"
make_environment
install requirements.txt
if [ "${1:-}" = test ]; then
    install requirements-test.txt
fi
