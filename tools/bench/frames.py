"""Explorers compiled anew, on all cores: frames, time a frame, weight."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import time
from collections.abc import Iterator

import figures
from explorer.explore import Explorer
from explorer.page import compiled


def explorers() -> Iterator[tuple[str, Explorer]]:
    """Yield the explorers of all chapters with the module each stands in."""
    for found in pkgutil.walk_packages(figures.__path__, "figures."):
        module = importlib.import_module(found.name)
        members = (each for each in vars(module).values() if isinstance(each, Explorer))
        yield from ((found.name, e) for e in members if e.function.__module__ == found.name)


def measure() -> Iterator[tuple[str, str]]:
    """Compile each explorer, past its cache."""
    for module, explorer in explorers():
        started = time.perf_counter()
        text = compiled(explorer)
        seconds = time.perf_counter() - started
        states = int(text.split('data-states="', 1)[1].split('"', 1)[0])
        weight = len(gzip.compress(text.encode(), mtime=0)) / 1000
        each = f"{1000 * seconds / states:.0f} ms a frame"
        yield f"{module}: {explorer.name}", f"{states} frames, {each}, {weight:.1f} kB gzipped"
