"""The explorers of the chapter Lending from person to person, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin.p2p.in_use import P2pTerms, what_is_left


def p2p_in_use(in_use: float, cost: float) -> Expected:
    left = 100 * float(what_is_left(in_use, P2pTerms(cost=cost)))
    return Expected(
        {
            "in use (%)": [100 * in_use],
            "cost (%)": [100 * cost],
            "left (yuan a year on 100)": [left],
        },
        said=[100],  # yuan
    )


ORACLES: dict[str, Oracle] = {"p2p-in-use": p2p_in_use}
