#!/usr/bin/env python3
"""Run one of the project's commands: `python3 start.py book`, on Windows `py -3 start.py book`.

Written so that every Python can read it: one that is too old for the book looks for a newer one.
"""

from __future__ import print_function

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
# Another project's packages stay outside, also those with the name of a standard module.
FOREIGN = os.environ.pop("PYTHONPATH", "").split(os.pathsep)
sys.path = [folder for folder in sys.path if folder not in FOREIGN or folder == ROOT]
sys.path.insert(0, os.path.join(ROOT, "tools"))
os.environ.pop("PYTHONHOME", None)

import children  # noqa: E402

OLDEST = (3, 11)
NEWEST = (3, 14)
SETTINGS = ("BUILD", "PYTHON", "ONLY", "UV_UPGRADE", "NAME", "VERSION", "FOLDER", "NAMES", "SECRET",
            "SOLUTIONS")  # fmt: skip
ASK = (
    "import sys, os; print('%d %d' % sys.version_info[:2]); print(os.path.realpath(sys.executable))"
)


def read_settings(words):
    # type: (list[str]) -> list[str]
    """Put each NAME=value into the environment, as make does; return the other words."""
    others = []
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name in SETTINGS:
            os.environ[name] = value
        else:
            others.append(word)
    return others


def ask(command):
    # type: (list[str]) -> tuple[tuple[int, int], str] | None
    """Return version and place of a Python; None where it does not run."""
    said = children.said_by(command + ["-c", ASK])
    try:
        version, place = (said or "").splitlines()
        major, minor = version.split()
        return (int(major), int(minor)), place
    except ValueError:
        return None


def named_python(name):
    # type: (str) -> list[str] | str
    """Return the command of the Python that the user names, or what is wrong with it."""
    found = ask([name])
    if found is None:
        return "PYTHON names %s, and no Python runs there." % name
    if found[0] < OLDEST:
        return "PYTHON names %s, which is Python %d.%d; 3.11 or newer is needed." % (
            (name,) + found[0]
        )
    return [] if found[1] == os.path.realpath(sys.executable) else [name]


def newer_python():
    # type: () -> list[str] | str
    """Return the command of a Python that is new enough, or say that there is none."""
    numbered = ["python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    for command in [["python3"]] + [[name] for name in numbered] + [["python"], ["py", "-3"]]:
        found = ask(command)
        if found is not None and found[0] >= OLDEST:
            return command
    return (
        "Python 3.11 or newer is needed, and this is Python %d.%d; install a newer one, "
        "or name it: PYTHON=/path/to/python." % tuple(sys.version_info[:2])
    )


def main():
    # type: () -> int
    """Run the command in a Python that is new enough; return its exit code."""
    words = read_settings(sys.argv[1:])
    other = []  # type: list[str] | str
    if os.environ.get("PYTHON"):
        other = named_python(os.environ["PYTHON"])
    elif sys.version_info[:2] < OLDEST:
        other = newer_python()
    if isinstance(other, str):
        print("start: " + other, file=sys.stderr)
        return 1
    if other:  # which says itself how it ended
        sys.exit(children.run(other + [os.path.join(ROOT, "start.py")] + words))
    import commands

    return commands.main(words)


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:
        code = children.STOPPED
    if code == children.STOPPED:
        print("\nstart: stopped.", file=sys.stderr)
    sys.exit(code)
