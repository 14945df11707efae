"""The one call that puts a figure function under sliders."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .axes import Axis, Value
from .shelf import Shelf
from .shown import Challenge, Guess, Shown
from .svg import Style

# An environment variable; not empty: show frames compiled beforehand instead of widgets.
STATIC = "EXPLORER_STATIC"


@dataclass(frozen=True)
class Explore:
    """Makes explorers in one style.

    depends_on : files and folders besides imported modules whose content the pictures depend on
        (fonts, the lock), and shelves of data, of which a picture depends on the sets that its
        code names; so that the cache knows when a picture is out of date.
    """

    style: Style
    depends_on: tuple[Path | Shelf, ...] = ()

    def __call__(
        self,
        *,
        guess: Callable[[], Guess] | None = None,
        challenge: Challenge | None = None,
        **axes: Axis,
    ) -> Callable[[Callable[..., Shown]], Explorer]:
        """Decorate a figure function: one to three axes, named as its parameters.

        With no axis at all the result is a still picture with its sentence and its numbers.
        `guess` is a function, so that the right answer can come from the model.
        """
        return lambda function: Explorer(
            function, axes, self.style, self.depends_on, guess, challenge
        )


class Explorer:
    """A figure function with its controls. Naming it as a cell's last line shows it."""

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
        return (Explorer, (self.function, *fields))

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if os.environ.get(STATIC):
            from .page import html

            bundles = [{"text/html": html(self), "text/plain": f"<explorer {self.name}>"}]
        else:
            from .live import bundles_of

            bundles = bundles_of(self)
        for bundle in bundles:
            display(bundle, raw=True)
