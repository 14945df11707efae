"""The statement on a share of sales: its own short cut against the chapter's model."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.supply_chain.sales_loan import (
    BAD_WEEKS,
    FIRST_BAD_WEEK,
    SalesLoanTerms,
    run_year,
    with_bad_season,
)
from netfin.supply_chain.statements import SHARE_OF_SALES

SHARES = st.floats(0.005, 0.4)


@given(st.floats(0, 1), st.floats(0.1, 4), st.floats(0.1, 0.9), SHARES, SHARES)
def test_the_statement_speaks_of_shops_that_the_model_closes_and_says_what_it_says(
    depth, cash, margin, instalment, surplus
):
    assume(margin > instalment + surplus)
    draw = {name: np.array([value]) for name, value in
            (("depth", depth), ("cash", cash), ("margin", margin),
             ("instalment", instalment), ("surplus", surplus))}  # fmt: skip
    assume(abs(SHARE_OF_SALES.rule.left(draw) - SHARE_OF_SALES.rule.right(draw))[0] > 1e-9)
    shop = SalesLoanTerms(margin, instalment, surplus)
    year = with_bad_season(np.ones(52), depth, FIRST_BAD_WEEK, BAD_WEEKS)
    fixed, share = (run_year(year, cash, by_share, shop) for by_share in (False, True))

    assert SHARE_OF_SALES.takes(draw)[0] == (fixed.survived < 52)
    assert SHARE_OF_SALES.truth(draw)[0] == SHARE_OF_SALES.rule.holds(draw)[0]
    assert SHARE_OF_SALES.truth(draw)[0] == (share.survived == 52)
