"""Terms of lending, pools and tranches as they occur, for the property tests."""

from hypothesis import strategies as st

from netfin.lending import LendingTerms
from netfin.pool import PoolTerms
from netfin.risk_transfer.tranches import Tranching


def between(low, high):
    return st.floats(low, high, allow_nan=False, allow_subnormal=False)


shares = between(0.0, 1.0)

lending_terms = st.builds(
    LendingTerms,
    default_probability=between(0.0, 0.9),
    loss_given_default=shares,
    funding_rate=between(0.0, 0.5),
    operating_cost=between(0.0, 0.5),
    capital_ratio=shares,
    required_return=between(0.0, 0.5),
    profit=between(0.0, 0.2),
)

chances = st.floats(0.001, 0.6)
correlations = st.floats(0.0, 0.9)
losses_given_default = st.floats(0.05, 1.0)
pools = st.builds(PoolTerms, chances, losses_given_default, correlations)
limits = st.floats(0.0, 1.0)
tranchings = st.builds(Tranching, st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 0.3))
