"""Traffic as a contest: sellers bid for visitors, and the seller of visitors is paid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, above_zero, below_one, divisor, whole_number
from netfin.terms import matching_terms

_LEAST_COST = 1e-6  # of the visitors' worth
_MOST_SELLERS = 1e12


def _sellers(name: str, value: object) -> Numbers:
    """Take a whole number of sellers, not so many that their squares are no numbers."""
    many = whole_number(name, value)  # type: ignore[arg-type]
    if np.any(np.asarray(many) > _MOST_SELLERS):
        raise ValueError(
            f"{name} must be a whole number up to {_MOST_SELLERS:g}, not {np.max(many):g}"
        )
    return many


class Bids(NamedTuple):
    """Shares of what the visitors are worth: what each bids, all together, and what is left."""

    each: Numbers
    together: Numbers
    left_each: Numbers
    left_together: Numbers


def contest(sellers: Numbers, decisive: Numbers = 1.0) -> Bids:
    """Find what equal sellers bid for visitors who go where more is bid.

        each bids r(n − 1)/n²; together they bid r(n − 1)/n

    A seller who bids x gets the share x^r / Σ x^r of the visitors. At these bids nobody gains by
    another bid.

    Parameters
    ----------
    sellers : float or ndarray
        n, a whole number of 1 or more.
    decisive : float or ndarray
        r, how far the bid decides who gets the visitors, above 0 and at most 1.

    Returns
    -------
    Bids
        Shares of what the visitors are worth.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Tullock (1980).
    """
    number = np.asarray(_sellers("sellers", sellers))
    power = np.asarray(above_zero("decisive", decisive))
    matching_terms(sellers=number, decisive=power)
    together = power * (number - 1.0) / number
    left = 1.0 - together
    return Bids(*map(plain, (together / number, together, left / number, left)))


def sellers_that_come(entry_cost: Numbers, decisive: Numbers = 1.0) -> Numbers:
    """Find how many sellers come, if each has to pay before he bids.

    One more comes as long as what is left for each, (1 − r(n − 1)/n)/n, is not less than F.

    Parameters
    ----------
    entry_cost : float or ndarray
        F, share of what the visitors are worth, from 1e-6 to 1.
    decisive : float or ndarray
        r, as in `contest`.

    Returns
    -------
    float or ndarray
        A whole number of 1 or more.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Corcoran (1984): free entry, here with a cost of entering.
    """
    cost = np.asarray(divisor("entry_cost", entry_cost, least=_LEAST_COST))
    power = np.asarray(above_zero("decisive", decisive))
    matching_terms(entry_cost=cost, decisive=power)
    free = 1.0 - power
    number = (free + np.sqrt(free**2 + 4.0 * cost * power)) / (2.0 * cost)
    return plain(np.floor(number * (1.0 + 1e-12) + 1e-9))


def sellers_behind(share: Numbers) -> Numbers:
    """Find with how many equal rivals a share of what visitors are worth would be bid.

        n = 1 / (1 − share), at r = 1

    Parameters
    ----------
    share : float or ndarray
        What all sellers bid, of what the visitors are worth, from 0 to below 1.

    Returns
    -------
    float or ndarray
        A number of sellers, not rounded.

    Raises
    ------
    ValueError
        Naming the share, where it is out of its range.

    Source
    ------
    Tullock (1980): `contest` solved for n.
    """
    return plain(1.0 / (1.0 - np.asarray(below_one("share", share))))
