"""The statements' own short cuts against the models of the chapter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from netfin.p2p.fraud import FraudTerms, owed
from netfin.p2p.statements import _came_in, _taken_out


@given(st.floats(0.09, 0.146), st.floats(0.15, 4.0), st.floats(0.001, 0.5))
def test_what_comes_in_and_goes_out_in_ten_years(promised, taken, growth):
    draw = {
        "fraud.promised_rate": np.array([promised]),
        "fraud.withdrawal_rate": np.array([taken]),
        "fraud.growth": np.array([growth]),
    }
    terms = FraudTerms(promised, taken, growth)
    out, _ = quad(lambda year: taken * float(owed(year, terms)), 1e-9, 10.0, limit=200)

    assert _came_in(draw)[0] == pytest.approx(np.expm1(10 * growth) / growth)
    assert _taken_out(draw)[0] == pytest.approx(out, rel=1e-5)
