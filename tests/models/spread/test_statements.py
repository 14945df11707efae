"""The headline statements on the spread: what their words say beyond the count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netfin import facts
from netfin.spread.statements import RELENDER, WITH_ANTS_OWN_MONEY
from netfin.turning import Design, turning

OWN = "platform.own_capital"


def test_with_own_money_held_at_what_ant_kept_more_cases_are_true() -> None:
    """The range's width decides much of the count, so the page says what is left without it."""
    ranges = tuple(
        replace(each, high=each.low + 1e-6) if each.name == OWN else each
        for each in RELENDER.ranges
    )
    given = turning(RELENDER).tallies[Design.AS_GIVEN].share
    held = turning(replace(RELENDER, ranges=ranges)).tallies[Design.AS_GIVEN].share

    assert 100 * held == pytest.approx(WITH_ANTS_OWN_MONEY, abs=0.5)
    assert held > 2 * given


def test_what_ant_kept_is_the_least_own_money() -> None:
    least = next(each.low for each in RELENDER.ranges if each.name == OWN)
    assert least == pytest.approx(1 - facts.load()["INT-26"].number / 100)
