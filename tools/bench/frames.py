"""Explorers compiled anew, on all cores: frames, time a frame, weight; and what the ink costs."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from functools import partial

import figures
from explorer.explorer import Explorer
from explorer.frames import frame, picture, unreadable
from explorer.marks import marks
from explorer.page import compiled

EVERY = 4  # of an explorer's states, one is looked at apart


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


def _looked_at(explorer: Explorer) -> tuple[float, float]:
    """Return processor seconds to make some of its states, and to see that all can be read."""
    marked = marks(explorer, explorer.guess() if explorer.guess else None)
    start, drawing, looking = frame(explorer, explorer.default), 0.0, 0.0
    for state in list(explorer.states())[::EVERY]:
        before = time.process_time()
        made = frame(explorer, state)
        drawn = time.process_time()
        unreadable(explorer, made.drawing, list(marked.drawn_in(state)) if marked else ())
        picture(explorer, made, start)  # with halos where the start runs behind words
        drawing, looking = drawing + drawn - before, looking + time.process_time() - drawn
    return drawing, looking


def ink() -> str:
    """Say what looking at the ink adds to the time of a frame, over all explorers and at most."""
    took = {each.name: _looked_at(each) for each in explorers() if each.axes}
    added = {name: 100 * looking / drawing for name, (drawing, looking) in took.items()}
    drawing, looking = (sum(part) for part in zip(*took.values(), strict=True))
    most = max(added, key=added.__getitem__)
    return f"+{100 * looking / drawing:.1f} %, at most +{added[most]:.1f} % ({most})"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Compile each explorer."""
    for each in explorers():
        module = each.function.__module__.removeprefix("figures.")
        yield f"{module}: {each.name}", partial(weighed, each)
    yield "looking whether all can be read", ink
