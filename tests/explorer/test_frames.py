"""Frames: packing, every state, what stops a build and what its message says."""

from __future__ import annotations

import inspect
import json
import pickle
from collections.abc import Callable
from typing import Any

import cloudpickle
import numpy as np
import pandas as pd
import pytest
import toys
from hypothesis import given
from hypothesis import strategies as st

from explorer import Challenge, Explorer, ExplorerError, Guess, Percent, Shown
from explorer.frames import all_frames, frame
from explorer.packing import packed, unpacked
from explorer.page import compiled
from explorer.shown import table_rows

AXIS = Percent(low=0, high=4, step=1, default=2, label="Rate")


def shown(**changes: Any) -> Shown:
    good = {"figure": toys.bars([1.0]), "sentence": "One.", "table": pd.DataFrame({"a": [1]})}
    return Shown(**(good | changes))


def two(a: float, b: float) -> Shown:
    """Show a and b."""
    return shown(sentence=f"{a}, {b}.")


def still() -> Shown:
    return shown()


def made(function: Callable[..., Any], **options: Any) -> Explorer:
    return toys.explore(**options, rate=AXIS)(function)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=12))
def test_packing_loses_nothing(frames: list[list[str]]) -> None:
    pack = packed(frames)
    assert unpacked(json.loads(json.dumps(pack))) == frames
    assert len(set(pack["lines"])) == len(pack["lines"])


def test_the_last_axis_runs_fastest_and_the_default_is_found() -> None:
    grid = list(toys.menu.states())
    assert grid[:2] == [("a bank & co", 1, False), ("a bank & co", 1, True)]
    assert toys.menu.default_index == 1


def test_states_are_computed_in_other_processes_as_in_this_one() -> None:
    there = all_frames(toys.loan_rate)
    here = [frame(toys.loan_rate, state) for state in toys.loan_rate.states()]
    assert len(there) > 8  # more than one batch, so not computed here
    assert there == here


def test_an_explorer_of_a_module_travels_by_name() -> None:
    assert pickle.loads(pickle.dumps(toys.loan_rate)) is toys.loan_rate


def test_an_explorer_written_in_a_notebook_travels_whole() -> None:
    home: dict[str, Any] = {"__name__": "__main__", "toys": toys, "AXIS": AXIS}
    exec(
        "def cell(rate): return toys.Shown(toys.bars([rate]), f'{rate:.2f}.', "
        "toys.pd.DataFrame({'rate': [rate]}))",
        home,
    )
    explorer = made(home["cell"])
    assert explorer.source is None
    sent = pickle.loads(cloudpickle.dumps(explorer))
    assert frame(sent, (2.0,)) == frame(explorer, (2.0,))


