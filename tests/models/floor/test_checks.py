"""A bad number is named; a good one comes through unchanged, as a float or an array of float64."""

import numpy as np
import pandas as pd
import pytest

from netfin import checks


@pytest.mark.parametrize("good", [0, 3, -2.5, np.float32(1.5), np.int64(7)])
def test_a_number_becomes_a_plain_float(good):
    result = checks.finite("x", good)

    assert type(result) is float
    assert result == good


def test_an_array_keeps_its_shape_and_becomes_float64():
    result = checks.finite("x", np.array([[1, 2], [3, 4]], dtype=np.int8))

    assert isinstance(result, np.ndarray)
    assert result.dtype == np.float64
    assert result.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_the_given_array_is_not_shared():
    given = np.array([1.0, 2.0])
    result = checks.finite("x", given)
    given[0] = 99.0

    assert result[0] == 1.0


@pytest.mark.parametrize(
    "bad",
    [
        float("nan"),
        float("inf"),
        -float("inf"),
        True,
        np.array([True]),
        [True, 1.0],
        "0.1",
        None,
        1j,
    ],
)
@pytest.mark.parametrize(
    "check", [checks.finite, checks.non_negative, checks.positive, checks.fraction]
)
def test_what_is_no_finite_number_is_refused_by_name(check, bad):
    with pytest.raises(ValueError, match=r"^funding_rate must be "):
        check("funding_rate", bad)


@pytest.mark.parametrize(
    ("check", "kept", "refused", "allowed"),
    [
        (checks.non_negative, 0.0, -1e-12, "a number of 0 or more"),
        (checks.positive, 1e-300, 0.0, "a number above 0"),
        (checks.divisor, 1e-300, 1e-320, "a number from 2.2e-308 to 1"),  # 1/x would be infinite
        (checks.fraction, 1.0, 1.0000001, "a number from 0 to 1"),
        (checks.fraction, 0.0, -0.1, "a number from 0 to 1"),
        (checks.whole_number, 1.0, 0.0, "a whole number of 1 or more"),
        (checks.whole_number, 12, 12.5, "a whole number of 1 or more"),
    ],
)
def test_limits_are_exact_and_are_told(check, kept, refused, allowed):
    assert check("x", kept) == kept
    with pytest.raises(ValueError, match=f"x must be {allowed}, not {refused:.12g}"):
        check("x", refused)


def test_what_is_too_long_to_show_is_cut():
    """A whole number of 401 digits is beyond any float, and beyond any sentence."""
    with pytest.raises(ValueError, match=r"^rounds must be .*, not 10{59}…$"):
        checks.whole_number("rounds", 10**400)


def test_a_fraction_may_be_open_on_the_right_and_end_elsewhere():
    assert checks.fraction("x", 0.5 - 1e-12, upto=0.5, open_right=True) < 0.5
    assert checks.fraction("x", 0.5, upto=0.5) == 0.5
    with pytest.raises(ValueError, match=r"from 0 to below 0\.5, not 0\.5"):
        checks.fraction("x", 0.5, upto=0.5, open_right=True)


def test_a_whole_number_has_its_own_least():
    assert checks.whole_number("n", 0, least=0) == 0.0
    with pytest.raises(ValueError, match="n must be a whole number of 3 or more, not 2"):
        checks.whole_number("n", 2, least=3)


def test_a_whole_number_past_64_bits_is_a_number():
    assert checks.whole_number("crowd", 10**30) == 1e30


def test_of_many_offenders_three_are_shown_and_the_rest_counted():
    with pytest.raises(ValueError, match=r"not -1, -2, -3 and 2 more$"):
        checks.non_negative("x", np.array([1.0, -1.0, -2.0, -3.0, 0.0, -4.0, -5.0]))


def test_three_offenders_are_all_shown():
    with pytest.raises(ValueError, match=r"not -1, -2, -3$"):
        checks.non_negative("x", np.array([-1.0, -2.0, -3.0]))


def test_a_fourth_offender_is_counted():
    with pytest.raises(ValueError, match=r"not -1, -2, -3 and 1 more$"):
        checks.non_negative("x", np.array([-1.0, -2.0, -3.0, -4.0]))


def test_one_number_is_one_and_a_ragged_list_is_named():
    with pytest.raises(ValueError, match="x must be one number, not 2 of them"):
        checks.one(checks.finite)("x", [1.0, 2.0])
    with pytest.raises(ValueError, match="x must be a finite number, or an array of them"):
        checks.one(checks.finite)("x", [[1.0], [1.0, 2.0]])


def test_a_table_has_rows_and_each_column_once():
    frame = pd.DataFrame([[1, 2, 3]], columns=["a", "b", "b"])

    assert checks.table("t", frame, ["a"]) is frame
    with pytest.raises(ValueError, match=r"t must have rows, .* once, but not b, c"):
        checks.table("t", frame, ["a", "b", "c"])
    with pytest.raises(ValueError, match=r"t must have rows, .* but has no rows"):
        checks.table("t", frame.iloc[:0], ["a"])
    with pytest.raises(TypeError, match="t must be of type DataFrame, not 'a'"):
        checks.table("t", "a", ["a"])
