"""Explorers compiled anew, on all cores: frames, time a frame, weight."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from functools import partial

import figures
from explorer.explorer import Explorer
from explorer.page import compiled


def explorers() -> Iterator[Explorer]:
    """Yield the explorers of all chapters, each where it is made."""
    for module in pkgutil.walk_packages(figures.__path__, "figures."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, Explorer) and each.function.__module__ == module.name:
                yield each


def weighed(explorer: Explorer) -> str:
    """Compile an explorer, past its cache."""
    started = time.perf_counter()
    text = compiled(explorer)
    seconds = time.perf_counter() - started
    states = int(text.split('data-states="', 1)[1].split('"', 1)[0])
    weight = len(gzip.compress(text.encode(), mtime=0)) / 1000
    return f"{states} frames, {1000 * seconds / states:.0f} ms a frame, {weight:.1f} kB gzipped"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Compile each explorer."""
    for each in explorers():
        module = each.function.__module__.removeprefix("figures.")
        yield f"{module}: {each.name}", partial(weighed, each)