def test_calling_an_explorer_calls_its_function() -> None:
    assert toys.loan_rate(0.02, 0.03).sentence == toys.loan_rate.show((2, 3)).sentence
    assert toys.loan_rate.name == "loan-rate"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"sentence": "It is nan %."}, "sentence is 'It is nan %.'"),
        ({"sentence": "It is -inf."}, "no nan or inf"),
        ({"sentence": " "}, "it must hold words"),
        ({"table": pd.DataFrame({"a": [np.nan]})}, "table column 'a' holds nan"),
        ({"table": pd.DataFrame({"a": [np.inf]})}, "text or a finite number"),
        (
            {"table": pd.DataFrame({"year": [2020]})},
            "'year' holds 2020; it must be text, as '2020'",
        ),
        ({"table": pd.DataFrame({"a": [None]}, dtype=object)}, "table column 'a' holds None"),
    ],
)
def test_a_state_that_cannot_be_shown_stops_the_build(bad: dict[str, Any], said: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        compiled(made(lambda rate: shown(**(bad if rate == 0.03 else {}))))
    assert "state Rate = 3 %: ValueError: " in str(caught.value)
    assert said in str(caught.value)


def test_a_function_that_raises_names_its_state() -> None:
    def fragile(rate: float) -> Shown:
        return shown(sentence=f"{1 / (rate - 0.04):.1f}.")

    with pytest.raises(ExplorerError, match=r"'fragile', state Rate = 4 %: ZeroDivisionError"):
        compiled(made(fragile))


def test_a_failure_in_another_process_names_its_state_too() -> None:
    with pytest.raises(ExplorerError, match="'fragile', state Sum = 9 yuan: ZeroDivisionError"):
        compiled(toys.fragile)


def test_something_else_than_shown_is_refused() -> None:
    with pytest.raises(ExplorerError, match="returned Figure; it must return Shown"):
        compiled(made(lambda rate: toys.bars([rate])))


def test_the_only_state_of_a_still_picture_is_named_so() -> None:
    with pytest.raises(ExplorerError, match="its only state"):
        compiled(toys.explore()(lambda: None))


def test_too_many_states_are_refused_with_their_numbers() -> None:
    wide = Percent(low=0, high=100, step=1, default=0, label="Rate")
    explorer = toys.explore(a=wide, b=AXIS)(two)
    with pytest.raises(ExplorerError, match=r"'two' has 505 states \(101 × 5\); at most 200"):
        compiled(explorer)


@pytest.mark.parametrize(
    ("least", "said"),
    [(0, r"met in 5 of 5 states, the default"), (5, "met in 0 of 5 states;"), (2, "met in 3 of 5")],
)
def test_a_challenge_must_be_one(least: float, said: str) -> None:
    challenge = Challenge("Find it.", lambda table: table["rate"][0] >= least, "Found.")
    explorer = made(
        lambda rate: shown(
            sentence=f"{100 * rate:.0f} %.", table=pd.DataFrame({"rate": [100 * rate]})
        ),
        challenge=challenge,
    )
    with pytest.raises(ExplorerError, match=said):
        compiled(explorer)


@pytest.mark.parametrize(
    ("ranges", "right", "said"),
    [
        (("a",), 0, "two or more"),
        (("a", "a"), 0, "all different"),
        (("a", "b"), 2, "right is 2; it must be the index of one of 2 ranges"),
        (("a", "b"), -1, "right is -1"),
    ],
)
def test_a_guess_needs_answers(ranges: tuple[str, ...], right: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Guess("Which?", ranges, right, "So.", at={"a": 1})


@pytest.mark.parametrize(
    ("value", "edges", "right"),
    [
        (1.0, [2, 5], 0),
        (np.float64(3.0), [2, 5], 1),
        (7.0, [2, 5], 2),
        (7.0, [5, 2], 0),
        (1.0, [5, 2], 2),
        (1.0, [0, 3], 1),
    ],
)
def test_the_right_answer_lies_between_its_edges(
    value: float, edges: list[float], right: int
) -> None:
    guess = Guess.between("How much?", value, edges, ("a", "b", "c"), "So.", at={"a": 1})
    assert guess.right == right
    assert json.dumps(guess.right) == str(right)
    assert guess.at == {"a": 1}


@pytest.mark.parametrize(
    ("value", "edges", "said"),
    [
        (2.0, [2, 5], "value is 2.0; it must be a number between"),
        (float("nan"), [2, 5], "value is nan"),
        (1.0, [2], r"edges are \[2\]; they must be 2 different numbers in order"),
        (1.0, [2, 2], "must be 2 different numbers"),
        (1.0, [1, 3, 2], "must be 2 different numbers"),
    ],
)
def test_edges_that_leave_no_right_answer_are_refused(
    value: float, edges: list[float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Guess.between("How much?", value, edges, ("a", "b", "c"), "So.", at={"a": 1})


def test_axes_are_the_parameters_and_at_most_three() -> None:
    with pytest.raises(ValueError, match=r"axes of 'two' are \['b'\]; its parameters are \['a'"):
        toys.explore(b=AXIS)(two)
    with pytest.raises(ValueError, match="axes of 'two' are 4; at most 3"):
        toys.explore(a=AXIS, b=AXIS, c=AXIS, d=AXIS)(two)


def test_a_still_picture_asks_for_no_guess() -> None:
    with pytest.raises(ValueError, match="guess of 'still' has no axes; it must have one"):
        toys.explore(guess=lambda: Guess("What?", ("a", "b"), 0, "So.", at={}))(still)


def test_an_explorer_keeps_its_documentation() -> None:
    explorer = toys.explore(a=AXIS, b=AXIS)(two)
    assert explorer.__doc__ == "Show a and b."
    assert list(inspect.signature(explorer).parameters) == ["a", "b"]


def test_tables_keep_whole_numbers_and_round_others() -> None:
    table = pd.DataFrame(
        {"what": ["a"], "count": [12_345_678], "share": [0.123456789], "whole": [3.0]}
    )
    assert table_rows(table) == (
        ("what", "count", "share", "whole"),
        ("a", 12_345_678, 0.123457, 3),
    )
