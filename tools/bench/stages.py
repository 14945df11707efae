"""The suite as `start.py test` runs it, stage by stage, on a book that is built."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

import programs

from places import ROOT

HEADING = "Stage times\n"


def seconds(printed: str) -> dict[str, int]:
    """Read the table of stages and seconds that the suite ends with."""
    table = printed.rpartition(HEADING)[2].splitlines()
    rows = [line.removesuffix(" s").rpartition(" ") for line in table]
    return {stage.strip(): int(took) for stage, _, took in rows}


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Run the suite once; what setting up takes depends on the net, and is no part of the sum."""
    stages = seconds(programs.output([sys.executable, "tools/suite.py"], ROOT))
    del stages["setup"]
    for stage, took in stages.items():
        yield stage, partial(str, f"{took} s")
    yield "all of them", partial(str, f"{sum(stages.values())} s")
