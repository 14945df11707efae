"""An explorer: a figure function with its controls, and what they say of its states."""

from __future__ import annotations

import functools
import inspect
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .axes import Axis, Value
from .shelf import Shelf
from .shown import Challenge, ExplorerError, Guess, Shown
from .svg import Style


class Explorer:
    """A figure function with its controls; knows its states, and nothing of how it is shown."""

    def __init__(
        self,
        function: Callable[..., Shown],
        axes: dict[str, Axis],
        style: Style,
        depends_on: tuple[Path | Shelf, ...] = (),
        guess: Callable[[], Guess] | None = None,
        challenge: Challenge | None = None,
    ) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.name = function.__name__.replace("_", "-")
        self.axes = axes
        self.style = style
        self.depends_on = depends_on
        self.guess = guess
        self.challenge = challenge
        parameters = list(inspect.signature(function).parameters)
        if len(axes) > 3:
            raise ValueError(f"axes of {self.name!r} are {len(axes)}; at most 3 are allowed")
        if parameters != list(axes):
            raise ValueError(
                f"axes of {self.name!r} are {list(axes)}; its parameters are {parameters}"
            )

    def __call__(self, *args: Any, **arguments: Any) -> Shown:
        """Call the figure function itself, with its own arguments, in the explorer's style."""
        with self.style.context():
            return self.function(*args, **arguments)

    def show(self, state: Sequence[Value]) -> Shown:
        """The figure function at a state, given as the reader sees it (2.5 for 2.5 %)."""
        pairs = zip(self.axes.items(), state, strict=True)
        return self(**{name: axis.argument(value) for (name, axis), value in pairs})

    @property
    def source(self) -> Path | None:
        """The file the function stands in; none where it was written in a notebook."""
        path = getattr(sys.modules.get(self.function.__module__), "__file__", None)
        return Path(path) if path and self.function.__module__ != "__main__" else None

    def __reduce__(self) -> Any:
        """Other processes import an explorer by its name; one from a notebook is sent whole."""
        home = sys.modules.get(self.function.__module__)
        if self.source and getattr(home, self.function.__name__, None) is self:
            return self.function.__name__
        fields = (self.axes, self.style, self.depends_on, self.guess, self.challenge)
        return (type(self), (self.function, *fields))

    def states(self) -> Iterator[tuple[Value, ...]]:
        """All combinations of the axes' values; the last axis runs fastest."""
        return itertools.product(*(axis.values for axis in self.axes.values()))

    @property
    def default(self) -> tuple[Value, ...]:
        """The state that the reader finds."""
        return tuple(axis.default for axis in self.axes.values())

    @property
    def default_index(self) -> int:
        """Where the default state stands among all states."""
        return list(self.states()).index(self.default)

    def describe(self, state: Sequence[Value]) -> str:
        """A state in words, for messages."""
        pairs = zip(self.axes.values(), state, strict=True)
        parts = (f"{axis.label} = {axis.text(value)}" for axis, value in pairs)
        return ", ".join(parts) or "its only state"

    def asked_state(self, guess: Guess) -> list[tuple[int, int]]:
        """Where a guess is answered: numbers of axes and of their values."""
        axes, names = self.axes, list(self.axes)
        try:
            asked = guess.at.items()
            return [(names.index(name), axes[name].values.index(at)) for name, at in asked]
        except ValueError as error:
            raise ExplorerError(
                f"Explorer {self.name!r}: at of its guess is {dict(guess.at)}; "
                f"it must name axes and values of theirs: {error}"
            ) from error
