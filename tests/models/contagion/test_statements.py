"""The statements' own short cuts against the models of the chapter."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from netfin.contagion.equal_firms import EqualFirms, circle, islands, single_default_shock
from netfin.contagion.failures import fit_two_counts, self_exciting_failures
from netfin.contagion.firms import Frictions
from netfin.contagion.statements import CHANGE, Summer, _july_without, _lost


@given(st.floats(0.05, 1), st.floats(0, 0.3), st.floats(0.5, 2))
@example(0.375, 0.0, 0.5)  # little beyond the edge: the money goes round for long
def test_a_group_of_equal_lenders_clears_as_the_network_does(part, cost, surplus):
    firms = EqualFirms(surplus=surplus)
    loss = part * (30 + surplus)
    draw = {name: np.array([x]) for name, x in
            (("loss", loss), ("cost", cost), ("surplus", surplus))}  # fmt: skip
    for group, network in ((20, circle(19, firms)), (5, islands(5, firms))):
        end = single_default_shock(network, loss, firms, Frictions(1 - cost, 1 - cost))
        lost = _lost(group, draw)
        assert lost.savers[0] == pytest.approx(600 - end.paid_outside.sum(), abs=1e-4)
        assert lost.destroyed[0] == pytest.approx(end.destroyed, abs=1e-4)
        assert lost.owners[0] == pytest.approx(20 * surplus - end.equity.sum(), abs=1e-4)


@given(st.floats(0, 1.2), st.floats(5, 20), st.floats(0, 1))
def test_july_without_the_change_is_the_model_s(feedback, delay, part):
    draw = {"feedback": np.array([feedback]), "delay": np.array([delay]), "fear": np.array([part])}
    # a July large enough for every world to have days of 0 failures or more
    summer = fit_two_counts(feedback, delay, (80, 400), fear=part * 80 / 30)

    assert _july_without(draw)[0] == pytest.approx(summer.without_rule[30:].sum())


@given(st.floats(0, 1.6), st.floats(5, 20), st.floats(0, 1))
def test_july_goes_on_as_in_the_model(feedback, delay, part):
    draw = {"feedback": np.array([feedback]), "delay": np.array([delay]), "fear": np.array([part])}
    assume(CHANGE.takes(draw)[0])
    fear = part * 80 / 30
    found = fit_two_counts(feedback, delay, (80, 118), fear=fear)
    daily = self_exciting_failures(found.background, found.rule, feedback, delay, (30, 31), fear)

    assert Summer.of(draw).month[0] == pytest.approx(daily[30:].sum())
    assert daily[30:46].sum() > 87  # the tally had 57: what the statement leaves out


@given(st.floats(0, 1.6), st.floats(5, 20), st.floats(0, 1))
def test_no_world_of_the_statement_needs_failures_below_0_from_outside(feedback, delay, part):
    draw = {"feedback": np.array([feedback]), "delay": np.array([delay]), "fear": np.array([part])}
    background = fit_two_counts(feedback, delay, (80, 4000), fear=part * 80 / 30).background

    assume(abs(background) > 1e-9)
    assert CHANGE.takes(draw)[0] == (background > 0)
