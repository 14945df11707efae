"""A market town: eight firms that are not alike and owe each other money."""

from __future__ import annotations

import numpy as np

from netfin.checks import non_negative, one
from netfin.contagion.firms import Firms

NAMES = (
    "Wholesaler",
    "Scarf mill",
    "Dye works",
    "Cotton trader",
    "Ms Lin",
    "Mr Chen",
    "Platform lender",
    "Bank",
)
"""The firms of the example, in the order of its arrays; Ms Lin and Mr Chen have a shop each."""

_OWED = (  # who owes whom, thousand yuan
    (0, 1, 60.0),
    (0, 6, 20.0),
    (0, 4, 15.0),
    (0, 5, 10.0),
    (1, 2, 30.0),
    (1, 3, 25.0),
    (1, 7, 10.0),
    (2, 7, 25.0),
    (3, 7, 20.0),
    (4, 6, 12.0),
    (5, 6, 10.0),
    (6, 7, 50.0),
)
_CASH = (70.0, 20.0, 7.0, 2.0, 1.0, 1.0, 14.0, 65.0)
_STOCK = (60.0, 20.0, 5.0, 3.0, 2.0, 2.0, 0.0, 0.0)
_OUTSIDE = (0.0, 20.0, 10.0, 0.0, 0.0, 0.0, 0.0, 150.0)


def market_town(lost: float = 0.0) -> Firms:
    """Return eight firms of a market town, after customers of the wholesaler did not pay.

    Thousand yuan, all of it our assumption. The wholesaler has bought on credit from the mill,
    borrowed from the platform and taken deposits from two shops; money ends at the bank's savers.

    Parameters
    ----------
    lost : float
        Thousand yuan. What the wholesaler loses: of the 70 that customers owe it first, then of
        its goods, 60.

    Returns
    -------
    Firms
        Debts, claims and outside assets of the eight, thousand yuan.

    Raises
    ------
    ValueError
        Naming `lost`, where it is out of its range.

    Source
    ------
    Ours: eight made-up firms.
    """
    customers, goods = _CASH[0], _STOCK[0]
    amount = float(one(non_negative)("lost", lost))
    if amount > customers + goods:
        raise ValueError(f"lost must be a number from 0 to {customers + goods:g}, not {amount:g}")
    liabilities = np.zeros((len(NAMES), len(NAMES)))
    for debtor, creditor, owed in _OWED:
        liabilities[debtor, creditor] = owed
    cash, stock = np.array(_CASH), np.array(_STOCK)
    stock[0] -= max(amount - customers, 0.0)
    cash[0] -= min(amount, customers)
    return Firms(liabilities, cash, np.array(_OUTSIDE), stock)
