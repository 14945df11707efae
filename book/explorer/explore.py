"""The one call that puts a figure function under sliders."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .axes import Axis
from .explorer import Explorer
from .shelf import Shelf
from .shown import Challenge, Guess, Shown
from .svg import Style

# An environment variable; not empty: show frames compiled beforehand instead of widgets.
STATIC = "EXPLORER_STATIC"


class DisplayedExplorer(Explorer):
    """An explorer that shows itself where it is the last line of a notebook's cell."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if os.environ.get(STATIC):
            from .page import html

            bundles = [{"text/html": html(self), "text/plain": f"<explorer {self.name}>"}]
        else:
            from .live import bundles_of  # widgets, which a build does not need

            bundles = bundles_of(self)
        for bundle in bundles:
            display(bundle, raw=True)


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
        return lambda function: DisplayedExplorer(
            function, axes, self.style, self.depends_on, guess, challenge
        )
