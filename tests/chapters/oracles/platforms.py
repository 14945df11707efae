"""The explorers of the chapter Two-sided platforms, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin.platforms.in_use import PlatformsTerms, what_is_left


def platforms_in_use(in_use: float, cost: float) -> Expected:
    left = 100 * float(what_is_left(in_use, PlatformsTerms(cost=cost)))
    return Expected(
        {
            "in use (%)": [100 * in_use],
            "cost (%)": [100 * cost],
            "left (yuan a year on 100)": [left],
        },
        said=[100],  # yuan
    )


ORACLES: dict[str, Oracle] = {"platforms-in-use": platforms_in_use}
