"""The explorers of the chapter Payments and idle balances, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin.payments.in_use import PaymentsTerms, what_is_left


def payments_in_use(in_use: float, cost: float) -> Expected:
    left = 100 * float(what_is_left(in_use, PaymentsTerms(cost=cost)))
    return Expected(
        {
            "in use (%)": [100 * in_use],
            "cost (%)": [100 * cost],
            "left (yuan a year on 100)": [left],
        },
        said=[100],  # yuan
    )


ORACLES: dict[str, Oracle] = {"payments-in-use": payments_in_use}
