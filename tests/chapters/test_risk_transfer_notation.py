"""Symbols of the chapter on who holds the risk are those of the notation page."""

from __future__ import annotations

import pytest

from netfin.data import DATA
from netfin.retention import CapitalTerms, Retention
from netfin.risk_transfer import PoolTerms, Structure
from netfin.terms import parameters
from wordlists import read_notation


@pytest.mark.parametrize("terms", [PoolTerms, Structure, Retention, CapitalTerms])
def test_the_models_use_the_notation(terms: type) -> None:
    listed = {(r["symbol"], r["name"], r["unit"]) for r in read_notation(DATA / "notation.csv")}
    used = {(about.symbol, name, about.unit) for name, about in parameters(terms).items()}
    assert used - listed == set()
