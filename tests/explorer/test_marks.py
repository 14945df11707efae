"""Where a picture shows the reader's option and the model's value."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import pytest
import toys
from matplotlib.figure import Figure

from explorer import Explorer, ExplorerError, Guess, Money, Shown
from explorer.marks import marks


def pictured(dpi: float = 72, limits: tuple[float, float] = (0, 100)) -> Figure:
    """Draw two panels; of the second, x runs from 100 to 300 px, y from 20 to 180 from the top."""
    figure = Figure(figsize=(400 / 72, 200 / 72), dpi=dpi)
    figure.add_axes((0, 0, 0.1, 0.1))
    panel = figure.add_axes((0.25, 0.1, 0.5, 0.8))
    panel.set(xlim=limits, ylim=limits)
    return figure


def asking(
    value: float,
    edges: tuple[float, ...],
    mark: Literal["x", "y"] | None = "x",
    panel: int = 1,
    **drawn: Any,
) -> tuple[Explorer, Guess]:
    options = tuple("abcd"[: len(edges) + 1])
    guess = Guess.between(
        "Where?", value, edges, options, "There.", {"price": 3}, mark=mark, panel=panel
    )
    axis = Money(low=0, high=4, step=1, default=0, label="Price")
    explore = toys.explore(guess=lambda: guess, price=axis)
    explorer = explore(
        lambda price: Shown(pictured(**drawn), "It is.", pd.DataFrame({"price": [price]}))
    )
    return explorer, guess


def test_options_and_value_lie_along_the_axis() -> None:
    assert marks(*asking(30, (20, 40))) == {
        "axis": "x",
        "spans": [[100, 140], [140, 180], [180, 300]],
        "model": 160,
        "at": 180,
    }
    assert marks(*asking(30, (20, 40), "y")) == {
        "axis": "y",
        "spans": [[148, 180], [116, 148], [20, 116]],
        "model": 132,
        "at": 100,
    }


@pytest.mark.parametrize("drawn", [{"dpi": 100}, {"dpi": 144}])
def test_places_are_those_of_the_picture_whatever_the_figures_dpi(drawn: dict[str, Any]) -> None:
    assert marks(*asking(30, (20, 40), **drawn)) == marks(*asking(30, (20, 40)))


def test_falling_options_and_an_axis_turned_round() -> None:
    falling = marks(*asking(30, (40, 20)))
    assert falling
    assert falling["spans"] == [[180, 300], [140, 180], [100, 140]]
    turned = marks(*asking(30, (20, 40), limits=(100, 0)))
    assert turned
    assert turned["spans"] == [[260, 300], [220, 260], [100, 220]]
    assert turned["model"] == 240


def test_an_option_beyond_the_picture_ends_where_it_ends() -> None:
    found = marks(*asking(30, (20, 140)))
    assert found
    assert found["spans"] == [[100, 140], [140, 300], [300, 300]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (asking(120, (20, 40)), r"value of its guess is 120; .* limits of x, 0 to 100"),
        (asking(30, (20, 40), panel=2), "panel of its guess is 2; its figure has 2 axes"),
    ],
)
def test_what_the_picture_cannot_show_is_refused(asked: tuple[Explorer, Guess], said: str) -> None:
    with pytest.raises(ExplorerError, match=said):
        marks(*asked)


def test_a_guess_that_no_axis_shows_has_no_marks() -> None:
    assert marks(*asking(30, (20, 40), mark=None)) is None
