"""Headline statements: known shares, effects and tipping values; wordings held to what is found."""

from __future__ import annotations

from dataclasses import replace

import joblib
import numpy as np
import pytest

from netfin.lending import BANK
from netfin.turning import Design, Kind, Range, Rule, Statement, from_draw, turning


def share(name, default=0.5, low=0.0, high=1.0, **more):
    wide = {"source": "a toy", "domain": (-1.0, 2.0), "by_ratio": False, **more}
    return Range(name, default, low, high, name, "from end to end", **wide)


def left(draw):
    return draw["a"] + draw["b"]


def right(draw):
    return np.full_like(draw["a"], 1.2)


SUM = Statement(
    name="sum",
    claims=("C1-01",),
    kind=Kind.CONDITIONAL,
    words="Two shares add up to more than 1.2.",
    holds=lambda draw: left(draw) > right(draw),
    rule=Rule("Their sum is above 1.2.", left, right),
    ranges=(share("a"), share("b", 0.6), share("idle")),
    left_out="All else.",
)


def of(holds, **more):
    """Make a statement of the same ranges that is its own rule."""
    rule = Rule("So.", lambda draw: holds(draw).astype(float), lambda draw: 0.5 + 0 * draw["a"])
    return replace(SUM, **{"holds": holds, "rule": rule, **more})


def test_share_effects_and_tipping_values_are_those_of_geometry():
    found = turning(SUM)
    assert found.tallies[Design.AS_GIVEN].share == pytest.approx(0.8**2 / 2, abs=0.002)
    assert (found.at_default, found.left, found.right) == (False, pytest.approx(1.1), 1.2)
    a, b, idle = found.deciders[:3]
    assert {a.name, b.name} == {"a", "b"}
    # E[Var(f | b)] over Var f, with f so with probability (b − 0.2)+ given b
    variance = 0.32 * 0.68
    total = (0.8**2 / 2 - 0.8**3 / 3) / variance
    assert a.index == pytest.approx(total, abs=0.02)
    assert (idle.name, idle.index, idle.turns) == ("idle", 0.0, ())
    turns = {each.name: each.turns for each in found.deciders}
    assert turns["a"] == ({"a": pytest.approx(0.6, abs=1e-12)},)
    assert turns["b"] == ({"b": pytest.approx(0.7, abs=1e-12)},)


def test_designs_are_what_they_say():
    found = turning(SUM)
    halved = (
        0.5 * 0.5
    )  # a from 0.25 to 0.75, b from 0.3 to 0.8: so above a line from corner to side
    corner = (0.75 + 0.8 - 1.2) ** 2 / 2 / halved
    assert found.tallies[Design.HALVED].share == pytest.approx(corner, abs=0.002)
    assert found.tallies[Design.TOGETHER].share == pytest.approx(0.4, abs=0.002)
    assert all(each.outside == 0 for each in found.tallies.values())
    narrow = tuple(replace(each, domain=(0.0, 1.0)) for each in SUM.ranges)
    beyond = {
        name: each.outside for name, each in turning(replace(SUM, ranges=narrow)).tallies.items()
    }
    assert beyond.pop(Design.WIDENED) == pytest.approx(4096 * (1 - (1 / 1.5) ** 3), abs=40)
    assert set(beyond.values()) == {0}


def test_a_range_is_drawn_by_ratio_or_evenly():
    rate = Range("r", 0.02, 0.01, 0.04, "rate", "half to twice")
    middle = np.array([0.0, 0.5, 1.0])
    assert rate.at(middle) == pytest.approx([0.01, 0.02, 0.04])
    assert rate.at(middle, evenly=True) == pytest.approx([0.01, 0.025, 0.04])
    assert rate.at(middle, stretch=0.5)[[0, 2]] == pytest.approx([0.02 / 2**0.5, 0.02 * 2**0.5])


def test_what_is_tied_is_drawn_and_moved_together():
    tied = (share("a", tied="source"), share("b", 0.6, tied="source"), share("idle"))
    found = turning(replace(SUM, ranges=tied))
    assert found.tallies[Design.AS_GIVEN].share == pytest.approx(0.4, abs=0.002)
    first = found.deciders[0]
    assert first.name == "source"
    (turn,) = first.turns
    assert turn["a"] + turn["b"] == pytest.approx(1.2)


@pytest.mark.parametrize("always", [True, False])
def test_a_statement_without_variation_is_constant_and_has_no_index(always):
    found = turning(of(lambda draw: np.full(draw["a"].shape, always)))
    assert found.constant is always
    assert (found.deciders, found.boundary) == ((), None)
    assert Design.TOGETHER not in found.tallies


def test_every_turn_is_found():
    found = turning(of(lambda draw: (draw["a"] > 0.21) & (draw["a"] < 0.77)))
    assert [each["a"] for each in found.deciders[0].turns] == pytest.approx([0.21, 0.77])


def test_the_boundary_says_what_the_statement_says():
    shown = turning(SUM).boundary
    x, y = np.meshgrid(shown.x, shown.y)
    assert {shown.across, shown.up} == {"a", "b"}
    assert np.array_equal(shown.holds, x + y > 1.2)
    assert np.array_equal(shown.holds, shown.lead > 0)


