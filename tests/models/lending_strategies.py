"""Terms of lending within the ranges in which lenders live, for the property tests."""

from hypothesis import strategies as st

from netfin.lending import LendingTerms


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
