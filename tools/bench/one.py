"""Print one measurement, `one.py NAME`. A figure that fails is named, and the next one is made.

A measurement is a module here with `measure()`, which yields what is measured and a call for it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator


def reason(error: Exception) -> str:
    """Say in one line why there is no figure."""
    first = next(iter(str(error).strip().splitlines()), "")
    return f"not measured: {type(error).__name__}: {first}"


def figures(name: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what was measured, its figure or why there is none, and whether there is one."""
    what = name
    try:
        module = importlib.import_module(name)
        print(f"\n{(module.__doc__ or name).splitlines()[0]}", flush=True)
        for what, figure in module.measure():
            try:
                yield what, figure(), True
            except Exception as error:
                yield what, reason(error), False
    except Exception as error:
        yield name, reason(error), False


def main(name: str) -> int:
    """Print the figures; return 1 if one of them could not be had."""
    whole = True
    for what, value, measured in figures(name):
        print(f"  {what:<44} {value}", flush=True)
        whole = whole and measured
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