def test_cases_outside_are_counted_and_left_out():
    found = turning(replace(SUM, inside=lambda draw: draw["a"] < 0.75))
    tally = found.tallies[Design.AS_GIVEN]
    assert tally.outside == pytest.approx(1024, abs=4)
    assert tally.share == pytest.approx(0.55**2 / 2 / 0.75, abs=0.003)
    assert not found.boundary.taken.all()


def test_another_backend_counts_the_same():
    with joblib.parallel_config(backend="threading", n_jobs=2):
        assert turning(SUM).tallies == turning(SUM).tallies


ALWAYS = of(lambda draw: draw["a"] > -1.0, kind=Kind.GENERAL)
ONCE = of(lambda draw: draw["a"] > 0.9, kind=Kind.POSSIBLE, shown={"a": 0.95})
NEARLY = replace(SUM.rule, left=lambda draw: left(draw) + 0.01, exact=False)


@pytest.mark.parametrize("sound", [ALWAYS, ONCE, replace(SUM, rule=NEARLY)])
def test_a_wording_that_is_borne_out_stands(sound):
    assert turning(sound).statement is sound


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (replace(SUM, kind=Kind.GENERAL), "general wording needs 95 of 100 in every design, but"),
        (of(lambda d: d["a"] > 0.0, kind=Kind.GENERAL), "has .*, ranges widened by half"),
        (replace(ONCE, shown={}), "a possible wording needs shown"),
        (replace(ONCE, shown={"a": 0.5}), "not true in the state shown"),
        (replace(ONCE, shown={"a": 1.5}), "shown, a must lie from 0 to 1, not 1.5"),
        (replace(SUM, rule=replace(NEARLY, exact=True)), "exact rule differs from the statement"),
        (replace(SUM, rule=replace(NEARLY, left=lambda d: left(d) + 0.2)), "agrees in .* 95 are"),
        (replace(SUM, inside=lambda d: d["a"] < 0.5), "does not take the defaults"),
        (replace(SUM, inside=lambda d: abs(d["a"] - 0.5) < 0.01), "takes only .* of 4096"),
        (of(lambda d: d["a"]), "holds must give one truth value for each case, not float64"),
    ],
)
def test_a_wording_that_says_too_much_is_refused(said, fault):
    with pytest.raises(ValueError, match=rf"sum: .*{fault}|sum: {fault}"):
        turning(said)


GOOD = {"name": "r", "default": 0.02, "low": 0.01, "high": 0.04, "label": "rate", "reason": "ours"}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"reason": " "}, "r: a range needs a label and a reason"),
        ({"label": ""}, "r: a range needs a label and a reason"),
        ({"low": 0.011}, "reaches at least from 0.01 to 0.04, not from 0.011 to 0.04"),
        ({"high": 0.039}, "reaches at least from 0.01 to 0.04"),
        ({"default": 0.05}, "default 0.05 must lie between low 0.01 and high 0.04"),
        ({"high": 1.4}, "two numbers from 0 to 1"),
        ({"low": 0.0}, "r: low must be above 0 to draw by ratio, not 0"),
        ({"high": float("nan")}, "r: high must be a finite number"),
    ],
)
def test_a_range_that_says_too_little_is_refused(changed, fault):
    Range(**GOOD)
    with pytest.raises(ValueError, match=fault):
        Range(**{**GOOD, **changed})


def test_a_sourced_range_may_be_narrow_and_one_of_ours_ends_with_its_domain():
    assert not Range(**{**GOOD, "low": 0.015, "facts": ("INT-26",)}).ours
    assert Range("s", 0.6, 0.3, 1.0, "share", "half to all", by_ratio=False).ours


def test_half_to_twice_stops_at_the_domain() -> None:
    made = Range.half_to_twice("s", 0.6, "share", by_ratio=False)
    assert (made.low, made.high, made.reason) == (0.3, 1.0, "half to twice our number")
    amount = Range.half_to_twice("a", 6.0, "amount", domain=(0.0, 1e9), unit="yuan", reason="wide")
    assert (amount.low, amount.high, amount.reason) == (3.0, 12.0, "wide")
    with pytest.raises(ValueError, match="a: default must be a finite number"):
        Range.half_to_twice("a", float("nan"), "amount")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"left_out": ""}, "sum: left_out is missing"),
        ({"claims": ()}, "sum: claims is missing"),
        ({"kind": "likely"}, "sum: kind must be one of"),
        ({"ranges": (share("a"), share("a"))}, "two ranges have one name"),
        ({"shown": {"c": 1.0}}, "shown names no range c"),
    ],
)
def test_a_statement_that_says_too_little_is_refused(changed, fault):
    with pytest.raises(ValueError, match=fault):
        replace(SUM, **changed)


def test_a_draw_becomes_terms():
    drawn = from_draw(BANK, "bank", {"bank.profit": np.array([0.0, 0.01]), "other.x": np.ones(2)})
    assert replace(drawn, profit=0.0) == BANK
    assert list(drawn.profit) == [0.0, 0.01]
    with pytest.raises(ValueError, match=r"owner 'bank': the draw has fields .* lack: size"):
        from_draw(BANK, "bank", {"bank.size": np.ones(1)})
