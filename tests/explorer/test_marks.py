"""Where a picture shows the reader's option and the model's value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
import pytest
import toys
from matplotlib.figure import Figure

from explorer import Explorer, ExplorerError, Guess, Money, Shown
from explorer.marks import Places, marks, places
from explorer.shown import Said


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
    where: float | None = None,
    said: Sequence[Said] | None = None,
    **drawn: Any,
) -> tuple[Explorer, Guess]:
    options = tuple("abcd"[: len(edges) + 1])
    guess = Guess.between(
        "Where?",
        value,
        edges,
        options,
        "There.",
        {"price": 3},
        mark=mark,
        panel=panel,
        where=where,
        said=said,
    )
    axis = Money(low=0, high=4, step=1, default=0, label="Price")
    explore = toys.explore(guess=lambda: guess, price=axis)
    explorer = explore(
        lambda price: Shown(pictured(**drawn), "It is.", pd.DataFrame({"price": [price]}))
    )
    return explorer, guess


def placed(*asked: Any, **how: Any) -> Places:
    found = places(*asking(*asked, **how))
    assert found
    return found


def test_options_and_value_lie_along_the_axis() -> None:
    options = ((100, 140), (140, 180), (180, 300))
    assert placed(30, (20, 40)) == Places("x", options, model=160, at=177)
    options = ((148, 180), (116, 148), (20, 116))
    assert placed(30, (20, 40), "y") == Places("y", options, model=132, at=103)


def test_marks_may_stand_where_a_curve_is_read() -> None:
    assert placed(30, (20, 40), where=50).at == 100
    assert placed(30, (20, 40), "y", where=25).at == 150


def test_a_bar_and_a_diamond_are_drawn_there() -> None:
    drawn = marks(*asking(30, (20, 40)))
    assert drawn
    assert drawn.yours == (
        "M100 174.5L140 174.5L140 179.5L100 179.5z",
        "M140 174.5L180 174.5L180 179.5L140 179.5z",
        "M180 174.5L300 174.5L300 179.5L180 179.5z",
    )
    assert drawn.signs == ("▬", "▬", "▬")
    assert drawn.model == "M153 177L160 170L167 177L160 184z"
    upright = marks(*asking(30, (20, 40), "y"))
    assert upright
    assert upright.yours[0] == "M100.5 148L100.5 180L105.5 180L105.5 148z"
    assert upright.model == "M103 125L96 132L103 139L110 132z"


def test_an_option_that_names_a_number_is_a_point_and_not_a_range() -> None:
    how: dict[str, Any] = {"said": (10, (25, 35), None)}
    assert placed(30, (20, 40), **how).options == (120, (150, 170), (180, 300))
    drawn = marks(*asking(30, (20, 40), **how))
    assert drawn
    assert drawn.signs == ("■", "▬", "▬")
    assert drawn.yours[0] == "M115 172L125 172L125 182L115 182z"


def test_the_models_value_is_drawn_in_the_asked_state_alone() -> None:
    drawn = marks(*asking(30, (20, 40)))
    assert drawn
    yours = [("the reader's guess", path) for path in drawn.yours]
    assert list(drawn.drawn_in((2,))) == yours
    assert list(drawn.drawn_in((3,))) == [*yours, ("the model's value", drawn.model)]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ((10, 30), "one for each of 3"),
        ((10, 50, 60), "what option 2 names must lie between its edges"),
        ((10, (30, 50), 60), "what option 2 names must lie between its edges"),
    ],
)
def test_what_an_option_names_lies_in_it(said: Sequence[Said], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        asking(30, (20, 40), said=said)


@pytest.mark.parametrize("drawn", [{"dpi": 100}, {"dpi": 144}])
def test_places_are_those_of_the_picture_whatever_the_figures_dpi(drawn: dict[str, Any]) -> None:
    assert placed(30, (20, 40), **drawn) == placed(30, (20, 40))


def test_falling_options_and_an_axis_turned_round() -> None:
    assert placed(30, (40, 20)).options == ((180, 300), (140, 180), (100, 140))
    turned = placed(30, (20, 40), limits=(100, 0))
    assert turned.options == ((260, 300), (220, 260), (100, 220))
    assert turned.model == 240


def test_an_option_beyond_the_picture_ends_where_it_ends() -> None:
    assert placed(30, (20, 140)).options == ((100, 140), (140, 300), (300, 300))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (asking(120, (20, 40)), r"value of its guess is 120; .* limits of x, 0 to 100"),
        (asking(30, (20, 40), said=(10, 30, 101)), r"said of its guess is 101; .* limits of x"),
        (asking(30, (20, 40), where=101), r"where of its guess is 101; .* limits of y, 0 to 100"),
        (asking(30, (20, 40), panel=2), "panel of its guess is 2; its figure has 2 axes"),
    ],
)
def test_what_the_picture_cannot_show_is_refused(asked: tuple[Explorer, Guess], said: str) -> None:
    with pytest.raises(ExplorerError, match=said):
        marks(*asked)


def test_a_guess_that_no_axis_shows_has_no_marks() -> None:
    assert marks(*asking(30, (20, 40), mark=None)) is None
