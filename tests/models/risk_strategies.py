"""Pools and tranches for the property tests of who holds the risk."""

from hypothesis import strategies as st

from netfin.risk_transfer.pool import PoolTerms
from netfin.risk_transfer.tranches import Tranching

chances = st.floats(0.001, 0.6)
correlations = st.floats(0.0, 0.9)
losses_given_default = st.floats(0.05, 1.0)
pools = st.builds(PoolTerms, chances, losses_given_default, correlations)
limits = st.floats(0.0, 1.0)
tranchings = st.builds(Tranching, st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 0.3))
