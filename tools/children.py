"""Run child processes and pass their exit code on. `start.py` needs this in every Python."""

from __future__ import print_function

import subprocess

STOPPED = 130  # the exit code of a command that its user has stopped


def run(command, **options):
    # type: (list[str], object) -> int
    """Run a child and return its exit code.

    A user's Ctrl-C reaches the child too, which ends in its own way: it is waited for, not killed.
    """
    child = subprocess.Popen(command, **options)  # type: ignore[call-overload]
    while True:
        try:
            code = int(child.wait())
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            pass


def said_by(command, **options):
    # type: (list[str], object) -> str | None
    """Return what a child prints; None where it cannot be run or fails."""
    pipe = subprocess.PIPE
    options.update(stdout=pipe, stderr=pipe, universal_newlines=True)
    try:
        child = subprocess.Popen(command, **options)  # type: ignore[call-overload]
    except OSError:
        return None
    printed = child.communicate()[0]
    return str(printed) if child.returncode == 0 else None
