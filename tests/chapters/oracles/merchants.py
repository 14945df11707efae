"""The explorers of the chapter Two ways to run a shop, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin.merchants.in_use import MerchantsTerms, what_is_left


def merchants_in_use(in_use: float, cost: float) -> Expected:
    left = 100 * float(what_is_left(in_use, MerchantsTerms(cost=cost)))
    return Expected(
        {
            "in use (%)": [100 * in_use],
            "cost (%)": [100 * cost],
            "left (yuan a year on 100)": [left],
        },
        said=[100],  # yuan
    )


ORACLES: dict[str, Oracle] = {"merchants-in-use": merchants_in_use}
